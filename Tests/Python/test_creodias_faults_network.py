"""creodias: API servers that are overloaded, and connections that break."""

from __future__ import annotations

from pathlib import Path

import pytest
from api_requests import Request, matching
from creodias import ENVIRONMENT, PIPELINE, PIPELINE_NODES, SINGLE, SINGLE_NODE, Deployer, failed, on, succeeded
from fault_proxy import FaultProxy
from live_cluster import Place, eventually

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


def test_a_connection_that_breaks_while_applying_is_no_failure(
    deployer: Deployer, proxied: Path, proxy: FaultProxy, single: Place
) -> None:
    fault = proxy.fault(matching("patch"), resets=True, times=3)
    succeeded(deployer.run("deploy", SINGLE, *on(proxied, single.name)))
    assert len(fault.met) == 3


def watches(proxy: FaultProxy, times: int) -> bool:
    """Whether what matters was watched so often, and is being watched."""
    return all(
        len(proxy.seen("watch", resource)) == times and proxy.under_way("watch", resource) == 1
        for resource in ("deployments", "replicasets", "pods", "events")
    )


def test_watches_that_break_are_made_again_with_a_warning(
    deployer: Deployer, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    place.script("berth-gui1", "slow-pull", seconds=600)
    process = deployer.start("deploy", PIPELINE, *on(proxied, place.name), "--follow")
    try:
        eventually(lambda: watches(proxy, 1), "all kinds are watched")
        lists = len(proxy.seen("list", "pods"))
        for times in (2, 3, 4):
            assert proxy.reset(matching("watch")) >= 4
            eventually(lambda: watches(proxy, times), "all kinds are watched again")
        assert len(proxy.seen("list", "pods")) == lists, "a watch goes on where it was"
        place.script("berth-gui1", "ok")
        output, errors = process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0, output + errors
    assert "warning" in errors and "the connection to the cluster broke" in errors
    assert place.orchestrator_status().message == "running"


def test_a_watch_whose_place_is_forgotten_begins_anew(
    deployer: Deployer, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    place.script("berth-gui1", "slow-pull", seconds=600)
    process = deployer.start("deploy", PIPELINE, *on(proxied, place.name))
    try:
        eventually(lambda: watches(proxy, 1), "all kinds are watched")
        gone = proxy.fault(matching("watch", "pods"), 410, message="too old resource version", times=1)
        lists = len(proxy.seen("list", "pods"))
        proxy.reset(matching("watch", "pods"))
        eventually(lambda: len(proxy.seen("list", "pods")) > lists, "the pods are listed again")
        assert len(gone.met) == 1
        place.script("berth-gui1", "ok")
        output, errors = process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0, output + errors


def test_a_slow_server_is_waited_for(deployer: Deployer, proxied: Path, proxy: FaultProxy, place: Place) -> None:
    proxy.fault(matching(), delay=0.4)
    succeeded(deployer.run("deploy", PIPELINE, *on(proxied, place.name)))
    assert sorted(place.objects("deployments")) == sorted([*PIPELINE_NODES, "orchestrator"])
