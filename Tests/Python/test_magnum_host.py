"""A host with clouds that its administrator has listed: users choose a cluster, and see nobody's credential."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from deployment_client import Client, failure
from host import Answer, token
from live_cluster import Place, eventually
from magnum_host import StartHost, cloud, own
from openstack_proxy import CERTIFICATE, TOKENS
from openstack_rig import OpenStack, OpenStackProxy, write_clouds
from web_host import form_page, visitor

pytestmark = pytest.mark.openstack


def test_a_user_needs_only_the_name_of_a_cluster(cloud_host: StartHost, place: Place) -> None:
    client = Client(cloud_host())
    made = client.made("creodias", cluster="kube-ok", namespace=place.name)
    client.ended(made, "running", timeout=90)
    assert place.orchestrator_status().message == "running"


def test_a_user_may_bring_a_credential(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy, place: Place
) -> None:
    client = Client(cloud_host(cloud(openstack, openstack_proxy, None)))
    made = client.made("creodias", cluster="kube-ok", namespace=place.name, **own(openstack))
    client.ended(made, "running", timeout=90)


def test_a_wrong_credential_of_a_user_is_told_to_the_user(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy, place: Place
) -> None:
    client = Client(cloud_host(cloud(openstack, openstack_proxy, None)))
    secret = own(openstack, secret="wrong-s3cret-of-the-user")
    made = client.made("creodias", cluster="kube-ok", namespace=place.name, **secret)
    assert "secret" in failure(client, made)


def test_a_wrong_credential_of_the_administrator_is_not_blamed_on_users(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy, place: Place
) -> None:
    entry = cloud(openstack, openstack_proxy)
    entry["credential"]["secret"] = "wrong-s3cret"
    client = Client(cloud_host(entry))
    made = client.made("creodias", cluster="kube-ok", namespace=place.name)
    assert "administrator" in failure(client, made)


def test_only_clouds_on_the_list_are_called(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy, place: Place
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        stranger.setblocking(False)
        client = Client(cloud_host())
        for name in ("other", f"http://127.0.0.1:{stranger.getsockname()[1]}/v3"):
            answer = client.submit("creodias", cluster="kube-ok", cloud=name, namespace=place.name)
            if answer.status == 202:
                assert "ours" in failure(client, answer.json()["id"])
            else:
                assert answer.status == 422 and "ours" in answer.content.decode(), answer
        with pytest.raises(BlockingIOError):
            stranger.accept()
    assert not openstack_proxy.keystone.requests


def test_regions_that_are_not_on_the_list_are_not_used(
    cloud_host: StartHost, openstack_proxy: OpenStackProxy, place: Place
) -> None:
    answer = Client(cloud_host()).submit("creodias", cluster="kube-ok", region="RegionOne", namespace=place.name)
    assert answer.status == 422 and "Proxied" in answer.content.decode(), answer
    assert not openstack_proxy.magnum.requests


def test_what_the_command_line_reads_is_nothing_to_a_host(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy, place: Place, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_clouds(tmp_path / "clouds.yaml", openstack=openstack.cloud())
    monkeypatch.chdir(tmp_path)
    for name, value in (openstack.environment() | {"OS_CLOUD": "openstack"}).items():
        monkeypatch.setenv(name, value)
    client = Client(cloud_host(cloud(openstack, openstack_proxy, None)))
    answer = client.submit("creodias", cluster="kube-ok", namespace=place.name)
    if answer.status == 202:
        assert "credential" in failure(client, answer.json()["id"])
    else:
        assert answer.status == 422, answer
    assert not openstack_proxy.keystone.requests and not place.exists()


def test_a_deployment_with_the_administrators_credential_goes_on_after_a_restart(
    cloud_host: StartHost, openstack_proxy: OpenStackProxy, place: Place
) -> None:
    place.script("berth-gui1", "slow-pull", seconds=600)
    host = cloud_host()
    client = Client(host)
    made = client.made("creodias", cluster="kube-ok", namespace=place.name)
    eventually(lambda: client.state(made) == "waiting", "the objects are there")
    before = place.ours()
    host.kill()
    place.script("berth-gui1", "ok")
    client = Client(cloud_host())
    # What has died holds the lease for up to a minute; of that nobody need know.
    eventually(lambda: any("cannot go on yet" in event["text"] for event in client.events(made)), "it meets the lease")
    assert client.state(made) not in ("failed", "interrupted")
    place.age_lease()
    eventually(lambda: client.state(made) == "running", "it goes on by itself")
    after = place.ours()
    assert {name: after.get(name) for name in before if "leases" not in name} == {
        name: uid for name, uid in before.items() if "leases" not in name
    }
    attempts = 2 + sum("cannot go on yet" in event["text"] for event in client.events(made))
    assert len(openstack_proxy.magnum.asked("POST", CERTIFICATE)) == attempts


def test_a_deployment_with_a_users_credential_waits_for_its_user_after_a_restart(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy, place: Place
) -> None:
    place.script("berth-gui1", "slow-pull", seconds=600)
    host = cloud_host()
    client = Client(host)
    options = {"cluster": "kube-ok", "namespace": place.name}
    made = client.made("creodias", **options, **own(openstack))
    eventually(lambda: client.state(made) == "waiting", "the objects are there")
    host.kill()
    place.age_lease()
    place.script("berth-gui1", "ok")
    client = Client(cloud_host())
    asked = len(openstack_proxy.keystone.asked("POST", TOKENS))
    assert client.ended(made)["state"] == "interrupted"
    assert len(openstack_proxy.keystone.asked("POST", TOKENS)) == asked
    assert client.again(made, **own(openstack)).status == 202
    client.ended(made, "running", timeout=90)


def test_tokens_of_the_administrators_credential_serve_many_deployments(
    cloud_host: StartHost, openstack_proxy: OpenStackProxy, place: Place
) -> None:
    client = Client(cloud_host())
    for _ in range(3):
        made = client.made("creodias", cluster="kube-ok", namespace=place.name)
        client.ended(made, "running", timeout=90)
    assert len(openstack_proxy.keystone.asked("POST", TOKENS)) == 1
    assert len(openstack_proxy.magnum.asked("POST", CERTIFICATE)) == 3


def test_nothing_that_lets_somebody_in_is_told_or_kept(
    cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy, place: Place
) -> None:
    host = cloud_host()
    client, browser = Client(host), visitor(host)
    heard: list[Answer] = []
    for options in ({}, own(openstack, "bob"), own(openstack, secret="wrong-s3cret-of-the-user")):
        made = client.made("creodias", cluster="kube-ok", namespace=place.name, **options)
        client.ended(made, timeout=90)
        heard += [
            client.call(f"/{made}"), client.call(f"/{made}/events", Accept="application/json"),
            host.call(f"/deployments/{made}", token=client.token),
        ]
    administrator = token("root", roles=("Admin",))
    heard += [host.call(path, token=administrator) for path in ("/api/v1/targets", "/targets", "/openapi.yaml")]
    pages = [browser.get(f"/deployments/{made}").text, form_page(browser, "creodias").text]
    files = [path for path in (host.log_path.parent / "state").rglob("*") if path.is_file()]
    state = [path.read_text("utf-8", "replace") for path in files]
    text = "".join([*(answer.content.decode() for answer in heard), *pages, host.log(), *state])
    marks = {"secret of alice": openstack.credentials["alice"]["secret"], "private key": "PRIVATE KEY"}
    marks |= {"secret of bob": openstack.credentials["bob"]["secret"], "wrong secret": "wrong-s3cret-of-the-user"}
    for request in openstack_proxy.magnum.requests:
        marks[f"token {request.number}"] = request.headers["x-auth-token"]
    for request in openstack_proxy.magnum.asked("POST", CERTIFICATE):
        marks[f"request {request.number}"] = json.loads(request.body)["csr"].splitlines()[2]
    assert [name for name, mark in marks.items() if mark in text] == []


def test_users_do_not_learn_which_credential_the_administrator_uses(
    cloud_host: StartHost, openstack: OpenStack
) -> None:
    host = cloud_host()
    page = form_page(visitor(host), "creodias")
    text = page.text + host.call("/api/v1/targets", token=token()).content.decode()
    assert 'name="option.cluster"' in page.text
    assert openstack.credentials["alice"]["id"] not in text
