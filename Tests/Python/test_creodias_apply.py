"""creodias: what a deployment puts into a namespace, and that a second run moves nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from creodias import AWKWARD, FOLDER, PIPELINE, PIPELINE_NODES, SINGLE, Deployer, on, preview, succeeded
from live_cluster import Place
from revisions import add_revision, copy_catalogue, with_image

pytestmark = pytest.mark.cluster
KINDS = ("deployments", "services", "persistentvolumeclaims")


def all_objects(place: Place) -> dict[str, dict[str, Any]]:
    return {f"{kind}/{name}": each for kind in KINDS for name, each in place.objects(kind).items()}


def test_a_pipeline_becomes_a_deployment_and_a_service_per_node_and_an_orchestrator(
    deployer: Deployer, admin: Path, place: Place
) -> None:
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    assert sorted(place.objects("deployments")) == sorted([*PIPELINE_NODES, "orchestrator"])
    services = place.objects("services")
    assert {*PIPELINE_NODES, "orchestrator"} <= services.keys()
    for name in (*PIPELINE_NODES, "orchestrator"):
        assert services[name]["spec"]["type"] == "ClusterIP", "gRPC ports are not for the public"
        assert services[name]["spec"]["selector"].items() <= place.pod(name)["metadata"]["labels"].items()


def test_a_single_model_gets_no_orchestrator(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))
    assert len(place.objects("deployments")) == 1
    assert "orchestrator" not in place.objects("deployments")


@pytest.mark.parametrize("reference", [SINGLE, PIPELINE, FOLDER, AWKWARD])
def test_every_object_tells_whose_it_is(deployer: Deployer, admin: Path, place: Place, reference: str) -> None:
    succeeded(deployer.run("deploy", reference, *on(admin, place.name)))
    solution, revision = reference.split("/")
    objects = all_objects(place)
    assert objects
    for name, each in objects.items():
        labels, annotations = each["metadata"]["labels"], each["metadata"]["annotations"]
        assert labels["app.kubernetes.io/managed-by"] == "graphene-deployer", name
        assert labels["graphene-deployer/solution-id"] == solution, name
        assert annotations["graphene-deployer/revision-id"] == revision, name
        assert "graphene-deployer/plan-digest" in annotations, name
        assert "kubectl.kubernetes.io/last-applied-configuration" not in annotations, name


def test_the_field_manager_is_always_the_same(deployer: Deployer, admin: Path, place: Place) -> None:
    for _ in range(2):
        succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    for path in ("/apis/apps/v1/namespaces/{}/deployments", "/api/v1/namespaces/{}/services"):
        for each in json.loads(place.cluster.kubectl("get", "--raw", path.format(place.name)))["items"]:
            applied = [entry["manager"] for entry in each["metadata"]["managedFields"] if entry["operation"] == "Apply"]
            assert applied == ["graphene-deployer"], each["metadata"]["name"]


def test_a_second_run_moves_nothing(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", FOLDER, *on(admin, place.name)))
    before = all_objects(place)
    succeeded(deployer.run("deploy", FOLDER, *on(admin, place.name)))
    after = all_objects(place)
    assert before.keys() == after.keys()
    for name, each in before.items():
        old, new = each["metadata"], after[name]["metadata"]
        assert old["uid"] == new["uid"], name
        assert old["labels"] == new["labels"], name
        assert old.get("generation") == new.get("generation"), name
        if not name.startswith("deployments/"):
            # The status of a Deployment changes by itself.
            assert old["resourceVersion"] == new["resourceVersion"], name


def test_the_namespace_is_made_and_labelled(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))
    label = 'jsonpath={.metadata.labels.app\\.kubernetes\\.io/managed-by}'
    assert place.cluster.kubectl("get", "namespace", place.name, "-o", label) == "graphene-deployer"


def test_labels_of_an_existing_namespace_stay(deployer: Deployer, admin: Path, place: Place) -> None:
    place.create()
    place.cluster.kubectl("label", "namespace", place.name, "team=harbour")
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))
    read = place.cluster.kubectl("get", "namespace", place.name, "-o", "jsonpath={.metadata.labels.team}")
    assert read == "harbour"


def test_a_plan_changes_nothing_and_lists_what_a_deployment_would_create(
    deployer: Deployer, admin: Path, place: Place
) -> None:
    result = succeeded(deployer.run("plan", PIPELINE, *on(admin, place.name), "--json"))
    changes = preview(result)["changes"]
    deployments = {each["name"]: each["action"] for each in changes if each["kind"] == "Deployment"}
    assert deployments == {name: "created" for name in (*PIPELINE_NODES, "orchestrator")}
    assert preview(result)["obstacles"] == []
    assert not place.exists()


def test_a_plan_names_the_one_field_that_a_new_revision_changes(
    deployer: Deployer, admin: Path, place: Place, tmp_path: Path
) -> None:
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    catalogue = copy_catalogue(tmp_path / "catalogue")
    image = "registry.example.org/graphene-samples/berth-gui:9.9.9"
    reference = add_revision(catalogue, PIPELINE, with_image("berth-gui1", image))
    changed = Deployer(tmp_path, catalogue)
    changes = preview(succeeded(changed.run("plan", reference, *on(admin, place.name), "--json")))["changes"]
    fields = [field for each in changes if each["kind"] == "Deployment" for field in each["fields"]]
    images = [field for field in fields if "image" in field["path"] and "imagePull" not in field["path"]]
    assert len(images) == 1
    assert images[0]["before"].strip('"') == "registry.example.org/graphene-samples/berth-gui:1.1.0"
    assert images[0]["after"].strip('"') == image


def test_a_plan_after_a_deployment_is_unchanged(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", FOLDER, *on(admin, place.name)))
    changes = preview(succeeded(deployer.run("plan", FOLDER, *on(admin, place.name), "--json")))["changes"]
    assert {each["action"] for each in changes} <= {"unchanged"}
