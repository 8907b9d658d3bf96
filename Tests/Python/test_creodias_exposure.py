"""creodias: web pages of a pipeline are found when its pods run, and only they are exposed."""

from __future__ import annotations

from pathlib import Path

import pytest
from creodias import PIPELINE, PIPELINE_NODES, Deployer, on, succeeded, words
from exposures import (
    INGRESSES, PAGE, assert_only_a_forward, cloud, give_address, inner, links, node_port, rules, shapes,
)
from live_cluster import Place

pytestmark = pytest.mark.cluster
GUI, RULES = "berth-gui1", "berth-rules1"
INNER = inner(*PIPELINE_NODES, "orchestrator")
INGRESS = {"expose": "ingress", "ingress_class": "nginx", "ingress_host": "berths.example.org"}


@pytest.fixture
def paged(place: Place) -> Place:
    """One node of the pipeline has a page."""
    place.script(GUI, ports=PAGE)
    return place


def test_only_the_node_with_a_page_gets_a_second_service(deployer: Deployer, admin: Path, paged: Place) -> None:
    result = deployer.run("deploy", PIPELINE, *on(admin, paged.name), "--json")
    assert links(result) == [f"http://127.0.0.1:{node_port(paged, f'{GUI}webui')}/"]
    assert shapes(paged) == INNER | {f"{GUI}webui": ("NodePort", [8062])}
    web = paged.objects("services")[f"{GUI}webui"]
    assert web["spec"]["selector"].items() <= paged.pod(GUI)["metadata"]["labels"].items()
    assert web["metadata"]["labels"]["graphene-deployer/solution-id"] == PIPELINE.split("/")[0]
    assert web["metadata"]["annotations"]["graphene-deployer/revision-id"] == PIPELINE.split("/")[1]


def test_a_page_that_is_an_error_is_a_page(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script(GUI, ports={"8062": "http-error"})
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    assert f"{GUI}webui" in shapes(place)


def test_what_answers_in_another_language_or_not_at_all_is_no_page(
    deployer: Deployer, admin: Path, place: Place
) -> None:
    place.script(GUI, ports={"8062": "model"})
    place.script(RULES, ports={"8062": "silent"})
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    assert shapes(place) == INNER


def test_the_orchestrator_is_never_exposed(deployer: Deployer, admin: Path, place: Place) -> None:
    place.script("orchestrator", ports=PAGE)
    for expose in ({"expose": "nodePort"}, INGRESS):
        succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name, **expose)))
        assert shapes(place) == INNER
        assert not place.objects(INGRESSES)


def test_a_load_balancer_is_waited_for(deployer: Deployer, admin: Path, paged: Place) -> None:
    with cloud(paged, {"hostname": "lb.example.org"}):
        result = deployer.run("deploy", PIPELINE, *on(admin, paged.name, expose="loadBalancer"), "--json")
    assert links(result) == ["http://lb.example.org:8062/"]
    assert shapes(paged) == INNER | {f"{GUI}webui": ("LoadBalancer", [8062])}


def test_a_load_balancer_without_an_address_is_a_note_and_linked_later(
    deployer: Deployer, admin: Path, paged: Place
) -> None:
    options = on(admin, paged.name, expose="loadBalancer", timeout=10)
    result = deployer.run("deploy", PIPELINE, *options, "--json")
    assert links(result) == [] and "load balancer" in result.stdout
    assert paged.orchestrator_status().message == "running"
    give_address(paged, "services", f"{GUI}webui", {"ip": "203.0.113.9"})
    for command in ("status", "deploy"):
        assert links(deployer.run(command, PIPELINE, *options, "--json")) == ["http://203.0.113.9:8062/"]


def test_one_page_has_the_host_of_the_ingress(deployer: Deployer, admin: Path, paged: Place) -> None:
    options = on(admin, paged.name, **INGRESS)
    result = deployer.run("deploy", PIPELINE, *options, "--json")
    ((name, ingress),) = paged.objects(INGRESSES).items()
    assert ingress["spec"]["ingressClassName"] == "nginx"
    assert ingress["metadata"]["labels"]["graphene-deployer/solution-id"] == PIPELINE.split("/")[0]
    assert rules(paged) == {"berths.example.org": ("/", GUI, 8062)}
    assert shapes(paged) == INNER
    assert links(result) == [], "nothing serves the host yet"
    give_address(paged, "ingresses", name, {"ip": "203.0.113.9"})
    for command in ("status", "deploy"):
        assert links(deployer.run(command, PIPELINE, *options, "--json")) == ["http://berths.example.org/"]


def test_several_pages_have_hosts_of_their_own(deployer: Deployer, admin: Path, paged: Place) -> None:
    paged.script(RULES, ports=PAGE)
    options = on(admin, paged.name, **INGRESS)
    succeeded(deployer.run("deploy", PIPELINE, *options))
    assert rules(paged) == {f"{name}.berths.example.org": ("/", name, 8062) for name in (GUI, RULES)}
    give_address(paged, "ingresses", *paged.objects(INGRESSES), {"ip": "203.0.113.9"})
    result = deployer.run("status", PIPELINE, *options, "--json")
    assert sorted(links(result)) == [f"http://{name}.berths.example.org/" for name in (GUI, RULES)]


def test_nothing_is_exposed_where_that_is_wanted(deployer: Deployer, admin: Path, paged: Place) -> None:
    result = deployer.run("deploy", PIPELINE, *on(admin, paged.name, expose="none"), "--follow")
    assert "http://" not in words(succeeded(result))
    assert shapes(paged) == INNER and not paged.objects(INGRESSES)


def test_without_an_external_address_there_is_a_line_instead_of_a_link(
    deployer: Deployer, admin: Path, paged: Place
) -> None:
    with paged.cluster.addresses("InternalIP"):
        assert_only_a_forward(deployer.run("deploy", PIPELINE, *on(admin, paged.name), "--follow"), paged, GUI)
        result = deployer.run("deploy", PIPELINE, *on(admin, paged.name), "--json")
    assert links(result) == []
    assert_only_a_forward(result, paged, GUI)
