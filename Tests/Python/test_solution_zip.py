"""solution.zip, as kubectl, a schema validator and the orchestrator see it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable

import kubernetes_validate
import pytest
import solutions
from rig import StandIn
from solutions import NEWEST, OLDEST, identity, kustomized, manifests


@pytest.fixture(params=solutions.references())
def solution(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return solutions.unpack(request.param, tmp_path / "solution")


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_every_object_is_valid(solution: Path, version: str) -> None:
    found = manifests(solution)
    assert found
    for manifest in found:
        kubernetes_validate.validate(manifest, version, strict=True)


def test_kustomize_accepts_it(solution: Path) -> None:
    assert sorted(map(identity, kustomized(solution))) == sorted(map(identity, manifests(solution)))


@pytest.mark.parametrize("reference", solutions.references())
def test_it_is_the_same_wherever_and_by_whomever_it_is_rendered(reference: str, tmp_path: Path) -> None:
    # Each process has hash seeds of its own, so that an order that depends on them differs.
    copy = shutil.copytree(solutions.SAMPLES, tmp_path / "elsewhere" / "samples", copy_function=shutil.copyfile)
    places = [
        (tmp_path, solutions.SAMPLES, 0o022, {"TZ": "UTC", "LC_ALL": "C"}),
        (copy.parent, Path("samples"), 0o077, {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "HOME": "/nowhere"}),
        (Path("/"), copy, 0o000, {"TZ": "America/St_Johns", "LANG": "de_DE.UTF-8"}),
    ]
    archives = []
    for number, (folder, catalogue, mask, environment) in enumerate(places):
        archive = tmp_path / f"{number}.zip"
        command = ["render", reference, "--target", "local-yaml", "-o", archive, "--catalogue", catalogue]
        subprocess.run(
            [solutions.EXECUTABLE, *command], cwd=folder, umask=mask, env=environment, check=True, capture_output=True
        )
        archives.append(archive.read_bytes())
    assert archives[0] == archives[1] == archives[2]


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
