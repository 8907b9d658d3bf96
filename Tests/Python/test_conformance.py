"""`graphene-deployer module verify --conformance`: the shipped modules keep the contract, and none breaks the command."""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path
from typing import Any, Iterator

import misbehaving_target
import pytest
import solutions
from fake_playground import FakePlayground
from live_cluster import LiveCluster
from rig import unused_namespace

# What does not apply to a module is listed, so that nothing drops out unseen.
NOTHING_LEFT = {"undeploying", "logs", "rerunning", "resuming", "clearing"}
LOCAL_YAML = NOTHING_LEFT | {"planning", "secrets"}
PLAYGROUND = NOTHING_LEFT | {"planning", "rendering", "secrets", "refusal"}
# A kubeconfig is a secret, without which nothing goes on by itself.
UNREACHABLE = {"planning", "rendering", "repetition", "concurrency", "resuming", "clearing"}


def verify(
    folder: Path, module: str, *arguments: str, settings: dict[str, Any] | None = None, timeout: float = 240,
) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    """Runs the command with a configuration that allows calls to 127.0.0.1; its exit and its report."""
    file = folder / "deployer.yaml"
    file.write_text(json.dumps({
        "network": {"allow": ["127.0.0.0/8"]}, "targets": [{"module": module, "settings": settings or {}}],
    }))
    library = solutions.EXECUTABLE.parent / f"lib{module}.so"
    words = [solutions.EXECUTABLE, "module", "verify", "--conformance", "--json", "--config", file, *arguments, library]
    run = subprocess.run(list(map(str, words)), capture_output=True, text=True, timeout=timeout)
    assert run.stdout, run.stderr
    return run, json.loads(run.stdout)


def conforms(outcome: tuple[subprocess.CompletedProcess[str], dict[str, Any]], without: set[str]) -> None:
    """Asserts that nothing failed, and that everything but the named checks applied."""
    run, report = outcome
    failed = [check for check in report["checks"] if check["verdict"] == "failed"]
    assert run.returncode == 0 and not failed, json.dumps(failed, indent=2)
    assert {check["name"] for check in report["checks"] if check["verdict"] == "not-applicable"} == without


def access(folder: Path, port: int) -> Path:
    """A kubeconfig for a port."""
    file = folder / "kubeconfig"
    file.write_text(json.dumps({
        "apiVersion": "v1", "kind": "Config", "current-context": "here",
        "contexts": [{"name": "here", "context": {"cluster": "here", "user": "me"}}],
        "clusters": [{"name": "here", "cluster": {"server": f"https://127.0.0.1:{port}"}}],
        "users": [{"name": "me", "user": {"token": "conformance-" * 4}}],
    }))
    return file


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that nobody listens on, and nobody else can."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_local_yaml(tmp_path: Path) -> None:
    conforms(verify(tmp_path, "LocalYAML"), LOCAL_YAML)


def test_playground(tmp_path: Path, playground: FakePlayground) -> None:
    conforms(verify(tmp_path, "Playground", settings={"deployURL": playground.url}), PLAYGROUND)


def test_playground_that_does_not_answer(tmp_path: Path, closed_port: int) -> None:
    settings = {"deployURL": f"http://127.0.0.1:{closed_port}/deploy_solution"}
    without = PLAYGROUND - {"refusal"} | {"repetition", "concurrency"}
    conforms(verify(tmp_path, "Playground", "--environment", "unreachable", settings=settings), without)


def test_creodias_without_a_cluster(tmp_path: Path, closed_port: int) -> None:
    arguments = ("--environment", "unreachable", "--option", f"kubeconfig=@{access(tmp_path, closed_port)}")
    conforms(verify(tmp_path, "Creodias", *arguments), UNREACHABLE)


@pytest.mark.cluster
def test_creodias_with_a_cluster(tmp_path: Path, live_cluster: LiveCluster) -> None:
    prefix = unused_namespace()
    options = {"kubeconfig": f"@{live_cluster.kubeconfig}", "namespace": prefix + "-{solution}", "volumes": "delete"}
    words = [word for pair in options.items() for word in ("--option", "=".join(pair))]
    try:
        conforms(verify(tmp_path, "Creodias", *words, timeout=900), {"rendering", "resuming"})
    finally:
        for name in ("model", "loop", "folder"):
            namespace = f"{prefix}-conformance-{name}"
            live_cluster.kubectl("delete", "namespace", namespace, "--ignore-not-found", "--wait=false")


def test_what_is_wrong_is_named_and_ends_with_1(tmp_path: Path) -> None:
    run, report = verify(tmp_path, "Playground")
    assert run.returncode == 1
    start = next(check for check in report["checks"] if check["name"] == "start")
    assert start["verdict"] == "failed" and "deployURL" in start["findings"][0]["seen"]
    assert "start failed" in run.stderr


@pytest.mark.parametrize(("place", "kind", "check", "words"), [
    ("init", "trap", "start", ("signal", "MisbehavingTarget.init")),
    ("suggestions", "exit", "start", ("code 0",)),
    ("deploy", "abort", "rendering", ("SIGABRT", "MisbehavingTarget.deploy")),
    ("rerun", "segv", "rerunning", ("SIGSEGV",)),
    ("deploy", "leak", "rendering", ("512 MiB",)),
    ("deploy", "garbage", "rendering", ("it sent",)),
])
def test_a_module_that_ends_its_process_is_told_with_the_check_that_it_was_in(
    tmp_path: Path, place: str, kind: str, check: str, words: tuple[str, ...]
) -> None:
    name = misbehaving_target.module(tmp_path / "modules", place, kind)
    command = [solutions.EXECUTABLE, "module", "verify", "--conformance", "--json"]
    run = subprocess.run(
        [*command, tmp_path / "modules" / f"lib{name}.so"], capture_output=True, text=True, timeout=240
    )
    assert run.returncode == 1, run.stderr
    last = json.loads(run.stdout)["checks"][-1]
    assert (last["name"], last["verdict"]) == (check, "failed"), run.stdout
    finding = last["findings"][0]
    assert all(word in finding["seen"] for word in words) and finding["remedy"], finding


def test_a_module_that_never_ends_a_call_is_told_with_the_call(tmp_path: Path) -> None:
    name = misbehaving_target.module(tmp_path / "modules", "passes", "loop")
    command = [solutions.EXECUTABLE, "module", "verify", "--conformance", "--json"]
    run = subprocess.run(
        [*command, tmp_path / "modules" / f"lib{name}.so"], capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 1, run.stderr
    start = next(check for check in json.loads(run.stdout)["checks"] if check["name"] == "start")
    assert start["verdict"] == "failed", run.stdout
    assert "passes was still at work after 20" in start["findings"][0]["seen"], run.stdout


@pytest.mark.parametrize("place", ["opening", "entry", "manifest"])
def test_a_module_that_breaks_down_while_it_is_loaded_is_refused(tmp_path: Path, place: str) -> None:
    name = misbehaving_target.module(tmp_path / "modules", place)
    run = subprocess.run(
        [solutions.EXECUTABLE, "module", "verify", "--conformance", tmp_path / "modules" / f"lib{name}.so"],
        capture_output=True, text=True, timeout=60,
    )
    assert run.returncode == 1 and "broke down" in run.stderr and "signal" in run.stderr, run.stderr


def test_settings_may_be_given_on_the_command_line(tmp_path: Path, closed_port: int) -> None:
    (tmp_path / "url").write_text(f"http://127.0.0.1:{closed_port}/deploy_solution\n")
    without = PLAYGROUND - {"refusal"} | {"repetition", "concurrency"}
    arguments = ("--environment", "unreachable", "--setting", f"deployURL=@{tmp_path / 'url'}")
    conforms(verify(tmp_path, "Playground", *arguments, settings={"deployURL": "http://example.org/"}), without)


@pytest.mark.parametrize(("setting", "words"), [
    ("deployURL=[", "deployURL"), ("=1", "name=value"), ("deployURL", "name=value"), ("a=@/nowhere/at/all", "/nowhere"),
])
def test_a_setting_that_cannot_be_read_is_refused(setting: str, words: str) -> None:
    library = solutions.EXECUTABLE.parent / "libPlayground.so"
    command = [solutions.EXECUTABLE, "module", "verify", "--conformance", "--setting", setting, library]
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60)
    assert run.returncode and words in run.stderr, run.stderr
