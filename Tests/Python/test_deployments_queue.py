"""Deployments wait for their turn: so many are worked on at once, so many wait, and more are refused."""

from __future__ import annotations

from deployment_client import Client, body
from fixture_target import StartHost
from host import Answer


def refused_as_full(answer: Answer) -> None:
    assert answer.status == 503, answer.content
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {"title", "detail", "remedy"} <= answer.json().keys()


def test_as_many_are_worked_on_as_may_and_the_others_follow_in_their_order(fixture_host: StartHost) -> None:
    client = Client(fixture_host(concurrent=2))
    first, second = (client.made(slow=True) for _ in range(2))
    for each in (first, second):
        client.works(each)
    waiting = [client.made(slow=True, text=str(number)) for number in range(3)]
    assert [client.state(each) for each in waiting] == ["queued"] * 3
    for ending in (second, first):
        assert client.cancel(ending).status == 202
        client.works(waiting.pop(0))
        assert [client.state(each) for each in waiting] == ["queued"] * len(waiting)


def test_who_waits_is_told_how_many_are_before(fixture_host: StartHost) -> None:
    client = Client(fixture_host(concurrent=1))
    identifiers = [client.made(slow=True) for _ in range(3)]
    texts = [client.events(each)[0]["text"] for each in identifiers]
    assert texts == ["In the queue", "In the queue", "In the queue, 1 before it"]


def test_a_deployment_that_is_cancelled_while_it_waits_makes_room(fixture_host: StartHost) -> None:
    client = Client(fixture_host(concurrent=1, queued=1))
    client.made(slow=True)
    waiting = client.made()
    refused_as_full(client.submit())
    client.cancel(waiting)
    client.made()


def test_what_is_beyond_the_queue_is_refused_and_not_kept(fixture_host: StartHost) -> None:
    client = Client(fixture_host(concurrent=1, queued=2))
    kept = [client.made(slow=True) for _ in range(3)]
    refused_as_full(client.submit(key="new"))
    assert {record["id"] for record in client.list()} == set(kept)


def test_a_request_that_was_taken_is_answered_again_however_full_it_is(fixture_host: StartHost) -> None:
    client = Client(fixture_host(concurrent=1, queued=1))
    first = client.submit(key="first", slow=True)
    client.made(slow=True)
    refused_as_full(client.submit(key="second", slow=True))
    again = client.submit(key="first", slow=True)
    assert (again.status, again.json()["id"]) == (200, first.json()["id"])


def test_requests_that_come_together_do_not_overfill_the_queue(fixture_host: StartHost) -> None:
    client = Client(fixture_host(concurrent=1, queued=2))
    client.made(slow=True)
    statuses = [answer.status for answer in client.submit_at_once(30, body(slow=True))]
    assert sorted(statuses) == [202] * 2 + [503] * 28


def test_without_a_queue_a_host_that_has_nothing_to_do_takes_work(fixture_host: StartHost) -> None:
    client = Client(fixture_host(concurrent=1, queued=0))
    client.made(slow=True)
    refused_as_full(client.submit())


def test_a_rerun_waits_for_its_turn_too(fixture_host: StartHost) -> None:
    client = Client(fixture_host(concurrent=1))
    again = client.made(outcome="completed")
    client.ended(again, "completed")
    other = client.made(slow=True)
    assert client.again(again).json()["state"] == "queued"
    client.cancel(other)
    client.ended(again, "completed")
