"""creodias: credentials of OpenStack that do not suffice, and tokens that end while work goes on."""

from __future__ import annotations

import pytest
from creodias import ENVIRONMENT, REFUSED, SINGLE, Deployer, at, failed, succeeded
from live_cluster import Place, eventually
from openstack_proxy import CERTIFICATE, CLUSTER, CLUSTERS, TEMPLATES, TOKENS, asking
from openstack_rig import OpenStack, OpenStackProxy

pytestmark = pytest.mark.openstack
LIST = ("clusters", "--target", "creodias")


def test_a_wrong_secret_is_refused(deployer: Deployer, openstack: OpenStack, place: Place) -> None:
    env = openstack.environment(openstack.credentials["alice"] | {"secret": "wrong"})
    for command in (LIST, ("deploy", SINGLE, *at("kube-ok", place.name))):
        failed(deployer.run(*command, env=env), REFUSED, "credential", "secret")
    assert not place.exists()


def test_an_unknown_credential_is_refused(deployer: Deployer, openstack: OpenStack) -> None:
    env = openstack.environment(openstack.credentials["alice"] | {"id": "0" * 32})
    failed(deployer.run(*LIST, env=env), REFUSED, "no application credential of this id")


def test_a_credential_whose_time_is_over_is_refused(deployer: Deployer, openstack: OpenStack) -> None:
    env = openstack.environment(openstack.expiring_credential(15))
    eventually(lambda: deployer.run(*LIST, env=env).returncode == REFUSED, "the credential has expired")
    failed(deployer.run(*LIST, env=env), REFUSED, "expired")


@pytest.mark.parametrize("credential", ["reader", "bob"])
def test_whoever_may_not_have_certificates_is_told_who_may(
    deployer: Deployer, openstack: OpenStack, place: Place, credential: str
) -> None:
    result = deployer.run("deploy", SINGLE, *at("kube-ok", place.name), env=openstack.environment(credential))
    failed(result, REFUSED, "kube-ok", "owner", "member")
    assert not place.exists()


def test_rules_of_a_credential_that_allow_too_little_are_told(
    deployer: Deployer, openstack: OpenStack, place: Place
) -> None:
    result = deployer.run("deploy", SINGLE, *at("kube-ok", place.name), env=openstack.environment("lists-only"))
    failed(result, ENVIRONMENT, "credential")


def test_clusters_of_another_project_are_not_seen(deployer: Deployer, openstack: OpenStack, place: Place) -> None:
    uuid = openstack.clusters["ok"]["uuid"]
    result = deployer.run("deploy", SINGLE, *at(uuid, place.name), env=openstack.environment("dave"))
    failed(result, REFUSED, "no cluster", "project")


def test_a_region_without_magnum_is_told_with_those_that_have_it(deployer: Deployer, openstack: OpenStack) -> None:
    for region in ("RegionWithout", "Nowhere"):
        result = deployer.run(*LIST, env=openstack.environment(region=region))
        failed(result, REFUSED, region, "RegionOne", "RegionTwo")


def test_a_catalogue_without_magnum_is_told(deployer: Deployer, openstack: OpenStack) -> None:
    failed(deployer.run(*LIST, env=openstack.environment("erin")), ENVIRONMENT, "container-infra")


def test_without_a_region_those_to_choose_from_are_told(deployer: Deployer, openstack: OpenStack) -> None:
    env = openstack.environment()
    del env["OS_REGION_NAME"]
    failed(deployer.run(*LIST, env=env), REFUSED, "RegionOne", "RegionTwo")


@pytest.mark.parametrize("path", [CLUSTER, CERTIFICATE])
def test_a_token_that_is_withdrawn_on_the_way_is_replaced(
    deployer: Deployer, openstack: OpenStack, openstack_proxy: OpenStackProxy, place: Place, path: str
) -> None:
    held = openstack_proxy.magnum.fault(asking(path=path), holds=True, times=1)
    process = deployer.start("deploy", SINGLE, *at("kube-ok", place.name), env=openstack_proxy.environment())
    try:
        eventually(lambda: bool(held.met), "Magnum is asked")
        openstack.revoke(openstack_proxy.magnum.requests[-1].headers["x-auth-token"])
        openstack_proxy.magnum.heal()
        output = "".join(process.communicate(timeout=60))
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0, output
    assert len(openstack_proxy.keystone.asked("POST", TOKENS)) == 2


def test_a_credential_that_ends_on_the_way_is_told(
    deployer: Deployer, openstack: OpenStack, openstack_proxy: OpenStackProxy, place: Place
) -> None:
    held = openstack_proxy.magnum.fault(asking("POST", CERTIFICATE), holds=True, times=1)
    env = openstack_proxy.environment(openstack.expiring_credential(15))
    process = deployer.start("deploy", SINGLE, *at("kube-ok", place.name), env=env)
    try:
        eventually(lambda: bool(held.met), "Magnum is asked")
        listing = (*LIST, "--json")
        eventually(lambda: deployer.run(*listing, env=env).returncode != 0, "the credential has expired")
        openstack_proxy.magnum.heal()
        output = "".join(process.communicate(timeout=60))
    finally:
        process.kill()
        process.communicate()
    assert process.returncode in (REFUSED, ENVIRONMENT), output
    assert "credential" in output and not place.exists()


def test_tokens_that_are_never_accepted_are_not_asked_for_again_and_again(
    deployer: Deployer, openstack_proxy: OpenStackProxy
) -> None:
    openstack_proxy.magnum.fault(asking(), 401)
    failed(deployer.run(*LIST, env=openstack_proxy.environment()), ENVIRONMENT, "token")
    assert len(openstack_proxy.keystone.asked("POST", TOKENS)) == 2
    # Clusters and templates, each with both tokens.
    assert sorted(each.path for each in openstack_proxy.magnum.requests) == [CLUSTERS] * 2 + [TEMPLATES] * 2
