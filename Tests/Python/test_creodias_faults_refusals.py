"""creodias: objects that the cluster refuses while they are applied: other managers, admission rules, quotas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import folders
import pytest
from admission import refusing
from api_requests import matching
from creodias import PIPELINE, PIPELINE_NODES, REFUSED, SINGLE, Deployer, failed, on, succeeded
from fault_proxy import FaultProxy
from live_cluster import Place, eventually

pytestmark = pytest.mark.cluster
NODE = "berth-rules1"
RULE = 'every object needs the label "cost-centre"'
CHANGES: dict[str, dict[str, Any]] = {
    ".spec.replicas": {"replicas": 2},
    ".image": {"template": {"spec": {"containers": [{"name": NODE, "image": "registry.example/patched:7"}]}}},
}


def take_field(place: Place, spec: dict[str, Any]) -> None:
    """Another field manager makes a field its own, as `kubectl apply --server-side` does."""
    metadata = {"name": NODE, "namespace": place.name}
    document = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": spec}
    arguments = ("--server-side", "--force-conflicts", "--validate=false", "--field-manager=harbour-operators")
    place.kubectl("apply", *arguments, "-f", "-", document=document)


@pytest.mark.parametrize("field", CHANGES)
def test_a_field_of_another_manager_is_refused_by_both_names_unless_it_is_taken_over(
    deployer: Deployer, admin: Path, place: Place, field: str
) -> None:
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    wanted = place.objects("deployments")[NODE]["spec"]
    take_field(place, CHANGES[field])
    changed = place.objects("deployments")[NODE]["spec"]
    assert changed != wanted
    result = deployer.run("deploy", PIPELINE, *on(admin, place.name))
    failed(result, REFUSED, NODE, field, "harbour-operators", "take-over")
    assert place.objects("deployments")[NODE]["spec"] == changed
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name, take_over="true")))
    assert place.objects("deployments")[NODE]["spec"] == wanted


@pytest.mark.parametrize("code", [403, 422])
@pytest.mark.parametrize("resource", ["services", "deployments"])
def test_an_admission_rule_is_told_in_its_own_words(
    deployer: Deployer, admin: Path, place: Place, resource: str, code: int
) -> None:
    with refusing(place, resource, RULE, code):
        result = deployer.run("deploy", SINGLE, *on(admin, place.name))
    failed(result, REFUSED, RULE, "rules.rig.example")
    assert not place.objects(resource)
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))


def test_an_admission_rule_for_pods_is_told_in_its_own_words(deployer: Deployer, admin: Path, place: Place) -> None:
    with refusing(place, "pods", RULE):
        result = deployer.run("deploy", SINGLE, *on(admin, place.name, timeout=20))
    failed(result, REFUSED, RULE)


def test_a_limit_for_pods_is_told_in_its_own_words(deployer: Deployer, admin: Path, place: Place) -> None:
    place.create()
    limit = {"type": "Container", "max": {"memory": "64Mi"}}
    place.kubectl("apply", "-f", "-", document={
        "apiVersion": "v1", "kind": "LimitRange", "metadata": {"name": "small"}, "spec": {"limits": [limit]},
    })
    settings = '"*": {memory: 2Gi}'
    result = deployer.run("deploy", SINGLE, *on(admin, place.name, timeout=20, node_settings=settings))
    failed(result, REFUSED, "maximum memory usage per Container is 64Mi")


def test_a_quota_that_comes_while_applying_is_named_and_the_next_run_goes_on(
    deployer: Deployer, admin: Path, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    place.create()
    held = proxy.fault(matching("patch", "services"), holds=True)
    process = deployer.start("deploy", PIPELINE, *on(proxied, place.name))
    try:
        eventually(lambda: bool(held.met), "the first Service is sent")
        place.kubectl("create", "quota", "sudden", "--hard=count/deployments.apps=2")
        used = ("get", "quota", "sudden", "-o", "jsonpath={.status.used}")
        eventually(lambda: place.kubectl(*used) != "", "the quota is in force")
        proxy.heal()
        output = "".join(process.communicate(timeout=60))
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == REFUSED, output
    assert "exceeded quota: sudden" in output
    assert len(place.objects("deployments")) == 2
    place.kubectl("delete", "quota", "sudden")
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    assert sorted(place.objects("deployments")) == sorted([*PIPELINE_NODES, "orchestrator"])


def test_a_namespace_that_others_enter_meanwhile_is_refused(
    deployer: Deployer, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    place.create()
    held = proxy.fault(matching(resource="leases"), holds=True, times=1)
    process = deployer.start("deploy", SINGLE, *on(proxied, place.name))
    try:
        eventually(lambda: bool(held.met), "the lease is asked for")
        foreign = folders.deployment("wordpress", "registry.example/wordpress:1")
        del foreign["metadata"]["labels"]["app.kubernetes.io/managed-by"]
        place.kubectl("apply", "-f", "-", document=foreign)
        proxy.heal()
        output = "".join(process.communicate(timeout=60))
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == REFUSED, output
    assert "wordpress" in output
    assert not place.objects("deployments")
