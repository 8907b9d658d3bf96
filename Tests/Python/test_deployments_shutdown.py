"""A host that is asked to end (SIGTERM): work may end for a while, and nothing of it is lost."""

from __future__ import annotations

from deployment_client import Client, eventually
from fixture_target import StartHost

STOPPED = "The host was stopped before the work was done. Present the credentials again to go on."


def test_a_host_that_is_asked_to_end_takes_no_more_work(fixture_host: StartHost) -> None:
    host = fixture_host(shutdownTimeout=600)
    client = Client(host)
    assert host.call("/readyz").status == 200
    ended = client.submit(key="ended", outcome="completed").json()["id"]
    client.ended(ended)
    working = client.made(slow=True)
    client.works(working)
    host.terminate()
    eventually(lambda: host.call("/readyz").status == 503, "it is not ready any more")
    assert host.call("/healthz").status == 200
    for refused in (client.submit(), client.again(ended), client.call(f"/{ended}", "DELETE")):
        assert refused.status == 503
        assert int(refused.headers["Retry-After"]) > 0
    assert client.submit(key="ended", outcome="completed").json()["id"] == ended
    assert len(client.list()) == 2
    assert client.cancel(working).status == 202
    assert host.wait() == 0


def test_work_that_goes_on_for_too_long_is_interrupted_and_its_followers_see_that(fixture_host: StartHost) -> None:
    host = fixture_host(concurrent=1, shutdownTimeout=1)
    client = Client(host)
    working = client.made(slow=True, place="here")
    client.works(working)
    waiting = client.made()
    streams = {each: client.follow(each) for each in (working, waiting)}
    for stream in streams.values():
        stream.wait_for(id=1)
    assert host.stop() == 0
    for stream in streams.values():
        assert stream.wait().end == "interrupted"
        assert stream.events[-1]["text"] == STOPPED
    client.host = fixture_host()
    for each, stream in streams.items():
        record = client.show(each)
        assert (record["state"], record["isActive"]) == ("interrupted", False)
        assert client.events(each) == stream.events
        assert client.again(each, slow=False).status == 202
        assert client.ended(each, "running")["attempt"] == 2


def test_work_that_ends_in_time_ends_well(fixture_host: StartHost) -> None:
    host = fixture_host(shutdownTimeout=60)
    client = Client(host)
    working = client.made(slow=True, seconds=5, outcome="completed")
    client.works(working)
    stream = client.follow(working)
    stream.wait_for(id=1)
    assert host.stop() == 0
    assert stream.wait().end == "completed"
    client.host = fixture_host()
    assert client.state(working) == "completed"
    assert client.events(working) == stream.events


def test_a_target_that_does_not_stop_does_not_keep_the_host(fixture_host: StartHost) -> None:
    host = fixture_host(shutdownTimeout=0)
    client = Client(host)
    working = client.made(slow=True, stubborn=True)
    client.works(working)
    assert host.stop() == 0
    client.host = fixture_host()
    assert client.state(working) == "interrupted"


def test_what_is_being_cancelled_is_cancelled(fixture_host: StartHost) -> None:
    host = fixture_host(shutdownTimeout=1)
    client = Client(host)
    working = client.made(slow=True, stubborn=True)
    client.works(working)
    client.cancel(working)
    assert host.stop() == 0
    client.host = fixture_host()
    assert client.state(working) == "cancelled"


def test_a_host_that_has_nothing_to_do_ends_although_somebody_listens(fixture_host: StartHost) -> None:
    host = fixture_host(shutdownTimeout=60)
    client = Client(host)
    ended = client.made()
    client.ended(ended)
    assert host.stop() == 0
    client.host = fixture_host()
    assert client.state(ended) == "running"
