"""What changes something must come from our own pages, or bring a token of its own."""

from __future__ import annotations

import secrets
from typing import Any, Callable, Iterator, Optional

import pytest
import yaml
from deployment_client import eventually
from folders import REPOSITORY
from host import Answer, Host, token
from web_client import WebClient
from web_host import SOLUTION, deployed, deployment_id, finished, form_page, listed, start_web_host, visitor

DESCRIPTION = REPOSITORY / "Sources" / "DeployerHost" / "HTTP" / "Documentation" / "openapi.yaml"
BODY = dict(zip(("solutionId", "revisionId"), SOLUTION.split("/"))) | {"target": "fixture"}
ACTIONS = ["cancel", "rerun", "undeploy", "logs"]
WRITES = [
    ("POST", "/api/v1/plans", BODY, 200),
    ("POST", "/api/v1/previews", BODY, 200),
    ("POST", "/api/v1/deployments", BODY, 202),
    ("POST", "/api/v1/deployments/{id}/logs", {"options": {}}, 200),
    ("POST", "/api/v1/deployments/{id}/rerun", {}, 202),
    ("POST", "/api/v1/deployments/{id}/cancel", None, 409),
    ("DELETE", "/api/v1/deployments/{id}", {}, 202),
]


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = start_web_host(tmp_path_factory.mktemp("host"))
    yield host
    host.stop()


@pytest.fixture
def user() -> str:
    """The name of somebody who has never been here."""
    return f"user-{secrets.token_hex(4)}"


def own(client: WebClient, _: Host, __: str) -> Optional[str]:
    return form_page(client).form().value("csrf")


def of_another_user(_: WebClient, host: Host, __: str) -> Optional[str]:
    return form_page(visitor(host, "somebody-else")).form().value("csrf")


def of_another_session(_: WebClient, host: Host, user: str) -> Optional[str]:
    return form_page(visitor(host, user, lifetime=7200)).form().value("csrf")


def forged(_: WebClient, __: Host, ___: str) -> Optional[str]:
    return "A" * 86


def cut(client: WebClient, host: Host, user: str) -> Optional[str]:
    return (own(client, host, user) or "")[:-1]


def none(_: WebClient, __: Host, ___: str) -> Optional[str]:
    return ""


@pytest.mark.parametrize("tokens", [of_another_user, of_another_session, forged, cut, none], ids=lambda f: f.__name__)
def test_a_form_needs_the_token_of_its_session(
    host: Host, user: str, tokens: Callable[[WebClient, Host, str], Optional[str]]
) -> None:
    client = visitor(host, user)
    form = form_page(client).form()
    page = client.send(form, action="deploy", csrf=tokens(client, host, user))
    assert (page.status, page.is_html) == (403, True)
    assert listed(host, user) == []
    assert deployment_id(client.send(form, action="deploy"))


def test_a_form_without_the_field_for_the_token_does_nothing(host: Host, user: str) -> None:
    client = visitor(host, user)
    form = form_page(client).form()
    form.fields = [field for field in form.fields if field[0] != "csrf"]
    assert client.send(form, action="deploy").status == 403
    assert listed(host, user) == []


@pytest.mark.parametrize("action", ACTIONS)
def test_what_is_done_with_a_deployment_needs_the_token_too(host: Host, user: str, action: str) -> None:
    client = visitor(host, user)
    identifier = deployed(client, option__slow="true" if action == "cancel" else "false")
    if action != "cancel":
        finished(client, identifier)
    before = client.get(f"/api/v1/deployments/{identifier}", Accept="application/json").text
    for fields in ({}, {"csrf": ""}, {"csrf": forged(client, host, user)}):
        answer = client.session.post(f"{host.url}/deployments/{identifier}/{action}", data=fields or {"a": "b"})
        assert answer.status_code == 403 and answer.headers["Content-Type"].startswith("text/html")
    after = client.get(f"/api/v1/deployments/{identifier}", Accept="application/json").text
    assert after == before or action == "cancel"  # where the work goes on
    assert '"isCancelling":false' in after
    if action == "cancel":
        client.send(client.get(f"/deployments/{identifier}").form("/cancel"))


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "something"}, False),
        ({"Sec-Fetch-Site": ""}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "{host}"}, True),
        ({"Origin": "{host}/"}, False),
        ({"Origin": "{host}.evil.example"}, False),
        ({"Origin": "{host}@evil.example"}, False),
        ({"Origin": "{host} http://evil.example"}, False),
        ({"Origin": "http://127.0.0.1"}, False),
        ({"Origin": "file://"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "{host}"}, False),
        ({}, True),
    ],
)
@pytest.mark.parametrize("way", ["form", "api"])
def test_a_browser_says_whose_page_it_was(
    host: Host, user: str, headers: dict[str, str], is_ours: bool, way: str
) -> None:
    client = visitor(host, user)
    given = {name: value.format(host=host.url) for name, value in headers.items()}
    if way == "form":
        form = form_page(client).form()
        fields = form.filled({"action": "deploy"})
        answer = client.session.post(form.action, data=fields, headers=given)
    else:
        given["X-Requested-With"] = "fetch"
        answer = client.session.post(f"{host.url}/api/v1/deployments", json=BODY, headers=given)
        assert answer.headers["Content-Type"] == ("application/json" if is_ours else "application/problem+json")
    assert (answer.status_code in (200, 202)) == is_ours, answer.text
    assert answer.status_code in (200, 202, 403)
    assert len(listed(host, user)) == (1 if is_ours else 0)


def test_who_brings_a_token_needs_no_other(host: Host, user: str) -> None:
    client = WebClient(host.url, Authorization=f"Bearer {token(user)}", Sec_Fetch_Site="cross-site")
    page = form_page(client)
    form = page.form()
    made = client.send(form, action="deploy", csrf="", headers={"Origin": "http://evil.example"})
    assert deployment_id(made)
    assert len(listed(host, user)) == 1


def test_a_token_that_is_not_valid_is_not_made_good_by_the_cookie(host: Host, user: str) -> None:
    client = visitor(host, user)
    form = form_page(client).form()
    for wrong in (token(user, lifetime=-1), token(user)[:-4] + "AAAA"):
        assert client.send(form, action="deploy", headers={"Authorization": f"Bearer {wrong}"}).status == 401
    assert listed(host, user) == []
    # What is no such token at all is somebody else's.
    assert deployment_id(client.send(form, action="deploy", headers={"Authorization": "Basic YTpi"}))


@pytest.mark.parametrize(("method", "path", "body", "status"), WRITES)
def test_the_api_wants_from_the_cookie_what_forms_cannot_send(
    host: Host, user: str, method: str, path: str, body: Any, status: int
) -> None:
    client = visitor(host, user)
    identifier = finished(client, deployed(client))
    address = host.url + path.format(id=identifier)
    before = listed(host, user)
    script = {"X-Requested-With": "fetch"}
    refused = [
        client.session.request(method, address, json=body),
        client.session.request(method, address, json=body, headers=script | {"Sec-Fetch-Site": "cross-site"}),
        client.session.request(method, address, json=body, headers=script | {"Origin": "http://evil.example"}),
    ]
    assert [answer.status_code for answer in refused] == [403] * 3
    if body is not None:
        text = b'{"solutionId":"a","revisionId":"b"}'
        types = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "text/plain",
                 "text/plain; application/json", "application/jsonx", "", None]
        for content_type in types:
            given = script if content_type is None else script | {"Content-Type": content_type}
            answer = client.session.request(method, address, data=text, headers=given)
            assert answer.status_code == 415, f"{content_type}: {answer.text}"
            refused.append(answer)
    assert {answer.headers["Content-Type"] for answer in refused} == {"application/problem+json"}
    assert listed(host, user) == before
    done = client.session.request(method, address, json=body, headers=script)
    assert done.status_code == status, done.text


def addresses(identifier: str) -> list[str]:
    """Every address that can be read, with what stands for its parameters."""
    solution, revision = SOLUTION.split("/")
    values = {"id": identifier, "solutionId": solution, "revisionId": revision, "target": "fixture", "name": "site.css"}
    paths = yaml.safe_load(DESCRIPTION.read_text("utf-8"))["paths"]
    return [path.format(**values) for path, item in paths.items() if "get" in item]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_changes_nothing(host: Host, user: str, method: str) -> None:
    client = visitor(host, user, roles=("Admin",))
    identifier = finished(client, deployed(client))

    def everybodys() -> Answer:
        return host.call("/api/v1/deployments?limit=200", token=token(user, ("Admin",)))

    eventually(lambda: not any(each["isActive"] for each in everybodys().json()["deployments"]), "all have ended")
    before = everybodys().content
    form = form_page(client).form()
    query = {name: value for name, value in form.fields} | {"action": "deploy", "method": "POST", "_method": "DELETE"}
    found = addresses(identifier)
    assert len(found) > 20
    for address in found:
        for parameters in ({}, query, {"jwtToken": token(user, ("Admin",))}):
            answer = client.session.request(
                method, host.url + address, params=parameters, headers={"X-HTTP-Method-Override": "DELETE"}
            )
            assert answer.status_code < 400, f"{method} {address}: {answer.status_code} {answer.text}"
            assert method == "GET" or answer.content == b""
    assert everybodys().content == before


def test_a_form_that_is_sent_twice_is_carried_out_once(host: Host, user: str) -> None:
    client = visitor(host, user)
    form = form_page(client).form()
    first, second = (deployment_id(client.send(form, action="deploy")) for _ in range(2))
    assert first == second and len(listed(host, user)) == 1
    # The page, loaded anew, is another form.
    assert deployment_id(client.send(form_page(client).form(), action="deploy")) != first
    # The same form, filled in otherwise after it was sent.
    page = client.send(form, action="deploy", option__text="changed")
    assert page.status == 422 and len(listed(host, user)) == 2


def test_the_key_of_a_form_is_its_own_users(host: Host, user: str) -> None:
    forms = [(client, form_page(client).form()) for client in (visitor(host, user), visitor(host, f"{user}-2"))]
    key = forms[0][1].value("idempotency-key")
    made = [
        deployment_id(client.send_values(form, {"action": "deploy", "idempotency-key": key})) for client, form in forms
    ]
    assert made[0] != made[1]


def test_nobody_does_anything_with_what_is_somebody_elses(host: Host, user: str) -> None:
    owner, other = visitor(host, user), visitor(host, f"{user}-2")
    identifier = finished(owner, deployed(owner))
    before = listed(host, user)
    csrf = own(other, host, user)
    for action in ACTIONS:
        answer = other.session.post(f"{host.url}/deployments/{identifier}/{action}", data={"csrf": csrf})
        assert answer.status_code == 404, answer.text
    for action in ("", "/rerun", "/undeploy", "/logs"):
        assert other.get(f"/deployments/{identifier}{action}").status == 404
    assert listed(host, user) == before
