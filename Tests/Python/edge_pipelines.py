"""Pipelines that are lawful and unusual, in the layout of an embedded catalogue."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Optional, Sequence

REFERENCE = "s/r"
PROTO = 'syntax = "proto3";\nmessage In {\n}\nservice S {\n  rpc run (In) returns (In);\n}\n'


def operation(name: str, takes: str = "In", gives: str = "In", to: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    return {
        "operation_signature": {
            "operation_name": name,
            "input_message_name": takes,
            "output_message_name": gives,
        },
        "connected_to": [
            {"container_name": container, "operation_signature": {"operation_name": other}} for container, other in to
        ],
    }


def node(
    name: str,
    kind: Optional[str] = "MLModel",
    image: str = "registry.example.org/a:1",
    operations: Optional[list[dict[str, Any]]] = None,
    **more: Any,
) -> dict[str, Any]:
    return {
        "container_name": name,
        "node_type": kind,
        "image": image,
        "proto_uri": "p/x.proto",
        "operation_signature_list": [operation("run")] if operations is None else operations,
        **more,
    }


def folder(name: str, *consumers: str) -> dict[str, Any]:
    links = [(consumer, "mountVolume") for consumer in consumers]
    return node(name, "SharedFolder", operations=[operation("provideFolder", "Empty", "SharedFolderRequest", links)])


def splitter(name: str, target: str) -> dict[str, Any]:
    links = [operation("pass", to=[(target, "run")])]
    return node(name, "Splitter", "", links, splitter_map={"splitter_type": "Copy-based"})


MOUNT = operation("mountVolume", "SharedFolderRequest", "SharedFolderStatus")
BROKER = {"data_broker_type": "csv"}
NAMES = [
    "x" * 63, "y" * 80, "1st", "a.b.c", "my model", "my_model", "größe", "模型", "orchestrator", "Kubernetes", "x",
    "xwebui", "webui", "true", "null", "yes", "123", "1e5", "ab\ncd: #", "it's", "-", "logs", "pvc",
]

# Each with a name of its own, which is as unusual.
PIPELINES: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "names": ('Zürich: "x" #1\t', [node(name) for name in NAMES]),
    "folders": (
        "yes",
        [
            folder("/data/a", "n1", "N2"),
            folder("/data/b", "n1"),
            folder("sharedfolderprovider1", "n2"),
            folder("/unconnected"),
            node("n1", operations=[MOUNT, operation("run")]),
            node("n2", operations=[MOUNT]),
        ],
    ),
    "long-paths": (
        "9" * 100,
        [folder("/" + "d" * 200, "n1"), folder("/123/true", "n1"), node("n1", operations=[MOUNT, operation("run")])],
    ),
    "brokers": (
        "-",
        [
            node("Broker One", "DataBroker", data_broker_map=BROKER),
            node("b2", "DataBroker", data_broker_map={"data_broker_type": "CSV", "map_inputs": None}),
            node("p", "Probe"),
            node("q", None),
        ],
    ),
    "router": (
        "null",
        [node("s", operations=[operation("run", to=[("Sp", "pass")])]), splitter("Sp", "t"), node("t")],
    ),
    # A router with the name that "my model" gets where it is free.
    "router-with-a-repaired-name": ("~", [node("my model"), splitter("my-model-76eeb0", "b"), node("b")]),
}


def write(name: str, catalogue: Path) -> Path:
    """Writes the pipeline of that name as the one solution of a catalogue."""
    title, nodes = PIPELINES[name]
    documents: dict[str, Any] = {
        "solutions/s.json": {"solutionId": "s", "name": title, "toolkitTypeCode": "CP"},
        "revisions/r.json": {"revisionId": "r", "solutionId": "s", "version": "1"},
        "artifacts/r.json": [{"artifactTypeCode": "BP", "name": "BluePrint-s", "uri": "blueprint.json"}],
        "nexus/blueprint.json": {"name": "x", "nodes": nodes},
    }
    texts = {path: json.dumps(document) for path, document in documents.items()} | {"nexus/p/x.proto": PROTO}
    for path, text in texts.items():
        file = catalogue / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return catalogue
