"""Events are followed as they come, from any point, by as many as want to."""

from __future__ import annotations

import pytest
from deployment_client import PIPELINE_NODES, Client, eventually
from fixture_target import StartHost
from host import token

TOKEN = "Marked-token-of-the-owner"


def test_all_who_follow_see_all_events_as_they_are_kept(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = client.made(pace=50, text="für alle")
    streams = [client.follow(identifier) for _ in range(3)]
    assert [stream.wait().end for stream in streams] == ["running"] * 3
    events = client.events(identifier)
    assert [event["id"] for event in events] == list(range(1, client.show(identifier)["lastEvent"] + 1))
    assert [stream.events for stream in streams] == [events] * 3
    assert {event["node"] for event in events if event["kind"] == "node-state"} == PIPELINE_NODES
    assert "für alle" in [event["text"] for event in events]


def test_events_come_while_the_work_goes_on(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = client.made(slow=True)
    stream = client.follow(identifier)
    stream.wait_for(kind="warning")
    assert client.show(identifier)["isActive"]
    assert stream.end is None


@pytest.mark.parametrize("by", ["header", "query", "both"])
def test_a_stream_goes_on_after_the_last_event_that_a_client_has(fixture_host: StartHost, by: str) -> None:
    client = Client(fixture_host())
    identifier = client.made()
    client.ended(identifier)
    events = client.events(identifier)
    after = 4 if by != "query" else None
    query = {"header": "", "query": "?after=4", "both": "?after=1"}[by]
    stream = client.follow(identifier, after, query).wait()
    assert (stream.status, stream.end) == (200, "running")
    assert stream.events == events[4:]


def test_a_client_that_was_cut_off_misses_nothing(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = client.made(slow=True, seconds=5)
    first = client.follow(identifier)
    first.wait_for(kind="phase")
    first.close()
    second = client.follow(identifier, first.events[-1]["id"]).wait()
    assert first.events + second.events == client.events(identifier)


def test_after_the_end_there_is_nothing_to_follow(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = client.made()
    last = client.ended(identifier)["lastEvent"]
    for after in (last, last + 1):
        assert client.follow(identifier, after).wait().status == 204
    assert client.call(f"/{identifier}/events?after={last}", Accept="application/json").json() == {"events": []}


def test_a_new_run_is_followed_from_where_the_one_before_ended(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = client.made(outcome="completed")
    last = client.ended(identifier)["lastEvent"]
    client.again(identifier, pace=50)
    stream = client.follow(identifier, last).wait()
    assert stream.end == "completed"
    assert [event["id"] for event in stream.events] == list(range(last + 1, client.show(identifier)["lastEvent"] + 1))


@pytest.mark.parametrize("number", ["-1", "x", "1.5", "99999999999999999999"])
def test_a_number_that_is_none_is_refused(fixture_host: StartHost, number: str) -> None:
    client = Client(fixture_host())
    identifier = client.made()
    assert client.call(f"/{identifier}/events", Last_Event_ID=number).status == 400
    assert client.call(f"/{identifier}/events?after={number}").status == 400


def test_streams_in_which_nothing_happens_live_as_long_as_client_and_session(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = client.made(slow=True)
    stream, gone = client.follow(identifier), client.follow(identifier)
    client.token = token(client.user, lifetime=10)
    short = client.follow(identifier)
    for each in (stream, gone, short):
        each.wait_for(kind="warning")
    before = stream.comments
    gone.close()
    eventually(lambda: stream.comments > before, "a comment tells that the stream lives")
    assert short.wait(60).end is None
    eventually(lambda: "event_streams 1\n" in client.host.call("/metrics").content.decode(), "one stream is left")


def test_a_secret_that_a_target_reports_is_redacted(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = client.made(token=TOKEN, text=TOKEN, slow=True)
    client.works(identifier)
    stream = client.follow(identifier)
    stream.wait_for(kind="information", text="<redacted>")
    client.cancel(identifier)
    stream.wait()
    events = client.events(identifier)
    assert stream.events == events
    assert TOKEN not in str(events)


def test_a_secret_in_the_address_of_a_page_is_redacted(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = client.made(token=TOKEN, link=f"http://127.0.0.1/?key={TOKEN}")
    links = client.ended(identifier, "running")["links"]
    assert TOKEN not in str(client.events(identifier))
    assert links[0] == {"title": "http://127.0.0.1/?key=<redacted>", "url": "http://127.0.0.1/?key=<redacted>"}


def test_a_secret_in_a_failure_is_redacted(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = client.made(token=TOKEN, error=f"at {TOKEN}")
    failure = client.ended(identifier, "failed")["failure"]
    assert TOKEN not in str(client.events(identifier))
    assert TOKEN not in str(failure)
    assert "<redacted>" in failure["why"]
