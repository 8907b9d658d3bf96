"""Debian's Chromium, driven through its WebDriver, as somebody who looks at the pages of a host."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable, Iterator, TypeVar

from host import Host, token
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
WIDTH, HEIGHT = 1280, 900
Value = TypeVar("Value")


def _options(downloads: Path, scripts: bool) -> webdriver.ChromeOptions:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    quiet = ("background-networking", "component-update", "default-apps", "dev-shm-usage", "extensions", "gpu", "sync")
    for argument in (
        "--headless=new", f"--window-size={WIDTH},{HEIGHT}", "--no-first-run", "--lang=en-GB",
        *(f"--disable-{name}" for name in quiet),
    ):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # it does not start as root otherwise
    options.add_experimental_option("prefs", {
        "download.default_directory": str(downloads),
        "profile.managed_default_content_settings.javascript": 1 if scripts else 2,
    })
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return options


class Browser:
    """A browser window. `by` ways of finding something are CSS selectors."""

    def __init__(self, downloads: Path, scripts: bool = True) -> None:
        """Starts one. Without scripts, pages' JavaScript is switched off as users do in the settings."""
        self.downloads = downloads
        self.scripts = scripts
        self.driver = webdriver.Chrome(_options(downloads, scripts), Service(DRIVER))
        self.driver.set_script_timeout(60)

    def quit(self) -> None:
        self.driver.quit()

    def reset(self) -> None:
        """Forgets who was signed in, and looks as usual."""
        for handle in self.driver.window_handles[1:]:
            self.driver.switch_to.window(handle)
            self.driver.close()
        self.driver.switch_to.window(self.driver.window_handles[0])
        self.driver.get("about:blank")
        self.command("Network.clearBrowserCookies")
        self.looks()
        self.driver.get_log("browser")
        for file in self.downloads.iterdir():
            file.unlink()

    def command(self, name: str, **arguments: Any) -> Any:
        """A command of Chromium's own protocol."""
        return self.driver.execute_cdp_cmd(name, arguments)

    def looks(self, scheme: str = "light", width: int = WIDTH, height: int = HEIGHT) -> None:
        """The colours that the reader prefers, and how large the window is, without any scroll bars."""
        self.command("Emulation.setScrollbarsHidden", hidden=True)
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )

    # Where it is

    def sign_in(self, host: Host, path: str, user: str = "alice", roles: tuple[str, ...] = ()) -> None:
        """Opens a page as the portal does."""
        self.driver.get(f"{host.url}{path}?jwtToken={token(user, roles)}")

    def open(self, host: Host, path: str) -> None:
        self.driver.get(host.url + path)

    @property
    def address(self) -> str:
        return str(self.driver.current_url)

    @property
    def source(self) -> str:
        return str(self.driver.page_source)

    @contextmanager
    def window(self) -> Iterator[None]:
        """Another window for a while."""
        first = self.driver.current_window_handle
        self.driver.switch_to.new_window("window")
        try:
            yield
        finally:
            self.driver.close()
            self.driver.switch_to.window(first)

    # What is there

    def all(self, by: str) -> list[WebElement]:
        return list(self.driver.find_elements(By.CSS_SELECTOR, by))

    def one(self, by: str) -> WebElement:
        """The first one that is there, as soon as it is."""
        return self.until(lambda: next(iter(self.all(by)), None), f"{by} is there")

    def text(self, by: str = "main") -> str:
        """What can be read of it; empty where there is no such thing."""
        return self.steady(lambda: next((each.text for each in self.all(by)), ""))

    def steady(self, read: Callable[[], Value]) -> Value:
        """What is read of elements that the page may exchange meanwhile: then it is read again."""
        for _ in range(20):
            try:
                return read()
            except StaleElementReferenceException:
                continue
        return read()

    def sees(self, *texts: str, by: str = "main") -> None:
        """Waits until all these texts can be read."""
        def missing() -> list[str]:
            text = self.text(by)
            return [each for each in texts if each not in text]

        try:
            self.until(lambda: not missing(), "")
        except AssertionError:
            raise AssertionError(f"{missing()} cannot be read in {by} of {self.address}:\n{self.text(by)}") from None

    def until(self, condition: Callable[[], Value], what: str, seconds: float = 20) -> Value:
        """Waits until a condition holds; elements that go away meanwhile are looked for again."""
        ignored = (NoSuchElementException, StaleElementReferenceException)
        waiting = WebDriverWait(self.driver, seconds, poll_frequency=0.05, ignored_exceptions=ignored)
        try:
            return waiting.until(lambda _: condition())
        except Exception as error:
            text = self.text("body")
            raise AssertionError(f"never: {what}\nat {self.address}: {error}\n{text}") from None

    def script(self, text: str, *arguments: Any) -> Any:
        """What a script returns; also where pages' own are switched off."""
        return self.driver.execute_script(text, *arguments)

    @property
    def focus(self) -> str:
        """The id of what has the focus."""
        return str(self.driver.switch_to.active_element.get_attribute("id"))

    # What is done

    def click(self, label: str, by: str = "a, button, summary") -> None:
        """Clicks on what is called so, as soon as it is shown; the page may come anew meanwhile."""
        def press() -> bool:
            found = self._find(label, by)
            if found:
                found.click()
            return found is not None

        self.until(press, f"there is a {by} called {label!r} to click on")

    def named(self, label: str, by: str = "a, button, summary") -> WebElement:
        """What is shown and called so."""
        return self.until(lambda: self._find(label, by), f"there is a {by} called {label!r}")

    def _find(self, label: str, by: str) -> WebElement | None:
        found = [each for each in self.all(by) if each.is_displayed() and each.text.strip().startswith(label)]
        return next((each for each in found if each.text.strip() == label), next(iter(found), None))

    def downloaded(self, name: str) -> bytes:
        """A file of that name, once all of it is there."""
        path = self.downloads / name
        self.until(lambda: path.exists() and not list(self.downloads.glob("*.crdownload")), f"{name} is downloaded")
        return path.read_bytes()

    # What went wrong

    def complaints(self) -> list[str]:
        """Errors of scripts, what the Content-Security-Policy forbade, and what could not be loaded, since the last
        time. Documents that come with a status of an error are none."""
        found = [entry for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
        own = [entry for entry in found if not self._is_about_document(entry["message"])]
        return [f"{entry['source']}: {entry['message']}" for entry in own]

    def _is_about_document(self, message: str) -> bool:
        is_status = "the server responded with a status of" in message
        return is_status and "/assets/" not in message and "/api/" not in message
