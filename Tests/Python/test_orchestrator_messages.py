"""The hand-written message classes against orchestrator.proto, compiled by grpc_tools."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import orchestrator_pb2
import pytest
from folders import BUNDLE
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from grpc_tools import protoc

PROTO = BUNDLE / "protobuf" / "orchestrator.proto"
SAMPLES: dict[str, dict[str, Any]] = {
    "RunLabel": {"label": "größe"},
    "OrchestrationConfiguration": {
        "blueprint": '{"nodes": []}', "dockerinfo": "{}", "protofiles": {"a.proto": "x", "b.proto": ""},
        "queuesize": -1, "iterations": 2147483647,
    },
    "OrchestrationStatus": {"success": True, "code": -1, "message": "not initialized", "active_threads": 5},
    "OrchestrationObservationConfiguration": {"name_regex": ".*", "component_regex": "o"},
    "OrchestrationEvent": {"run": "", "name": "n", "component": "c", "detail": {"rpc": "solve", "message": ""}},
}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The descriptor of orchestrator.proto, as protoc makes it."""
    result = tmp_path_factory.mktemp("protoc") / "descriptors"
    arguments = ["protoc", f"--proto_path={PROTO.parent}", f"--descriptor_set_out={result}", PROTO.name]
    assert protoc.main(arguments) == 0
    return descriptor_pb2.FileDescriptorSet.FromString(result.read_bytes()).file[0]


def compiled_class(compiled: Any, name: str) -> Any:
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(compiled.SerializeToString())
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(name))


def fields_of(message: Any) -> set[tuple[Any, ...]]:
    return {(field.name, field.number, field.type, field.label, field.type_name) for field in message.field}


def test_the_same_messages_with_the_same_fields(compiled: Any) -> None:
    own = {name: getattr(orchestrator_pb2, name).DESCRIPTOR for name in SAMPLES}
    assert {message.name for message in compiled.message_type} == set(own)
    for message in compiled.message_type:
        mine = descriptor_pb2.DescriptorProto()
        own[message.name].CopyToProto(mine)
        assert fields_of(mine) == fields_of(message)
        assert [fields_of(entry) for entry in mine.nested_type] == [fields_of(entry) for entry in message.nested_type]
        assert [entry.options.map_entry for entry in mine.nested_type] == [True] * len(message.nested_type)


@pytest.mark.parametrize("name", SAMPLES)
def test_each_side_reads_the_others_bytes(compiled: Any, name: str) -> None:
    mine, theirs = getattr(orchestrator_pb2, name), compiled_class(compiled, name)
    sample = SAMPLES[name]
    written = [cls(**sample).SerializeToString(deterministic=True) for cls in (mine, theirs)]
    assert written[0] == written[1]
    for cls, text in ((mine, written[1]), (theirs, written[0])):
        read = cls.FromString(text)
        assert {key: unwrapped(getattr(read, key)) for key in sample} == sample


def unwrapped(value: Any) -> Any:
    return dict(value) if hasattr(value, "items") else value


def test_the_service_of_the_proto_has_no_package(compiled: Any) -> None:
    assert compiled.package == "" and compiled.syntax == "proto3"
    (service,) = compiled.service
    assert service.name == "Orchestrator"
    methods = {(each.name, each.input_type, each.output_type, each.server_streaming) for each in service.method}
    assert methods == {
        ("initialize", ".OrchestrationConfiguration", ".OrchestrationStatus", False),
        ("run", ".RunLabel", ".OrchestrationStatus", False),
        ("get_status", ".RunLabel", ".OrchestrationStatus", False),
        ("observe", ".OrchestrationObservationConfiguration", ".OrchestrationEvent", True),
    }


@pytest.mark.parametrize("implementation", ["python", "upb"])
def test_they_load_with_either_implementation_of_the_runtime(implementation: str) -> None:
    code = (
        "import orchestrator_pb2 as m; from google.protobuf.internal import api_implementation as a;"
        "c = m.OrchestrationConfiguration(protofiles={'a.proto': 'x'});"
        "assert m.OrchestrationConfiguration.FromString(c.SerializeToString()).protofiles['a.proto'] == 'x';"
        "print(a.Type())"
    )
    environment = os.environ | {"PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION": implementation}
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=BUNDLE / "orchestrator_client", env=environment, capture_output=True, text=True,
    )
    assert (result.returncode, result.stdout.strip()) == (0, implementation), result.stderr


def test_they_live_beside_the_compiled_ones_in_one_process(tmp_path: Path) -> None:
    code = "import grpc, orchestrator_pb2; m = grpc.protos('orchestrator.proto'); m.RunLabel(label='x')"
    environment = os.environ | {"PYTHONPATH": f"{BUNDLE / 'orchestrator_client'}{os.pathsep}{PROTO.parent}"}
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
