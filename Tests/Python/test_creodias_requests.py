"""creodias: how many requests the commands send, counted at a proxy before the API server."""

from __future__ import annotations

from pathlib import Path

import folders
import pytest
from api_requests import Request, matching
from creodias import FOLDER, PIPELINE, SINGLE, Deployer, on, preview, succeeded, words
from fault_proxy import FaultProxy
from live_cluster import Place, eventually
from revisions import add_revision, copy_catalogue, with_copies

pytestmark = pytest.mark.cluster
PLANNING, AT_ONCE = 10, 16
LOGIN = {"registry": "registry.example.org", "registry_user": "puller", "registry_password": "secret"}
INGRESS = {"expose": "ingress", "ingress_class": "nginx", "ingress_host": "berths.example.org"}
OPTIONS = {"as it is": {}, "with a registry": LOGIN, "with an ingress": INGRESS, "with both": LOGIN | INGRESS}


def told(requests: list[Request]) -> str:
    return "\n".join(map(str, requests))


@pytest.fixture
def ten(tmp_path: Path) -> tuple[Deployer, str]:
    """A pipeline of ten nodes with a shared folder: 11 Deployments, 11 Services, one claim."""
    catalogue = copy_catalogue(tmp_path / "catalogue")
    return Deployer(tmp_path, catalogue), add_revision(catalogue, FOLDER, with_copies("model-card1", 6))


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("reference", [SINGLE, PIPELINE, FOLDER], ids=["single", "pipeline", "folder"])
@pytest.mark.parametrize("state", ["absent", "empty", "foreign"])
def test_planning_takes_at_most_ten_requests(
    deployer: Deployer, proxied: Path, proxy: FaultProxy, place: Place, reference: str, options: str, state: str
) -> None:
    if state != "absent":
        place.create()
    if state == "foreign":
        foreign = folders.deployment("wordpress", "registry.example/wordpress:1")
        del foreign["metadata"]["labels"]["app.kubernetes.io/managed-by"]
        place.kubectl("apply", "-f", "-", document=foreign)
    result = deployer.run("plan", reference, *on(proxied, place.name, **OPTIONS[options]), "--json")
    assert bool(preview(result)["obstacles"]) == (state == "foreign"), words(result)
    assert 0 < len(proxy.requests) <= PLANNING, told(proxy.requests)


@pytest.mark.parametrize("reference", [PIPELINE, FOLDER], ids=["pipeline", "folder"])
def test_planning_takes_at_most_ten_requests_where_it_is_deployed_already(
    deployer: Deployer, admin: Path, proxied: Path, proxy: FaultProxy, place: Place, reference: str
) -> None:
    succeeded(deployer.run("deploy", reference, *on(admin, place.name, **LOGIN)))
    for options in OPTIONS.values():
        begin = len(proxy.requests)
        succeeded(deployer.run("plan", reference, *on(proxied, place.name, **options), "--json"))
        assert 0 < len(proxy.requests) - begin <= PLANNING, told(proxy.requests[begin:])


def test_planning_does_not_ask_more_for_more_nodes(
    ten: tuple[Deployer, str], proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    deployer, reference = ten
    place.create()
    succeeded(deployer.run("plan", reference, *on(proxied, place.name), "--json"))
    assert 0 < len(proxy.requests) <= PLANNING, told(proxy.requests)


def test_a_second_deployment_of_ten_nodes_sends_no_object_and_fewer_requests_than_there_are_objects(
    ten: tuple[Deployer, str], admin: Path, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    deployer, reference = ten
    succeeded(deployer.run("deploy", reference, *on(admin, place.name)))
    kinds = ("deployments", "services", "persistentvolumeclaims")
    objects = sum(len(place.objects(kind)) for kind in kinds)
    assert objects == 23
    succeeded(deployer.run("deploy", reference, *on(proxied, place.name)))
    written = [request for request in proxy.requests if request.writes and request.resource != "leases"]
    assert not written, told(written)
    assert len(proxy.requests) < objects, told(proxy.requests)


def test_a_first_deployment_sends_each_object_once(
    deployer: Deployer, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    succeeded(deployer.run("deploy", FOLDER, *on(proxied, place.name)))
    for resource in ("deployments", "services", "persistentvolumeclaims"):
        sent = sorted(request.name for request in proxy.seen("patch", resource))
        assert sent == sorted(place.objects(resource)), resource
    others = [each for each in proxy.requests if each.writes and each.verb != "patch" and each.resource != "leases"]
    assert not others, told(others)


def test_the_objects_of_a_stage_go_side_by_side_but_never_more_than_sixteen(
    tmp_path: Path, proxied: Path, proxy: FaultProxy, place: Place
) -> None:
    catalogue = copy_catalogue(tmp_path / "catalogue")
    reference = add_revision(catalogue, PIPELINE, with_copies("berth-optimiser1", 20))
    proxy.fault(matching("patch", "services"), holds=True)
    process = Deployer(tmp_path, catalogue).start("deploy", reference, *on(proxied, place.name))
    try:
        eventually(lambda: proxy.under_way("patch", "services") >= AT_ONCE, "the Services are sent side by side", 20)
        proxy.heal()
        eventually(lambda: len(place.objects("deployments")) == 24, "the Deployments are made")
    finally:
        process.kill()
        process.communicate()
    assert proxy.most_at_once <= AT_ONCE
