"""`graphene-deployer deployments …` against a stand-in for the API: how events are followed."""

from __future__ import annotations

import json
import signal

import pytest
from cli import ENVIRONMENT, REFUSED, run, start
from deployments_api import BREAK, ID, Answer, DeploymentsAPI, Gate, deployment, end, event, node, problem, stream

RETRY = b"retry: 10\n\n"

def test_a_broken_stream_is_taken_up_where_it_broke(api: DeploymentsAPI) -> None:
    whole = event(3, "information", text="third")
    api.on_events(
        stream(RETRY, event(1, "phase", text="first"), event(2, "information", text="second"), whole[:20], BREAK),
        Answer(b"down", 502, "text/plain"),
        stream(RETRY, event(2, "information", text="second"), whole[:31], whole[31:]),
        stream(b": heartbeat\n\n", event(4, "information", text="fourth").replace(b"\n", b"\r\n"), end("running")),
    )
    result = run(api, "events", ID, "--follow")
    assert result.returncode == 0
    assert result.stdout == "phase    first\ninfo     second\ninfo     third\ninfo     fourth\n"
    assert [request.headers["Last-Event-ID"] for request in api.received("/events")] == ["0", "2", "2", "3"]


def test_it_gives_up_after_some_connections_without_anything(api: DeploymentsAPI) -> None:
    api.on_events(stream(RETRY, event(1, "phase", text="first"), BREAK), stream(RETRY, BREAK))
    result = run(api, "events", ID, "--follow")
    assert result.returncode == ENVIRONMENT
    assert 2 < len(api.received("/events")) < 20
    assert result.stdout == "phase    first\n"


def test_a_first_connection_that_fails_is_not_tried_again(api: DeploymentsAPI) -> None:
    api.on_events(Answer(b"down", 502, "text/plain"))
    assert run(api, "events", ID, "--follow").returncode == ENVIRONMENT
    assert len(api.received("/events")) == 1


def test_a_token_that_ends_on_the_way_ends_it_too(api: DeploymentsAPI) -> None:
    api.on_events(stream(RETRY, event(1, "phase", text="first")), problem(401, "Not signed in", "The token has ended."))
    result = run(api, "events", ID, "--follow")
    assert result.returncode == REFUSED and "The token has ended. Check the token" in result.stderr
    assert len(api.received("/events")) == 2


@pytest.mark.parametrize("state, code", [
    ("running", 0), ("completed", 0), ("removed", 0), ("failed", 1), ("cancelled", 1), ("interrupted", 1),
])
def test_the_exit_code_tells_how_it_ended(api: DeploymentsAPI, state: str, code: int) -> None:
    failure = event(8, "failure", node="model", text="It failed: no image", remedy="Push it")
    api.on_events(stream(failure, event(9, "state", state=state, text="Over."), end(state)))
    result = run(api, "events", ID, "--follow", "--after", "7")
    assert result.returncode == code and (state in result.stderr) == (code != 0)
    assert result.stdout == f"failure  model  It failed: no image. Push it.\nstate    {state}  Over.\n"
    assert api.received("/events")[0].headers["Last-Event-ID"] == "7"


def test_where_nothing_more_will_come_the_state_is_asked_for(api: DeploymentsAPI) -> None:
    api.on_events(Answer(b"", 204))
    api.on(f"GET /deployments/{ID}", Answer(deployment(state="failed")))
    assert run(api, "events", ID, "--follow", "--after", "99").returncode == 1


def test_events_as_json_are_those_of_the_host(api: DeploymentsAPI) -> None:
    members = {"id": 1, "time": "2026-11-25T11:00:00.000Z", "kind": "new-kind", "text": "x", "more": [1.0]}
    api.on_events(stream(f"id: 1\ndata: {json.dumps(members)}\n\n".encode(), end("running")))
    assert json.loads(run(api, "events", ID, "--follow", "--json").stdout) == members
    api.on_events(Answer({"events": [members]}))
    assert json.loads(run(api, "events", ID, "--json", "--after", "3").stdout) == {"events": [members]}
    assert api.requests[-1].query == {"after": "3"} and api.requests[-1].headers["Accept"] == "application/json"


def test_repeated_reports_of_a_node_are_folded(api: DeploymentsAPI) -> None:
    api.on_events(stream(
        node(1, "a", "progressing", "pulling image, 3 s"), node(2, "b", "progressing", "pulling image"),
        node(3, "a", "progressing", "pulling image, 14 s"), node(4, "a", "progressing", "container starts"),
        node(5, "a", "running", ""), event(6, "warning", text="w"), event(7, "warning", text="w"), end("running"),
    ))
    assert run(api, "events", ID, "--follow").stdout.splitlines() == [
        "node     a  progressing  pulling image, 3 s", "node     b  progressing  pulling image",
        "node     a  progressing  container starts", "node     a  running", "warning  w",
    ]


@pytest.mark.parametrize("data", [b"data: {}\n\n", b"data: nonsense\n\n", b"data: " + b"x" * (2 << 20) + b"\n\n"])
def test_a_stream_that_makes_no_sense_is_not_read_on(api: DeploymentsAPI, data: bytes) -> None:
    api.on_events(stream(data, end("running")))
    result = run(api, "events", ID, "--follow")
    assert result.returncode == ENVIRONMENT and "cannot be read" in result.stderr
    assert len(api.received("/events")) == 1


def test_ctrl_c_ends_it(api: DeploymentsAPI) -> None:
    gate = Gate()
    api.on_events(stream(event(1, "phase", text="first"), gate))
    process = start(api, "events", ID, "--follow")
    assert process.stdout.readline() == "phase    first\n"
    process.send_signal(signal.SIGINT)
    assert "interrupted by Ctrl-C" in process.communicate(timeout=30)[1]
    gate.open()
    assert process.returncode == 130
