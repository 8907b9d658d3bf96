"""`graphene-deployer deployments …` against a stand-in for the API: what it is asked to do, and logs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import solutions
from cli import USAGE, run
from deployments_api import ID, Answer, DeploymentsAPI, deployment, end, event, stream

def test_cancelling_can_wait_for_the_end(api: DeploymentsAPI) -> None:
    cancel = f"POST /deployments/{ID}/cancel"
    api.on(cancel, Answer(deployment(isCancelling=True, lastEvent=4), 202))
    api.on_events(stream(event(5, "state", state="cancelled", text="Over."), end("cancelled")))
    assert run(api, "cancel", ID).stdout == "cancelling\n"
    waited = run(api, "cancel", ID, "--wait")
    assert (waited.returncode, waited.stdout) == (0, "cancelled\n")
    assert api.received("/events")[0].headers["Last-Event-ID"] == "4"
    api.on_events(stream(end("running")))
    late = run(api, "cancel", ID, "--wait")
    assert late.returncode == 1 and late.stdout == "running\n" and "not cancelled in time" in late.stderr


def answer_targets(api: DeploymentsAPI) -> None:
    api.on(f"GET /deployments/{ID}", Answer(deployment()))
    targets = json.loads(subprocess.run(
        [str(solutions.EXECUTABLE), "targets", "--json", "--catalogue", str(solutions.SAMPLES)],
        capture_output=True, text=True, timeout=60, check=True,
    ).stdout)
    api.on("GET /targets", Answer(targets))


@pytest.mark.parametrize("command, request_line", [
    ("rerun", f"POST /deployments/{ID}/rerun"), ("undeploy", f"DELETE /deployments/{ID}"),
])
def test_options_are_presented_again(
    api: DeploymentsAPI, tmp_path: Path, command: str, request_line: str
) -> None:
    answer_targets(api)
    api.on(request_line, Answer(deployment(state="queued", lastEvent=7), 202))
    (tmp_path / "kubeconfig").write_text("secret: text\n")
    options = ["--option", f"kubeconfig=@{tmp_path}/kubeconfig", "--option", "namespace=@-"]
    result = run(api, command, ID, *options, input="demo\n")
    assert (result.returncode, result.stdout, result.stderr) == (0, "queued\n", "")
    sent = api.requests[-1]
    assert f"{sent.method} {sent.path}" == request_line.replace(" /", " /api/v1/")
    assert sent.headers["Content-Type"] == "application/json"
    assert json.loads(sent.body) == {"options": {"kubeconfig": "secret: text\n", "namespace": "demo"}}
    visible = run(api, command, ID, "--option", "kubeconfig=visible")
    assert "kubeconfig is visible to other users" in visible.stderr and "=visible" not in visible.stderr


def test_work_that_was_asked_for_can_be_followed(api: DeploymentsAPI) -> None:
    api.on(f"POST /deployments/{ID}/rerun", Answer(deployment(state="queued", lastEvent=7), 202))
    api.on_events(stream(event(8, "phase", text="Starting"), end("failed")))
    result = run(api, "rerun", ID, "--follow")
    assert result.returncode == 1 and result.stdout == "phase    Starting\n"
    assert api.received("/events")[0].headers["Last-Event-ID"] == "7"


def test_one_standard_input_cannot_be_two_things(api: DeploymentsAPI) -> None:
    assert run(api, "rerun", ID, "--token-file", "-", "--option", "a=@-").returncode == USAGE


def test_logs_come_with_the_names_of_their_nodes(api: DeploymentsAPI) -> None:
    logs = f"GET /deployments/{ID}/logs"
    api.on(logs, Answer([b"mod", b"el\tfirst\nother\tsec\xc3", b"\xb6nd\tx\nmodel\tlast"], kind="text/plain"))
    assert run(api, "logs", ID, "--follow").stdout == "model | first\nother | sec\u00f6nd\tx\nmodel | last\n"
    assert api.requests[-1].query == {"follow": "true"}
    assert run(api, "logs", ID, "--node", "model").stdout.startswith("first\n")
    assert api.requests[-1].query == {"node": "model"}
    api.on(logs, Answer([b"model\tfirst\n\tIt broke: because\n"], kind="text/plain"))
    broken = run(api, "logs", ID)
    assert (broken.returncode, broken.stdout) == (1, "model | first\n") and "It broke: because" in broken.stderr


def test_logs_present_options_again(api: DeploymentsAPI) -> None:
    answer_targets(api)
    api.on(f"POST /deployments/{ID}/logs", Answer([b"a\tb\n"], kind="text/plain"))
    assert run(api, "logs", ID, "--option", "namespace=demo").stdout == "a | b\n"
    assert json.loads(api.requests[-1].body) == {"options": {"namespace": "demo"}}
