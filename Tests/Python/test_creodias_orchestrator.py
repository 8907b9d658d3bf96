"""creodias: the orchestrator is brought to run once, through the API server, whatever state it is found in."""

from __future__ import annotations

from pathlib import Path

import orchestrator_pb2 as messages
import pytest
from creodias import PIPELINE, PIPELINE_OPERATIONS, REFUSED, Deployer, failed, on, succeeded
from live_cluster import Place

pytestmark = pytest.mark.cluster


def identity(place: Place) -> tuple[str, int]:
    """Changes when the orchestrator gets a fresh process."""
    pod = place.pod("orchestrator")
    return pod["metadata"]["uid"], pod["status"]["containerStatuses"][0]["restartCount"]


def test_after_a_deployment_the_pipeline_runs(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    status = place.orchestrator_status()
    # A second initialize or run would leave the code -1, or the state `initialized`.
    assert (status.code, status.message) == (0, "running")
    assert status.active_threads == PIPELINE_OPERATIONS


def test_every_operation_runs_after_its_component_listened(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script("berth-optimiser1", "slow-pull", seconds=6)
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    with place.orchestrator() as stub:
        ended = stub.observe(messages.OrchestrationObservationConfiguration(name_regex="thread.terminate"), timeout=3)
        with pytest.raises(Exception, match="DEADLINE_EXCEEDED"):
            next(ended)


def test_a_second_deployment_runs_too(deployer: Deployer, admin: Path, place: Place) -> None:
    for _ in range(2):
        succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
        assert place.orchestrator_status().message == "running"


def test_a_dead_end_is_left_with_a_fresh_process(deployer: Deployer, admin: Path, place: Place) -> None:
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    with place.orchestrator() as stub:
        stub.run(messages.RunLabel(), timeout=10)
        assert stub.get_status(messages.RunLabel(), timeout=10).code == -1
    before = identity(place)
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    assert identity(place) != before
    assert (place.orchestrator_status().code, place.orchestrator_status().message) == (0, "running")


@pytest.mark.parametrize("fault", ["initialize-fails", "run-fails"])
def test_what_the_orchestrator_says_of_a_failure_is_shown(
    deployer: Deployer, admin: Path, place: Place, fault: str
) -> None:
    place.script("orchestrator", arguments=["--fault", fault])
    result = deployer.run("deploy", PIPELINE, *on(admin, place.name))
    failed(result, REFUSED, "orchestrator", "this fault was asked for")


def test_a_thread_that_is_missing_is_told(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script("orchestrator", arguments=["--fault", "lost-thread"])
    result = deployer.run("deploy", PIPELINE, *on(admin, place.name))
    assert str(PIPELINE_OPERATIONS - 1) in result.stdout + result.stderr
    assert "orchestrator" in (result.stdout + result.stderr).lower()


def test_one_refused_call_is_no_failure(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script("orchestrator", arguments=["--fault", "unavailable-once"])
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    assert place.orchestrator_status().message == "running"


def test_an_old_orchestrator_without_get_status_runs(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script("orchestrator", arguments=["--version", "1.2"])
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))


def test_an_orchestrator_that_does_not_listen_is_a_failure(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script("orchestrator", ports={"8061": "refused"})
    failed(deployer.run("deploy", PIPELINE, *on(admin, place.name, timeout=10)), REFUSED, "orchestrator", "8061")


def test_a_model_that_does_not_listen_is_named_and_nothing_runs(
    deployer: Deployer, admin: Path, place: Place
) -> None:
    place.script("berth-rules1", ports={"8061": "refused"})
    failed(deployer.run("deploy", PIPELINE, *on(admin, place.name, timeout=10)), REFUSED, "berth-rules1", "8061")
    assert place.orchestrator_status().message == "not initialized"


def test_a_node_that_was_reached_too_late_is_called_again(deployer: Deployer, admin: Path, place: Place) -> None:
    # Its first call is made at the start and finds no way; the thread of the orchestrator is dead for good then.
    place.script("berth-gui1", ports={"8061": "late"})
    result = succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name), "--follow"))
    assert "berth-gui1 could not be reached at the start" in result.stderr
    with place.orchestrator() as stub:
        ended = stub.observe(messages.OrchestrationObservationConfiguration(name_regex="thread.terminate"), timeout=2)
        with pytest.raises(Exception, match="DEADLINE_EXCEEDED"):
            next(ended)
