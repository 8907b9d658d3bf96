"""A host behind a real nginx that puts a path in front of every URL, as browsers see it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from host import Host, token
from nginx import Nginx, NginxEnded
from web_client import Page, WebClient, is_below
from web_host import SOLUTION, cookie_attributes, deployment_id, start_web_host

PREFIX = "/creodias-deployer"
BODY = dict(zip(("solutionId", "revisionId"), SOLUTION.split("/"))) | {"target": "local-yaml"}
LOOPBACK = {"proxies": {"trusted": ["127.0.0.0/8"]}}


@dataclass(frozen=True)
class Way:
    """How a proxy passes requests on, and what the host is told of it."""

    name: str
    strips: bool
    cookie_path: str
    directives: str = ""
    configuration: dict[str, Any] = field(default_factory=dict)

    def server(self, host: str, keeps_host: bool) -> str:
        """The content of nginx's section `server`."""
        keeping = "proxy_set_header Host $http_host;" if keeps_host else ""
        end = "/" if self.strips else ""
        return f"location {PREFIX}/ {{ proxy_pass {host}{end}; {self.directives} {keeping} }}"


WAYS = [
    Way("strips", True, "/"),
    Way("strips and tells", True, PREFIX, f"proxy_set_header X-Forwarded-Prefix {PREFIX};", LOOPBACK),
    Way("keeps", False, PREFIX, "", {"publicPrefix": PREFIX}),
]


@dataclass(frozen=True)
class Site:
    """A host, the proxy before it, and how they are set up."""

    way: Way
    scheme: str
    host: Host
    nginx: Nginx

    @property
    def root(self) -> str:
        return self.nginx.origins[self.scheme] + PREFIX + "/"

    @property
    def cookie_name(self) -> str:
        if self.scheme == "http":
            return "graphene-deployer"
        return ("__Host-" if self.way.cookie_path == "/" else "__Secure-") + "graphene-deployer"

    def client(self, **headers: str) -> WebClient:
        """A browser that has never been here."""
        return WebClient(self.nginx.origins[self.scheme], self.nginx.certificate, **headers)

    def signed_in(self, user: str = "alice", roles: tuple[str, ...] = (), **headers: str) -> WebClient:
        """A browser that has come from the portal."""
        client = self.client(**headers)
        page = client.get(f"{self.root}deploy/{SOLUTION}?jwtToken={token(user, roles)}")
        assert page.status == 200, page.text
        return client


def start_site(folder: Path, way: Way, scheme: str, keeps_host: bool, tries: int = 3, **sections: Any) -> Site:
    folder.mkdir(parents=True, exist_ok=True)
    nginx = Nginx(folder)
    origin = {} if keeps_host else {"publicOrigin": nginx.origins[scheme]}
    host = start_web_host(folder, **({"cookie": {"secure": scheme == "https"}} | origin | way.configuration | sections))
    try:
        nginx.start(way.server(host.url, keeps_host))
    except BaseException as error:
        host.stop()
        if tries > 1 and isinstance(error, NginxEnded):  # with other ports
            return start_site(folder, way, scheme, keeps_host, tries - 1, **sections)
        raise
    return Site(way, scheme, host, nginx)


@pytest.fixture(
    scope="module",
    params=[(way, scheme, keeps) for way in WAYS for scheme in ("http", "https") for keeps in (True, False)],
    ids=lambda given: f"{given[0].name}, {given[1]}, {'Host kept' if given[2] else 'Host changed'}",
)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = start_site(tmp_path_factory.mktemp("site"), *request.param)
    yield site
    site.nginx.stop()
    site.host.stop()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site behind a proxy that strips the prefix, tells nothing, and is not trusted."""
    site = start_site(tmp_path_factory.mktemp("plain"), WAYS[0], "http", True)
    yield site
    site.nginx.stop()
    site.host.stop()


def modules(page: Page) -> set[str]:
    """What a script imports and a style sheet refers to."""
    found = re.findall(r"""^import[^'"]*['"]([^'"]+)['"]""", page.text, re.MULTILINE) if ".js" in page.url else []
    found += re.findall(r"""url\(['"]?([^'")]+)""", page.text) if ".css" in page.url else []
    return {urljoin(page.url, name) for name in found}


def crawl(site: Site, client: WebClient, *starts: str) -> set[str]:
    """Opens everything that can be reached without sending a form, and tells the paths below the prefix."""
    waiting, seen = [urljoin(site.root, start) for start in starts], set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        page = client.get(address)
        assert page.status == 200, f"{address}: {page.status} {page.text}"
        for found in page.addresses | modules(page):
            if found.startswith("http://127.0.0.1:30001/"):
                continue  # what the fixture says that it has deployed
            assert is_below(found, site.root), f"{address} leads to {found}"
            waiting.append(found)
        waiting_forms = {form.action for form in page.forms if form.method == "POST"}
        for action in waiting_forms:
            # There is something at the address of a form, though some are there for forms only.
            answer = client.get(action)
            assert answer.status == 200 or (answer.status, answer.headers["Allow"]) == (405, "POST"), action
        waiting = [found for found in waiting if found not in waiting_forms]
    return {urlsplit(address).path.removeprefix(PREFIX) for address in seen}


def test_a_visitor_from_the_portal_gets_a_cookie_and_a_clean_address(site: Site) -> None:
    client = site.client()
    entry = f"{site.root}deploy/{SOLUTION}"
    page = client.get(f"{entry}?jwtToken={token(lifetime=600)}&from=portal", follow=False)
    assert page.status == 303, page.text
    assert urljoin(page.url, page.headers["Location"]) == f"{entry}?from=portal"
    cookie = cookie_attributes(page)
    assert cookie["name"] == site.cookie_name
    assert cookie["path"] == site.way.cookie_path
    assert cookie["samesite"] == "Lax"
    assert "httponly" in cookie and "domain" not in cookie
    assert ("secure" in cookie) == (site.scheme == "https")
    assert 0 < int(cookie["max-age"]) <= 600
    assert len(page.headers["Set-Cookie"]) <= 4096
    assert client.get(entry).status == 200


@pytest.mark.parametrize("ending", ["", "/"])
def test_a_solution_is_deployed_followed_and_cancelled(site: Site, ending: str) -> None:
    client = site.client()
    page = client.get(f"{site.root}fixture/deploy/{SOLUTION}{ending}?jwtToken={token('walker')}")
    assert (page.status, page.url) == (200, f"{site.root}fixture/deploy/{SOLUTION}")
    page = client.get(page.url + ending)
    made = client.send(page.form(), action="deploy", option__slow="true", follow=False)
    assert made.status == 303, made.text
    page = client.get(urljoin(made.url, made.headers["Location"]))
    identifier = deployment_id(page)
    assert page.url == f"{site.root}deployments/{identifier}"
    # As the script in the page puts the address together.
    address = urljoin(page.url, f"{page.data['root']}api/v1/deployments/{page.data['id']}")
    events = client.stream(f"{address}/events?after=0")
    while next(events) != "warning":  # the last one before the fixture waits
        pass
    assert client.get(address, Accept="application/json").headers["Content-Type"] == "application/json"
    page = client.send(client.get(page.url).form("/cancel"))
    assert (page.status, deployment_id(page)) == (200, identifier)
    assert list(events)[-1] == "end"
    assert '"state":"cancelled"' in client.get(address, Accept="application/json").text


def test_everything_that_pages_lead_to_is_there(site: Site) -> None:
    client = site.signed_in("visitor")
    package = client.send(client.get(f"{site.root}local-yaml/deploy/{SOLUTION}").form(), action="deploy")
    running = client.send(client.get(f"{site.root}fixture/deploy/{SOLUTION}").form(), action="deploy")
    for page in (package, running):
        assert list(client.stream(f"{site.root}api/v1/deployments/{deployment_id(page)}/events"))[-1] == "end"
    seen = crawl(site, client, "", f"deploy/{SOLUTION}", f"deploy/{SOLUTION}/")
    own = f"/deployments/{deployment_id(running)}"
    assert seen >= {
        "/deployments", "/docs", "/openapi.yaml", "/assets/site.css", "/assets/deployment-parts.js",
        f"/local-yaml/deploy/{SOLUTION}", f"/fixture/deploy/{SOLUTION}", f"/getSolutionZip/{SOLUTION}",
        own, f"{own}/logs", f"/api/v1/deployments/{deployment_id(package)}/artifact",
    }
    page = site.signed_in("admin", ("Admin",)).get(f"{site.root}targets")
    assert page.status == 200
    assert {urlsplit(address).path for address in page.addresses} >= {f"{PREFIX}/targets", f"{PREFIX}/deployments"}


def test_the_file_that_was_made_comes_through(site: Site) -> None:
    client = site.signed_in()
    page = client.send(client.get(f"{site.root}local-yaml/deploy/{SOLUTION}").form(), action="deploy")
    list(client.stream(f"{site.root}api/v1/deployments/{deployment_id(page)}/events"))
    [address] = [found for found in client.get(page.url).addresses if found.endswith("/artifact")]
    content = client.session.get(address).content
    assert any(name.endswith("blueprint.json") for name in zipfile.ZipFile(io.BytesIO(content)).namelist())


def test_a_form_that_is_wrong_comes_back_where_it_was(site: Site) -> None:
    client = site.signed_in()
    form = client.get(f"{site.root}fixture/deploy/{SOLUTION}").form()
    page = client.send(form, action="deploy", option__pace="many")
    assert (page.status, page.url) == (422, form.action)
    preview = client.send(page.form(), action="preview", option__pace="1")
    assert (preview.status, preview.url) == (200, form.action)
    for found in page.addresses | preview.addresses:
        assert is_below(found, site.root), found
    assert deployment_id(client.send(preview.form(), action="deploy"))


def test_the_api_tells_where_a_deployment_is(site: Site) -> None:
    for ending in ("", "/"):
        made = site.signed_in().write(f"{site.root}api/v1/deployments{ending}", BODY)
        assert made.status == 202, made.text
        address = urljoin(made.url, made.headers["Location"])
        assert re.fullmatch(re.escape(site.root) + "api/v1/deployments/[0-9a-f-]{36}", address)
        assert site.signed_in().get(address).status == 200


def test_a_page_of_somebody_else_can_do_nothing(site: Site) -> None:
    client = site.signed_in("careful")
    form = client.get(f"{site.root}fixture/deploy/{SOLUTION}").form()
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "http://127.0.0.1:1"}, {"Origin": "null"}):
        assert client.send(form, action="deploy", headers=headers).status == 403
    assert client.get(f"{site.root}api/v1/deployments").text.count('"id"') == 0


def test_who_comes_from_the_portal_a_second_time_is_whom_the_portal_says(site: Site) -> None:
    client = site.signed_in("first")
    page = client.get(f"{site.root}deploy/{SOLUTION}?jwtToken={token('second')}")
    assert page.status == 200
    assert "second@example.org" in page.text and "first@example.org" not in page.text


def test_security_headers_come_through(site: Site) -> None:
    headers = site.client().get(f"{site.root}healthz").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert ("Strict-Transport-Security" in headers) == (site.scheme == "https")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_without_the_public_origin_a_changed_host_is_somebody_else(tmp_path: Path, scheme: str) -> None:
    site = start_site(tmp_path, WAYS[0], scheme, keeps_host=True)
    site.nginx.stop()
    site.nginx.start(WAYS[0].server(site.host.url, keeps_host=False))
    client = site.signed_in()
    form = client.get(f"{site.root}fixture/deploy/{SOLUTION}").form()
    refused = client.send(form, action="deploy")
    assert refused.status == 403 and "public origin" in refused.text
    # A browser that says itself that the page is ours needs no configuration.
    assert client.send(form, action="deploy", headers={"Sec-Fetch-Site": "same-origin"}).status == 200
    site.nginx.stop()
    site.host.stop()


def test_a_trusted_proxy_may_tell_the_host_that_it_changed(tmp_path: Path) -> None:
    told = "proxy_set_header X-Forwarded-Host $http_host;"
    site = start_site(tmp_path, Way("tells the host", True, "/", told, LOOPBACK), "http", keeps_host=True)
    site.nginx.stop()
    site.nginx.start(site.way.server(site.host.url, keeps_host=False))
    client = site.signed_in()
    form = client.get(f"{site.root}fixture/deploy/{SOLUTION}").form()
    assert client.send(form, action="deploy", headers={"Origin": "http://evil.example"}).status == 403
    assert client.send(form, action="deploy").status == 200
    site.nginx.stop()
    site.host.stop()


def test_what_others_write_into_forwarded_headers_does_not_count(plain: Site) -> None:
    forged = {"X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    for client in (plain.client(), WebClient(plain.host.url)):
        root = plain.root if client.origin != plain.host.url else plain.host.url + "/"
        client.session.headers.update(forged)
        page = client.get(f"{root}fixture/deploy/{SOLUTION}?jwtToken={token()}", follow=False)
        cookie = cookie_attributes(page)
        assert (cookie["name"], cookie["path"]) == ("graphene-deployer", "/")
        form = client.get(f"{root}fixture/deploy/{SOLUTION}").form()
        assert client.send(form, action="deploy", headers={"Origin": "http://evil.example"}).status == 403


@pytest.mark.parametrize(
    "prefix", ["evil", "//evil.example", "/a/../b", "/a; Domain=example.org", "/a, /b", "/" + "a" * 300, "/é", ""]
)
def test_a_prefix_that_is_none_is_not_taken_from_a_trusted_proxy_either(trusting: Host, prefix: str) -> None:
    client = WebClient(trusting.url)
    client.session.headers["X-Forwarded-Prefix"] = prefix.encode()
    cookie = cookie_attributes(client.get(f"/deploy/{SOLUTION}?jwtToken={token()}", follow=False))
    assert (cookie["path"], "domain" in cookie) == ("/", False)


@pytest.fixture(scope="module")
def trusting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = start_web_host(tmp_path_factory.mktemp("trusting"), **LOOPBACK)
    yield host
    host.stop()


def test_a_proxy_elsewhere_is_not_trusted(tmp_path: Path) -> None:
    host = start_web_host(tmp_path, proxies={"trusted": ["10.0.0.0/8", "::1/128"]})
    client = WebClient(host.url)
    client.session.headers["X-Forwarded-Prefix"] = PREFIX
    assert cookie_attributes(client.get(f"/deploy/{SOLUTION}?jwtToken={token()}", follow=False))["path"] == "/"
    host.stop()


def test_long_tokens_and_heads_pass(site: Site) -> None:
    roles = tuple(f"Role number {number} of many" for number in range(45))
    long = token("long", roles)
    assert len(long) > 3000
    client = site.client()
    client.session.headers["X-Filler"] = "a" * 40_000
    page = client.get(f"{site.root}deploy/{SOLUTION}?jwtToken={long}")
    assert page.status == 200 and "long@example.org" in page.text
    assert client.get(f"{site.root}api/v1/targets", Authorization=f"Bearer {long}").status == 200


def test_cookies_of_the_portal_do_no_harm(site: Site) -> None:
    client = site.client()
    entry = client.get(f"{site.root}fixture/deploy/{SOLUTION}?jwtToken={token('alice')}", follow=False)
    own = cookie_attributes(entry)
    ours = f"{own['name']}={own['value']}"
    others = [
        f"authToken= Bearer {token('mallory')}", f"Authorization={token('mallory')}", "JSESSIONID=12AB",
        'quoted="a; b"', "empty=", "no value", "=nameless", "a=b=c", "umlaut=ä",
    ]
    for cookies in ([*others, ours], [ours, *others]):
        header = "; ".join(cookies).encode()
        for path in (f"fixture/deploy/{SOLUTION}", "deployments"):
            page = Page(client.session.get(site.root + path, headers={"Cookie": header}))
            assert page.status == 200 and "alice@example.org" in page.text and "mallory" not in page.text
