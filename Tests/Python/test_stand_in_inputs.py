"""The orchestrator's stand-in: what it refuses and what it accepts."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, Callable

import folders
import pytest
from stand_in_calls import (
    DEAD_END,
    PROTO3,
    UNREACHABLE,
    Start,
    changed,
    initialize,
    link,
    operation,
    shown,
    wait_for_log,
)


@pytest.mark.parametrize(
    "inputs, words",
    [
        ({"blueprint": "{"}, "JSONDecodeError"),
        ({"dockerinfo": "{"}, "JSONDecodeError"),
        ({"blueprint": {}}, "KeyError: 'nodes'"),
        ({"blueprint": changed(lambda nodes: nodes[0].pop("operation_signature_list"))}, "KeyError"),
        ({"blueprint": changed(lambda nodes: operation(nodes, 0).pop("connected_to"))}, "KeyError: 'connected_to'"),
        (
            {"blueprint": changed(lambda nodes: operation(nodes, 0)["operation_signature"].pop("input_message_name"))},
            "KeyError: 'input_message_name'",
        ),
        (
            {"blueprint": changed(lambda nodes: nodes[0].update(container_name="Gui1"))},
            "ValueError: blueprint json contains container named Gui1 that is not present in dockerinfo json",
        ),
        ({"dockerinfo": {"docker_info_list": [{"container_name": "gui1", "port": 1}]}}, "KeyError: 'ip_address'"),
        ({"dockerinfo": folders.dockerinfo({"gui1": "one", "solver1": 1})}, "ValidationError"),
        (
            {"dockerinfo": {"docker_info_list": UNREACHABLE["docker_info_list"] * 2}},
            "ValueError: dockerinfo json contains duplicate container name gui1",
        ),
    ],
)
def test_an_early_failure_leaves_the_way_open(start_stand_in: Start, inputs: dict[str, Any], words: str) -> None:
    stand_in = start_stand_in()
    failed = initialize(stand_in, **inputs)
    assert failed.code == -1 and words in failed.message
    assert initialize(stand_in).message == "initialized"


@pytest.mark.parametrize(
    "change, words",
    [
        (
            lambda nodes: operation(nodes, 0)["connected_to"].append(link("solver1", "consume")),
            "RuntimeError: cannot attach the same queue",
        ),
        (lambda nodes: nodes.append(copy.deepcopy(nodes[1])), "AssertionError: rpcid must be unique in the solution"),
    ],
)
def test_a_late_failure_is_a_dead_end(
    start_stand_in: Start, change: Callable[[list[Any]], Any], words: str
) -> None:
    stand_in = start_stand_in()
    failed = initialize(stand_in, blueprint=changed(change))
    assert failed.code == -1 and words in failed.message
    assert DEAD_END in initialize(stand_in).message


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda nodes: operation(nodes, 0)["connected_to"].append(link("nobody", "consume")), "KeyError: 'nobody'"),
        (
            lambda nodes: operation(nodes, 1)["connected_to"].append(link("gui1", "produce")),
            "RuntimeError: unexpected situation: encountered 1 incoming links for container=gui1",
        ),
    ],
)
def test_a_wrong_link_is_refused(start_stand_in: Start, change: Callable[[list[Any]], Any], words: str) -> None:
    assert words in initialize(start_stand_in(), blueprint=changed(change)).message


def test_what_is_accepted_in_silence(start_stand_in: Start) -> None:
    unknown = changed(lambda nodes: operation(nodes, 0)["connected_to"].append(link("solver1", "missing")))
    extra = folders.dockerinfo({"gui1": "1", "solver1": 1, "orchestrator": 2}, address="127.0.0.1")
    assert initialize(start_stand_in(), blueprint=unknown, dockerinfo=extra, protofiles={}).message == "initialized"


def test_a_missing_protofile_shows_in_the_log_only(start_stand_in: Start, tmp_path: Path) -> None:
    stand_in = start_stand_in()
    initialize(stand_in, protofiles={})
    assert shown(stand_in.run())[1:3] == (0, "running")
    wait_for_log(tmp_path, "'NoneType' and 'str'")


def test_a_shared_folder_as_protofile(start_stand_in: Start) -> None:
    dockerinfo = folders.dockerinfo({"gui1": 1, "solver1": 1, "/data/shared": 1})
    protos = folders.protofiles() | {"/data/shared.proto": PROTO3}
    failed = initialize(start_stand_in(), dockerinfo=dockerinfo, protofiles=protos | {})
    assert "FileNotFoundError" in failed.message


SERVICE = "service A {\n}\n"


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "IndexError: list index out of range"),
        (PROTO3 + " service A {\n}\n", "IndexError: list index out of range"),
        (SERVICE, "ValueError: cannot process syntax '' in file 'gui1.proto'"),
        ('syntax = "proto2";\n' + SERVICE, "ValueError: cannot process syntax '' in file 'gui1.proto'"),
        (PROTO3 + "package foo;\n" + SERVICE, "ValueError: cannot process package 'foo' in file 'gui1.proto'"),
        (PROTO3 + 'import "google/protobuf/empty.proto";\n' + SERVICE, "CalledProcessError"),
        (PROTO3 + "enum E { Z = 0; }\n" + SERVICE, "cannot process protobuf input with enums '['E']'"),
        (PROTO3 + "message M { optional string a = 1; }\n" + SERVICE, "CalledProcessError"),
        (PROTO3 + "message {\n" + SERVICE, "CalledProcessError"),
        (
            PROTO3 + "message Empty {}\nmessage Job { string other = 1; }\n" + SERVICE,
            "ValueError: cannot merge protobuf files: message 'Job' present in files ['gui1.proto'] "
            "and in file solver1.proto with different content",
        ),
        (
            PROTO3 + "message Empty {}\nservice Service1 {\n}\n",
            "ValueError: cannot merge protobuf files: service 'Service1' present in files ['gui1.proto']",
        ),
        (PROTO3 + "message M { enum E { Z = 0; } oneof o { int32 a = 1; } }\nservice A{\n}\n", ""),
        (PROTO3 + "message M { message N {} map<string, N> a = 1; }\n" + SERVICE, ""),
        ("// comment\n" + PROTO3.replace('"', "'") + "message Job { string  text = 1; }\n" + SERVICE, ""),
    ],
)
def test_protofiles_are_checked(start_stand_in: Start, text: str, words: str) -> None:
    answer = initialize(start_stand_in(), protofiles=folders.protofiles() | {"gui1.proto": text})
    if words:
        assert answer.code == -1 and words in answer.message
    else:
        assert answer.message == "initialized"
