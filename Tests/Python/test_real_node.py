"""creodias on a real node: a pipeline that scheduler, kubelet, containerd and kube-proxy have a hand in."""

from __future__ import annotations

import json
from typing import Any, Iterator

import pytest
from creodias import PIPELINE, PIPELINE_NODES, PIPELINE_OPERATIONS, Deployer, on, succeeded, words
from real_node import RealNode, RealPlace

pytestmark = pytest.mark.node
PODS = (*PIPELINE_NODES, "orchestrator")
LAST_OF_THE_LOOP = "learnPreferences"
WITH_PAGE = "berth-gui1"


class Deployed:
    """A pipeline that was deployed once for the tests of this file; none of them changes it."""

    def __init__(self, deployer: Deployer, place: RealPlace) -> None:
        self._deployer, self.place = deployer, place
        self.result = self.run("deploy", "--json")

    def run(self, command: str, *arguments: str) -> Any:
        return self._deployer.run(command, PIPELINE, *on(self.place.cluster.kubeconfig, self.place.name), *arguments)

    def links(self) -> list[str]:
        return [each["url"] for each in json.loads(succeeded(self.result).stdout)["links"]]


@pytest.fixture(scope="module")
def pipeline(real_node: RealNode, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    with real_node.place() as place:
        yield Deployed(Deployer(tmp_path_factory.mktemp("deployer"), enter=real_node.enter), place)


def test_it_comes_to_run(pipeline: Deployed) -> None:
    assert json.loads(succeeded(pipeline.result).stdout)["state"] == "running"
    events = json.loads(pipeline.place.kubectl("get", "events", "-o", "json"))["items"]
    for name in PODS:
        pod = pipeline.place.pod(name)
        assert pod["spec"]["nodeName"] == "node1"
        assert pod["spec"]["containers"][0]["readinessProbe"]["tcpSocket"]["port"] == 8061
        assert {each["type"]: each["status"] for each in pod["status"]["conditions"]}["Ready"] == "True"
        told = {each["reason"] for each in events if each["involvedObject"]["name"] == pod["metadata"]["name"]}
        assert {"Scheduled", "Started"} <= told


def test_its_orchestrator_runs_and_calls_go_all_the_way_round(pipeline: Deployed) -> None:
    succeeded(pipeline.result)
    report = pipeline.place.orchestrator_report(LAST_OF_THE_LOOP)
    assert (report["code"], report["message"]) == (0, "running")
    assert report["threads"] == PIPELINE_OPERATIONS
    assert LAST_OF_THE_LOOP in report["finished"], pipeline.place.kubectl("logs", "deployment/orchestrator")


def test_no_thread_of_it_has_found_a_node_closed(pipeline: Deployed) -> None:
    assert "has ended" not in words(succeeded(pipeline.result))
    assert "Traceback" not in pipeline.place.kubectl("logs", "deployment/orchestrator")


def test_only_the_node_with_a_page_gets_a_link_and_the_page_is_there(pipeline: Deployed) -> None:
    (link,) = pipeline.links()
    assert link.startswith("http://127.0.0.1:")
    assert "<title>Berth Planner</title>" in pipeline.place.cluster.page(link)


def test_only_the_page_is_exposed(pipeline: Deployed) -> None:
    succeeded(pipeline.result)
    services = pipeline.place.objects("services")
    assert services.keys() == {*PODS, f"{WITH_PAGE}webui"}
    exposed = [name for name, each in services.items() if each["spec"]["type"] != "ClusterIP"]
    assert exposed == [f"{WITH_PAGE}webui"], "what speaks gRPC asks nobody for a password"
    assert [port["port"] for port in services[f"{WITH_PAGE}webui"]["spec"]["ports"]] == [8062]


def test_the_status_tells_that_all_run(pipeline: Deployed) -> None:
    succeeded(pipeline.result)
    status = json.loads(succeeded(pipeline.run("status", "--json")).stdout)
    assert status["state"] == "running"
    assert {each["name"]: each["state"] for each in status["nodes"]} == {name: "running" for name in PODS}


def test_the_log_of_a_node_is_what_its_container_printed(pipeline: Deployed) -> None:
    succeeded(pipeline.result)
    lines = succeeded(pipeline.run("logs", "--node", PIPELINE_NODES[1])).stdout.splitlines()
    assert lines == ["the model starts", "the model listens"]


def test_a_second_deployment_moves_nothing(pipeline: Deployed) -> None:
    succeeded(pipeline.result)
    before = {name: pipeline.place.pod(name)["metadata"]["uid"] for name in PODS}
    services = pipeline.place.objects("services")
    succeeded(pipeline.run("deploy"))
    assert {name: pipeline.place.pod(name)["metadata"]["uid"] for name in PODS} == before
    assert pipeline.place.objects("services") == services
    restarts = [pipeline.place.pod(name)["status"]["containerStatuses"][0]["restartCount"] for name in PODS]
    assert restarts == [0] * len(PODS)
    assert pipeline.place.orchestrator_report()["message"] == "running"
