"""creodias on a real node: a single model, its one Service, and the ways to its page."""

from __future__ import annotations

import json
import subprocess

import pytest
from creodias import SINGLE, Deployer, on, succeeded, words
from live_cluster import eventually
from real_node import RealNode, RealPlace

pytestmark = pytest.mark.node
TITLE = "<title>Bird calls</title>"


def test_it_has_one_service_with_both_ports_and_a_link_that_works(
    real_deployer: Deployer, real_node: RealNode, real_place: RealPlace
) -> None:
    result = succeeded(real_deployer.run("deploy", SINGLE, *on(real_node.kubeconfig, real_place.name), "--json"))
    (service,) = real_place.objects("services").values()
    assert service["spec"]["type"] == "NodePort"
    ports = {port["port"]: port["nodePort"] for port in service["spec"]["ports"]}
    assert ports.keys() == {8061, 8062}
    (link,) = [each["url"] for each in json.loads(result.stdout)["links"]]
    assert link == f"http://127.0.0.1:{ports[8062]}/"
    # kube-proxy writes its rules a second after a Service or its pods have changed.
    eventually(lambda: is_open(real_node, ports[8061]) and is_open(real_node, ports[8062]), "the ports", seconds=10)
    assert TITLE in real_node.page(link)


def test_the_line_that_is_printed_instead_of_a_link_works(
    real_deployer: Deployer, real_node: RealNode, real_place: RealPlace
) -> None:
    options = on(real_node.kubeconfig, real_place.name, expose="none")
    result = succeeded(real_deployer.run("deploy", SINGLE, *options, "--follow"))
    (service,) = real_place.objects("services").values()
    assert service["spec"]["type"] == "ClusterIP"
    assert "http://" not in words(result)
    said = [line for line in words(result).splitlines() if "kubectl port-forward" in line]
    commands = [line[line.index("kubectl port-forward") :].split() for line in said]
    assert sorted(command[-1] for command in commands) == ["8061:8061", "8062:8062"]
    (command,) = [command for command in commands if command[-1] == "8062:8062"]
    forward = subprocess.Popen(
        [*real_node.enter, *command], env=real_node.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        eventually(lambda: is_open(real_node, 8062), "kubectl listens", seconds=20)
        assert TITLE in real_node.page("http://127.0.0.1:8062/")
    finally:
        forward.terminate()
        forward.wait(timeout=20)


def is_open(node: RealNode, port: int) -> bool:
    """Whether a port of the node's network takes connections."""
    connect = ["bash", "-c", f"exec 3<>/dev/tcp/127.0.0.1/{port}"]
    return subprocess.run([*node.enter, *connect], stderr=subprocess.DEVNULL, timeout=20).returncode == 0
