"""creodias: what a plan says that a deployment would do, object by object and field by field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from creodias import FOLDER, PIPELINE, SINGLE, Deployer, on, preview, succeeded, words
from fault_proxy import FaultProxy
from live_cluster import Place
from revisions import add_revision, copy_catalogue, with_image, without_node

pytestmark = pytest.mark.cluster
OLD, NEW = "registry.example.org/graphene-samples/berth-gui:1.1.0", "registry.example.org/graphene-samples/berth-gui:9"
IMAGE = "spec.template.spec.containers[0].image"
KINDS = "deployments,services,persistentvolumeclaims,secrets,configmaps,leases,replicasets,pods"


def actions(document: dict[str, Any], *kinds: str) -> dict[tuple[str, str], str]:
    """What becomes of each object of these kinds."""
    return {(each["kind"], each["name"]): each["action"] for each in document["changes"] if each["kind"] in kinds}


def fields(document: dict[str, Any], kind: str, name: str) -> dict[str, tuple[Any, Any]]:
    """The changed fields of an object: before and after, as JSON."""
    (change,) = (each for each in document["changes"] if (each["kind"], each["name"]) == (kind, name))
    values = ((each.get("before"), each.get("after")) for each in change["fields"])
    read = [tuple(None if value is None else json.loads(value) for value in pair) for pair in values]
    return dict(zip((each["path"] for each in change["fields"]), read))


def versions(place: Place) -> dict[str, str]:
    listed = json.loads(place.kubectl("get", KINDS, "-o", "json"))["items"]
    return {f"{each['kind']}/{each['metadata']['name']}": each["metadata"]["resourceVersion"] for each in listed}


def test_an_absent_namespace_and_all_that_goes_there_are_created(
    deployer: Deployer, admin: Path, place: Place
) -> None:
    document = preview(succeeded(deployer.run("plan", FOLDER, *on(admin, place.name), "--json")))
    assert {each["action"] for each in document["changes"]} == {"created"}
    kinds = [each["kind"] for each in document["changes"]]
    assert kinds[0] == "Namespace"
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "Namespace": 1, "PersistentVolumeClaim": 1, "Service": 5, "Deployment": 5,
    }
    lines = succeeded(deployer.run("plan", FOLDER, *on(admin, place.name))).stdout.splitlines()
    assert [f"+ {each['kind']} {each['name']}" for each in document["changes"]] == [
        line for line in lines if line.startswith("+ ")
    ]


def test_a_plan_of_what_is_deployed_is_unchanged_whoever_reads_it(
    deployer: Deployer, admin: Path, place: Place
) -> None:
    succeeded(deployer.run("deploy", FOLDER, *on(admin, place.name)))
    document = preview(succeeded(deployer.run("plan", FOLDER, *on(admin, place.name), "--json")))
    assert set(actions(document, "Deployment", "Service", "PersistentVolumeClaim").values()) == {"unchanged"}
    assert all(not each["fields"] for each in document["changes"])
    lines = succeeded(deployer.run("plan", FOLDER, *on(admin, place.name))).stdout.splitlines()
    assert not [line for line in lines if line[:2] in ("+ ", "~ ", "- ")]
    assert sum(line.startswith("= ") for line in lines) == len(document["changes"])


def test_a_new_revision_shows_all_four_kinds_of_change_at_once(
    deployer: Deployer, admin: Path, place: Place, tmp_path: Path
) -> None:
    earlier = copy_catalogue(tmp_path / "earlier")
    first = add_revision(earlier, PIPELINE, without_node("berth-rules1"))
    later = copy_catalogue(tmp_path / "later")

    def change(blueprint: dict[str, Any]) -> None:
        without_node("berth-optimiser1")(blueprint)
        with_image("berth-gui1", NEW)(blueprint)

    second = add_revision(later, PIPELINE, change)
    succeeded(Deployer(tmp_path, earlier).run("deploy", first, *on(admin, place.name)))
    new = Deployer(tmp_path, later)
    document = preview(succeeded(new.run("plan", second, *on(admin, place.name), "--json")))
    assert actions(document, "Deployment") == {
        ("Deployment", "berth-gui1"): "changed", ("Deployment", "berth-rules1"): "created",
        ("Deployment", "berth-optimiser1"): "pruned", ("Deployment", "orchestrator"): "changed",
    }
    assert fields(document, "Deployment", "berth-gui1")[IMAGE] == (OLD, NEW)
    # A new revision of the orchestrator's Deployment is a note on it, no change of its pods.
    assert all(path.startswith("metadata.") for path in fields(document, "Deployment", "orchestrator"))
    lines = succeeded(new.run("plan", second, *on(admin, place.name))).stdout.splitlines()
    assert {"~ Deployment berth-gui1", "+ Deployment berth-rules1", "- Deployment berth-optimiser1"} <= set(lines)
    assert f'    {IMAGE}: "{OLD}" -> "{NEW}"' in lines


def test_options_show_as_the_fields_that_they_change(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))
    (name,) = place.objects("deployments")
    options = on(admin, place.name, node_settings='"*": {memory: 2Gi}')
    changed = fields(preview(succeeded(deployer.run("plan", SINGLE, *options, "--json"))), "Deployment", name)
    assert changed and all("resources" in path for path in changed)
    assert any("2Gi" in json.dumps(after) for _, after in changed.values())


def test_a_change_by_somebody_else_shows_with_the_way_back(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    place.kubectl("set", "image", "deployment/berth-gui1", "berth-gui1=registry.example/patched:7")
    document = preview(succeeded(deployer.run("plan", PIPELINE, *on(admin, place.name), "--json")))
    assert fields(document, "Deployment", "berth-gui1") == {IMAGE: ("registry.example/patched:7", OLD)}


@pytest.mark.parametrize("reference", [FOLDER, PIPELINE])
def test_a_plan_writes_nothing(
    deployer: Deployer, admin: Path, proxied: Path, proxy: FaultProxy, place: Place, reference: str
) -> None:
    succeeded(deployer.run("deploy", FOLDER, *on(admin, place.name)))
    before = versions(place)
    login = {"registry": "r.example", "registry_user": "u", "registry_password": "p"}
    result = deployer.run("plan", reference, *on(proxied, place.name, **login), "--json")
    assert result.returncode == (0 if reference == FOLDER else 1), words(result)
    assert proxy.requests and not [str(each) for each in proxy.requests if each.writes]
    assert versions(place) == before
