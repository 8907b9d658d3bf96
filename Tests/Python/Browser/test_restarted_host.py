"""The host is killed and started again while somebody looks at a deployment."""

from __future__ import annotations

from browser import Browser
from pages import DeployForm, OptionsForm
from sites import StartSite


def test_a_page_finds_the_host_again_and_shows_that_the_work_was_interrupted(
    start_site: StartSite, browser: Browser, user: str
) -> None:
    first = start_site()
    port = first.url.rpartition(":")[2]
    page = DeployForm.opened(browser, first, user).deploy(slow=True, seconds=60)
    page.becomes("Applying")
    page.stays()
    first.kill()
    browser.sees("The connection has dropped. Trying again.", by="#connection")
    second = start_site("--port", port)
    assert second.url == first.url
    page.ends("Interrupted")
    assert page.has_stayed
    browser.sees("The host ended before the work did. Present the credentials again to go on.", by=".state-line")
    browser.until(lambda: not browser.one("#connection").is_displayed(), "nothing is said about the connection")
    lost = [each for each in browser.complaints() if "net::ERR_" not in each]
    assert not lost
    browser.click("Go on", "a")
    OptionsForm(browser).fill(slow=False).press("Go on")
    page.ends("Running")
