"""The values that a form offers on the way to a cluster: clouds, regions, clusters."""

from __future__ import annotations

from typing import Any

import pytest
from deployment_client import names
from host import Answer, Host, token
from magnum_host import StartHost, cloud, own
from openstack_proxy import CLUSTERS, TOKENS, asking
from openstack_rig import OpenStack, OpenStackProxy

pytestmark = pytest.mark.openstack


def ask(host: Host, option: str, **options: Any) -> Answer:
    body = {"target": "creodias", "option": option, "options": names(options)}
    return host.call("/api/v1/choices", "POST", body, token())


def choices(host: Host, option: str, **options: Any) -> list[dict[str, Any]]:
    answer = ask(host, option, **options)
    assert answer.status == 200, answer
    return answer.json()["choices"]


def test_clusters_are_offered_with_the_usable_ones_first(cloud_host: StartHost, openstack: OpenStack) -> None:
    found = choices(cloud_host(), "cluster")
    usable = [each["isAvailable"] for each in found]
    assert usable == sorted(usable, reverse=True)
    by_value = {each["value"]: each for each in found}
    assert by_value.keys() == {each["uuid"] for each in openstack.clusters.values()}
    assert by_value[openstack.clusters["ok"]["uuid"]]["label"] == "kube-ok"
    assert [each["label"] for each in found].count("kube-twin") == 2
    creating = by_value[openstack.clusters["creating"]["uuid"]]
    assert not creating["isAvailable"] and "being made" in creating["help"]


def test_a_user_sees_the_clusters_of_the_own_credential(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy
) -> None:
    host = cloud_host(cloud(openstack, openstack_proxy, None))
    assert len(choices(host, "cluster", **own(openstack))) == len(openstack.clusters)
    assert choices(host, "cluster", **own(openstack, "dave")) == []


def test_without_a_credential_nobody_is_asked(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy
) -> None:
    answer = ask(cloud_host(cloud(openstack, openstack_proxy, None)), "cluster")
    assert answer.status == 422 and "credential" in answer.content.decode(), answer
    assert not openstack_proxy.keystone.requests


def test_clouds_and_listed_regions_are_offered_without_a_call(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy
) -> None:
    first = cloud(openstack, openstack_proxy)
    host = cloud_host(first, first | {"name": "theirs", "regions": ["RegionOne", "RegionTwo"]})
    assert [each["value"] for each in choices(host, "cloud")] == ["ours", "theirs"]
    assert [each["value"] for each in choices(host, "region", cloud="theirs")] == ["RegionOne", "RegionTwo"]
    assert not openstack_proxy.keystone.requests


def test_regions_that_nobody_listed_are_those_of_the_catalogue(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy
) -> None:
    entry = cloud(openstack, openstack_proxy)
    del entry["regions"]
    found = {each["value"] for each in choices(cloud_host(entry), "region")}
    assert found == {"RegionOne", "RegionTwo", "Proxied"}


def test_what_goes_wrong_is_told(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy
) -> None:
    host = cloud_host()
    openstack_proxy.magnum.fault(asking("GET", CLUSTERS), 503)
    assert ask(host, "cluster").status == 502
    answer = ask(host, "cluster", **own(openstack, secret="wrong-s3cret"))
    assert answer.status == 422 and "wrong-s3cret" not in answer.content.decode() + host.log(), answer
    assert ask(host, "namespace").status == 422
    assert ask(host, "nothing").status == 422


def test_nobody_asks_without_signing_in(cloud_host: StartHost, openstack_proxy: OpenStackProxy) -> None:
    body = {"target": "creodias", "option": "cluster", "options": {}}
    assert cloud_host().call("/api/v1/choices", "POST", body).status == 401
    assert not openstack_proxy.keystone.requests


def test_a_withdrawn_token_of_the_administrator_is_replaced(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy
) -> None:
    host = cloud_host()
    assert choices(host, "cluster")
    openstack.revoke(openstack_proxy.magnum.requests[-1].headers["x-auth-token"])
    assert choices(host, "cluster")
    assert len(openstack_proxy.keystone.asked("POST", TOKENS)) == 2
