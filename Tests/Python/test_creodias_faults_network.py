"""creodias: connections to the API server that break."""

from __future__ import annotations

from pathlib import Path

import pytest
from api_requests import matching
from creodias import PIPELINE, SINGLE, Deployer, on, succeeded
from fault_proxy import FaultProxy
from live_cluster import Place, eventually

pytestmark = pytest.mark.cluster


def test_a_connection_that_breaks_while_applying_is_no_failure(
    deployer: Deployer, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    fault = proxy.fault(matching("patch"), resets=True, times=3)
    succeeded(deployer.run("deploy", SINGLE, *on(proxied, place.name)))
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
