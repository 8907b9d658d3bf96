"""creodias: a deployment that outlives its certificate goes on with a fresh one."""

from __future__ import annotations

from typing import Iterator

import pytest
from api_requests import matching
from creodias import ENVIRONMENT, PIPELINE, REFUSED, Deployer, at
from fault_proxy import FaultProxy
from live_cluster import LiveCluster, Place, eventually
from openstack_proxy import CERTIFICATE, TOKENS, asking
from openstack_rig import OpenStack, OpenStackProxy

pytestmark = pytest.mark.openstack


@pytest.fixture
def api_proxy(live_cluster: LiveCluster, openstack: OpenStack) -> Iterator[FaultProxy]:
    """The API server of `kube-ok` is reached through a proxy that takes certificates of its authority."""
    proxy = FaultProxy(live_cluster.state, certificates=True)
    with openstack.changed("ok", api_address=proxy.url):
        yield proxy
    proxy.stop()


def test_a_certificate_that_ends_during_the_wait_is_replaced(
    deployer: Deployer, openstack_proxy: OpenStackProxy, api_proxy: FaultProxy, place: Place
) -> None:
    place.script("berth-gui1", "slow-pull", seconds=600)
    process = deployer.start("deploy", PIPELINE, *at("kube-ok", place.name), env=openstack_proxy.environment())
    try:
        eventually(lambda: api_proxy.under_way("watch", "pods") == 1, "the pods are watched")
        assert len(openstack_proxy.magnum.asked("POST", CERTIFICATE)) == 1
        ended = api_proxy.fault(matching(), 401)
        held = openstack_proxy.magnum.fault(asking("POST", CERTIFICATE), holds=True, times=1)
        api_proxy.reset(matching("watch"))
        eventually(lambda: bool(held.met), "a fresh one is asked for")
        assert ended.met
        api_proxy.heal()
        openstack_proxy.magnum.heal()
        eventually(lambda: api_proxy.under_way("watch", "pods") == 1, "the pods are watched again")
        place.script("berth-gui1", "ok")
        output = "".join(process.communicate(timeout=60))
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0, output
    assert place.orchestrator_status().message == "running"


def test_a_certificate_that_is_never_accepted_is_not_replaced_again_and_again(
    deployer: Deployer, openstack_proxy: OpenStackProxy, api_proxy: FaultProxy, place: Place
) -> None:
    api_proxy.fault(matching(), 401)
    result = deployer.run("deploy", PIPELINE, *at("kube-ok", place.name), env=openstack_proxy.environment())
    assert result.returncode == ENVIRONMENT, result.stderr
    assert len(openstack_proxy.magnum.asked("POST", CERTIFICATE)) <= 2
    assert not place.exists()


def test_a_certificate_that_cannot_be_replaced_ends_the_wait_and_takes_nothing_away(
    deployer: Deployer, openstack_proxy: OpenStackProxy, api_proxy: FaultProxy, place: Place
) -> None:
    place.script("berth-gui1", "slow-pull", seconds=600)
    process = deployer.start("deploy", PIPELINE, *at("kube-ok", place.name), env=openstack_proxy.environment())
    try:
        eventually(lambda: api_proxy.under_way("watch", "pods") == 1, "the pods are watched")
        openstack_proxy.magnum.fault(asking(), 401)
        openstack_proxy.keystone.fault(asking("POST", TOKENS), 401)
        api_proxy.fault(matching(), 401)
        api_proxy.reset(matching("watch"))
        output = "".join(process.communicate(timeout=60))
    finally:
        process.kill()
        process.communicate()
    assert process.returncode in (REFUSED, ENVIRONMENT), output
    assert "credential" in output and "Deployment berth-gui1" in output
    assert "berth-gui1" in place.objects("deployments")
