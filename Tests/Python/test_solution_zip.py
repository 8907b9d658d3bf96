"""solution.zip, as kubectl, a schema validator and the orchestrator see it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable

import kubernetes_validate
import pytest
import solutions
import yaml
from kubernetes_validate.utils import all_versions
from rig import StandIn

NEWEST = kubernetes_validate.latest_version()


def oldest_version() -> str:
    return min(all_versions(), key=lambda version: [int(part) for part in str(version).split(".")])


def manifests(folder: Path) -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text("utf-8")) for path in sorted((folder / "deployments").glob("*.yaml"))]


@pytest.fixture(params=solutions.references())
def solution(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return solutions.unpack(request.param, tmp_path / "solution")


@pytest.mark.parametrize("version", [oldest_version(), NEWEST])
def test_every_object_is_valid(solution: Path, version: str) -> None:
    found = manifests(solution)
    assert found
    for manifest in found:
        kubernetes_validate.validate(manifest, version, strict=True)


def test_kustomize_accepts_it(solution: Path) -> None:
    result = subprocess.run(["kubectl", "kustomize", solution], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    kustomized = [document for document in yaml.safe_load_all(result.stdout) if document]
    assert sorted(map(identity, kustomized)) == sorted(map(identity, manifests(solution)))


def identity(manifest: dict[str, Any]) -> tuple[str, str]:
    return manifest["kind"], manifest["metadata"]["name"]


def test_a_single_model_is_one_service_and_one_deployment(tmp_path: Path) -> None:
    reference = next(r for r in solutions.references() if not solutions.is_pipeline(r))
    folder = solutions.unpack(reference, tmp_path / "solution")
    assert sorted(manifest["kind"] for manifest in manifests(folder)) == ["Deployment", "Service"]


@pytest.mark.parametrize("reference", [r for r in solutions.references() if solutions.is_pipeline(r)])
def test_the_orchestrator_is_initialised_with_it(
    reference: str, tmp_path: Path, start_stand_in: Callable[..., StandIn]
) -> None:
    folder = solutions.unpack(reference, tmp_path / "solution")
    blueprint = (folder / "blueprint.json").read_text("utf-8")
    stand_in = start_stand_in()
    status = stand_in.initialize(
        blueprint,
        (folder / "dockerinfo.json").read_text("utf-8"),
        {path.name: path.read_text("utf-8") for path in (folder / "microservice").iterdir()},
    )
    assert (status.code, status.message) == (0, "initialized")
    operations = sum(len(node["operation_signature_list"]) for node in json.loads(blueprint)["nodes"])
    assert stand_in.status().active_threads == operations


def test_the_client_in_the_zip_runs_the_pipeline(tmp_path: Path, start_stand_in: Callable[..., StandIn]) -> None:
    reference = next(r for r in solutions.references() if solutions.is_pipeline(r))
    folder = solutions.unpack(reference, tmp_path / "solution")
    stand_in = start_stand_in()
    client = folder / "orchestrator_client" / "orchestrator_client.py"
    process = subprocess.Popen(
        [sys.executable, client, f"--endpoint={stand_in.endpoint}", f"--basepath={folder}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        seen = []
        for line in process.stdout:
            seen.append(line)
            if "running" in line:
                break
        assert any("initialized" in line for line in seen), seen
        assert stand_in.status().message == "running"
    finally:
        process.terminate()
        process.wait()


@pytest.mark.cluster
def test_the_api_server_accepts_every_object(solution: Path, cluster: Any, namespace: str) -> None:
    cluster.kubectl("create", "namespace", namespace)
    printed = cluster.kubectl("apply", "--dry-run=server", "-n", namespace, "-f", str(solution / "deployments"))
    assert printed.count("created (server dry run)") == len(manifests(solution))


@pytest.mark.cluster
def test_the_script_in_the_zip_deploys_it_twice_the_same(solution: Path, cluster: Any, namespace: str) -> None:
    for _ in range(2):
        result = cluster.deploy(solution, namespace)
        assert result.returncode == 0, result.stderr
    expected = {identity(manifest) for manifest in manifests(solution)}
    for kind, plural in [("Service", "services"), ("Deployment", "deployments"), ("PersistentVolumeClaim", "pvc")]:
        names = {name for of_kind, name in expected if of_kind == kind}
        assert names <= set(cluster.items(plural, namespace))
