"""creodias: clusters and users that fail, and deployments that are cut off."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Iterator

import pytest
from creodias import ENVIRONMENT, PIPELINE, PIPELINE_NODES, REFUSED, SINGLE, Deployer, failed, on, succeeded
from kubeconfigs import Kubeconfigs
from live_cluster import Place, eventually

pytestmark = pytest.mark.cluster


def test_an_unknown_token_is_explained(deployer: Deployer, configs: Kubeconfigs, place: Place) -> None:
    kubeconfig = configs.token("stranger", "not-a-token-of-this-cluster")
    failed(deployer.run("deploy", SINGLE, *on(kubeconfig, place.name)), ENVIRONMENT, "kubeconfig", "token")
    assert not place.exists()


def test_an_expired_certificate_is_explained(deployer: Deployer, configs: Kubeconfigs, place: Place) -> None:
    result = deployer.run("deploy", SINGLE, *on(configs.expired(), place.name))
    assert result.returncode in (REFUSED, ENVIRONMENT)
    failed(result, result.returncode, "kubeconfig", "expired")
    assert not place.exists()


def test_a_user_without_rights_is_explained(deployer: Deployer, configs: Kubeconfigs, place: Place) -> None:
    place.create()
    result = deployer.run("deploy", SINGLE, *on(configs.certificate("nobody"), place.name))
    failed(result, REFUSED, "permission")
    assert not place.objects("deployments")


def test_a_wrong_authority_is_explained(deployer: Deployer, configs: Kubeconfigs, place: Place) -> None:
    result = deployer.run("deploy", SINGLE, *on(configs.wrong_authority(), place.name))
    failed(result, ENVIRONMENT, "authority")
    assert not place.exists()


def test_a_server_that_does_not_answer_is_explained(deployer: Deployer, configs: Kubeconfigs, place: Place) -> None:
    user = {"token": "x"}
    kubeconfig = configs.write("nowhere", user, server="https://127.0.0.1:9")
    failed(deployer.run("deploy", SINGLE, *on(kubeconfig, place.name)), ENVIRONMENT, "reached")


@pytest.fixture
def terminating(place: Place) -> Iterator[Place]:
    """A namespace that cannot end, because something in it cannot."""
    place.create()
    metadata = {"name": "holder", "finalizers": ["rig.example/stays"]}
    place.kubectl("apply", "-f", "-", document={"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata})
    place.cluster.kubectl("delete", "namespace", place.name, "--wait=false")
    yield place
    place.kubectl("patch", "configmap", "holder", "--type=merge", "-p", '{"metadata":{"finalizers":null}}')


def test_a_namespace_that_is_being_deleted_is_refused(deployer: Deployer, admin: Path, terminating: Place) -> None:
    failed(deployer.run("deploy", SINGLE, *on(admin, terminating.name)), REFUSED, terminating.name, "deleted")


def test_a_killed_deployment_is_finished_by_the_next(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script("berth-gui1", "slow-pull", seconds=600)
    process = deployer.start("deploy", PIPELINE, *on(admin, place.name))
    try:
        eventually(lambda: "berth-gui1" in place.objects("deployments"), "the first objects are there")
    finally:
        process.kill()
        process.communicate()
    place.script("berth-gui1", "ok")
    failed(deployer.run("deploy", PIPELINE, *on(admin, place.name)), REFUSED, "lease", "minute")
    place.age_lease()
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    assert sorted(place.objects("deployments")) == sorted([*PIPELINE_NODES, "orchestrator"])
    assert place.orchestrator_status().message == "running"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_deployment_lets_go_at_once(
    deployer: Deployer, admin: Path, place: Place, number: signal.Signals
) -> None:
    place.script("berth-gui1", "slow-pull", seconds=600)
    process = deployer.start("deploy", PIPELINE, *on(admin, place.name))
    try:
        eventually(lambda: "berth-gui1" in place.objects("deployments"), "the first objects are there")
        os.kill(process.pid, number)
        process.communicate(timeout=30)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 128 + number
    place.script("berth-gui1", "ok")
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))


def test_two_deployments_at_once_do_not_mix(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script("berth-gui1", "slow-pull", seconds=600)
    first = deployer.start("deploy", PIPELINE, *on(admin, place.name))
    try:
        eventually(lambda: "berth-gui1" in place.objects("deployments"), "the first objects are there")
        failed(deployer.run("deploy", PIPELINE, *on(admin, place.name)), REFUSED, "another deployment")
        place.script("berth-gui1", "ok")
        output, errors = first.communicate(timeout=120)
    finally:
        first.kill()
        first.communicate()
    assert first.returncode == 0, output + errors


def test_an_api_server_that_restarts_is_waited_for(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script("berth-gui1", "slow-pull", seconds=600)
    process = deployer.start("deploy", PIPELINE, *on(admin, place.name))
    try:
        eventually(lambda: "berth-gui1" in place.objects("deployments"), "the first objects are there")
        place.cluster.restart()
        place.script("berth-gui1", "ok")
        output, errors = process.communicate(timeout=180)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0, output + errors
    assert place.orchestrator_status().message == "running"
