"""Every page in every state: usable by everybody, in both colour schemes and in narrow windows. Keeps pictures."""

from __future__ import annotations

import pytest
from browser import Browser
from deployment_client import Client
from facts import Tell
from host import Host
from looks import is_fit_to_be_seen
from pages import DeployForm, DeploymentPage
from sites import StartSite
from states import STATES, Visit


@pytest.mark.parametrize("state", STATES)
def test_a_page_is_fit_to_be_seen(browser: Browser, site: Host, user: str, state: str, tell: Tell) -> None:
    STATES[state](Visit(browser, site, user))
    is_fit_to_be_seen(browser, state, tell)


def test_what_waits_and_what_was_interrupted_are_fit_to_be_seen(
    start_site: StartSite, browser: Browser, user: str, tell: Tell
) -> None:
    site = start_site(deployments={"concurrent": 1})
    client = Client(site, user)
    first = client.made(slow=True)
    client.works(first)
    page = DeployForm.opened(browser, site, user).deploy()
    page.becomes("Queued")
    is_fit_to_be_seen(browser, "deployment-queued", tell)
    browser.driver.get("about:blank")
    site.kill()
    DeploymentPage.opened(browser, start_site(), first, user).ends("Interrupted")
    is_fit_to_be_seen(browser, "deployment-interrupted", tell)
