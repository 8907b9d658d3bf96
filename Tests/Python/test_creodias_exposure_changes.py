"""creodias: what is exposed stays as it is over later runs, changes as it is wanted, and goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from creodias import PIPELINE, PIPELINE_NODES, Deployer, on, preview, succeeded
from exposures import INGRESSES, PAGE, cloud, inner, rules, shapes
from live_cluster import Place, eventually

pytestmark = pytest.mark.cluster
GUI = "berth-gui1"
INNER = inner(*PIPELINE_NODES, "orchestrator")
INGRESS = {"expose": "ingress", "ingress_class": "nginx", "ingress_host": "berths.example.org"}


@pytest.fixture
def paged(place: Place) -> Place:
    """One node of the pipeline has a page."""
    place.script(GUI, ports=PAGE)
    return place


@pytest.mark.parametrize("expose", [{"expose": "nodePort"}, {"expose": "loadBalancer"}, INGRESS], ids=str)
def test_a_second_run_moves_nothing_of_it(
    deployer: Deployer, admin: Path, paged: Place, expose: dict[str, str]
) -> None:
    def kept() -> dict[str, str]:
        return {
            f"{kind}/{name}": each["metadata"]["resourceVersion"] for kind in ("services", INGRESSES)
            for name, each in paged.objects(kind).items()
        }

    options = on(admin, paged.name, **expose)
    with cloud(paged, {"ip": "203.0.113.9"}):
        succeeded(deployer.run("deploy", PIPELINE, *options))
    before = kept()
    assert len(before) == 5
    succeeded(deployer.run("deploy", PIPELINE, *options))
    assert kept() == before
    changes = preview(succeeded(deployer.run("plan", PIPELINE, *options, "--json")))["changes"]
    assert {each["action"] for each in changes} == {"unchanged"}


@pytest.mark.parametrize(
    ("first", "kind", "name"),
    [
        ({"expose": "nodePort"}, "Service", f"{GUI}webui"), ({"expose": "loadBalancer"}, "Service", f"{GUI}webui"),
        (INGRESS, "Ingress", None),
    ],
    ids=["nodePort", "loadBalancer", "ingress"],
)
def test_what_is_no_longer_wanted_is_pruned(
    deployer: Deployer, admin: Path, paged: Place, first: dict[str, str], kind: str, name: str | None
) -> None:
    with cloud(paged, {"ip": "203.0.113.9"}):
        succeeded(deployer.run("deploy", PIPELINE, *on(admin, paged.name, **first)))
    options = on(admin, paged.name, expose="none")
    changes = preview(succeeded(deployer.run("plan", PIPELINE, *options, "--json")))["changes"]
    pruned = [(each["kind"], each["name"]) for each in changes if each["action"] == "pruned"]
    assert [each[0] for each in pruned] == [kind] and name in (None, pruned[0][1])
    succeeded(deployer.run("deploy", PIPELINE, *options))
    assert shapes(paged) == INNER and not paged.objects(INGRESSES)


def test_one_way_can_follow_another(deployer: Deployer, admin: Path, paged: Place) -> None:
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, paged.name)))
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, paged.name, **INGRESS)))
    assert shapes(paged) == INNER and set(rules(paged)) == {"berths.example.org"}
    with cloud(paged, {"ip": "203.0.113.9"}):
        succeeded(deployer.run("deploy", PIPELINE, *on(admin, paged.name, expose="loadBalancer")))
    assert shapes(paged) == INNER | {f"{GUI}webui": ("LoadBalancer", [8062])} and not paged.objects(INGRESSES)


def test_undeploying_takes_it_away(deployer: Deployer, admin: Path, paged: Place) -> None:
    for expose in ({"expose": "nodePort"}, INGRESS):
        succeeded(deployer.run("deploy", PIPELINE, *on(admin, paged.name, **expose)))
        succeeded(deployer.run("undeploy", PIPELINE, *on(admin, paged.name)))
        assert not shapes(paged) and not paged.objects(INGRESSES)


def test_a_page_that_comes_up_late_is_found_when_it_is_asked_for(
    deployer: Deployer, admin: Path, place: Place
) -> None:
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    place.script(GUI, ports=PAGE)
    eventually(lambda: is_restarted(place), "the container listens at its page's port")
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    assert f"{GUI}webui" not in place.objects("services"), "an unchanged run looks at nothing again"
    result = succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name, find_pages="true")))
    assert f"{GUI}webui" in place.objects("services")
    assert f"Web page of {GUI}" in result.stdout


def is_restarted(place: Place) -> bool:
    """Whether the container of the node with a page has begun anew and is ready."""
    status = place.pod(GUI)["status"]["containerStatuses"][0]
    available = place.objects("deployments")[GUI]["status"].get("availableReplicas")
    return status["restartCount"] == 1 and status["ready"] and available == 1
