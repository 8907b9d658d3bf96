"""`graphene-deployer deployments …` against a stand-in for the API: who asks whom, lists, and one deployment."""

from __future__ import annotations

import json
import ssl
import subprocess
import time
from pathlib import Path
from typing import Optional

import pytest
from cli import ENVIRONMENT, REFUSED, TOKEN, USAGE, run, start
from deployments_api import ID, TIME, Answer, DeploymentsAPI, Gate, deployment, end, event, node, problem, stream

# Who asks, and where


def test_the_token_goes_into_a_header_and_nowhere_else(api: DeploymentsAPI) -> None:
    gate = Gate()
    api.on_events(stream(gate, end("running")))
    process = start(api, "events", ID, "--follow")
    while not api.received("/events"):
        assert process.poll() is None
        time.sleep(0.01)
    arguments = Path(f"/proc/{process.pid}/cmdline").read_text()
    gate.open()
    output = "".join(process.communicate(timeout=30))
    assert api.received("/events")[0].headers["Authorization"] == f"Bearer {TOKEN}"
    assert TOKEN not in arguments and TOKEN not in output


@pytest.mark.parametrize("place", ["file", "input"])
def test_a_token_of_a_file_counts_more_than_the_environment(api: DeploymentsAPI, tmp_path: Path, place: str) -> None:
    api.on("GET /deployments", Answer({"deployments": [], "next": None}))
    (tmp_path / "token").write_text("other.token\n")
    file = "-" if place == "input" else str(tmp_path / "token")
    result = run(api, "list", "--token-file", file, input="other.token\r\n")
    assert result.returncode == 0, result.stderr
    assert api.requests[0].headers["Authorization"] == "Bearer other.token"


@pytest.mark.parametrize("content", ["", " \n", "two tokens", "t\u00f6ken", "a\nb"])
def test_what_is_no_token_is_refused_and_not_repeated(api: DeploymentsAPI, content: str) -> None:
    result = run(api, "list", "--token-file", "-", input=content)
    assert result.returncode == REFUSED and "standard input holds" in result.stderr
    assert not content.strip() or content not in result.stderr
    assert not api.requests


def test_without_a_server_or_a_token_it_says_how_to_name_one(api: DeploymentsAPI) -> None:
    result = run(None, "list")
    assert result.returncode == USAGE and "GRAPHENE_DEPLOYER_SERVER" in result.stderr
    result = run(api, "list", env={"GRAPHENE_DEPLOYER_TOKEN": ""})
    assert result.returncode == REFUSED and "--token-file" in result.stderr


def test_the_token_is_never_an_argument(api: DeploymentsAPI) -> None:
    assert run(api, "list", "--token", TOKEN).returncode == USAGE


@pytest.mark.parametrize("server", ["ftp://x", "x", "http://u:p@x", "http://x/?a=b", "http://"])
def test_addresses_that_cannot_be_called_are_wrong_usage(server: str) -> None:
    assert run(None, "list", "--server", server).returncode == USAGE


def test_the_path_of_the_server_is_kept() -> None:
    api = DeploymentsAPI(prefix="/portal/deployer")
    api.on("GET /deployments", Answer({"deployments": [], "next": None}))
    for server in [api.url, api.url + "/"]:
        assert run(None, "list", "--server", server).returncode == 0
    api.stop()
    assert {request.path for request in api.requests} == {"/portal/deployer/api/v1/deployments"}


def test_certificates_are_verified(tmp_path: Path) -> None:
    certificate, key = str(tmp_path / "certificate"), str(tmp_path / "key")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=host", "-days", "2",
         "-addext", "subjectAltName=IP:127.0.0.1", "-out", certificate, "-keyout", key],
        check=True, capture_output=True, timeout=60,
    )
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    api = DeploymentsAPI(tls=tls)
    api.on("GET /deployments", Answer({"deployments": [], "next": None}))
    refused = run(api, "list")
    assert refused.returncode == ENVIRONMENT and "cannot be trusted" in refused.stderr and not api.requests
    assert run(api, "list", "--ca-file", certificate).returncode == 0
    assert run(api, "list", "--ca-file", str(tmp_path / "none")).returncode == ENVIRONMENT
    api.stop()


# Answers that are none


def test_a_problem_says_what_why_and_what_to_do(api: DeploymentsAPI) -> None:
    taken = problem(409, "Not now", "It is running", remedy="Cancel it.", deployment="other")
    api.on(f"POST /deployments/{ID}/cancel", taken)
    result = run(api, "cancel", ID)
    assert result.returncode == REFUSED and result.stdout == ""
    assert result.stderr == "graphene-deployer: Not now: It is running. Cancel it. Deployment: other.\n"


@pytest.mark.parametrize(
    "answer, code, words",
    [
        (problem(401, "Not signed in", "The token has ended."), REFUSED, "Check the token"),
        (problem(422, "No", "d", field="namespace"), REFUSED, "Field: namespace."),
        (problem(503, "Full", "d"), ENVIRONMENT, "Full: d."),
        (Answer(b"<html>", 502, "text/html"), ENVIRONMENT, "status 502"),
        (Answer(b"<html>", 200, "text/html"), ENVIRONMENT, "cannot be read"),
        (Answer({"a": 1}), ENVIRONMENT, "no list of deployments"),
        (Answer(b"", 302, headers={"Location": "http://127.0.0.1:1/"}), ENVIRONMENT, "not followed"),
    ],
)
def test_each_kind_of_answer_has_its_exit_code(api: DeploymentsAPI, answer: Answer, code: int, words: str) -> None:
    api.on("GET /deployments", answer)
    result = run(api, "list")
    assert result.returncode == code and words in result.stderr and result.stdout == ""


def test_nobody_there_is_a_failed_environment(api: DeploymentsAPI) -> None:
    api.stop()
    result = run(api, "list")
    assert result.returncode == ENVIRONMENT and "cannot be reached" in result.stderr


def test_control_characters_of_a_host_do_not_reach_the_terminal(api: DeploymentsAPI) -> None:
    evil = "evil\x1b[2J\x07\tname\nnext"
    solution = {"solutionId": "s", "revisionId": "r", "name": evil, "version": "1"}
    one = deployment(solution=solution, nodes=[{"name": evil, "state": evil, "text": evil}], phases=[])
    api.on("GET /deployments", Answer({"deployments": [one], "next": None}))
    api.on(f"GET /deployments/{ID}", Answer(one))
    api.on_events(stream(event(1, "warning", text=evil), node(2, evil, "failed", evil), end("failed")))
    for arguments in [["list"], ["show", ID], ["events", ID, "--follow"]]:
        output = run(api, *arguments).stdout
        assert "evil" in output and "\x1b" not in output and "\x07" not in output
        assert "\nnext" not in output


# list and ids


def page(first: int, count: int, next: Optional[int]) -> Answer:
    listed = [deployment(f"{number:08x}-0000-4000-8000-000000000000") for number in range(first, first + count)]
    return Answer({"deployments": listed, "next": next and f"{next:08x}-0000-4000-8000-000000000000"})


def test_a_list_follows_the_pages_up_to_its_limit(api: DeploymentsAPI) -> None:
    api.on("GET /deployments", page(0, 200, 199), page(200, 50, 249), page(250, 200, None))
    result = run(api, "list", "--limit", "250", "--state", "running", "--target", "a&b", "--mine")
    lines = result.stdout.splitlines()
    assert result.returncode == 0 and len(lines) == 250
    assert lines[249].split("\t") == [
        "000000f9-0000-4000-8000-000000000000", "waiting", "creodias", "s/r", "Sample", "1.0", "User",
        "2026-11-25T11:00:00.000Z",
    ]
    common = {"state": "running", "target": "a&b", "owner": "me"}
    assert [request.query for request in api.requests] == [
        common | {"limit": "200"}, common | {"limit": "50", "before": "000000c7-0000-4000-8000-000000000000"},
    ]


def test_a_list_as_json_is_what_the_api_answers(api: DeploymentsAPI) -> None:
    api.on("GET /deployments", page(0, 2, 1), page(2, 1, None))
    found = json.loads(run(api, "list", "--json").stdout)
    assert [one["id"][:8] for one in found["deployments"]] == ["00000000", "00000001", "00000002"]
    assert found["next"] is None


def test_the_beginning_of_an_id_is_looked_for_on_all_pages(api: DeploymentsAPI) -> None:
    api.on("GET /deployments", page(0, 200, 199), page(200, 100, None))
    full = "00000101-0000-4000-8000-000000000000"
    api.on(f"GET /deployments/{full}", Answer(deployment(full)))
    result = run(api, "show", "00000101")
    assert result.returncode == 0 and f"id\t{full}\n" in result.stdout


@pytest.mark.parametrize("id, words", [("0000010", "16 deployments"), ("ffffff", "no deployment")])
def test_a_beginning_has_to_be_that_of_one_id(api: DeploymentsAPI, id: str, words: str) -> None:
    api.on("GET /deployments", page(256, 40, None))
    result = run(api, "cancel", id)
    assert result.returncode == REFUSED and words in result.stderr
    assert not any(request.method == "POST" for request in api.requests)


@pytest.mark.parametrize("id", ["00000", "zzzzzz", "../../x", ID + "0", "0123456a?x"])
def test_what_is_no_id_is_wrong_usage(api: DeploymentsAPI, id: str) -> None:
    assert run(api, "show", id).returncode == USAGE
    assert not api.requests


def test_all_about_a_deployment_is_shown(api: DeploymentsAPI) -> None:
    api.on(f"GET /deployments/{ID}", Answer(deployment(
        state="failed", place={"namespace": "demo", "server": "https://k8s.example"},
        failure={"code": "c", "what": "It failed", "why": "no image", "remedy": "Push it"},
        links=[{"title": "Web page", "url": "http://x/"}], options={"namespace": "demo"},
        phases=[{"state": "applying", "text": "Applying", "started": TIME, "ended": TIME.replace("00.000", "42.000")}],
        nodes=[{"name": "model", "role": "node", "state": "failed", "text": "no image", "remedy": "Push it",
                "logs": ["last words"]}],
    )))
    api.on("GET /deployments", Answer({"deployments": [deployment()], "next": None}))
    lines = run(api, "show", ID[:8]).stdout.splitlines()
    for line in [
        "state\tfailed", "place\tdemo\thttps://k8s.example", "phase\tapplying\t42 s\tApplying",
        "node\tmodel\tfailed\tno image. Push it.", "log\tmodel\tlast words",
        "link\tWeb page\thttp://x/", "failure\twhy\tno image",
        "failure\tremedy\tPush it", "option\tnamespace\tdemo",
    ]:
        assert line in lines
    assert json.loads(run(api, "show", ID, "--json").stdout)["failure"]["code"] == "c"
