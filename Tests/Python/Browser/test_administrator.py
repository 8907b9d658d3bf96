"""What administrators see, and others do not."""

from __future__ import annotations

from browser import Browser
from deployment_client import Client
from host import Host
from sites import BROKEN

ADMINISTRATOR = ("Admin",)


def test_targets_are_shown_with_modules_that_were_rejected_and_why(browser: Browser, site: Host) -> None:
    browser.sign_in(site, "/targets", "root", ADMINISTRATOR)
    browser.sees("Fixture", "Solution package", "Kubernetes on CREODIAS", "default", "Capabilities", "Settings")
    browser.sees("Rejected modules", BROKEN, "stopped at:", by=".block-failure")
    reason = Client(site, "root", ADMINISTRATOR).host.call(
        "/api/v1/targets", token=Client(site, "root", ADMINISTRATOR).token
    ).json()["rejected"][0]["reason"]
    browser.sees(reason, by=".block-failure")


def test_deployments_of_everybody_are_listed_with_their_owners(browser: Browser, site: Host, user: str) -> None:
    client = Client(site, user)
    identifier = client.made()
    browser.sign_in(site, "/deployments", "root", ADMINISTRATOR)
    browser.sees("Deployments of all people, the newest first.")
    browser.sees(f"{user}@example.org", by="#list")
    browser.open(site, f"/deployments/{identifier}")
    browser.sees(f"{user}@example.org", by=".facts")
    browser.click("Targets", ".site-head a")
    browser.sees("Rejected modules")


def test_only_their_own_deployments_are_listed_when_they_ask_for_that(browser: Browser, site: Host, user: str) -> None:
    other = Client(site)
    other.made()
    browser.sign_in(site, "/deployments", user, ADMINISTRATOR)
    OWNER = "#filter-owner option[value='me']"
    browser.one(OWNER).click()
    browser.click("Filter", "button")
    browser.sees("Nothing fits this filter")
    assert browser.address == f"{site.url}/deployments?owner=me"


def test_a_modeller_is_told_that_the_targets_are_for_administrators(browser: Browser, site: Host, user: str) -> None:
    browser.sign_in(site, "/targets", user)
    browser.sees("Status 403", "This page is for administrators", "Ask an administrator of the platform.")
    assert "Targets" not in browser.text(".site-head")
    assert site.call("/targets", token=Client(site, user).token, Accept="text/html").status == 403
