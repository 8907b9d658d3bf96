"""solution.zip of unusual pipelines: valid for Kubernetes, and one set of names everywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import edge_pipelines
import kubernetes_validate
import pytest
import solutions
from solutions import NEWEST, OLDEST, identity, kustomized, manifests


@pytest.fixture(params=edge_pipelines.PIPELINES)
def solution(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    catalogue = edge_pipelines.write(request.param, tmp_path / "catalogue")
    return solutions.unpack(edge_pipelines.REFERENCE, tmp_path / "solution", catalogue)


def container_names(solution: Path) -> list[str]:
    info = json.loads((solution / "dockerinfo.json").read_text("utf-8"))
    return [entry["container_name"] for entry in info["docker_info_list"] if entry["container_name"] != "orchestrator"]


def test_every_object_is_valid_and_has_a_name_of_its_own(solution: Path) -> None:
    found = manifests(solution)
    for manifest in found:
        assert re.fullmatch("[a-z]([-a-z0-9]{0,61}[a-z0-9])?", manifest["metadata"]["name"])
        for version in (OLDEST, NEWEST):
            kubernetes_validate.validate(manifest, version, strict=True)
    assert len(set(map(identity, found))) == len(found)


def test_kustomize_accepts_it(solution: Path) -> None:
    assert sorted(map(identity, kustomized(solution))) == sorted(map(identity, manifests(solution)))


def test_each_container_is_in_the_blueprint_and_deployed_by_one_name(solution: Path) -> None:
    names = container_names(solution)
    blueprint = json.loads((solution / "blueprint.json").read_text("utf-8"))
    assert [node["container_name"] for node in blueprint["nodes"]] == names
    deployed = {name for kind, name in map(identity, manifests(solution)) if kind == "Deployment"}
    assert deployed - {"orchestrator"} == set(names)
    assert {path.name for path in (solution / "microservice").iterdir()} == {f"{name}.proto" for name in names}
    links = {
        link["container_name"]
        for node in blueprint["nodes"]
        for operation in node["operation_signature_list"]
        for link in operation["connected_to"]
    }
    assert links <= set(names)
