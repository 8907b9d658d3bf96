"""Work on a deployment ends when its user wants so, or when the target has told nothing for long."""

from __future__ import annotations

from typing import Any

import pytest
from deployment_client import Client
from fixture_target import StartHost


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["kind"] for event in events]


def test_a_deployment_can_be_cancelled_while_it_waits(fixture_host: StartHost) -> None:
    client = Client(fixture_host(concurrent=1))
    client.made(slow=True)
    waiting = client.made()
    answer = client.cancel(waiting)
    assert (answer.status, answer.json()["id"]) == (202, waiting)
    client.ended(waiting, "cancelled")
    assert kinds(client.events(waiting)) == ["state", "state"], "nothing was begun"


def test_a_deployment_can_be_cancelled_while_it_is_worked_on(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = client.made(slow=True)
    client.works(identifier)
    stream = client.follow(identifier)
    assert client.cancel(identifier).status == 202
    record = client.ended(identifier, "cancelled")
    assert not record["isCancelling"] and "finished" in record and "failure" not in record
    assert stream.wait().end == "cancelled"
    assert "What was made is still there" in stream.events[-1]["text"]


def test_what_has_ended_cannot_be_cancelled(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = client.made()
    client.ended(identifier, "running")
    answer = client.cancel(identifier)
    assert answer.status == 409
    assert {"title", "detail", "remedy"} <= answer.json().keys()
    assert client.state(identifier) == "running"


def test_a_target_that_does_not_stop_is_given_up(fixture_host: StartHost) -> None:
    host = fixture_host(concurrent=1, stoppingTimeout=5)
    client = Client(host)
    stubborn = client.made(slow=True, stubborn=True, place="somewhere")
    client.works(stubborn)
    waiting = client.made(slow=True)
    stream = client.follow(stubborn)
    assert client.cancel(stubborn).json()["isCancelling"]
    assert client.cancel(stubborn).status == 202, "the second time changes nothing"
    assert client.show(stubborn)["isActive"], "the target is given time"
    assert stream.wait().end == "cancelled"
    assert any(event["kind"] == "warning" and "did not stop" in event["text"] for event in stream.events)
    client.works(waiting)
    client.made(place="somewhere")


def test_what_a_target_does_after_it_was_given_up_changes_nothing(fixture_host: StartHost) -> None:
    client = Client(fixture_host(stoppingTimeout=1))
    identifier = client.made(slow=True, stubborn=True, seconds=4)
    client.works(identifier)
    client.cancel(identifier)
    client.ended(identifier, "cancelled")
    # The target of the first attempt comes to its end before the other deployment does, and that before the second.
    assert client.again(identifier, seconds=60, stubborn=False).status == 202
    client.ended(client.made(slow=True, seconds=5), "running")
    assert client.state(identifier) == "applying"
    begun = max(event["id"] for event in client.events(identifier) if event.get("state") == "queued")
    attempt = [event for event in client.events(identifier) if event["id"] > begun]
    assert "link" not in kinds(attempt), "the target of the first attempt has reported it"


def test_a_target_that_tells_nothing_for_long_is_stopped(fixture_host: StartHost) -> None:
    client = Client(fixture_host(quietTimeout=1))
    identifier = client.made(slow=True, place="somewhere")
    record = client.ended(identifier, "failed")
    assert record["failure"]["code"] == "timeout"
    assert "1 s" in record["failure"]["what"] and record["failure"]["remedy"]
    assert kinds(client.events(identifier))[-2:] == ["failure", "state"]
    client.made(place="somewhere")


def test_a_target_that_tells_nothing_and_does_not_stop_is_given_up(fixture_host: StartHost) -> None:
    client = Client(fixture_host(concurrent=6, quietTimeout=4, stoppingTimeout=1))
    stubborn = [client.made(slow=True, stubborn=True) for _ in range(6)]
    waiting = [client.made(outcome="completed") for _ in range(6)]
    for each in stubborn:
        assert client.ended(each, "failed")["failure"]["code"] == "timeout"
    for each in waiting:
        client.ended(each, "completed")


def test_a_target_that_tells_something_now_and_then_is_not_stopped(fixture_host: StartHost) -> None:
    client = Client(fixture_host(quietTimeout=6))
    client.ended(client.made(pace=3_000), "running")


@pytest.mark.parametrize("reason", ["cancelled", "failed", "running"])
def test_a_deployment_that_has_ended_can_be_deployed_again(fixture_host: StartHost, reason: str) -> None:
    client = Client(fixture_host())
    identifier = client.made(
        slow=reason == "cancelled", **({"error": "conflict"} if reason == "failed" else {}), place="somewhere"
    )
    if reason == "cancelled":
        client.works(identifier)
        client.cancel(identifier)
    client.ended(identifier, reason)
    answer = client.again(identifier, slow=False, error="")
    assert (answer.status, answer.json()["id"]) == (202, identifier)
    record = client.ended(identifier, "running")
    assert "failure" not in record
    assert record["attempt"] == (1 if reason == "running" else 2)
