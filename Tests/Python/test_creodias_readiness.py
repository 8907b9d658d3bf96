"""creodias: what a deployment waits for, and with which words it gives up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from creodias import PIPELINE, REFUSED, SINGLE, Deployer, failed, on, succeeded
from live_cluster import Place, eventually

pytestmark = pytest.mark.cluster
NODE = "berth-rules1"


def test_a_crash_loop_ends_the_wait_with_code_and_last_words(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script(NODE, "crash-loop", exit=7, log=["loading rules", "FileNotFoundError: rules.json"])
    result = deployer.run("deploy", PIPELINE, *on(admin, place.name))
    failed(result, REFUSED, NODE, "7", "FileNotFoundError: rules.json")


def test_an_image_that_is_not_there_ends_the_wait(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script(NODE, "image-not-found")
    result = deployer.run("deploy", PIPELINE, *on(admin, place.name))
    failed(result, REFUSED, NODE, "registry.example.org/graphene-samples/berth-rules:1.0.0")


def test_a_registry_that_refuses_is_a_warning_until_patience_ends(
    deployer: Deployer, admin: Path, place: Place
) -> None:
    place.script(NODE, "image-unauthorized")
    result = deployer.run("deploy", PIPELINE, *on(admin, place.name, timeout=15))
    failed(result, REFUSED, NODE, "401 Unauthorized")


def test_a_registry_that_recovers_is_no_failure(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script(NODE, "image-unauthorized")
    process = deployer.start("deploy", PIPELINE, *on(admin, place.name, timeout=60), "--follow")
    try:
        for line in process.stderr:
            if "401" in line or "Back-off" in line or "BackOff" in line:
                break
        place.script(NODE, "ok")
        _, rest = process.communicate(timeout=120)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0, rest


def test_a_slow_image_is_waited_for(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script(NODE, "slow-pull", seconds=14)
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name, timeout=60)))


def test_too_little_memory_is_explained(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script(NODE, "oom")
    failed(deployer.run("deploy", PIPELINE, *on(admin, place.name)), REFUSED, NODE, "memory")


def test_a_missing_secret_is_named(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script(NODE, "config-error", text='secret "api-key" not found')
    failed(deployer.run("deploy", PIPELINE, *on(admin, place.name)), REFUSED, NODE, 'secret "api-key" not found')


def test_a_pod_that_fits_nowhere_is_told_in_the_schedulers_words(deployer: Deployer, admin: Path, place: Place) -> None:
    text = "0/3 nodes are available: 3 node(s) had taint {gpu: true}, that the pod didn't tolerate."
    place.script(NODE, "unschedulable", text=text)
    failed(deployer.run("deploy", PIPELINE, *on(admin, place.name, timeout=30)), REFUSED, NODE, text)


def test_a_node_that_never_gets_ready_is_named_at_the_end_of_patience(
    deployer: Deployer, admin: Path, place: Place
) -> None:
    place.script(NODE, "never-ready")
    failed(deployer.run("deploy", PIPELINE, *on(admin, place.name, timeout=10)), REFUSED, NODE)


def test_a_node_that_crashes_after_it_was_ready_shows_in_the_status(
    deployer: Deployer, admin: Path, place: Place
) -> None:
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    place.script(NODE, "crash-loop", exit=9)

    def tells() -> bool:
        result = deployer.run("status", PIPELINE, *on(admin, place.name), "--json")
        nodes = {each["name"]: each for each in json.loads(result.stdout)["nodes"]}
        return result.returncode == REFUSED and "9" in nodes[NODE].get("reason", "")

    eventually(tells, "status tells of the crash")


def test_quota_refusals_of_pods_are_told_verbatim(deployer: Deployer, admin: Path, place: Place) -> None:
    place.create()
    place.kubectl("create", "quota", "no-pods", "--hard=pods=0")
    failed(deployer.run("deploy", SINGLE, *on(admin, place.name, timeout=20)), REFUSED, "no-pods", "quota")


def test_what_failed_stays_for_inspection(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script(NODE, "image-not-found")
    assert deployer.run("deploy", PIPELINE, *on(admin, place.name)).returncode == REFUSED
    assert NODE in place.objects("deployments")


def test_rollback_takes_away_what_this_run_made(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script(NODE, "image-not-found")
    result = deployer.run("deploy", PIPELINE, *on(admin, place.name, on_failure="rollback"))
    assert result.returncode == REFUSED
    assert not place.objects("deployments")
    assert not place.objects("services")


def test_logs_show_each_node_or_the_chosen_one(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script(NODE, log=["rules are loaded"])
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    everything = succeeded(deployer.run("logs", PIPELINE, *on(admin, place.name))).stdout
    assert f"{NODE} | rules are loaded" in everything
    assert "berth-gui1 | berth-gui1 starts" in everything
    one = succeeded(deployer.run("logs", PIPELINE, *on(admin, place.name), "--node", NODE)).stdout
    assert one.splitlines() == ["rules are loaded"]
    failed(deployer.run("logs", PIPELINE, *on(admin, place.name), "--node", "nobody"), REFUSED, "nobody", NODE)
