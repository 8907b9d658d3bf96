"""creodias: what a failed run left stays, and the next run completes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from api_requests import matching
from creodias import PIPELINE, PIPELINE_NODES, REFUSED, Deployer, failed, on, succeeded
from fault_proxy import FaultProxy
from live_cluster import Place, eventually

pytestmark = pytest.mark.cluster
NODE = "berth-rules1"
ALL = sorted([*PIPELINE_NODES, "orchestrator"])


def test_without_it_all_stays_and_the_next_run_completes_it(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script(NODE, "image-not-found")
    failed(deployer.run("deploy", PIPELINE, *on(admin, place.name)), REFUSED, NODE)
    before = place.ours()
    assert [name for name in before if name.startswith("deployments/")] == [f"deployments/{name}" for name in ALL]
    place.script(NODE, "ok")
    eventually(lambda: place.pod(NODE)["status"]["phase"] == "Running", "the image is there now")
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    after = place.ours()
    assert {name: after.get(name) for name in before} == before
    assert place.orchestrator_status().message == "running"


def test_a_failure_from_before_is_not_held_against_the_next_run(
    deployer: Deployer, admin: Path, place: Place
) -> None:
    place.script(NODE, "image-not-found")
    failed(deployer.run("deploy", PIPELINE, *on(admin, place.name)), REFUSED, NODE)
    # The image is published now, but the kubelet does not try again for minutes.
    place.script(NODE, "back-off")
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    assert place.orchestrator_status().message == "running"


def test_a_run_that_failed_half_way_is_completed_by_the_next(
    deployer: Deployer, admin: Path, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    def half(request: Any) -> bool:
        return matching("patch", "deployments")(request) and request.name in (NODE, "orchestrator")

    proxy.fault(half, 403, message="no more deployments today")
    assert deployer.run("deploy", PIPELINE, *on(proxied, place.name)).returncode == REFUSED
    before = place.ours()
    assert sorted(place.objects("deployments")) == ["berth-gui1", "berth-optimiser1"]
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    after = place.ours()
    assert {name: after.get(name) for name in before} == before
    assert sorted(place.objects("deployments")) == ALL
    assert place.orchestrator_status().message == "running"
