"""creodias: a Keystone over https, whose certificate an authority of its own has signed."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any, Iterator

import pytest
from deployment_client import Client, failure
from fault_proxy import Proxy
from live_cluster import LiveCluster, Place
from magnum_host import StartHost, cloud
from openstack_rig import OpenStack, OpenStackProxy

pytestmark = pytest.mark.openstack


@pytest.fixture
def encrypted(live_cluster: LiveCluster, openstack_proxy: OpenStackProxy) -> Iterator[Proxy]:
    """Keystone with a certificate of the cluster's authority, which no system knows."""
    pki = live_cluster.state / "pki"
    clients = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    clients.load_cert_chain(pki / "apiserver.crt", pki / "apiserver.key")
    clients.set_alpn_protocols(["http/1.1"])
    proxy = Proxy(int(openstack_proxy.keystone.url.rpartition(":")[2]), clients)
    yield proxy
    proxy.stop()


def entry(openstack: OpenStack, openstack_proxy: OpenStackProxy, encrypted: Proxy, **more: Any) -> dict[str, Any]:
    return cloud(openstack, openstack_proxy) | {"authURL": f"{encrypted.url}/v3"} | more


def test_the_authorities_of_the_setting_are_trusted(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy, encrypted: Proxy,
    live_cluster: LiveCluster, place: Place,
) -> None:
    authorities = (live_cluster.state / "pki" / "ca.crt").read_text()
    client = Client(cloud_host(entry(openstack, openstack_proxy, encrypted, authorities=authorities)))
    client.ended(client.made("creodias", cluster="kube-ok", namespace=place.name), "running", timeout=90)
    assert [request.method for request in encrypted.requests] == ["POST"]


@pytest.mark.parametrize("authorities", ["none", "others"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy, encrypted: Proxy, place: Place,
    tmp_path: Path, authorities: str,
) -> None:
    other = openstack.client("coe", "ca", "show", "kube-own-ca").stdout
    more = {"authorities": other} if authorities == "others" else {}
    client = Client(cloud_host(entry(openstack, openstack_proxy, encrypted, **more)))
    text = failure(client, client.made("creodias", cluster="kube-ok", namespace=place.name))
    assert "certificate" in text and "authorities" in text, text
    assert not encrypted.requests and not openstack_proxy.keystone.requests, "the secret was sent"


def test_authorities_that_are_none_are_a_mistake_in_the_settings(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy, encrypted: Proxy
) -> None:
    host = cloud_host(entry(openstack, openstack_proxy, encrypted, authorities="no certificate"))
    assert host.call("/readyz").status == 503
    assert "keystone[0].authorities" in host.log()
