"""A modeller hands a solution over to a playground, and goes on there."""

from __future__ import annotations

from typing import Any

import pytest
from browser import Browser
from facts import Tell
from fake_playground import FakePlayground
from looks import is_fit_to_be_seen
from pages import DeployForm, DeploymentPage
from sites import BERTHS, StartSite


def targets(playground: FakePlayground, entry: str) -> list[dict[str, Any]]:
    return [{"module": "Playground", "required": True, "entry": entry, "settings": {"deployURL": playground.url}}]


@pytest.mark.parametrize("window", ["browser", "plain_browser"])
def test_the_page_of_the_deployment_leads_to_the_playground(
    request: pytest.FixtureRequest, start_site: StartSite, playground: FakePlayground, user: str, tell: Tell,
    window: str,
) -> None:
    browser: Browser = request.getfixturevalue(window)
    site = start_site(targets=targets(playground, "page"), defaultTarget="playground")
    form = DeployForm.opened(browser, site, user, "playground")
    assert not browser.all("#option-username"), "nobody is asked who they are"
    if window == "browser":
        is_fit_to_be_seen(browser, "playground-form", tell)
    form.deploy()
    page = DeploymentPage(browser)
    page.ends("Completed")
    [link] = page.links().values()
    assert link == playground.origin + "/dashboard?selected_deployment_id=1"
    if window == "browser":
        is_fit_to_be_seen(browser, "playground-completed", tell)
    browser.driver.get(link)
    browser.sees("Your deployments")
    assert playground.handed[0].username == f"{user}@example.org"


def test_an_immediate_entry_leads_there_at_once_and_the_way_back_deploys_nothing(
    browser: Browser, start_site: StartSite, playground: FakePlayground, user: str
) -> None:
    site = start_site(targets=targets(playground, "immediate"), defaultTarget="playground")
    browser.sign_in(site, f"/playground/deploy/{BERTHS}", user)
    browser.sees("Your deployments")
    assert browser.address == playground.origin + "/dashboard?selected_deployment_id=1"
    browser.open(site, f"/playground/deploy/{BERTHS}")
    browser.one("#deploy-form")
    browser.driver.back()
    browser.sees("Your deployments")
    browser.driver.forward()
    browser.one("#deploy-form")
    assert len(playground.handed) == 1
