"""creodias: what left a solution leaves the namespace, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest
from creodias import FOLDER, PIPELINE, Deployer, on, preview, succeeded
from live_cluster import Place, eventually
from revisions import add_revision, copy_catalogue, without_node

pytestmark = pytest.mark.cluster
GONE = "berth-optimiser1"


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return copy_catalogue(tmp_path / "catalogue")


def test_a_node_that_left_the_pipeline_is_removed(
    deployer: Deployer, admin: Path, place: Place, catalogue: Path, tmp_path: Path
) -> None:
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    kept = place.objects("deployments")["berth-gui1"]["metadata"]["uid"]
    reference = add_revision(catalogue, PIPELINE, without_node(GONE))
    succeeded(Deployer(tmp_path, catalogue).run("deploy", reference, *on(admin, place.name)))
    assert GONE not in place.objects("deployments")
    assert not [name for name in place.objects("services") if name.startswith(GONE)]
    assert place.objects("deployments")["berth-gui1"]["metadata"]["uid"] == kept
    eventually(lambda: not place.objects("pods", f"app={GONE}"), "the pod of the removed node ends")


def test_a_plan_announces_the_removal(
    deployer: Deployer, admin: Path, place: Place, catalogue: Path, tmp_path: Path
) -> None:
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    reference = add_revision(catalogue, PIPELINE, without_node(GONE))
    result = succeeded(Deployer(tmp_path, catalogue).run("plan", reference, *on(admin, place.name), "--json"))
    removed = {(each["kind"], each["name"]) for each in preview(result)["changes"] if each["action"] == "pruned"}
    assert {("Deployment", GONE), ("Service", GONE)} <= removed
    assert GONE in place.objects("deployments")


def test_a_shared_folder_that_left_the_pipeline_keeps_its_data(
    deployer: Deployer, admin: Path, place: Place, catalogue: Path, tmp_path: Path
) -> None:
    succeeded(deployer.run("deploy", FOLDER, *on(admin, place.name)))
    before = place.objects("persistentvolumeclaims")
    assert before
    reference = add_revision(catalogue, FOLDER, without_node("/data/shared"))
    succeeded(Deployer(tmp_path, catalogue).run("deploy", reference, *on(admin, place.name)))
    assert place.objects("persistentvolumeclaims").keys() == before.keys()


def test_what_others_put_beside_it_stays(
    deployer: Deployer, admin: Path, place: Place, catalogue: Path, tmp_path: Path
) -> None:
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    place.kubectl("create", "configmap", "notes", "--from-literal=a=b")
    reference = add_revision(catalogue, PIPELINE, without_node(GONE))
    succeeded(Deployer(tmp_path, catalogue).run("deploy", reference, *on(admin, place.name)))
    assert "notes" in place.kubectl("get", "configmap", "notes", "-o", "name")
