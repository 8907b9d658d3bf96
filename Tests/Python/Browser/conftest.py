"""Browsers and hosts for the tests of pages."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Callable, Iterator

import browser as browsers
import facts as told
import pytest
import sites
from host import Host


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """All tests of this folder are marked."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
    yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints what tests found out, also those that passed."""
    told.summarize(terminalreporter)


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> told.Tell:
    """Notes a fact that nobody asserts, to be printed in the end."""
    return lambda text: record_property(told.FACT, text)


def _started(folder: Path, scripts: bool) -> Iterator[browsers.Browser]:
    started = browsers.Browser(folder, scripts)
    yield started
    started.quit()


def _clean(window: browsers.Browser) -> Iterator[browsers.Browser]:
    window.reset()
    yield window
    complaints = window.complaints()
    assert not complaints, "the browser complained about pages"


@pytest.fixture(scope="session")
def _browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browsers.Browser]:
    yield from _started(tmp_path_factory.mktemp("downloads"), scripts=True)


@pytest.fixture(scope="session")
def _plain_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browsers.Browser]:
    yield from _started(tmp_path_factory.mktemp("downloads"), scripts=False)


@pytest.fixture
def browser(_browser: browsers.Browser) -> Iterator[browsers.Browser]:
    """A browser in which nobody is signed in. Afterwards it must not have complained about anything."""
    yield from _clean(_browser)


@pytest.fixture
def plain_browser(_plain_browser: browsers.Browser) -> Iterator[browsers.Browser]:
    """Like `browser`, with JavaScript switched off."""
    yield from _clean(_plain_browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A host for all tests; each has a user of its own."""
    host = sites.start_site(tmp_path_factory.mktemp("site"))
    yield host
    host.kill()


@pytest.fixture
def start_site(tmp_path: Path) -> Iterator[sites.StartSite]:
    """Starts hosts for one test, over one state folder."""
    started: list[Host] = []

    def start(*arguments: object, **sections: object) -> Host:
        started.append(sites.start_site(tmp_path, *arguments, **sections))
        return started[-1]

    yield start
    for host in started:
        host.kill()


@pytest.fixture
def user() -> str:
    """Somebody who has no deployments yet."""
    return f"user-{uuid.uuid4().hex[:8]}"
