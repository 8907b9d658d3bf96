"""A modeller makes a solution package, from the portal's link to the file."""

from __future__ import annotations

import io
import zipfile

from browser import Browser
from host import Host
from pages import DeployForm, DeploymentPage
from sites import BERTH_NODES, BERTHS


def test_the_token_leaves_the_address_and_stays_in_a_cookie_that_scripts_cannot_read(
    browser: Browser, site: Host, user: str
) -> None:
    browser.sign_in(site, f"/local-yaml/deploy/{BERTHS}", user)
    assert browser.address == f"{site.url}/local-yaml/deploy/{BERTHS}"
    cookie = browser.driver.get_cookies()[0]
    flags = ("name", "path", "httpOnly", "secure", "sameSite")
    assert tuple(cookie[flag] for flag in flags) == ("__Host-graphene-deployer", "/", True, True, "Lax")
    assert browser.script("return document.cookie") == ""
    browser.sees(f"Signed in as {user}@example.org", by=".site-head")
    browser.open(site, "/deployments")
    browser.sees("Nothing has been deployed yet")


def test_the_pipeline_is_drawn(browser: Browser, site: Host, user: str) -> None:
    DeployForm.opened(browser, site, user, "local-yaml")
    assert "Berth Planner" in browser.text("h1")
    drawn = [each.get_attribute("textContent") for each in browser.all(".pipeline .graph-name")]
    assert {*BERTH_NODES, "orchestrator"} <= set(drawn)
    operations = [each.get_attribute("textContent") for each in browser.all(".pipeline .graph-operation")]
    assert "requestPlan → buildModel" in operations
    size = browser.one(".pipeline svg").size
    assert size["width"] > 300 and size["height"] > 100


def test_the_package_is_downloaded_without_any_deployment(browser: Browser, site: Host, user: str) -> None:
    DeployForm.opened(browser, site, user, "local-yaml")
    browser.click("Download solution.zip", "a")
    with zipfile.ZipFile(io.BytesIO(browser.downloaded("solution.zip"))) as package:
        assert package.testzip() is None
        assert any(name.startswith("deployments/") for name in package.namelist())


def test_a_package_with_options_is_made_kept_and_listed(browser: Browser, site: Host, user: str) -> None:
    form = DeployForm.opened(browser, site, user, "local-yaml")
    form.fill(volume_size="7Gi").press("Make it with these options")
    page = DeploymentPage(browser)
    assert browser.address == f"{site.url}/deployments/{page.id}"
    page.ends("Completed")
    browser.sees("solution.zip is ready to download.", by=".state-line")
    assert page.phases[:2] == ["In the queue", "Reading the solution"]
    browser.click("Download solution.zip", "a")
    assert zipfile.is_zipfile(io.BytesIO(browser.downloaded("solution.zip")))
    browser.click("Deployments", ".site-head a")
    browser.sees("Berth Planner", "Completed", "Solution package", by="#list")
    browser.click("Berth Planner", "#list a")
    assert DeploymentPage(browser).id == page.id
