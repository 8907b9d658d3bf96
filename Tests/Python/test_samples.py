"""Checks the sample solutions: files agree with each other, protos compile and merge, blueprints fit their protos.

Needs pytest and grpcio-tools. GRAPHENE_SAMPLES names another folder to check. The rules are those of our own samples and
stricter than the deployer's: older data of a platform breaks some of them.
"""

import json
import os
import re
from collections import Counter
from pathlib import Path

import grpc_tools
import pytest
from google.protobuf import descriptor_pb2, descriptor_pool
from grpc_tools import protoc

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = Path(os.environ.get("GRAPHENE_SAMPLES", REPOSITORY / "config" / "samples")).resolve()
NEXUS = SAMPLES / "nexus"

SOLUTION_FIELDS = (
    "created modified solutionId name metadata active modelTypeCode toolkitTypeCode origin viewCount downloadCount "
    "lastDownload ratingCount ratingAverageTenths featured userId sourceId tags"
).split()
REVISION_FIELDS = (
    "created modified revisionId version metadata origin authors publisher verifiedLicense verifiedVulnerability "
    "onboarded solutionId userId sourceId"
).split()
ARTIFACT_FIELDS = (
    "created modified artifactId version artifactTypeCode name description uri size metadata userId"
).split()
BLUEPRINT_FIELDS = ["name", "version", "input_ports", "nodes", "probeIndicator"]
NODE_FIELDS = ["container_name", "node_type", "image", "proto_uri", "operation_signature_list"]
SIGNATURE_FIELDS = [
    "operation_name",
    "input_message_name",
    "input_message_stream",
    "output_message_name",
    "output_message_stream",
]
IMAGE_TYPES = {"DI", "DP"}  # their uri is an image reference, not a path
SHARED_FOLDER_OPERATIONS = {"mountVolume", "provideFolder"}  # added by the platform, in no model's proto


# Reading


def read_text(path):
    return path.read_bytes().decode("utf-8")


def read_json(path):
    return json.loads(read_text(path))


def json_files(folder):
    return sorted((SAMPLES / folder).glob("*.json"))


def nexus_file(uri):
    """The file at a maven path; refuses what the deployer would refuse."""
    assert uri, "empty uri"
    segments = uri.split("/")
    assert not {"", ".", ".."} & set(segments) and "://" not in uri, f"{uri}: not a plain relative path"
    path = NEXUS / uri
    assert path.is_file(), f"nexus/{uri} is missing"
    return path


def blueprint_artifacts():
    for path in json_files("artifacts"):
        for artifact in read_json(path):
            if artifact["artifactTypeCode"] == "BP":
                yield path.stem, artifact


def collect(pairs):
    """Parameters must not break the collection: a file that is unreadable is reported by the JSON test."""
    try:
        return list(pairs())
    except (OSError, ValueError, KeyError, TypeError):
        return []


BLUEPRINTS = collect(blueprint_artifacts)
PROTOS = sorted(NEXUS.rglob("*.proto"))


def name_of(path):
    return str(path.relative_to(SAMPLES))


@pytest.fixture(params=BLUEPRINTS, ids=[revision for revision, _ in BLUEPRINTS])
def blueprint(request):
    return read_json(nexus_file(request.param[1]["uri"]))


def is_shared_folder(node):
    return (node.get("node_type") or "").lower() == "sharedfolder"


def operations(node):
    """(signature, targets) of each operation of a node."""
    for entry in node["operation_signature_list"]:
        yield entry["operation_signature"], [
            (edge["container_name"], edge["operation_signature"]["operation_name"]) for edge in entry["connected_to"]
        ]


def edges(blueprint):
    """(node, signature, target node, target signature); every edge must meet both, whatever the case of the name."""
    nodes = {node["container_name"].lower(): node for node in blueprint["nodes"]}
    for node in blueprint["nodes"]:
        for signature, targets in operations(node):
            for container, operation in targets:
                label = f"{node['container_name']}.{signature['operation_name']} -> {container}.{operation}"
                target = nodes.get(container.lower())
                assert target, f"{label}: no such node"
                found = [s for s, _ in operations(target) if s["operation_name"] == operation]
                assert found, f"{label}: no such operation"
                yield node, signature, target, found[0]


# Protos


def compile_proto(path, folder):
    """Compiles one file alone, as the orchestrator does, and returns its descriptor."""
    source = folder / "model.proto"
    source.write_bytes(path.read_bytes())
    output = folder / "model.binpb"
    include = Path(grpc_tools.__file__).parent / "_proto"
    code = protoc.main(["protoc", f"-I{folder}", f"-I{include}", f"--descriptor_set_out={output}", str(source)])
    assert code == 0, f"{name_of(path)} does not compile"
    (file,) = descriptor_pb2.FileDescriptorSet.FromString(output.read_bytes()).file
    return file


def rpcs(file):
    (service,) = file.service
    return {
        rpc.name: {
            "operation_name": rpc.name,
            "input_message_name": rpc.input_type.lstrip("."),
            "input_message_stream": rpc.client_streaming,
            "output_message_name": rpc.output_type.lstrip("."),
            "output_message_stream": rpc.server_streaming,
        }
        for rpc in service.method
    }


# Tests: files


def test_there_are_samples():
    assert BLUEPRINTS and PROTOS and json_files("solutions")


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.json")), ids=name_of)
def test_json_parses(path):
    read_json(path)


@pytest.mark.parametrize("path", json_files("solutions"), ids=name_of)
def test_solution_is_as_cds_answers(path):
    solution = read_json(path)
    assert list(solution) == SOLUTION_FIELDS
    assert solution["solutionId"] == path.stem
    assert 0 < len(solution["name"]) <= 100
    assert any(read_json(revision)["solutionId"] == path.stem for revision in json_files("revisions")), "no revision"


@pytest.mark.parametrize("path", json_files("revisions"), ids=name_of)
def test_revision_belongs_to_a_solution(path):
    revision = read_json(path)
    assert list(revision) == REVISION_FIELDS
    assert revision["revisionId"] == path.stem
    assert (SAMPLES / "solutions" / f"{revision['solutionId']}.json").is_file(), "its solution is missing"
    assert (SAMPLES / "artifacts" / path.name).is_file(), "its artifacts are missing"


@pytest.mark.parametrize("path", json_files("artifacts"), ids=name_of)
def test_artifacts_belong_to_a_revision_and_have_their_files(path):
    revision = read_json(SAMPLES / "revisions" / path.name)
    solution = read_json(SAMPLES / "solutions" / f"{revision['solutionId']}.json")
    artifacts = read_json(path)
    for artifact in artifacts:
        assert list(artifact) == ARTIFACT_FIELDS
        if artifact["artifactTypeCode"] in IMAGE_TYPES:
            assert artifact["uri"] and artifact["size"] == -1
            continue
        file = nexus_file(artifact["uri"])
        if artifact["artifactTypeCode"] == "BP":
            assert artifact["name"] == f"BluePrint-{revision['solutionId']}"
            assert artifact["size"] == len(read_text(file)), "size of a blueprint counts characters"
            assert read_json(file)["name"] == solution["name"]
        else:
            assert artifact["size"] == file.stat().st_size
    types = [artifact["artifactTypeCode"] for artifact in artifacts]
    assert "BP" in types or IMAGE_TYPES & set(types), "neither a pipeline nor a model with an image"
    assert ("BP" in types) == (solution["toolkitTypeCode"] == "CP")


def test_artifact_ids_are_unique():
    ids = Counter(artifact["artifactId"] for path in json_files("artifacts") for artifact in read_json(path))
    assert [key for key, count in ids.items() if count > 1] == []


def test_every_file_under_nexus_is_referenced():
    uris = {artifact["uri"] for path in json_files("artifacts") for artifact in read_json(path)}
    for _, artifact in BLUEPRINTS:
        uris |= {node["proto_uri"] for node in read_json(nexus_file(artifact["uri"]))["nodes"]}
    files = {str(path.relative_to(NEXUS)) for path in NEXUS.rglob("*") if path.is_file()}
    assert files - uris == set()


# Tests: protos


@pytest.mark.parametrize("path", PROTOS, ids=name_of)
def test_proto_compiles_and_keeps_the_container_contract(path, tmp_path):
    file = compile_proto(path, tmp_path)
    assert file.syntax == "proto3" and not file.package and not file.dependency
    assert len(file.service) == 1 and not file.enum_type and not file.extension
    assert not any(field.proto3_optional for message in file.message_type for field in message.field)
    # What follows is about the text: some components read it line by line.
    lines = [re.sub(r"//.*", "", line).rstrip() for line in read_text(path).splitlines()]
    assert lines[0] == 'syntax = "proto3";'
    assert [line for line in lines if line.startswith("service ")] == [f"service {file.service[0].name} {{"]
    assert [line for line in lines if "}" in line and line.strip() != "}"] == [], "closing brace on a line of its own"
    assert [line for line in lines if "{" in line and not re.search(r"\S \{$", line)] == [], "blank before the brace"


def test_protos_of_a_pipeline_merge(blueprint, tmp_path):
    merged = descriptor_pb2.FileDescriptorProto(name="merged.proto", syntax="proto3")
    origin = {}
    for node in blueprint["nodes"]:
        if is_shared_folder(node):
            continue
        file = compile_proto(nexus_file(node["proto_uri"]), tmp_path)
        for kind in ("message_type", "service"):
            for item in getattr(file, kind):
                content = item.SerializeToString(deterministic=True)
                first, known = origin.setdefault((kind, item.name), (node["container_name"], content))
                assert known == content, f"{item.name} differs between {first} and {node['container_name']}"
                if item.name not in [other.name for other in getattr(merged, kind)]:
                    getattr(merged, kind).add().CopyFrom(item)
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(merged.SerializeToString())
    for service in merged.service:
        pool.FindServiceByName(service.name)


# Tests: blueprints


def test_blueprint_has_the_published_fields_in_order(blueprint):
    assert list(blueprint) == BLUEPRINT_FIELDS
    assert blueprint["input_ports"] == [] and blueprint["probeIndicator"] == [{"value": "false"}]
    for node in blueprint["nodes"]:
        assert list(node) == NODE_FIELDS
        assert node["image"], f"{node['container_name']} has no image"
        assert node["container_name"] == node["container_name"].lower(), "Design Studio writes lower case here"
        for signature, _ in operations(node):
            assert list(signature) == SIGNATURE_FIELDS
    names = Counter(node["container_name"].lower() for node in blueprint["nodes"])
    assert [name for name, count in names.items() if count > 1] == []
    assert not {"orchestrator", "probe", "databroker"} & set(names)


def test_operations_are_rpcs_of_the_proto(blueprint, tmp_path):
    for node in blueprint["nodes"]:
        declared = rpcs(compile_proto(nexus_file(node["proto_uri"]), tmp_path))
        listed = [signature for signature, _ in operations(node)]
        assert len({signature["operation_name"] for signature in listed}) == len(listed), "operation listed twice"
        for signature in listed:
            label = f"{node['container_name']}.{signature['operation_name']}"
            if signature["operation_name"] in SHARED_FOLDER_OPERATIONS:
                continue
            assert signature == declared.get(signature["operation_name"]), f"{label} differs from the proto"


def test_edges_resolve_and_carry_one_message_type(blueprint):
    seen = Counter()
    for node, source, target, sink in edges(blueprint):
        label = f"{node['container_name']}.{source['operation_name']} -> {target['container_name']}.{sink['operation_name']}"
        assert source["output_message_name"] == sink["input_message_name"], label
        assert sink["input_message_name"] != "Empty", f"{label}: the orchestrator refuses links into Empty"
        seen[label] += 1
    assert [label for label, count in seen.items() if count > 1] == [], "the orchestrator refuses a link given twice"


def test_orchestrator_can_run_the_operations(blueprint):
    reached = {(target["container_name"], sink["operation_name"]) for _, _, target, sink in edges(blueprint)}
    for node in blueprint["nodes"]:
        for signature, _ in operations(node):
            label = f"{node['container_name']}.{signature['operation_name']}"
            streams = (signature["input_message_stream"], signature["output_message_stream"])
            assert streams != (True, True), f"{label}: stream/stream breaks the orchestrator"
            if signature["input_message_name"] == "Empty":
                assert not signature["input_message_stream"], f"{label}: Empty can't be a stream"
            else:
                assert (node["container_name"], signature["operation_name"]) in reached, f"{label} is never called"


def test_shared_folders_are_mounted_by_those_who_are_linked(blueprint):
    linked = {
        target["container_name"]
        for node, source, target, sink in edges(blueprint)
        if is_shared_folder(node) and source["operation_name"] == "provideFolder" and sink["operation_name"] == "mountVolume"
    }
    mounting = {
        node["container_name"]
        for node in blueprint["nodes"]
        if any(signature["operation_name"] == "mountVolume" for signature, _ in operations(node))
    }
    assert linked == mounting
    for node in blueprint["nodes"]:
        if is_shared_folder(node):
            assert re.fullmatch(r"(/[^/:]+)+", node["container_name"]), "the name of a shared folder is its mount path"
