"""The bodies of requests: files in forms, bodies that are too large, and bodies that are broken."""

from __future__ import annotations

import secrets
from typing import Iterator, Optional

import pytest
import requests
from host import Host, token
from web_client import WebClient
from web_host import SOLUTION, deployment_id, form_page, listed, start_web_host, visitor

LIMIT = 512 << 10


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = start_web_host(tmp_path_factory.mktemp("host"))
    yield host
    host.stop()


@pytest.fixture
def user() -> str:
    """The name of somebody who has never been here."""
    return f"user-{secrets.token_hex(4)}"


@pytest.fixture
def client(host: Host, user: str) -> WebClient:
    return visitor(host, user)


def post(client: WebClient, body: bytes, content_type: Optional[str]) -> requests.Response:
    """Sends the form of the fixture with a body as it is."""
    headers = {} if content_type is None else {"Content-Type": content_type}
    return client.session.post(f"{client.origin}/fixture/deploy/{SOLUTION}", data=body, headers=headers)


def multipart(*parts: tuple[str, str], end: str = "--x--\r\n") -> bytes:
    """A body of parts with their header lines and contents, and the boundary `x`."""
    return "".join(f"--x\r\n{head}\r\n\r\n{text}\r\n" for head, text in parts).encode() + end.encode()


def named(name: str) -> str:
    return f'Content-Disposition: form-data; name="{name}"'


@pytest.mark.parametrize("text", ["a: 1\n", "\r\n--\r\nä€😀\t\"';&<b>\r\n", "x" * 200_000])
def test_a_file_counts_for_more_than_the_text_beside_it(client: WebClient, text: str) -> None:
    form = form_page(client).form()
    page = client.send_values(form, {
        "action": "deploy", "option.document": "text beside", "file.document": text, "option.token": "secret",
        "option.expected-length": "6",
    })
    identifier = deployment_id(page)
    made = client.session.get(f"{client.origin}/api/v1/deployments/{identifier}").json()
    assert made["options"]["document"] == text
    assert "token" not in made["options"]


def test_a_form_without_files_may_be_sent_as_the_simpler_kind(client: WebClient) -> None:
    form = form_page(client).form()
    form.is_multipart, form.files = False, []
    made = deployment_id(client.send(form, action="deploy", option__text="a+b&c=ä %"))
    assert client.session.get(f"{client.origin}/api/v1/deployments/{made}").json()["options"]["text"] == "a+b&c=ä %"


def test_a_file_that_is_no_text_is_told_at_its_field(client: WebClient, host: Host, user: str) -> None:
    fields = [(name, (None, value)) for name, value in form_page(client).form().filled({"action": "deploy"})]
    files = [("file.document", ("picture.png", b"\x89PNG\xff\xfe"))]
    answer = client.session.post(f"{host.url}/fixture/deploy/{SOLUTION}", files=fields + files)
    assert answer.status_code == 422 and "UTF-8" in answer.text
    assert listed(host, user) == []


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (multipart((named("csrf"), "a"), end=""), "multipart/form-data; boundary=x", 400),
        (multipart((named("csrf"), "a"))[:-20], "multipart/form-data; boundary=x", 400),
        (multipart((named("csrf"), "a")), "multipart/form-data; boundary=y", 400),
        (multipart((named("csrf"), "a")), "multipart/form-data", 400),
        (multipart((named("csrf"), "a")), 'multipart/form-data; boundary=""', 400),
        (multipart((named("csrf"), "a")), "multipart/form-data; boundary=" + "x" * 71, 400),
        (multipart(("Content-Disposition: form-data", "a")), "multipart/form-data; boundary=x", 400),
        (multipart(("X-Other: 1", "a")), "multipart/form-data; boundary=x", 400),
        (multipart(("no header", "a")), "multipart/form-data; boundary=x", 400),
        (multipart(("X: " + "a" * 9000, "a")), "multipart/form-data; boundary=x", 413),
        (b"", "multipart/form-data; boundary=x", 400),
        (b"\xff\xfe", "multipart/form-data; boundary=x", 400),
        (b"csrf=%zz", "application/x-www-form-urlencoded", 400),
        (b"csrf=%C3%28", "application/x-www-form-urlencoded", 400),
        (b"a=b&" * 201, "application/x-www-form-urlencoded", 413),
        (multipart(*[(named("a"), "b")] * 201), "multipart/form-data; boundary=x", 413),
        (b'{"action":"deploy"}', "application/json", 415),
        (b"action=deploy", "text/plain", 415),
        (b"action=deploy", None, 415),
    ],
)
def test_a_form_that_cannot_be_read_says_why(
    client: WebClient, host: Host, user: str, body: bytes, content_type: Optional[str], status: int
) -> None:
    answer = post(client, body, content_type)
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "The form" in answer.text or "no form" in answer.text
    assert ".." not in answer.text.replace("../", ""), "a sentence ends twice"
    assert listed(host, user) == []


@pytest.mark.parametrize("excess", [0, 1])
@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_form_may_have_half_a_mebibyte(
    client: WebClient, host: Host, user: str, excess: int, is_chunked: bool
) -> None:
    fields = "&".join(
        f"{name}={value}" for name, value in form_page(client).form().filled({"action": "deploy"})
        if name in ("csrf", "idempotency-key", "action")
    )
    start = f"{fields}&unknown=".encode()
    body = start + b"x" * (LIMIT + excess - len(start))
    answer = client.session.post(
        f"{host.url}/fixture/deploy/{SOLUTION}", data=iter([body[:1000], body[1000:]]) if is_chunked else body,
        headers={"Content-Type": "application/x-www-form-urlencoded"}, allow_redirects=False,
    )
    assert answer.status_code == (413 if excess else 303), answer.text
    assert len(listed(host, user)) == 1 - excess


@pytest.mark.parametrize("excess", [0, 1])
def test_the_api_takes_half_a_mebibyte(host: Host, excess: int) -> None:
    start = b'{"solutionId":"a","revisionId":"b","target":"fixture"'
    body = start + b" " * (LIMIT + excess - len(start) - 1) + b"}"
    answer = requests.post(
        f"{host.url}/api/v1/plans", data=body,
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token()}"},
    )
    assert answer.status_code == (413 if excess else 404), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
