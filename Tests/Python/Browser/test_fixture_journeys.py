"""What a modeller sees of a deployment from the form to its end, on pages that follow it."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from browser import Browser
from deployment_client import Client
from host import Host
from pages import DeployForm, DeploymentPage, OptionsForm
from selenium.webdriver import ActionChains
from sites import BERTH_NODES, StartSite

SECRET = "Marked-token-of-the-owner"


def test_a_preview_tells_what_would_change_and_writes_nothing(browser: Browser, site: Host, user: str) -> None:
    form = DeployForm.opened(browser, site, user)
    form.preview()
    browser.sees(
        "1 created, 1 changed, 1 pruned, 1 unchanged", "Nothing has been changed yet.", "in memory",
        "The quota is small", "It allows 1 pod.", "Raise it.", "1 object stays as it is", by="#preview",
    )
    assert browser.focus == "preview"
    browser.click("Changed Service other", "#preview summary")
    browser.sees("spec.type", '"ClusterIP"', "absent", by="#preview")
    assert "Obstacles" not in browser.text("#preview")
    browser.open(site, "/deployments")
    browser.sees("Nothing has been deployed yet")


def test_a_preview_shows_obstacles_and_does_not_offer_to_deploy(browser: Browser, site: Host, user: str) -> None:
    form = DeployForm.opened(browser, site, user)
    form.preview(obstacle=True)
    browser.sees("Obstacles", "The deployment would be refused.", by="#preview")
    assert not browser.all("#preview button")
    assert form.field("obstacle").is_selected(), "what was given is still there"


def test_a_secret_survives_the_preview_and_is_not_in_the_page(browser: Browser, site: Host, user: str) -> None:
    form = DeployForm.opened(browser, site, user)
    form.preview(token=SECRET, expected_length=len(SECRET))
    assert SECRET not in browser.source
    assert form.field("token").get_attribute("value") == ""
    browser.sees("Kept in memory until", by="#option-token-held")
    browser.click("Deploy", "#preview button")
    page = DeploymentPage(browser)
    page.ends("Running")  # with another length it would have failed
    assert SECRET not in browser.source


def test_the_page_follows_a_deployment_without_being_loaded_again(
    start_site: StartSite, browser: Browser, user: str
) -> None:
    site = start_site(deployments={"concurrent": 1})
    other = Client(site, "other")
    blocker = other.made(slow=True)
    other.works(blocker)
    page = DeployForm.opened(browser, site, user).deploy(pace=300, slow=True)
    page.becomes("Queued")
    page.stays()
    assert page.phases == ["In the queue"]
    other.cancel(blocker)
    page.becomes("Applying")
    for node in BERTH_NODES:
        browser.until(lambda node=node: page.listed(node) == "Progressing", f"{node} is listed as progressing")
        browser.until(lambda node=node: page.drawn(node) == "progressing", f"{node} is drawn as progressing")
    assert "Creating objects" in page.phases
    browser.sees("a warning", by="#warnings")
    assert page.has_stayed
    browser.click("Cancel", "button")
    page = DeploymentPage(browser)
    page.ends("Cancelled")
    browser.sees("It was cancelled. What was made is still there.", by=".state-line")


def test_what_runs_shows_its_pages(browser: Browser, site: Host, user: str) -> None:
    page = DeployForm.opened(browser, site, user).deploy(pace=100)
    page.ends("Running")
    assert page.links() == {"Web page": "http://127.0.0.1:30001/"}
    assert {page.listed(node) for node in BERTH_NODES} == {"Running"}
    assert {page.drawn(node) for node in BERTH_NODES} == {"running"}
    browser.click("Everything that happened", "summary")
    browser.sees("Creating objects", "Deployment created", "Web page", by="#events")


def test_a_pipeline_is_run_again_with_the_secret_given_again_and_taken_away(
    browser: Browser, site: Host, user: str
) -> None:
    page = DeployForm.opened(browser, site, user).deploy(token=SECRET, expected_length=len(SECRET))
    page.ends("Running")
    browser.click("Run again", "a")
    browser.sees("Secrets are not kept after the work on a deployment")
    form = OptionsForm(browser)
    assert form.field("token").get_attribute("value") == ""
    assert form.field("expected_length").get_attribute("value") == str(len(SECRET))
    form.fill(token="short").press("Run again")
    page.ends("Failed")
    browser.sees("The token has another length", by="#failure")
    browser.click("Try again", "a")
    OptionsForm(browser).fill(token=SECRET).press("Try again")
    page.ends("Running")


def test_what_runs_is_taken_away(browser: Browser, site: Host, user: str) -> None:
    page = DeployForm.opened(browser, site, user).deploy()
    page.ends("Running")
    browser.click("Undeploy", "a")
    browser.sees("Everything that was deployed is taken away.")
    browser.click("Undeploy", "button")
    page = DeploymentPage(browser)
    page.ends("Removed")
    browser.sees("What was deployed has been taken away.", by=".state-line")


def test_a_failure_tells_what_why_and_what_to_do_and_shows_the_node(browser: Browser, site: Host, user: str) -> None:
    page = DeployForm.opened(browser, site, user).deploy(error="failed", failing=BERTH_NODES[1], pace=50)
    page.ends("Failed")
    browser.sees(
        "The fixture failed", "The option error says failed.", "What to do", "Leave it out", by="#failure"
    )
    assert (page.listed(BERTH_NODES[1]), page.drawn(BERTH_NODES[1])) == ("Failed", "failed")
    browser.sees(
        "The container ends again and again", "Read its log", "Traceback: <model>", "the weights are missing",
        by=f"#node-{BERTH_NODES[1]}",
    )


def test_the_phase_that_failed_stays_marked(browser: Browser, site: Host, user: str) -> None:
    page = DeployForm.opened(browser, site, user).deploy(error="failed", pace=1000)
    page.ends("Failed")
    fetched = "return performance.getEntriesByType('resource').at(-1)?.name"
    browser.until(lambda: str(browser.script(fetched)).endswith(f"/api/v1/deployments/{page.id}"), "phases are fetched")
    assert "state-failed" in str(browser.one("#phases > :last-child").get_attribute("class"))


def test_what_failed_is_tried_again_without_the_option_that_was_wrong(browser: Browser, site: Host, user: str) -> None:
    page = DeployForm.opened(browser, site, user).deploy(error="failed")
    page.ends("Failed")
    browser.click("Try again", "a")
    OptionsForm(browser).fill(error="").press("Try again")
    page.ends("Running")


def test_a_wrong_value_is_told_before_anything_is_sent(browser: Browser, site: Host, user: str) -> None:
    form = DeployForm.opened(browser, site, user)
    browser.script("window.isSamePage = true")
    form.fill(pace=70_000).press("Deploy")
    assert browser.script("return window.isSamePage") is True
    browser.sees("One option needs your attention", by="#problems")
    assert browser.focus == "problems"
    assert form.error("pace") == "must be a whole number from 0 to 60000"
    assert form.field("pace").get_attribute("aria-invalid") == "true"
    browser.click("pace", "#problems a")
    assert browser.focus == "option-pace"
    form.deploy(pace=0).ends("Running")


def test_what_is_required_is_asked_for(browser: Browser, site: Host, user: str) -> None:
    form = DeployForm.opened(browser, site, user, "creodias")
    form.press("Deploy")
    browser.sees("One option needs your attention", "Kubeconfig", by="#problems")
    assert form.error("kubeconfig") == "a value is required"


def test_a_double_click_makes_one_deployment(browser: Browser, site: Host, user: str) -> None:
    DeployForm.opened(browser, site, user)
    ActionChains(browser.driver).double_click(browser.named("Deploy", "#deploy-form button")).perform()
    DeploymentPage(browser).ends("Running")
    assert len(Client(site, user).list()) == 1


def test_a_taken_place_leads_to_the_deployment_that_is_there(browser: Browser, site: Host, user: str) -> None:
    client = Client(site, user)
    first = client.made(place=user, slow=True)
    client.works(first)
    form = DeployForm.opened(browser, site, user)
    form.fill(place=user).press("Deploy")
    browser.sees("Open the deployment that runs there", by="#problems")
    assert client.submit(place=user).status == 409
    browser.click("Open the deployment that runs there", "#problems a")
    assert DeploymentPage(browser).id == first
    client.cancel(first)


def test_two_windows_follow_the_same_deployment(browser: Browser, site: Host, user: str) -> None:
    page = DeployForm.opened(browser, site, user).deploy(slow=True)
    page.becomes("Applying")
    page.stays()
    with browser.window():
        browser.open(site, f"/deployments/{page.id}")
        DeploymentPage(browser).becomes("Applying")
        browser.click("Cancel", "button")
        DeploymentPage(browser).ends("Cancelled")
    page.ends("Cancelled")
    assert page.has_stayed
    assert not [each for each in browser.all("#actions button") if each.text == "Cancel"]


def test_who_comes_back_to_a_page_sees_what_others_have_done(browser: Browser, site: Host, user: str) -> None:
    page = DeployForm.opened(browser, site, user).deploy()
    page.ends("Running")
    page.stays()
    assert Client(site, user).call(f"/{page.id}", "DELETE").status == 202
    browser.script("document.dispatchEvent(new Event('visibilitychange'))")
    page.ends("Removed")
    assert page.has_stayed


def test_a_replaced_deployment_says_so_and_is_not_offered_to_be_taken_away(
    browser: Browser, site: Host, user: str
) -> None:
    client = Client(site, user)
    first = client.made(place=user)
    client.ended(first, "running")
    second = client.made(place=user)
    client.ended(second, "running")
    DeploymentPage.opened(browser, site, first, user).ends("Replaced")
    assert "Undeploy" not in browser.text("#actions")
    browser.click("open it", "a")
    assert DeploymentPage(browser).id == second


def test_the_copied_call_makes_the_same_deployment(browser: Browser, site: Host, user: str) -> None:
    text = "it's \"quoted\" $HOME `id` \\"
    page = DeployForm.opened(browser, site, user).deploy(text=text, token=SECRET)
    page.ends("Running")
    browser.command("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    browser.click("Copy API call", "button")
    browser.sees("Copied", by="#actions")
    line = browser.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    assert SECRET not in line
    client = Client(site, user)
    made = run_in_shell(line, client.token)
    first = client.show(page.id)
    assert made["id"] != page.id
    assert (made["target"], made["options"]) == (first["target"], first["options"])
    assert made["solution"].items() <= first["solution"].items()
    assert made["options"]["text"] == text



def run_in_shell(line: str, token: str) -> dict[str, Any]:
    """What the command answers."""
    result = subprocess.run(["bash", "-c", line], env=os.environ | {"TOKEN": token}, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr + result.stdout
    return dict(json.loads(result.stdout))
