"""The same journeys with JavaScript switched off: forms, and pages that load themselves again."""

from __future__ import annotations

from browser import Browser
from deployment_client import Client
from host import Host
from pages import DeployForm, DeploymentPage, OptionsForm
from selenium.webdriver import ActionChains
from sites import BERTH_NODES

SECRET = "Marked-token-of-the-owner"


def test_a_pipeline_is_previewed_deployed_and_followed(plain_browser: Browser, site: Host, user: str) -> None:
    browser = plain_browser
    form = DeployForm.opened(browser, site, user)
    form.preview(token=SECRET, expected_length=len(SECRET), slow=True, seconds=8)
    browser.sees("1 created, 1 changed, 1 pruned, 1 unchanged", by="#preview")
    assert SECRET not in browser.source
    browser.sees("Kept in memory until", by="#option-token-held")
    browser.click("Deploy", "#preview button")
    page = DeploymentPage(browser)
    assert browser.all("#deployment[data-active]"), "the page was loaded before the end"
    page.ends("Running", seconds=40)  # it loads itself again
    assert {page.listed(node) for node in BERTH_NODES} == {"Running"}
    assert page.links() == {"Web page": "http://127.0.0.1:30001/"}
    assert not browser.named("Run again").get_attribute("hidden")
    assert "Copy API call" not in browser.text("#actions"), "it needs a script"


def test_what_is_at_work_is_cancelled(plain_browser: Browser, site: Host, user: str) -> None:
    page = DeployForm.opened(plain_browser, site, user).deploy(slow=True)
    plain_browser.click("Cancel", "button")
    page.ends("Cancelled")


def test_what_runs_is_run_again_and_taken_away(plain_browser: Browser, site: Host, user: str) -> None:
    browser, client = plain_browser, Client(site, user)
    identifier = client.made()
    client.ended(identifier, "running")
    page = DeploymentPage.opened(browser, site, identifier, user)
    browser.click("Run again", "a")
    OptionsForm(browser).press("Run again")
    page.ends("Running")
    browser.click("Undeploy", "a")
    browser.click("Undeploy", "button")
    page.ends("Removed")


def test_a_wrong_value_comes_back_with_what_is_wrong(plain_browser: Browser, site: Host, user: str) -> None:
    browser = plain_browser
    form = DeployForm.opened(browser, site, user)
    form.fill(pace=70_000, text="kept", token=SECRET).press("Deploy")
    browser.sees("One option needs your attention", "pace", by="#problems")
    assert browser.focus == "problems"
    assert "60000" in form.error("pace")
    assert form.field("pace").get_attribute("aria-invalid") == "true"
    assert form.field("text").get_attribute("value") == "kept"
    assert SECRET not in browser.source
    browser.sees("Kept in memory until", by="#option-token-held")
    browser.click("pace", "#problems a")
    assert browser.address.endswith("#option-pace")
    assert not Client(site, user).list()
    form.fill(pace=0, expected_length=len(SECRET)).press("Deploy")
    DeploymentPage(browser).ends("Running")


def test_a_double_click_makes_one_deployment(plain_browser: Browser, site: Host, user: str) -> None:
    browser = plain_browser
    DeployForm.opened(browser, site, user)
    # The browser sends the form twice; there is no script that keeps it from that.
    ActionChains(browser.driver).double_click(browser.named("Deploy", "#deploy-form button")).perform()
    page = DeploymentPage(browser)
    page.ends("Running")
    assert [record["id"] for record in Client(site, user).list()] == [page.id]
