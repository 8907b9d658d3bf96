"""creodias: credentials and permissions that are withdrawn while a deployment is under way."""

from __future__ import annotations

from pathlib import Path

import pytest
from api_requests import from_the_first, matching
from creodias import ENVIRONMENT, PIPELINE, PIPELINE_NODES, REFUSED, Deployer, failed, on, succeeded, words
from fault_proxy import FaultProxy
from kubeconfigs import Kubeconfigs
from live_cluster import Place, eventually

pytestmark = pytest.mark.cluster
ALL = sorted([*PIPELINE_NODES, "orchestrator"])
# In the words of kube-apiserver.
FORBIDDEN = (
    '{resource} is forbidden: User "system:serviceaccount:default:bearer" cannot {verb} resource "{resource}" '
    'in API group "" in the namespace "test"'
)


def completes(deployer: Deployer, kubeconfig: Path, place: Place) -> None:
    """The next run makes the rest. It may have to wait for the lease of the one that lost its credentials."""
    place.age_lease()
    succeeded(deployer.run("deploy", PIPELINE, *on(kubeconfig, place.name)))
    assert sorted(place.objects("deployments")) == ALL
    assert place.orchestrator_status().message == "running"


def test_a_token_withdrawn_while_applying_is_told_with_what_exists(
    deployer: Deployer, admin: Path, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    proxy.fault(from_the_first(matching("patch", "deployments")), 401)
    result = deployer.run("deploy", PIPELINE, *on(proxied, place.name))
    services = place.objects("services")
    assert {*PIPELINE_NODES, "orchestrator"} <= services.keys() and not place.objects("deployments")
    failed(result, ENVIRONMENT, "kubeconfig", "token", *(f"Service {name}" for name in services))
    completes(deployer, admin, place)
    after = place.objects("services")
    assert {name: after[name]["metadata"]["uid"] for name in services} == {
        name: each["metadata"]["uid"] for name, each in services.items()
    }


def test_a_token_withdrawn_during_the_wait_ends_it_and_takes_nothing_away(
    deployer: Deployer, admin: Path, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    place.script("berth-gui1", "slow-pull", seconds=600)
    process = deployer.start("deploy", PIPELINE, *on(proxied, place.name))
    try:
        eventually(lambda: proxy.under_way("watch", "pods") == 1, "the pods are watched")
        proxy.fault(matching(), 401)
        proxy.reset(matching("watch"))
        output = "".join(process.communicate(timeout=30))
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == ENVIRONMENT, output
    assert "kubeconfig" in output and "Deployment berth-gui1" in output
    assert sorted(place.objects("deployments")) == ALL
    place.script("berth-gui1", "ok")
    completes(deployer, admin, place)


def test_a_token_withdrawn_before_the_orchestrator_is_called_is_an_environment_that_failed(
    deployer: Deployer, admin: Path, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    proxy.fault(from_the_first(matching("get", "pods/portforward")), 401)
    failed(deployer.run("deploy", PIPELINE, *on(proxied, place.name)), ENVIRONMENT, "kubeconfig")
    completes(deployer, admin, place)


@pytest.mark.parametrize(
    ("verb", "resource"),
    [
        ("patch", "services"), ("patch", "deployments"), ("watch", "pods"), ("watch", "deployments"),
        ("get", "pods/portforward"),
    ],
)
def test_one_permission_that_is_refused_is_named(
    deployer: Deployer, proxied: Path, proxy: FaultProxy, place: Place, verb: str, resource: str
) -> None:
    text = FORBIDDEN.format(verb=verb, resource=resource)
    proxy.fault(matching(verb, resource), 403, message=text)
    result = deployer.run("deploy", PIPELINE, *on(proxied, place.name, timeout=30))
    failed(result, REFUSED, f'cannot {verb} resource "{resource}"', "permission")


def test_a_role_that_is_withdrawn_while_applying_is_told_in_the_words_of_the_cluster(
    deployer: Deployer, configs: Kubeconfigs, proxy: FaultProxy, place: Place
) -> None:
    place.create()
    configs.account(place.name, role="edit")
    user = {"token": configs.account_token(place.name, "limited")}
    held = proxy.fault(matching("patch", "services"), holds=True)
    kubeconfig = configs.write("withdrawn", user, server=proxy.url)
    process = deployer.start("deploy", PIPELINE, *on(kubeconfig, place.name))
    try:
        eventually(lambda: bool(held.met), "the Services are sent")
        place.kubectl("delete", "rolebinding", "limited")
        eventually(lambda: not may_patch_services(place, "limited"), "the role is withdrawn")
        proxy.heal()
        output = "".join(process.communicate(timeout=60))
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == REFUSED, output
    assert 'cannot patch resource "services"' in output and "permission" in output
    assert not place.objects("services")


def may_patch_services(place: Place, account: str) -> bool:
    """What the cluster says of a ServiceAccount."""
    document = {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview", "spec": {
        "user": f"system:serviceaccount:{place.name}:{account}",
        "resourceAttributes": {"namespace": place.name, "verb": "patch", "resource": "services"},
    }}
    answer = place.cluster.kubectl("create", "-f", "-", "-o", "jsonpath={.status.allowed}", document=document)
    return answer == "true"


def test_who_may_not_use_leases_is_warned_and_served(
    deployer: Deployer, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    for verb in ("get", "create", "update"):
        proxy.fault(matching(verb, "leases"), 403, message=FORBIDDEN.format(verb=verb, resource="leases"))
    result = succeeded(deployer.run("deploy", PIPELINE, *on(proxied, place.name), "--follow"))
    assert "leases" in words(result)
