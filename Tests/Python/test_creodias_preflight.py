"""creodias: what is refused before anything is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import folders
import pytest
from creodias import FOLDER, PIPELINE, REFUSED, SINGLE, Deployer, failed, on, preview, succeeded, words
from kubeconfigs import Kubeconfigs
from live_cluster import Place, eventually

pytestmark = pytest.mark.cluster
LOOKING: list[dict[str, Any]] = [{"apiGroups": ["", "apps"], "resources": ["*"], "verbs": ["get", "list", "watch"]}]


def contents(place: Place) -> dict[str, str]:
    """The version of everything a deployment could write, except for tokens that the cluster makes itself."""
    kinds = "deployments,services,persistentvolumeclaims,secrets,configmaps,leases"
    listed = json.loads(place.kubectl("get", kinds, "-o", "json"))["items"]
    return {
        f"{each['kind']}/{each['metadata']['name']}": each["metadata"]["resourceVersion"] for each in listed
        if each.get("type") != "kubernetes.io/service-account-token" and each["metadata"]["name"] != "kube-root-ca.crt"
    }


def test_a_namespace_of_others_is_refused_and_left_alone(deployer: Deployer, admin: Path, place: Place) -> None:
    place.create()
    foreign = folders.deployment("wordpress", "registry.example/wordpress:1")
    del foreign["metadata"]["labels"]["app.kubernetes.io/managed-by"]
    place.kubectl("apply", "-f", "-", document=foreign)
    place.kubectl("rollout", "status", "deployment/wordpress", "--timeout=40s")
    before = contents(place)
    failed(deployer.run("deploy", SINGLE, *on(admin, place.name)), REFUSED, place.name, "wordpress")
    assert contents(place) == before
    assert not place.objects("deployments", "graphene-deployer/solution-id")


@pytest.mark.parametrize("namespace", ["default", "kube-system", "kube-anything"])
def test_namespaces_of_the_cluster_are_refused(deployer: Deployer, admin: Path, namespace: str) -> None:
    failed(deployer.run("deploy", SINGLE, *on(admin, namespace)), REFUSED, namespace)


@pytest.mark.parametrize("namespace", ["Upper", "with blank", "-dash", "dot.ted", "a" * 64, "ümlaut"])
def test_a_name_that_is_none_is_refused(deployer: Deployer, admin: Path, namespace: str) -> None:
    failed(deployer.run("deploy", SINGLE, *on(admin, namespace)), REFUSED, "namespace")


def test_a_namespace_with_another_solution_is_refused_by_its_id(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))
    before = place.objects("deployments").keys()
    failed(deployer.run("deploy", PIPELINE, *on(admin, place.name)), REFUSED, SINGLE.split("/")[0])
    assert place.objects("deployments").keys() == before


def test_a_plan_shows_the_obstacle_and_ends_with_1(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))
    result = deployer.run("plan", PIPELINE, *on(admin, place.name), "--json")
    assert result.returncode == REFUSED, words(result)
    obstacle, *_ = preview(result)["obstacles"]
    assert SINGLE.split("/")[0] in obstacle["why"]
    assert obstacle["what"] and obstacle["remedy"]


def test_a_missing_permission_is_named_before_anything_is_written(
    deployer: Deployer, configs: Kubeconfigs, place: Place
) -> None:
    place.create()
    kubeconfig = configs.account(place.name, LOOKING)
    before = contents(place)
    failed(deployer.run("deploy", PIPELINE, *on(kubeconfig, place.name)), REFUSED, "create deployments", place.name)
    assert contents(place) == before


def test_the_role_edit_in_an_existing_namespace_is_enough(
    deployer: Deployer, configs: Kubeconfigs, place: Place
) -> None:
    place.create()
    kubeconfig = configs.account(place.name, role="edit")
    succeeded(deployer.run("deploy", PIPELINE, *on(kubeconfig, place.name)))


def test_who_may_not_make_namespaces_is_told_so(
    deployer: Deployer, configs: Kubeconfigs, place: Place, live_cluster: Any
) -> None:
    with live_cluster.place() as home:
        home.create()
        kubeconfig = configs.account(home.name, role="edit")
        failed(deployer.run("deploy", SINGLE, *on(kubeconfig, place.name)), REFUSED, place.name, "namespace")
    assert not place.exists()


def test_a_quota_that_is_too_small_is_seen_before(deployer: Deployer, admin: Path, place: Place) -> None:
    place.create()
    place.kubectl("create", "quota", "few", "--hard=count/deployments.apps=1")
    used = ("get", "quota", "few", "-o", "jsonpath={.status.used}")
    eventually(lambda: place.kubectl(*used) != "", "the quota is in force")
    before = contents(place)
    failed(deployer.run("deploy", PIPELINE, *on(admin, place.name)), REFUSED, "quota")
    assert contents(place) == before


def test_a_private_address_is_refused_unless_it_is_allowed(deployer: Deployer, admin: Path, place: Place) -> None:
    result = deployer.run("deploy", SINGLE, *on(admin, place.name), config=deployer.configuration(networks=()))
    failed(result, REFUSED, "network.allow")
    assert not place.exists()


def test_an_unknown_storage_class_is_refused_when_strict(deployer: Deployer, admin: Path, place: Place) -> None:
    result = deployer.run("deploy", FOLDER, *on(admin, place.name, storage_class="no-such", strict="true"))
    failed(result, REFUSED, "no-such", "storage")
    assert not place.exists()
