"""Every page in every state: usable by everybody, in both colour schemes and in narrow windows. Keeps pictures."""

from __future__ import annotations

from pathlib import Path

import misbehaving_target
import pytest
from administration import AdministeredHost
from browser import Browser
from deployment_client import PIPELINE, Client
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


def test_targets_in_trouble_are_fit_to_be_seen(browser: Browser, user: str, tmp_path: Path, tell: Tell) -> None:
    broken = {"module": misbehaving_target.module(tmp_path / "modules", "deploy")}
    administered = AdministeredHost(
        tmp_path, [{"module": "LocalYAML"}, broken], modules={"folders": [str(tmp_path / "modules")]},
        cookie={"secure": False},
    )
    host, client = administered.host, administered.client(user)
    try:
        for _ in range(3):
            client.ended(client.made("misbehaving"), "failed")
        administered.change(publicPrefix="/elsewhere")
        browser.sign_in(host, "/targets", "root", ("Admin",))
        browser.sees("In quarantine", "SIGHUP", by=".block-failure")
        browser.sees("A restart is needed", "publicPrefix")
        is_fit_to_be_seen(browser, "targets-in-trouble", tell)
        browser.sign_in(host, f"/local-yaml/deploy/{PIPELINE['solutionId']}/{PIPELINE['revisionId']}", user)
        browser.sees("Not available: its module breaks down again and again", by=".targets")
        is_fit_to_be_seen(browser, "deploy-beside-trouble", tell)
        administered.change([{"module": "LocalYAML"}, broken | {"enabled": False}])
        browser.sign_in(host, "/targets", "root", ("Admin",))
        browser.sees("draining")
        is_fit_to_be_seen(browser, "targets-draining", tell)
    finally:
        host.kill()
