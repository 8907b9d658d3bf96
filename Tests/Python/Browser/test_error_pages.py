"""What goes wrong is a page in words, with the right status."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from browser import Browser
from deployment_client import Client
from host import Host, token
from revisions import add_revision, copy_catalogue
from sites import BERTHS, StartSite

NOBODY = "00000000-0000-4000-8000-000000000000"
RAW = ("Error Domain", "Optional(", "Swift.", "fatal", "Exception", "Problem(", "stack")


@dataclass(frozen=True)
class Case:
    """An address and what its page says."""

    path: str
    status: int
    texts: tuple[str, ...]


CASES = {
    "unknown solution": Case(f"/deploy/{NOBODY}/{NOBODY}", 404, ("What to do",)),
    "unknown revision": Case(f"/deploy/{BERTHS.split('/')[0]}/{NOBODY}", 404, ("What to do",)),
    "unknown target": Case(f"/nowhere/deploy/{BERTHS}", 404, ('No target called "nowhere" is enabled',)),
    "unknown deployment": Case(f"/deployments/{NOBODY}", 404, ("deployment",)),
    "no identifier": Case("/deployments/x%3Cscript%3E", 404, ("deployment",)),
    "unknown page": Case("/nowhere", 404, ("There is nothing here",)),
    "wrong filter": Case("/deployments?state=nonsense", 400, ("state",)),
    "targets": Case("/targets", 403, ("This page is for administrators",)),
}


def page(host: Host, path: str, user: str | None) -> requests.Response:
    """The page as a browser asks for it."""
    headers = {"Accept": "text/html"} | ({"Authorization": f"Bearer {token(user)}"} if user else {})
    return requests.get(host.url + path, headers=headers, allow_redirects=False, timeout=30)


def is_in_words(text: str) -> None:
    """Asserts that nothing of the program's inside is shown."""
    assert not [each for each in RAW if each in text], text


@pytest.mark.parametrize("name", CASES)
def test_an_error_is_a_page_with_its_status(browser: Browser, site: Host, user: str, name: str) -> None:
    case = CASES[name]
    answer = page(site, case.path, user)
    assert (answer.status_code, answer.headers["Content-Type"]) == (case.status, "text/html; charset=utf-8")
    browser.sign_in(site, "/deployments", user)
    browser.open(site, case.path)
    browser.sees(f"Status {case.status}", *case.texts)
    is_in_words(browser.text("body"))
    browser.click("Your deployments", "a")
    browser.sees("Nothing has been deployed yet")


@pytest.mark.parametrize("path", [f"/deploy/{BERTHS}", "/deployments", f"/deployments/{NOBODY}", "/targets"])
def test_who_is_not_signed_in_is_sent_to_the_portal(browser: Browser, site: Host, path: str) -> None:
    answer = page(site, path, None)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    browser.open(site, path)
    browser.sees("Status 401", "Not signed in", "Back to the portal")
    is_in_words(browser.text("body"))


@pytest.mark.parametrize("wrong", ["nonsense", token("user", lifetime=-60), token("user")[:-2] + "xx"])
def test_a_token_that_is_none_is_refused(browser: Browser, site: Host, wrong: str) -> None:
    path = f"/deploy/{BERTHS}?jwtToken={wrong}"
    assert page(site, path, None).status_code == 401
    browser.open(site, path)
    browser.sees("Status 401", "Not signed in")
    assert wrong not in browser.text("body")


def test_a_deployment_of_somebody_else_is_none(browser: Browser, site: Host, user: str) -> None:
    identifier = Client(site, "owner").made()
    assert page(site, f"/deployments/{identifier}", user).status_code == 404
    browser.sign_in(site, f"/deployments/{identifier}", user)
    browser.sees("Status 404")


def _without_image(blueprint: dict[str, Any]) -> None:
    blueprint["nodes"][0]["image"] = "<b>no image</b>"


def test_a_solution_that_cannot_be_deployed_names_the_node(
    start_site: StartSite, browser: Browser, tmp_path: Path, user: str
) -> None:
    catalogue = copy_catalogue(tmp_path / "catalogue")
    reference = add_revision(catalogue, BERTHS, _without_image)
    site = start_site("--catalogue", catalogue, catalogue=catalogue)
    assert page(site, f"/deploy/{reference}", user).status_code == 422
    browser.sign_in(site, f"/deploy/{reference}", user)
    browser.sees("Status 422", "This solution cannot be deployed as it is", "berth-gui1", "image", "What to do")
    assert not browser.all("main b b, main .block p > b > b")
    is_in_words(browser.text("body"))


def test_a_catalogue_that_cannot_be_read_is_told(
    start_site: StartSite, browser: Browser, tmp_path: Path, user: str
) -> None:
    catalogue = copy_catalogue(tmp_path / "catalogue")
    blueprint = next(catalogue.glob(f"nexus/org/acumos/{BERTHS.split('/')[0]}/*/BluePrint/**/*.json"))
    blueprint.write_text("{ not json")
    site = start_site("--catalogue", catalogue, catalogue=catalogue)
    answer = page(site, f"/deploy/{BERTHS}", user)
    assert 400 <= answer.status_code < 600 and answer.status_code != 500
    browser.sign_in(site, f"/deploy/{BERTHS}", user)
    browser.sees(f"Status {answer.status_code}", "What to do")
    is_in_words(browser.text("body"))
