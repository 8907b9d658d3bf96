"""Two deployments never change the same place at the same time."""

from __future__ import annotations

from typing import Optional

import pytest
from deployment_client import Client, body
from fixture_target import StartHost
from host import Answer

HERE = {"server": "memory://fixture", "namespace": "here"}


def taken(answer: Answer, by: Optional[str]) -> None:
    """Asserts the refusal; the other deployment is named to its owner only."""
    assert answer.status == 409, answer.content
    problem = answer.json()
    assert problem.get("deployment") == by
    assert problem["remedy"] and problem["detail"]


@pytest.mark.parametrize("waits", [False, True])
def test_a_place_is_taken_as_long_as_a_deployment_is_active(fixture_host: StartHost, waits: bool) -> None:
    host = fixture_host(concurrent=1)
    alice, bob = Client(host), Client(host, "bob")
    if waits:
        bob.made(slow=True)
    first = alice.made(slow=True, place="here")
    assert alice.show(first)["place"] == HERE
    taken(alice.submit(place="here"), by=first)
    taken(bob.submit(place="here"), by=None)
    assert first not in bob.submit(place="here").content.decode()
    alice.made(place="there")
    bob.made()


@pytest.mark.parametrize("end", ["cancelled", "failed", "running", "completed"])
def test_a_place_is_free_again_after_the_end(fixture_host: StartHost, end: str) -> None:
    host = fixture_host()
    client = Client(host)
    how = {"cancelled": {"slow": True}, "failed": {"error": "conflict"}}.get(end, {"outcome": end})
    first = client.made(place="here", **how)
    if end == "cancelled":
        client.works(first)
        client.cancel(first)
    client.ended(first, end)
    Client(host, "bob").made(place="here")


def test_a_refused_deployment_is_not_kept_and_its_key_can_be_used_again(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    first = client.made(slow=True, place="here")
    taken(client.submit(place="here", key="second"), by=first)
    assert [record["id"] for record in client.list()] == [first]
    client.cancel(first)
    client.ended(first, "cancelled")
    assert client.submit(place="here", key="second").status == 202


def test_requests_with_one_key_that_come_together_make_one_deployment(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    for count in range(1, 6):
        place = f"place-{count}"
        answers = client.submit_at_once(30, body(slow=True, place=place), key=place)
        assert sorted(answer.status for answer in answers) == [200] * 29 + [202]
        assert len({answer.json()["id"] for answer in answers}) == 1
        assert len(client.list()) == count


def test_requests_for_one_place_that_come_together_make_one_deployment(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    answers = client.submit_at_once(30, body(slow=True, place="here"))
    assert sorted(answer.status for answer in answers) == [202] + [409] * 29
    made = next(answer.json()["id"] for answer in answers if answer.status == 202)
    assert {answer.json().get("deployment") for answer in answers if answer.status == 409} == {made}


def test_what_ran_there_before_is_replaced(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    first, elsewhere = client.made(place="here"), client.made(place="there")
    client.ended(first, "running")
    client.ended(elsewhere, "running")
    second = client.made(place="here")
    client.ended(second, "running")
    assert client.show(first)["replacedBy"] == second
    assert "replacedBy" not in client.show(elsewhere) and "replacedBy" not in client.show(second)


def test_nothing_is_done_again_where_another_deployment_works(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    first = client.made(place="here")
    client.ended(first, "running")
    second = client.made(place="here", slow=True)
    taken(client.again(first), by=second)
    taken(client.call(f"/{first}", "DELETE"), by=second)
    assert client.state(first) == "running"


@pytest.mark.parametrize("place", ["here", None])
def test_a_deployment_stays_where_it_is(fixture_host: StartHost, place: Optional[str]) -> None:
    client = Client(fixture_host())
    first = client.made(**({} if place is None else {"place": place}))
    client.ended(first, "running")
    before = client.show(first)
    client.made(place="there", slow=True)
    answer = client.again(first, place="there")
    assert answer.status == 422, answer.content
    assert client.show(first) == before
