"""Users see their own deployments, administrators see all."""

from __future__ import annotations

from typing import Any, Optional

import pytest
from deployment_client import Client
from fixture_target import StartHost

UNKNOWN = "00000000-0000-4000-8000-000000000000"
REQUESTS: list[tuple[str, str, Optional[Any]]] = [
    ("", "GET", None), ("", "DELETE", None), ("/events", "GET", None), ("/artifact", "GET", None),
    ("/logs", "GET", None), ("/logs", "POST", {}), ("/cancel", "POST", None), ("/rerun", "POST", {}),
]


@pytest.mark.parametrize(("path", "method", "body"), REQUESTS)
def test_another_users_deployment_is_there_for_nobody_else(
    fixture_host: StartHost, path: str, method: str, body: Optional[Any]
) -> None:
    host = fixture_host()
    identifier = Client(host).made(slow=True)
    Client(host).follow(identifier).wait_for(kind="warning")  # the last event before it waits
    before = Client(host).show(identifier)
    assert before["state"] == "applying"
    bob = Client(host, "bob")
    others, unknown = (bob.call(f"/{each}{path}", method, body) for each in (identifier, UNKNOWN))
    assert others.status == unknown.status == 404
    assert others.json() == unknown.json(), "the answer tells whether there is such a deployment"
    after = Client(host).show(identifier)
    assert {**after, "updated": None, "lastEvent": None} == {**before, "updated": None, "lastEvent": None}


def test_without_a_token_nothing_is_told(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = client.made()
    client.token = ""
    assert client.call("").status == client.call("", "POST", {}).status == 401
    for path, method, body in REQUESTS:
        assert client.call(f"/{identifier}{path}", method, body).status == 401


def test_lists_hold_own_deployments_and_for_administrators_all(fixture_host: StartHost) -> None:
    host = fixture_host()
    alice, bob, admin = Client(host), Client(host, "bob"), Client(host, "root", roles=("Admin",))
    of_alice, of_bob, of_admin = (each.made(outcome="completed") for each in (alice, bob, admin))
    assert [record["id"] for record in alice.list()] == [of_alice]
    assert [record["id"] for record in bob.list()] == [of_bob]
    assert [record["id"] for record in admin.list()] == [of_admin, of_bob, of_alice]
    assert [record["id"] for record in admin.list("&owner=me")] == [of_admin]


def test_administrators_look_at_and_end_what_others_deploy(fixture_host: StartHost) -> None:
    host = fixture_host()
    alice, admin = Client(host), Client(host, "root", roles=("Admin",))
    identifier = alice.made(slow=True)
    admin.works(identifier)
    assert admin.show(identifier)["owner"]["id"] == "alice"
    stream = admin.follow(identifier)
    assert admin.cancel(identifier).status == 202
    assert stream.wait().end == "cancelled"
    assert stream.events == alice.events(identifier)


def test_a_list_comes_in_pages_and_can_be_narrowed(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    made = [client.made("local-yaml" if number % 2 else "fixture") for number in range(5)]
    for each in made:
        client.ended(each)
    pages: list[list[str]] = []
    query = "?limit=2"
    while query:
        page = client.call(query).json()
        pages.append([record["id"] for record in page["deployments"]])
        query = f"?limit=2&before={page['next']}" if page["next"] else ""
    assert pages == [[made[4], made[3]], [made[2], made[1]], [made[0]]]
    assert {record["id"] for record in client.list("&target=local-yaml")} == {made[1], made[3]}
    assert {record["id"] for record in client.list("&state=running")} == {made[0], made[2], made[4]}
