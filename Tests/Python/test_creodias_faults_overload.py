"""creodias: API servers that are overloaded, slow, or have errors of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from api_requests import Request, matching
from creodias import ENVIRONMENT, PIPELINE, PIPELINE_NODES, SINGLE, SINGLE_NODE, Deployer, failed, on, succeeded
from fault_proxy import FaultProxy
from live_cluster import Place

pytestmark = pytest.mark.cluster
PAUSE = 2
ASKED = {"Retry-After": str(PAUSE)}


@pytest.fixture
def single(place: Place) -> Place:
    """The single model has a page, so that nobody waits for one."""
    place.script(SINGLE_NODE, ports={"8062": "http"})
    return place


def again(proxy: FaultProxy, request: Request) -> Request:
    """The same request when it came the next time."""
    later = [each for each in proxy.requests if each.number > request.number and str(each) == str(request)]
    assert later, f"{request} did not come again"
    return later[0]


@pytest.mark.parametrize(
    ("verb", "resource"),
    [
        ("list", "nodes"), ("create", "leases"), ("patch", "services"), ("patch", "deployments"), ("list", "pods"),
        ("watch", "pods"),
    ],
)
def test_too_many_requests_come_again_when_the_server_asked_for_them_and_not_before(
    deployer: Deployer, proxied: Path, proxy: FaultProxy, single: Place, verb: str, resource: str
) -> None:
    single.create()
    # Long enough for a watch to be asked for again.
    single.script(SINGLE_NODE, "slow-pull", seconds=6)
    fault = proxy.fault(matching(verb, resource), 429, headers=ASKED, times=2)
    succeeded(deployer.run("deploy", SINGLE, *on(proxied, single.name)))
    assert len(fault.met) == 2
    for request in fault.met:
        assert again(proxy, request).moment - request.moment >= PAUSE, f"{request} came again too early"


def test_a_server_that_stays_overloaded_is_an_environment_that_failed(
    deployer: Deployer, proxied: Path, proxy: FaultProxy, single: Place
) -> None:
    fault = proxy.fault(matching("list", "nodes"), 429, headers={"Retry-After": "1"})
    failed(deployer.run("deploy", SINGLE, *on(proxied, single.name)), ENVIRONMENT, "overloaded")
    assert 2 <= len(fault.met) <= 10
    assert not single.exists()


@pytest.mark.parametrize("code", [500, 502, 503, 504])
def test_an_error_of_the_server_that_passes_is_no_failure(
    deployer: Deployer, proxied: Path, proxy: FaultProxy, single: Place, code: int
) -> None:
    fault = proxy.fault(matching("patch"), code, times=3)
    succeeded(deployer.run("deploy", SINGLE, *on(proxied, single.name)))
    assert len(fault.met) == 3


def test_an_error_of_the_server_that_stays_is_told_in_its_words(
    deployer: Deployer, proxied: Path, proxy: FaultProxy, single: Place
) -> None:
    proxy.fault(matching("patch", "services"), 500, message="etcdserver: mvcc: database space exceeded")
    result = deployer.run("deploy", SINGLE, *on(proxied, single.name))
    failed(result, ENVIRONMENT, "database space exceeded")


def test_a_slow_server_is_waited_for(deployer: Deployer, proxied: Path, proxy: FaultProxy, place: Place) -> None:
    proxy.fault(matching(), delay=0.4)
    succeeded(deployer.run("deploy", PIPELINE, *on(proxied, place.name)))
    assert sorted(place.objects("deployments")) == sorted([*PIPELINE_NODES, "orchestrator"])
