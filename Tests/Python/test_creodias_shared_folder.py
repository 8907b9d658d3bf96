"""creodias: how shared folders become volume claims, and which class and mode they get."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterator

import pytest
from creodias import FOLDER, REFUSED, Deployer, failed, on, preview, succeeded
from live_cluster import LiveCluster, Place

pytestmark = pytest.mark.cluster
CONSUMERS = ("vibration-windows1", "anomaly-trainer1", "training-monitor1")
OTHERS = ("model-card1", "orchestrator")


def claim(place: Place) -> dict[str, Any]:
    (only,) = place.objects("persistentvolumeclaims").values()
    return only


def mounts(deployment: dict[str, Any]) -> list[str]:
    volumes = deployment["spec"]["template"]["spec"].get("volumes", [])
    return [each["persistentVolumeClaim"]["claimName"] for each in volumes if "persistentVolumeClaim" in each]


def hostname_affinity(deployment: dict[str, Any]) -> bool:
    affinity = deployment["spec"]["template"]["spec"].get("affinity", {}).get("podAffinity", {})
    terms = affinity.get("requiredDuringSchedulingIgnoredDuringExecution", [])
    return any(term["topologyKey"] == "kubernetes.io/hostname" for term in terms)


@pytest.fixture
def without_many(live_cluster: LiveCluster) -> Iterator[None]:
    """A cluster with nothing but cinder, as the stock of CREODIAS."""
    stored = live_cluster.kubectl("get", "storageclass", "rig-rwx", "-o", "json")
    live_cluster.kubectl("delete", "storageclass", "rig-rwx")
    yield
    document = json.loads(stored)
    document["metadata"] = {"name": "rig-rwx"}
    live_cluster.kubectl("apply", "-f", "-", document=document)


def test_the_consumers_mount_the_claim_and_others_do_not(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", FOLDER, *on(admin, place.name)))
    deployments, name = place.objects("deployments"), claim(place)["metadata"]["name"]
    assert {each: mounts(deployments[each]) for each in CONSUMERS} == {each: [name] for each in CONSUMERS}
    assert {each: mounts(deployments[each]) for each in OTHERS} == {each: [] for each in OTHERS}
    assert claim(place)["status"]["phase"] == "Bound"


def test_automatic_takes_a_class_for_many_where_there_is_one(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", FOLDER, *on(admin, place.name, volume_access="automatic")))
    assert claim(place)["spec"]["storageClassName"] == "rig-rwx"
    assert claim(place)["spec"]["accessModes"] == ["ReadWriteMany"]
    assert not any(hostname_affinity(each) for each in place.objects("deployments").values())


def test_automatic_puts_all_on_one_node_where_there_is_only_cinder(
    deployer: Deployer, admin: Path, place: Place, without_many: None
) -> None:
    result = succeeded(deployer.run("deploy", FOLDER, *on(admin, place.name)))
    assert claim(place)["spec"]["storageClassName"] == "rig-rwo"
    assert claim(place)["spec"]["accessModes"] == ["ReadWriteOnce"]
    deployments = place.objects("deployments")
    assert all(hostname_affinity(deployments[each]) for each in CONSUMERS)
    assert "one machine" in result.stdout + result.stderr


def test_the_plan_tells_of_it_as_a_warning(deployer: Deployer, admin: Path, place: Place, without_many: None) -> None:
    result = succeeded(deployer.run("plan", FOLDER, *on(admin, place.name), "--json"))
    assert any("ReadWriteOnce" in each["what"] + each["why"] for each in preview(result)["warnings"])


def test_the_class_can_be_chosen(deployer: Deployer, admin: Path, place: Place) -> None:
    options = on(admin, place.name, storage_class="rig-rwo", volume_size="3Gi")
    succeeded(deployer.run("deploy", FOLDER, *options))
    spec = claim(place)["spec"]
    assert spec["storageClassName"] == "rig-rwo"
    assert spec["accessModes"] == ["ReadWriteOnce"]
    assert spec["resources"]["requests"]["storage"] == "3Gi"


def test_a_second_run_keeps_the_claim_whatever_the_options_say(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", FOLDER, *on(admin, place.name, storage_class="rig-rwo")))
    before = claim(place)
    deployer.run("deploy", FOLDER, *on(admin, place.name))
    assert claim(place)["metadata"]["uid"] == before["metadata"]["uid"]
    assert claim(place)["spec"] == before["spec"]


def test_a_volume_that_cannot_be_made_is_explained(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("plan", FOLDER, *on(admin, place.name), "--json"))
    place.cluster.script("claims", "*", {"script": "provisioning-fails", "text": "VolumeSizeExceedsAvailableQuota"})
    try:
        result = deployer.run("deploy", FOLDER, *on(admin, place.name, timeout=10))
    finally:
        place.cluster.script("claims", "*", None)
    failed(result, REFUSED, "VolumeSizeExceedsAvailableQuota")
