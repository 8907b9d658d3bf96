"""How soon people see what happens. Measured and printed, not asserted: machines differ."""

from __future__ import annotations

from statistics import median

from browser import Browser
from facts import Tell
from host import Host
from pages import DeployForm
from sites import BERTH_NODES

# Notes when events come into the page, in the page's own words and on the same clock as the host's.
OBSERVER = """
if (location.pathname.includes('/deployments/')) {
  window.seen = [];
  const note = (how) => {
    for (const item of document.querySelectorAll('#events li:not([data-seen])')) {
      item.dataset.seen = how;
      window.seen.push({how, shown: Date.now(), time: Date.parse(item.querySelector('time').dateTime)});
    }
  };
  new MutationObserver(() => note(document.readyState === 'loading' ? 'page' : 'live'))
    .observe(document, {childList: true, subtree: true});
} else {
  addEventListener('submit', () => sessionStorage.setItem('clicked', Date.now()), true);
}
"""


def test_events_are_soon_in_the_page(browser: Browser, site: Host, user: str, tell: Tell) -> None:
    added = browser.command("Page.addScriptToEvaluateOnNewDocument", source=OBSERVER)
    try:
        page = DeployForm.opened(browser, site, user).deploy(pace=1_000, slow=True)
        browser.until(lambda: all(page.listed(node) == "Progressing" for node in BERTH_NODES), "all nodes progress")
        browser.sees("a warning", by="#warnings")
        seen = browser.script("return window.seen")
        clicked = int(browser.script("return sessionStorage.getItem('clicked')"))
        browser.click("Cancel", "button")
        page.ends("Cancelled")
    finally:
        browser.command("Page.removeScriptToEvaluateOnNewDocument", identifier=added["identifier"])
    first = min(event["shown"] for event in seen) - clicked
    delays = [event["shown"] - event["time"] for event in seen if event["how"] == "live" and event["time"] > clicked]
    assert delays, "no event came while the page was open"
    tell(f"pace: from the click on Deploy to the first event in the page {first} ms")
    tell(f"pace: from an event at the host to the open page {median(delays)} ms, {max(delays)} ms at most, "
         f"{len(delays)} events")
