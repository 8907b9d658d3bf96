"""creodias: a single model is there to be called: one Service, exposed as wanted, and links that can work."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator

import pytest
from creodias import SINGLE, SINGLE_NODE, Deployer, on, succeeded
from exposures import INGRESSES, PAGE, assert_only_a_forward, cloud, give_address, links, node_port, rules, shapes
from live_cluster import LiveCluster, Place

pytestmark = pytest.mark.cluster
PORTS = [8061, 8062]
INGRESS = {"expose": "ingress", "ingress_class": "traefik", "ingress_host": "model.example.org"}


@pytest.fixture
def name(place: Place) -> str:
    """The model's name; it has a page."""
    place.script(SINGLE_NODE, ports=PAGE)
    return SINGLE_NODE


@pytest.fixture
def further_machines(live_cluster: LiveCluster) -> Iterator[None]:
    """Two machines that no link may lead to: one of the control plane, and one that is not ready."""
    machines = {"a-master": ("True", "203.0.113.1"), "b-broken": ("False", "203.0.113.2")}
    for name, (is_ready, address) in machines.items():
        labels = {"node-role.kubernetes.io/master": ""} if name == "a-master" else {}
        metadata = {"name": name, "labels": labels}
        live_cluster.kubectl("apply", "-f", "-", document={"apiVersion": "v1", "kind": "Node", "metadata": metadata})
        path = f"/api/v1/nodes/{name}"
        document: dict[str, Any] = {"apiVersion": "v1", "kind": "Node", "metadata": metadata, "status": {
            "addresses": [{"type": "ExternalIP", "address": address}],
            "conditions": [{"type": "Ready", "status": is_ready}],
        }}
        live_cluster.kubectl("replace", "--raw", f"{path}/status", "-f", "-", document=document)
    yield
    live_cluster.kubectl("delete", "node", *machines)


@pytest.mark.parametrize(
    ("expose", "kind"), [("nodePort", "NodePort"), ("loadBalancer", "LoadBalancer"), ("none", "ClusterIP")]
)
def test_there_is_exactly_one_service_of_the_wanted_type_with_both_ports(
    deployer: Deployer, admin: Path, place: Place, name: str, expose: str, kind: str
) -> None:
    with cloud(place, {"ip": "203.0.113.9"}):
        succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name, expose=expose)))
    assert shapes(place) == {name: (kind, PORTS)}
    assert not place.objects(INGRESSES)


def test_an_ingress_leads_to_a_service_inside(deployer: Deployer, admin: Path, place: Place, name: str) -> None:
    options = on(admin, place.name, **INGRESS)
    succeeded(deployer.run("deploy", SINGLE, *options))
    assert shapes(place) == {name: ("ClusterIP", PORTS)}
    ((rule, ingress),) = place.objects(INGRESSES).items()
    assert ingress["spec"]["ingressClassName"] == "traefik"
    assert rules(place) == {"model.example.org": ("/", name, 8062)}
    give_address(place, "ingresses", rule, {"hostname": "ingress.example.org"})
    for command in ("status", "deploy"):
        assert links(deployer.run(command, SINGLE, *options, "--json")) == ["http://model.example.org/"]


def test_a_link_leads_to_a_ready_worker_with_an_external_address(
    deployer: Deployer, admin: Path, place: Place, name: str, further_machines: None
) -> None:
    result = deployer.run("deploy", SINGLE, *on(admin, place.name), "--json")
    expected = [f"http://127.0.0.1:{node_port(place, name)}/"]
    assert links(result) == expected
    status = deployer.run("status", SINGLE, *on(admin, place.name), "--json")
    assert links(status) == expected
    assert expected[0] in deployer.run("status", SINGLE, *on(admin, place.name)).stdout


def test_without_an_external_address_there_is_a_line_instead_of_a_link(
    deployer: Deployer, admin: Path, place: Place, name: str
) -> None:
    with place.cluster.addresses("InternalIP"):
        assert_only_a_forward(deployer.run("deploy", SINGLE, *on(admin, place.name), "--follow"), place, name)
        assert links(deployer.run("status", SINGLE, *on(admin, place.name), "--json")) == []


def test_a_model_for_the_cluster_alone_has_a_line_instead_of_a_link(
    deployer: Deployer, admin: Path, place: Place, name: str
) -> None:
    result = deployer.run("deploy", SINGLE, *on(admin, place.name, expose="none"), "--follow")
    assert_only_a_forward(result, place, name)


def test_a_load_balancer_is_waited_for(deployer: Deployer, admin: Path, place: Place, name: str) -> None:
    options = on(admin, place.name, expose="loadBalancer")
    with cloud(place, {"ip": "203.0.113.9"}):
        assert links(deployer.run("deploy", SINGLE, *options, "--json")) == ["http://203.0.113.9:8062/"]
    assert links(deployer.run("status", SINGLE, *options, "--json")) == ["http://203.0.113.9:8062/"]


def test_a_node_port_stays_the_same_over_later_deployments(
    deployer: Deployer, admin: Path, place: Place, name: str
) -> None:
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))
    before = place.objects("services")[name]
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))
    assert place.objects("services")[name]["metadata"]["resourceVersion"] == before["metadata"]["resourceVersion"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"expose": "everywhere"}, "expose"), (INGRESS | {"ingress_host": "not a host"}, "ingress-host"),
        (INGRESS | {"ingress_host": "Ümlaut.example"}, "ingress-host"),
        (INGRESS | {"ingress_class": "Not A Class"}, "ingress-class"),
    ],
)
def test_values_that_cannot_be_used_are_refused_before_anything_is_made(
    deployer: Deployer, admin: Path, place: Place, changes: dict[str, str], said: str
) -> None:
    result = deployer.run("deploy", SINGLE, *on(admin, place.name, **changes))
    assert result.returncode == 1 and said in result.stderr, result.stderr
    assert not place.exists()
