"""How a page looks: accessibility by axe, pages that fit into narrow windows, and screenshots."""

from __future__ import annotations

import base64
import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

from browser import Browser
from facts import Tell
from folders import REPOSITORY

SCREENSHOTS = REPOSITORY / ".build" / "screenshots"
SCHEMES = ("light", "dark")
NARROW = 360
GRAVE = ("serious", "critical")
MOST_UNFOLDED = 20  # more of the same would take long, in the description of the API


@cache
def _axe() -> str:
    """The script of axe-core, which the package for another driver brings along. That package is not imported."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found and found.submodule_search_locations, "axe-playwright-python is not installed"
    return (Path(found.submodule_search_locations[0]) / "axe.min.js").read_text("utf-8")


def violations(browser: Browser) -> list[tuple[str, str]]:
    """What axe finds in the page as it is now: how bad it is, and what."""
    if browser.script("return typeof axe === 'undefined'"):
        browser.script(_axe())
    result: dict[str, Any] = browser.driver.execute_async_script(
        "const done = arguments[0], fail = (error) => done({error: `${error}`});"
        "axe.run(document, {resultTypes: ['violations']}).then(done, fail)"
    )
    assert "error" not in result, result["error"]
    return [
        (rule["impact"] or "", f"{rule['id']}: {rule['help']}: {node['target'][0]} {_reason(node)}")
        for rule in result["violations"] for node in rule["nodes"]
    ]


def _reason(node: dict[str, Any]) -> str:
    checks = node["any"] + node["all"] + node["none"]
    return str(checks[0]["message"]) if checks else ""


def keep(browser: Browser, name: str) -> None:
    """Writes a picture of the whole page."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    size = browser.command("Page.getLayoutMetrics")["cssContentSize"]
    clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
    picture = browser.command("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
    (SCREENSHOTS / f"{name}.png").write_bytes(base64.b64decode(picture["data"]))


def is_fit_to_be_seen(browser: Browser, name: str, tell: Tell) -> None:
    """Keeps pictures of a page in both schemes, and asserts that everybody can use it, also in a narrow window."""
    found: dict[str, list[tuple[str, str]]] = {}
    for scheme in SCHEMES:
        browser.looks(scheme)
        keep(browser, f"{name}-{scheme}")
        found[scheme] = violations(browser)
    browser.looks("light", NARROW)
    keep(browser, f"{name}-narrow")
    browser.script(
        "for (const each of [...document.querySelectorAll('details')].slice(0, arguments[0])) each.open = true",
        MOST_UNFOLDED,
    )
    found["narrow and unfolded"] = violations(browser)
    width = browser.script("return document.documentElement.scrollWidth")
    browser.looks()
    for where, each in found.items():
        for impact, text in each:
            if impact not in GRAVE:
                tell(f"axe, {impact}: {name}, {where}: {text}")
    grave = [f"{where}: {text}" for where, each in found.items() for impact, text in each if impact in GRAVE]
    assert not grave, "\n".join(grave)
    assert width <= NARROW, f"the page is {width} px wide in a window of {NARROW} px"
