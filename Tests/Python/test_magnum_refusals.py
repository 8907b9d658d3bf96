"""creodias: clusters that cannot be deployed to are refused with what their state means, before anything is signed."""

from __future__ import annotations

import re

import pytest
from creodias import ENVIRONMENT, REFUSED, SINGLE, Deployer, at, failed, succeeded, words
from live_cluster import Place
from openstack_proxy import CERTIFICATE
from openstack_rig import OpenStack, OpenStackProxy

pytestmark = pytest.mark.openstack
LOCAL = ("127.0.0.0/8",)
CASES = {
    "unknown": ("kube-none", REFUSED, ("kube-none", "no cluster")),
    "two of one name": ("kube-twin", REFUSED, ("kube-twin", "uuid")),
    "in progress": ("kube-creating", ENVIRONMENT, ("still being made", "CREATE_IN_PROGRESS")),
    "in progress, without a CA": ("kube-creating-no-ca", ENVIRONMENT, ("still being made", "CREATE_IN_PROGRESS")),
    "failed": ("kube-failed", ENVIRONMENT, ("CREATE_FAILED", "No valid host was found")),
    "being deleted": ("kube-deleting", ENVIRONMENT, ("being deleted", "DELETE_IN_PROGRESS")),
    "TLS disabled": ("kube-no-tls", REFUSED, ("TLS",)),
    "no address": ("kube-no-address", ENVIRONMENT, ("kube-no-address", "address")),
    "private address": ("kube-private", ENVIRONMENT, ("without a public API", "load balancer", "floating IP")),
}


@pytest.mark.parametrize(
    ("command", "case"), [*(("deploy", case) for case in CASES), ("plan", "failed"), ("plan", "private address")]
)
def test_a_cluster_that_cannot_be_used_is_refused_with_the_reason(
    deployer: Deployer, openstack_proxy: OpenStackProxy, place: Place, command: str, case: str
) -> None:
    cluster, code, texts = CASES[case]
    result = deployer.run(command, SINGLE, *at(cluster, place.name), env=openstack_proxy.environment(), timeout=60)
    failed(result, code, *texts)
    assert not openstack_proxy.magnum.asked("POST", CERTIFICATE), "something was signed that nobody can use"
    assert not place.exists()


@pytest.mark.parametrize(("status", "text"), [
    ("UPDATE_IN_PROGRESS", "being changed"), ("UPDATE_FAILED", "failed"), ("ROLLBACK_IN_PROGRESS", "taken back"),
    ("ROLLBACK_FAILED", "failed"), ("DELETE_FAILED", "deletion"), ("DELETE_COMPLETE", "deleted"),
])
def test_every_status_has_a_meaning(
    deployer: Deployer, openstack: OpenStack, place: Place, status: str, text: str
) -> None:
    with openstack.changed("own-ca", status=status):
        result = deployer.run("deploy", SINGLE, *at("kube-own-ca", place.name), env=openstack.environment())
    failed(result, ENVIRONMENT, "kube-own-ca", status, text)


@pytest.mark.parametrize("status", ["UPDATE_COMPLETE", "ROLLBACK_COMPLETE", "RESUME_COMPLETE"])
def test_every_complete_cluster_is_good(
    deployer: Deployer, openstack: OpenStack, place: Place, status: str
) -> None:
    with openstack.changed("ok", status=status):
        succeeded(deployer.run("plan", SINGLE, *at("kube-ok", place.name), env=openstack.environment()))


def test_a_private_address_is_called_where_the_network_is_allowed(
    deployer: Deployer, openstack: OpenStack, place: Place
) -> None:
    config = deployer.configuration(networks=(*LOCAL, "10.0.0.0/8"))
    env = openstack.environment()
    result = deployer.run("plan", SINGLE, *at("kube-private", place.name), env=env, config=config, timeout=90)
    failed(result, ENVIRONMENT, "10.0.0.5")
    assert "network.allow" not in words(result)


@pytest.mark.parametrize("address", ["None", "https://", "https://u:p@127.0.0.1:1", "file:///etc/passwd", "\x1b[31m"])
def test_an_address_that_is_none_is_refused(
    deployer: Deployer, openstack: OpenStack, place: Place, address: str
) -> None:
    with openstack.changed("own-ca", api_address=address):
        result = deployer.run("deploy", SINGLE, *at("kube-own-ca", place.name), env=openstack.environment())
    assert result.returncode in (REFUSED, ENVIRONMENT), words(result)
    assert "kube-own-ca" in words(result) and "\x1b" not in words(result)


def test_a_server_that_the_clusters_authority_does_not_vouch_for_is_not_talked_to(
    deployer: Deployer, openstack: OpenStack, place: Place
) -> None:
    # Complete, and at the address of another cluster.
    result = deployer.run("deploy", SINGLE, *at("kube-own-ca", place.name), env=openstack.environment())
    failed(result, ENVIRONMENT, "certificate")
    assert not place.exists()


@pytest.mark.parametrize("name", ["..", "a/b", "?limit=1", "%2e%2e", "kube ok", "kube-ok#", "k" * 300, "ü"])
def test_a_name_leads_nowhere_else(
    deployer: Deployer, openstack_proxy: OpenStackProxy, place: Place, name: str
) -> None:
    result = deployer.run("deploy", SINGLE, *at(name, place.name), env=openstack_proxy.environment())
    assert result.returncode in (REFUSED, ENVIRONMENT), words(result)
    for request in openstack_proxy.magnum.requests:
        assert re.fullmatch("/v1/(clusters|certificates)/[^/?]+", request.target), request.target


def test_a_kubeconfig_and_a_cluster_do_not_go_together(
    deployer: Deployer, openstack: OpenStack, place: Place, admin: object
) -> None:
    arguments = at("kube-ok", place.name, kubeconfig=f"@{admin}")
    failed(deployer.run("deploy", SINGLE, *arguments, env=openstack.environment()), REFUSED, "kubeconfig", "cluster")
