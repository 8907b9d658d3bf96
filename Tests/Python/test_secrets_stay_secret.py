"""Secrets that users give appear nowhere: no page, answer, stream, log or file has them."""

from __future__ import annotations

import json
import re
import secrets
from typing import Any, Iterator

import pytest
from deployment_client import eventually
from host import Host, token
from web_client import WebClient
from web_host import SOLUTION, deployed, deployment_id, finished, form_page, start_web_host, visitor

BODY = dict(zip(("solutionId", "revisionId"), SOLUTION.split("/")))
LIMITS = {"network": {"allow": ["127.0.0.0/8"]}, "log": {"level": "trace", "format": "json"}}
TARGETS = [{"module": name, "required": True} for name in ("LocalYAML", "FixtureTarget", "Creodias")]
KUBECONFIG = """apiVersion: v1
kind: Config
current-context: a
contexts: [{{name: a, context: {{cluster: a, user: a}}}}]
clusters: [{{name: a, cluster: {{server: "https://127.0.0.1:1"{cluster}}}}}]
users: [{{name: a, user: {{token: {mark}{user}}}}}]
"""


class Ears:
    """Everything that a client has heard."""

    def __init__(self, client: WebClient) -> None:
        self.heard: list[str] = []
        client.session.hooks["response"].append(self._hear)

    def _hear(self, response: Any, *_: Any, **__: Any) -> None:
        if "text/event-stream" not in response.headers.get("Content-Type", ""):
            self.heard.append(f"{response.request.method} {response.url}\n{response.headers}\n{response.text}")


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = start_web_host(tmp_path_factory.mktemp("host"), targets=TARGETS, **LIMITS)
    yield host
    host.stop()


@pytest.fixture
def mark(host: Host) -> Iterator[str]:
    """A secret; at the end it must be in no line of the log and in no file of the host."""
    mark = f"mark{secrets.token_hex(12)}"
    yield mark
    assert mark not in host.log()
    files = [path for path in (host.log_path.parent / "state").rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert mark.encode() not in path.read_bytes(), path


@pytest.fixture
def client(host: Host, mark: str) -> Iterator[WebClient]:
    """A browser to which the host never tells the secret."""
    client = visitor(host, f"user-{mark[4:12]}")
    ears = Ears(client)
    yield client
    assert ears.heard
    for text in ears.heard:
        assert mark not in text


def stream(client: WebClient, identifier: str) -> str:
    """The events of a deployment that has ended, as they are sent."""
    answer = client.session.get(f"{client.origin}/api/v1/deployments/{identifier}/events")
    answer.encoding = "utf-8"
    return answer.text


def test_a_form_that_comes_back_holds_its_secret_back(client: WebClient, mark: str) -> None:
    form = form_page(client).form()
    page = client.send(form, action="preview", option__token=mark, option__pace="many")
    assert page.status == 422 and page.form().value("draft") and not page.form().value("option.token")
    page = client.send(page.form(), action="preview", option__pace="1")
    assert page.status == 200 and page.form().value("draft")
    # The secret is still there, as the target sees: it wants one of this length.
    made = deployment_id(client.send(page.form(), action="deploy", option__expected_length=str(len(mark))))
    finished(client, made)
    assert client.session.get(f"{client.origin}/api/v1/deployments/{made}").json()["state"] == "running"
    assert mark not in stream(client, made)


def test_everything_that_is_done_with_a_deployment_keeps_its_secret(client: WebClient, mark: str) -> None:
    length = str(len(mark))
    failed = deployed(client, option__token=mark, option__expected_length="1")
    running = deployed(client, option__token=mark, option__expected_length=length, option__text="ok")
    for identifier, state in ((failed, "failed"), (running, "running")):
        finished(client, identifier)
        assert client.get(f"/deployments/{identifier}").status == 200
        assert client.session.get(f"{client.origin}/api/v1/deployments/{identifier}").json()["state"] == state
        assert mark not in stream(client, identifier)
    page = client.send(client.get(f"/deployments/{running}/rerun").form(), option__token=mark)
    assert deployment_id(page) == running
    finished(client, running)
    for target in ("/deployments", "/deployments?state=running", f"/deployments/{running}/undeploy"):
        assert client.get(target).status == 200
    # The secret is not there any more: the page asks for it, the API says so.
    assert client.get(f"/deployments/{running}/logs").form()
    assert client.get(f"/api/v1/deployments/{running}/logs").status == 422
    for body, status in (({"options": {"token": mark}}, 200), ({"options": {"token": mark, "none": mark}}, 422)):
        assert client.write(f"/api/v1/deployments/{running}/logs", body).status == status
    assert client.write(f"/api/v1/deployments/{running}", {"options": {"token": mark}}, "DELETE").status == 202
    finished(client, running)
    assert mark not in stream(client, running)


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"token": "{mark}", "pace": "many"}, 422),
        ({"token": "{mark}", "error": "unavailable"}, 502),
        ({"token": "{mark}", "error": "internal"}, 500),
        ({"token": "{mark}", "no-option": "a"}, 422),
        ({"token": ["{mark}"]}, 400),
        ({"token": {"{mark}": "a"}}, 400),
        ({"token": "{mark}" * 100_000}, 413),
    ],
)
def test_errors_of_the_api_do_not_repeat_secrets(
    client: WebClient, mark: str, options: dict[str, Any], status: int
) -> None:
    text = json.dumps(BODY | {"target": "fixture", "options": options}).replace("{mark}", mark)
    headers = {"X-Requested-With": "fetch", "Content-Type": "application/json"}
    answer = client.session.post(f"{client.origin}/api/v1/previews", data=text, headers=headers)
    assert answer.status_code == status, answer.text
    for broken in (text[:-1], text + mark, text.replace('"token"', "token")):
        answer = client.session.post(f"{client.origin}/api/v1/previews", data=broken, headers=headers)
        assert answer.status_code in (400, 413)


@pytest.mark.parametrize(
    ("cluster", "user"),
    [
        ("", ""),
        ("", ", exec: {{command: /bin/{mark}}}"),
        (", certificate-authority: /{mark}", ""),
        (", proxy-url: 'http://{mark}@127.0.0.1'", ""),
        (", certificate-authority-data: {mark}", ""),
        ("", ", client-key-data: {mark}"),
        ("", ", password: {mark}"),
        ("", ", {mark}: a"),
        ("}}}}]\n{mark}: [", ""),
    ],
)
def test_a_kubeconfig_is_not_repeated(client: WebClient, mark: str, cluster: str, user: str) -> None:
    text = KUBECONFIG.replace("{cluster}", cluster).replace("{user}", user).format(mark=mark)
    form = form_page(client, "creodias").form()
    for action in ("preview", "deploy"):
        values = {"action": action, "option.namespace": "ours"}
        page = client.send_values(form, values | {"file.kubeconfig": text})
        if page.status == 200:  # a deployment that fails at once
            made = finished(client, deployment_id(page))
            assert client.session.get(f"{client.origin}/api/v1/deployments/{made}").json()["state"] == "failed"
            assert mark not in stream(client, made)
            assert client.get(f"/deployments/{made}").status == 200
        else:
            assert page.status in (422, 502), page.text
        options = {"kubeconfig": text, "namespace": "ours"}
        answer = client.write("/api/v1/previews", BODY | {"target": "creodias", "options": options})
        assert answer.status in (422, 502), answer.text


def test_tokens_of_the_portal_and_cookies_are_not_written_down(host: Host, client: WebClient) -> None:
    portal = token("somebody", lifetime=1234)
    for address in (f"/deploy/{SOLUTION}", "/nothing", "/api/v1/nothing", f"/getSolutionZip/{SOLUTION}", "/healthz"):
        client.get(f"{address}?a=b&jwtToken={portal}")
        client.get(address, Authorization=f"Bearer {portal}", jwtToken=portal)
        client.get(address, Authorization=f"Bearer {portal[:-1]}")
    cookies = [cookie.value for cookie in client.session.cookies]
    assert cookies
    for value in (portal, *cookies):
        for part in value.split(".")[1:]:
            assert part not in host.log()


def test_a_draft_is_for_its_own_user_only(host: Host, client: WebClient, mark: str) -> None:
    other = visitor(host, f"other-{mark[4:12]}")
    page = client.send(form_page(client).form(), action="preview", option__token=mark)
    draft = page.form().value("draft")
    assert draft
    for stranger in (other, visitor(host, "third")):
        form = form_page(stranger).form()
        form.fields.append(("draft", draft))
        made = deployment_id(stranger.send(form, action="deploy", option__expected_length=str(len(mark))))
        finished(stranger, made)
        record = stranger.session.get(f"{host.url}/api/v1/deployments/{made}").json()
        assert record["state"] == "failed", "the secret of another user was used"
    made = deployment_id(client.send(page.form(), action="deploy", option__expected_length=str(len(mark))))
    finished(client, made)
    assert client.session.get(f"{host.url}/api/v1/deployments/{made}").json()["state"] == "running"


def test_every_line_of_the_log_is_json(host: Host, client: WebClient) -> None:
    made = deployed(client, option__text='quoted " and \\ and ä€😀')
    finished(client, made)
    client.get(f"/nothing%0aforged%20line%22/{made}")

    def records() -> list[dict[str, Any]]:
        lines = [line for line in host.log().split("\n")[:-1]]
        return [json.loads(line) for line in lines]

    requests = [record for record in eventually(records, "lines") if record["message"] == "request"]
    assert len(requests) > 3
    assert all(re.fullmatch("[0-9a-f]{17,32}", record["hb.request.id"]) for record in requests)
    assert len({record["hb.request.id"] for record in requests}) == len(requests)
    assert {"time", "level", "label", "message", "method", "path", "status", "ms"} <= requests[-1].keys()
    assert all("?" not in record["path"] for record in requests)
    engine = [record for record in records() if record.get("deployment") == made]
    assert engine, "no line tells of the deployment"


def test_nobody_else_can_look_into_the_folder_of_the_host(host: Host) -> None:
    assert (host.log_path.parent / "state").stat().st_mode & 0o077 == 0
