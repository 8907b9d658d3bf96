"""The headers of every answer, what sessions that have ended get, and what can be switched off."""

from __future__ import annotations

import re
from typing import Iterator

import pytest
import requests
from deployment_client import eventually
from host import Host, token
from web_client import WebClient
from web_host import SOLUTION, deployed, finished, form_page, listed, start_web_host, visitor

POLICY = {
    "default-src": "'self'", "object-src": "'none'", "base-uri": "'none'", "form-action": "'self'",
    "frame-ancestors": "'none'",
}
ANSWERS = [
    ("GET", f"/fixture/deploy/{SOLUTION}", 200),
    ("GET", f"/deploy/{SOLUTION}?jwtToken={{token}}", 303),
    ("POST", f"/fixture/deploy/{SOLUTION}", 415),
    ("GET", "/deploy/a/b", 404),
    ("GET", f"/deploy/{'a' * 37}/b", 400),
    ("GET", f"/none/deploy/{SOLUTION}", 404),
    ("GET", "/", 303),
    ("GET", "/deployments", 200),
    ("GET", "/deployments?limit=0", 400),
    ("GET", "/deployments/{id}", 200),
    ("GET", "/deployments/none", 404),
    ("GET", "/targets", 403),
    ("GET", f"/getSolutionZip/{SOLUTION}", 200),
    ("GET", "/assets/site.css", 200),
    ("GET", "/assets/site.js", 200),
    ("GET", "/assets/icon.svg", 200),
    ("GET", "/assets/none.css", 404),
    ("GET", "/nothing", 404),
    ("PUT", "/deployments", 405),
    ("OPTIONS", "/api/v1/targets", 403),
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/metrics", 200),
    ("GET", "/docs", 200),
    ("GET", "/openapi.yaml", 200),
    ("GET", "/openapi.json", 200),
    ("GET", "/api/v1/targets", 200),
    ("GET", "/api/v1/deployments", 200),
    ("GET", "/api/v1/deployments/{id}", 200),
    ("GET", "/api/v1/deployments/{id}/events", 200),
    ("GET", "/api/v1/deployments/{id}/events?after=999", 204),
    ("GET", "/api/v1/deployments/{id}/logs", 200),
    ("GET", "/api/v1/deployments/{id}/artifact", 200),
    ("POST", "/api/v1/deployments", 403),
    ("GET", "/api/v1/nothing", 404),
]
OPEN = ("/assets/", "/docs", "/openapi.")


@pytest.fixture(scope="module", params=[False, True], ids=["http", "https"])
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = start_web_host(tmp_path_factory.mktemp("host"), cookie={"secure": request.param})
    host.is_secure = request.param
    yield host
    host.stop()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = start_web_host(tmp_path_factory.mktemp("plain"))
    yield host
    host.stop()


@pytest.fixture(scope="module")
def client(host: Host) -> WebClient:
    """A browser that is signed in; to a host for https by the cookie as the host would get it from a proxy."""
    client = WebClient(host.url)
    entry = client.get(f"/deployments?jwtToken={token()}", follow=False)
    client.session.cookies.clear()
    client.session.headers["Cookie"] = entry.headers["Set-Cookie"].partition(";")[0]
    return client


@pytest.fixture(scope="module")
def deployment(client: WebClient) -> str:
    return finished(client, deployed(client))


def check(answer: requests.Response, is_secure: bool) -> None:
    """What every answer must have."""
    headers = answer.headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers.get("Strict-Transport-Security") == ("max-age=31536000" if is_secure else None)
    assert "Server" not in headers and "X-Powered-By" not in headers
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_has_them(
    host: Host, client: WebClient, deployment: str, method: str, path: str, status: int
) -> None:
    address = host.url + path.format(id=deployment, token=token())
    answer = client.session.request(method, address, allow_redirects=False)
    assert answer.status_code == status, answer.text
    check(answer, host.is_secure)
    if path.startswith(OPEN) and status == 200:
        assert answer.headers["Cache-Control"] == "no-cache"
    else:
        assert answer.headers["Cache-Control"] == "no-store"
    if method == "GET" and "/events" not in path:
        head = client.session.head(address)
        assert (head.status_code, head.content) == (status, b"")
        check(head, host.is_secure)


def test_answers_to_strangers_have_them_too(host: Host) -> None:
    for path in ("/deployments", f"/deploy/{SOLUTION}", "/api/v1/targets", "/nothing", "/api/v1/nothing"):
        answer = requests.get(host.url + path)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        check(answer, host.is_secure)


def test_answers_to_bodies_that_are_too_large_have_them_too(host: Host) -> None:
    answer = requests.post(
        f"{host.url}/api/v1/plans", data=b" " * (1 << 20),
        headers={"Authorization": f"Bearer {token()}", "Content-Type": "application/json"},
    )
    assert answer.status_code == 413
    check(answer, host.is_secure)


def test_assets_of_the_current_version_are_kept_for_ever(host: Host, client: WebClient) -> None:
    page = form_page(client)
    found = [address for address in page.addresses if "/assets/" in address]
    assert len(found) > 2
    for address in found:
        assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert client.get(address + "0").headers["Cache-Control"] == "no-cache"


def test_pages_have_no_inline_code(client: WebClient, deployment: str) -> None:
    for path in (f"/fixture/deploy/{SOLUTION}", "/deployments", f"/deployments/{deployment}", "/docs", "/nothing"):
        page = client.get(path)
        for tag in page.text.split("<")[1:]:
            name, _, rest = tag.partition(">")[0].partition(" ")
            assert name != "style" and not (name == "script" and " src=" not in f" {rest}"), tag
            assert not re.search(r"\s(style|on\w+)=", f" {rest}"), tag


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_a_session_that_has_ended_is_told_so(plain: Host, accept: str) -> None:
    client = visitor(plain, "brief", lifetime=10)
    form = form_page(client).form()
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.session.cookies)
    client.session.cookies.clear()  # a browser would have dropped it
    client.session.headers.update({"Cookie": cookies, "Accept": accept})
    page = eventually(lambda: (page := client.get("/deployments")).status == 401 and page, "the session ends")
    for answer in (page, client.send(form, action="deploy"), client.get(f"/deploy/{SOLUTION}")):
        assert answer.status == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.is_html == (accept == "text/html")
        assert "portal" in answer.text  # what to do
        assert "brief" not in answer.text
    answer = client.get("/api/v1/deployments")
    assert (answer.status, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert listed(plain, "brief") == []


@pytest.mark.parametrize(
    ("cookie", "status"), [("", 401), ("a", 401), ("a.b.c", 401), ("{}x", 401), ("{portal}", 401), ("{}", 200)]
)
def test_a_cookie_must_be_ours(plain: Host, cookie: str, status: int) -> None:
    client = visitor(plain)
    [own] = [cookie.value for cookie in client.session.cookies]
    value = cookie.replace("{portal}", token("alice")).replace("{}", own)
    answer = requests.get(f"{plain.url}/deployments", headers={"Cookie": f"graphene-deployer={value}"})
    assert answer.status_code == status
    # A cookie is no token of the portal either.
    assert requests.get(f"{plain.url}/deployments", headers={"Authorization": f"Bearer {own}"}).status_code == 401


def test_a_host_that_is_stopping_is_not_ready(tmp_path_factory: pytest.TempPathFactory) -> None:
    host = start_web_host(tmp_path_factory.mktemp("stopping"), deployments={"shutdownTimeout": 600})
    client = visitor(host)
    assert client.get("/readyz").status == 200
    identifier = deployed(client, option__slow="true")
    form = form_page(client).form()
    events = client.stream(f"/api/v1/deployments/{identifier}/events")
    while next(events) != "warning":
        pass
    host.terminate()
    page = eventually(lambda: (page := client.get("/readyz")).status == 503 and page, "the host is not ready")
    assert page.headers["Retry-After"]
    assert client.get("/healthz").status == 200
    refused = client.send(form, action="deploy")
    assert (refused.status, refused.is_html) == (503, True)
    assert client.get(f"/deployments/{identifier}").status == 200
    client.send(client.get(f"/deployments/{identifier}").form("/cancel"))
    assert list(events)[-1] == "end"
    client.session.close()
    assert host.wait() == 0


def test_what_is_switched_off_is_not_there(tmp_path_factory: pytest.TempPathFactory) -> None:
    host = start_web_host(tmp_path_factory.mktemp("switched-off"), documentation=False, metrics=False)
    for path in ("/docs", "/openapi.yaml", "/openapi.json", "/metrics"):
        answer = requests.get(host.url + path)
        assert answer.status_code == 404, path
        check(answer, False)
    client = visitor(host)
    assert not any(address.endswith("/docs") for address in client.get("/deployments").addresses)
    assert client.get("/healthz").status == 200
    host.stop()
