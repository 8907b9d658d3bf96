"""creodias: on-failure=rollback takes away what the failed run made, and nothing else."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest
from api_requests import matching
from creodias import FOLDER, PIPELINE, PIPELINE_NODES, REFUSED, Deployer, failed, on, succeeded, words
from fault_proxy import FaultProxy
from live_cluster import Place, eventually
from revisions import add_revision, copy_catalogue, without_node

pytestmark = pytest.mark.cluster
NODE = "berth-rules1"
ALL = sorted([*PIPELINE_NODES, "orchestrator"])
LOGIN = {"registry": "registry.example.org", "registry_user": "puller", "registry_password": "secret"}


def rolling_back(kubeconfig: Path, place: Place, **options: object) -> list[str]:
    return on(kubeconfig, place.name, on_failure="rollback", **options)


def test_everything_that_the_failed_run_made_goes(deployer: Deployer, admin: Path, place: Place) -> None:
    place.create()
    place.kubectl("create", "configmap", "notes", "--from-literal=a=b")
    place.script("anomaly-trainer1", "crash-loop")
    result = deployer.run("deploy", FOLDER, *rolling_back(admin, place, **LOGIN))
    failed(result, REFUSED, "anomaly-trainer1")
    assert place.ours() == {}
    eventually(lambda: not place.objects("persistentvolumeclaims"), "the new claim, which holds nothing, ends")
    assert place.kubectl("get", "configmap", "notes", "-o", "name")


def test_what_was_there_before_stays(deployer: Deployer, admin: Path, place: Place, tmp_path: Path) -> None:
    earlier = copy_catalogue(tmp_path / "earlier")
    first = add_revision(earlier, PIPELINE, without_node(NODE))
    succeeded(Deployer(tmp_path, earlier).run("deploy", first, *on(admin, place.name)))
    before = place.ours()
    place.script(NODE, "image-not-found")
    failed(deployer.run("deploy", PIPELINE, *rolling_back(admin, place)), REFUSED, NODE)
    assert place.ours() == before


def test_a_refusal_while_applying_rolls_back_too(
    deployer: Deployer, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    proxy.fault(matching("patch", "deployments", NODE), 403, message="no more deployments today")
    result = deployer.run("deploy", PIPELINE, *rolling_back(proxied, place))
    failed(result, REFUSED, "no more deployments today")
    assert place.ours() == {}


@pytest.mark.parametrize("fault", ["initialize-fails", "run-fails"])
def test_an_orchestrator_that_fails_rolls_back_too(
    deployer: Deployer, admin: Path, place: Place, fault: str
) -> None:
    place.script("orchestrator", arguments=["--fault", fault])
    place.script(NODE, ports={"8062": "http"})
    result = deployer.run("deploy", PIPELINE, *rolling_back(admin, place))
    failed(result, REFUSED, "this fault was asked for")
    assert place.ours() == {}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_rolls_back_too(
    deployer: Deployer, admin: Path, place: Place, number: signal.Signals
) -> None:
    place.script(NODE, "slow-pull", seconds=600)
    process = deployer.start("deploy", PIPELINE, *rolling_back(admin, place))
    try:
        eventually(lambda: sorted(place.objects("deployments")) == ALL, "all objects are made")
        process.send_signal(number)
        output = "".join(process.communicate(timeout=30))
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 128 + number, output
    assert place.ours() == {}


def test_the_words_of_a_rollback_say_what_it_removed(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script(NODE, "image-not-found")
    result = deployer.run("deploy", PIPELINE, *rolling_back(admin, place), "--json")
    assert result.returncode == REFUSED, words(result)
    events = [each["text"] for each in json.loads(result.stdout)["events"]]
    made = {text.removeprefix("created ") for text in events if text.startswith("created ")}
    removed = {text.removeprefix("removed ").removesuffix(" again") for text in events if text.startswith("removed ")}
    assert removed == made
    assert len(removed) == 9, "four Services, four Deployments, and the namespace"
    eventually(lambda: not place.exists(), "the new namespace ends")


def test_a_new_namespace_that_others_have_entered_stays(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script(NODE, "slow-pull", seconds=600)
    process = deployer.start("deploy", PIPELINE, *rolling_back(admin, place, timeout=60))
    try:
        eventually(lambda: sorted(place.objects("deployments")) == ALL, "all objects are made")
        place.kubectl("create", "configmap", "notes", "--from-literal=a=b")
        place.script(NODE, "image-not-found")
        output = "".join(process.communicate(timeout=60))
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == REFUSED, output
    assert place.ours() == {}
    phase = place.cluster.kubectl("get", "namespace", place.name, "-o", "jsonpath={.status.phase}")
    assert phase == "Active" and place.kubectl("get", "configmap", "notes", "-o", "name")
