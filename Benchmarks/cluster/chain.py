"""A pipeline of ten nodes in a row that share a folder, in a catalogue of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SOLUTION, REVISION = "77777777-7777-4777-8777-777777777777", "99999999-9999-4999-8999-999999999999"
REFERENCE = f"{SOLUTION}/{REVISION}"
NODES = 10
OBJECTS = 2 * (NODES + 1) + 1  # a Deployment and a Service for each node and the orchestrator, and the claim
_URI = f"org/acumos/{SOLUTION}/BluePrint/1.0.0/BluePrint-1.0.0.json"
_PROTO_URI = "org/acumos/model/1.0.0/model-1.0.0.proto"
_PROTO = """syntax = "proto3";
message Empty {
}
message Sample {
  string name = 1;
  repeated double values = 2;
}
message SharedFolderRequest {
}
message SharedFolderStatus {
}
service Model {
  rpc begin(Empty) returns (Sample);
  rpc refine(Sample) returns (Sample);
  rpc mountVolume(SharedFolderRequest) returns (SharedFolderStatus);
  rpc provideFolder(Empty) returns (SharedFolderRequest);
}
"""


def write_catalogue(folder: Path) -> Path:
    """A DirectoryCatalogue that holds nothing else."""
    blueprint = json.dumps(_blueprint())
    _write(folder / "solutions" / f"{SOLUTION}.json", {
        "solutionId": SOLUTION, "name": "chain", "active": True, "toolkitTypeCode": "CP", "userId": "bench",
    })
    _write(folder / "revisions" / f"{REVISION}.json", {
        "revisionId": REVISION, "solutionId": SOLUTION, "version": "1.0.0", "userId": "bench",
    })
    _write(folder / "artifacts" / f"{REVISION}.json", [{
        "artifactId": "77777777-0000-4000-8000-000000000001", "version": "1.0.0", "artifactTypeCode": "BP",
        "name": "BluePrint", "uri": _URI, "size": len(blueprint), "userId": "bench",
    }])
    _write(folder / "nexus" / _URI, blueprint)
    _write(folder / "nexus" / _PROTO_URI, _PROTO)
    return folder


def _blueprint() -> dict[str, Any]:
    names = [f"model{number}" for number in range(1, NODES + 1)]
    mount = [_operation("mountVolume", "SharedFolderRequest", "SharedFolderStatus", [])]
    nodes = [_node("/data/shared", "SharedFolder", [
        _operation("provideFolder", "Empty", "SharedFolderRequest", [(name, "mountVolume") for name in names]),
    ])]
    for name, successor in zip(names, [*names[1:], None]):
        operation, source = ("begin", "Empty") if name == names[0] else ("refine", "Sample")
        links = [(successor, "refine")] if successor else []
        nodes.append(_node(name, "MLModel", [_operation(operation, source, "Sample", links), *mount]))
    return {"name": "chain", "version": "1.0.0", "input_ports": [], "nodes": nodes}


def _node(name: str, kind: str, operations: list[dict[str, Any]]) -> dict[str, Any]:
    image = f"registry.example.org/chain/{name.strip('/').replace('/', '-')}:1.0.0"
    return {
        "container_name": name, "node_type": kind, "image": image, "proto_uri": _PROTO_URI,
        "operation_signature_list": operations,
    }


def _operation(name: str, source: str, result: str, links: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "operation_signature": {
            "operation_name": name, "input_message_name": source, "input_message_stream": False,
            "output_message_name": result, "output_message_stream": False,
        },
        "connected_to": [
            {"container_name": node, "operation_signature": {"operation_name": operation}} for node, operation in links
        ],
    }


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
