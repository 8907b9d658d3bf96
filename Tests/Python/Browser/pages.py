"""The pages of a host, and what is done on them."""

from __future__ import annotations

from typing import Union

from browser import Browser
from host import Host
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from sites import BERTHS

Given = Union[str, int, bool]


class OptionsForm:
    """A form with options, wherever it is."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def field(self, name: str) -> WebElement:
        """The control of an option. Underscores in names become dashes."""
        return self.browser.one(f"#option-{name.replace('_', '-')}")

    def fill(self, **options: Given) -> OptionsForm:
        """Gives values as people do."""
        for details in self.browser.all("details.advanced:not([open]) > summary"):
            details.click()
        for name, value in options.items():
            field = self.field(name)
            if isinstance(value, bool):
                if field.is_selected() != value:
                    field.click()
            elif field.tag_name == "select":
                Select(field).select_by_visible_text(str(value))
            else:
                field.clear()
                field.send_keys(str(value))
        return self

    def paste(self, name: str, text: str) -> OptionsForm:
        """Gives a long value at once."""
        self.field(name).click()
        self.browser.command("Input.insertText", text=text)
        return self

    def shows(self, name: str) -> bool:
        """Whether the control of an option is shown."""
        return self.field(name).is_displayed()

    def ask(self, name: str) -> None:
        """Asks for the values that an option can have."""
        self.browser.click("Show choices", f"[data-field='{name}'] button")

    def choices(self, name: str) -> dict[str, bool]:
        """The values that are offered, in people's words, and whether they can be taken."""
        by = f"[data-field='{name}'] " + (".offered button" if self.browser.scripts else "select option")
        self.browser.one(by)
        return {each.text: each.is_enabled() for each in self.browser.all(by)}

    def choose(self, name: str, words: str) -> None:
        """Takes one of those."""
        if self.browser.scripts:
            self.browser.click(words, f"[data-field='{name}'] .offered button")
        else:
            Select(self.field(name)).select_by_visible_text(words)

    def press(self, label: str) -> None:
        self.browser.click(label, "button")

    def error(self, name: str) -> str:
        """What is said to be wrong with an option."""
        return self.browser.text(f"#option-{name}-error")


class DeployForm(OptionsForm):
    """The page behind "Deploy" in the portal."""

    @staticmethod
    def opened(
        browser: Browser, host: Host, user: str, target: str = "fixture", reference: str = BERTHS
    ) -> DeployForm:
        """Opens it as the portal does."""
        browser.sign_in(host, f"/{target}/deploy/{reference}", user)
        browser.one("#deploy-form")
        return DeployForm(browser)

    def deploy(self, **options: Given) -> DeploymentPage:
        """Deploys with these options."""
        self.fill(**options).press("Deploy")
        return DeploymentPage(self.browser)

    def preview(self, **options: Given) -> None:
        self.fill(**options).press("Preview")
        self.browser.one("#preview")


class DeploymentPage:
    """The page of one deployment."""

    def __init__(self, browser: Browser) -> None:
        """Waits until it is there."""
        self.browser = browser
        shown = browser.until(lambda: browser.one("#deployment").get_attribute("data-id"), "a deployment is shown")
        self.id = str(shown)

    @staticmethod
    def opened(browser: Browser, host: Host, identifier: str, user: str) -> DeploymentPage:
        browser.sign_in(host, f"/deployments/{identifier}", user)
        return DeploymentPage(browser)

    @property
    def state(self) -> str:
        return self.browser.steady(lambda: self.browser.one(".state-line .badge").text)

    def becomes(self, *states: str) -> None:
        """Waits until it is in one of these states, as a word, and has the buttons that fit."""
        self.browser.until(lambda: self.state in states, f"the page says {' or '.join(states)}")

    def ends(self, state: str, seconds: float = 20) -> None:
        """Waits until it has ended so, and the page has all that belongs to the end."""
        ended = "#deployment:not([data-active])"
        self.browser.until(lambda: self.browser.all(ended) and self.state == state, f"it ends as {state}", seconds)

    def listed(self, node: str) -> str:
        """The state of a node in the list, as a word."""
        return self.browser.text(f".node-details[data-node='{node}'] .badge-word")

    def drawn(self, node: str) -> str:
        """The state of a node in the drawing, as a word."""
        word = f".pipeline a[href='#node-{node}'] .graph-state-word"
        return self.browser.steady(lambda: str(self.browser.one(word).get_attribute("textContent")))

    @property
    def phases(self) -> list[str]:
        found = "return [...document.querySelectorAll('#phases .phase-text')].map((each) => each.textContent)"
        return list(self.browser.script(found))

    def links(self) -> dict[str, str]:
        """The pages to open: titles and addresses."""
        found = lambda: {each.text: str(each.get_attribute("href")) for each in self.browser.all("#links a")}
        return self.browser.steady(found)

    def stays(self) -> None:
        """Marks the page, to see later whether it was loaded again."""
        self.browser.script("window.isSamePage = true")

    @property
    def has_stayed(self) -> bool:
        return self.browser.script("return window.isSamePage === true") is True
