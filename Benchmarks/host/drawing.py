"""The page of a pipeline with 50 nodes: read, planned, drawn and rendered."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from pathlib import Path

import host as hosts
import solutions
import table

NODES = 50
SOLUTION, REVISION = "99999999-9999-4999-8999-999999999999", "99999999-9999-4999-8999-999999999998"
PROTO = """syntax = "proto3";
message Value { int32 number = 1; }
service Model { rpc work(Value) returns (Value); }
"""


def write_catalogue(folder: Path) -> None:
    """A chain of 50 nodes with a side branch from every third, as a catalogue in a folder."""
    nodes = []
    for number in range(NODES):
        following = [number + 1] + ([number + 5] if number % 3 == 0 else [])
        edges = [
            {"container_name": f"model-{other}", "operation_signature": {"operation_name": "work"}}
            for other in following if other < NODES
        ]
        signature = {
            "operation_name": "work", "input_message_name": "Value", "output_message_name": "Value",
            "input_message_stream": False, "output_message_stream": False,
        }
        nodes.append({
            "container_name": f"model-{number}", "proto_uri": "model.proto", "node_type": "MLModel",
            "image": f"registry.example.org/model-{number}:1.0.0",
            "operation_signature_list": [{"operation_signature": signature, "connected_to": edges}],
        })
    for part in ("solutions", "revisions", "artifacts", "nexus"):
        (folder / part).mkdir(parents=True)
    record = {"solutionId": SOLUTION, "name": "Fifty", "active": True, "userId": "u", "modelTypeCode": "CL", "toolkitTypeCode": "CP"}
    (folder / "solutions" / f"{SOLUTION}.json").write_text(json.dumps(record))
    revision = {"revisionId": REVISION, "version": "1.0.0", "solutionId": SOLUTION, "userId": "u"}
    (folder / "revisions" / f"{REVISION}.json").write_text(json.dumps(revision))
    artifact = {"artifactId": "b", "version": "1.0.0", "artifactTypeCode": "BP", "name": "BluePrint", "uri": "blueprint.json", "size": 1, "userId": "u"}
    (folder / "artifacts" / f"{REVISION}.json").write_text(json.dumps([artifact]))
    blueprint = {"name": "Fifty", "version": "1.0.0", "input_ports": [], "nodes": nodes, "probeIndicator": []}
    (folder / "nexus" / "blueprint.json").write_text(json.dumps(blueprint))
    (folder / "nexus" / "model.proto").write_text(PROTO)


def run(release: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_catalogue(folder / "catalogue")
        host = hosts.Host(folder, "--catalogue", folder / "catalogue")
        try:
            token = hosts.token()
            host.url
            times = []
            for _ in range(30):
                start = time.monotonic()
                page = host.call(f"/local-yaml/deploy/{SOLUTION}/{REVISION}", token=token, Accept="text/html")
                times.append((time.monotonic() - start) * 1_000)
                assert page.status == 200, page.content
        finally:
            host.terminate()
            host.wait()
    assert page.content.count(b'class="graph-node') == NODES + 1, "a node is missing in the drawing"
    took = statistics.median(times)
    table.row("whole page with a drawing of 50 nodes", f"{took:.1f} ms", "< 20 ms", took < 20, f"{len(page.content) // 1024} KiB")
