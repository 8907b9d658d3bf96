"""creodias: undeploy takes away what was deployed, and nothing else."""

from __future__ import annotations

from pathlib import Path

import folders
import pytest
from creodias import FOLDER, PIPELINE, SINGLE, Deployer, on, succeeded, words
from live_cluster import Place

pytestmark = pytest.mark.cluster


def test_everything_but_the_volumes_goes_by_default(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", FOLDER, *on(admin, place.name)))
    before = place.objects("persistentvolumeclaims")
    succeeded(deployer.run("undeploy", FOLDER, *on(admin, place.name)))
    assert not place.objects("deployments")
    assert not place.objects("services")
    assert "No resources" in place.kubectl("get", "pods") or not place.kubectl("get", "pods", "-o", "name")
    after = place.objects("persistentvolumeclaims")
    assert {name: each["metadata"]["uid"] for name, each in after.items()} == {
        name: each["metadata"]["uid"] for name, each in before.items()
    }


def test_volumes_go_on_request(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", FOLDER, *on(admin, place.name)))
    assert place.objects("persistentvolumeclaims")
    succeeded(deployer.run("undeploy", FOLDER, *on(admin, place.name, volumes="delete")))
    assert not place.objects("persistentvolumeclaims")


def test_the_namespace_and_what_others_put_there_stay(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))
    foreign = folders.deployment("neighbour", "registry.example/neighbour:1")
    del foreign["metadata"]["labels"]["app.kubernetes.io/managed-by"]
    place.kubectl("apply", "-f", "-", document=foreign)
    succeeded(deployer.run("undeploy", SINGLE, *on(admin, place.name)))
    assert place.exists()
    assert place.kubectl("get", "deployments", "-o", "name").split() == ["deployment.apps/neighbour"]


def test_another_solution_is_not_touched(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))
    before = place.objects("deployments").keys()
    deployer.run("undeploy", PIPELINE, *on(admin, place.name))
    assert place.objects("deployments").keys() == before


def test_twice_is_no_error(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))
    for _ in range(2):
        succeeded(deployer.run("undeploy", SINGLE, *on(admin, place.name)))


def test_the_revision_does_not_matter(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))
    other = f"{SINGLE.split('/')[0]}/ffffffff-ffff-4fff-8fff-ffffffffffff"
    succeeded(deployer.run("undeploy", other, *on(admin, place.name)))
    assert not place.objects("deployments")


def test_it_can_be_deployed_again_with_its_old_volume(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", FOLDER, *on(admin, place.name)))
    uids = {each["metadata"]["uid"] for each in place.objects("persistentvolumeclaims").values()}
    succeeded(deployer.run("undeploy", FOLDER, *on(admin, place.name)))
    succeeded(deployer.run("deploy", FOLDER, *on(admin, place.name)))
    assert {each["metadata"]["uid"] for each in place.objects("persistentvolumeclaims").values()} == uids


def test_the_status_says_that_nothing_is_there(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))
    succeeded(deployer.run("undeploy", SINGLE, *on(admin, place.name)))
    result = deployer.run("status", SINGLE, *on(admin, place.name))
    assert result.stderr or result.stdout, words(result)
    assert "running" not in result.stdout


def test_a_namespace_that_is_not_there_has_nothing_to_remove(deployer: Deployer, admin: Path, place: Place) -> None:
    result = succeeded(deployer.run("undeploy", SINGLE, *on(admin, place.name), "--follow"))
    assert f"nothing of the solution is in {place.name}" in result.stderr
    assert not place.exists()
