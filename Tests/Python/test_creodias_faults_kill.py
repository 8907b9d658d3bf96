"""creodias: a deployer that dies at any step, and the run after it."""

from __future__ import annotations

from pathlib import Path

import pytest
from api_requests import Matching, Request, matching
from creodias import PIPELINE, PIPELINE_NODES, REFUSED, Deployer, failed, on, succeeded
from fault_proxy import FaultProxy
from live_cluster import Place, eventually

pytestmark = pytest.mark.cluster
NODE = "berth-rules1"
ALL = sorted([*PIPELINE_NODES, "orchestrator"])
OTHERS = sorted(set(ALL) - {NODE})
KINDS = ("services", "deployments")
# Where it dies, and which Services and Deployments are there by then.
STEPS: dict[str, tuple[Matching, list[str], list[str]]] = {
    "before the lease": (matching("create", "leases"), [], []),
    "between two Services": (matching("patch", "services", NODE), OTHERS, []),
    "between two Deployments": (matching("patch", "deployments", NODE), ALL, OTHERS),
    "before it waits": (matching("watch", "pods"), ALL, ALL),
    "before the orchestrator is asked": (matching("get", "pods/portforward"), ALL, ALL),
}


def names(place: Place) -> list[list[str]]:
    return [sorted(place.objects(kind)) for kind in KINDS]


def identities(place: Place) -> dict[str, str]:
    return {
        f"{kind}/{name}": each["metadata"]["uid"] for kind in KINDS for name, each in place.objects(kind).items()
    }


def killed_at(deployer: Deployer, kubeconfig: Path, proxy: FaultProxy, place: Place, step: Matching) -> None:
    """Runs a deployment until the API server would get such a request."""
    held = proxy.fault(step, holds=True)
    process = deployer.start("deploy", PIPELINE, *on(kubeconfig, place.name))
    try:
        eventually(lambda: bool(held.met), "the deployment comes to this step")
        eventually(lambda: proxy.has_sent_stage(held, len(ALL)), "what goes side by side with the held request arrives")
    finally:
        process.kill()
        process.communicate()


def completed(deployer: Deployer, kubeconfig: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", PIPELINE, *on(kubeconfig, place.name)))
    assert names(place) == [ALL, ALL]
    assert (place.orchestrator_status().code, place.orchestrator_status().message) == (0, "running")


@pytest.mark.parametrize("step", STEPS)
def test_whatever_a_dead_deployer_left_is_completed_by_the_next(
    deployer: Deployer, admin: Path, proxied: Path, proxy: FaultProxy, place: Place, step: str
) -> None:
    fits, services, deployments = STEPS[step]
    killed_at(deployer, proxied, proxy, place, fits)
    assert names(place) == [services, deployments]
    before = identities(place)
    if step != "before the lease":
        failed(deployer.run("deploy", PIPELINE, *on(admin, place.name)), REFUSED, "lease")
        assert identities(place) == before
        place.age_lease()
    completed(deployer, admin, place)
    after = identities(place)
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("call", [2, 3, 4])
def test_a_pipeline_that_was_left_between_two_calls_is_brought_to_run(
    deployer: Deployer, admin: Path, proxied: Path, proxy: FaultProxy, place: Place, call: int
) -> None:
    def nth(request: Request) -> bool:
        forwards = proxy.seen("get", "pods/portforward")
        return request in forwards and len(forwards) >= call

    killed_at(deployer, proxied, proxy, place, nth)
    place.age_lease()
    completed(deployer, admin, place)


def test_a_dead_deployer_can_be_cleared_up_after(
    deployer: Deployer, admin: Path, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    killed_at(deployer, proxied, proxy, place, matching("patch", "deployments", NODE))
    place.age_lease()
    succeeded(deployer.run("undeploy", PIPELINE, *on(admin, place.name)))
    assert names(place) == [[], []]
