"""Every page in every state, and how to get there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

from browser import Browser
from deployment_client import Client, eventually
from host import Host
from pages import DeployForm, DeploymentPage
from sites import BERTH_NODES, BERTHS, BIRDS, TRAMS, TURBINES

NOBODY = "00000000-0000-4000-8000-000000000000"
SECRET = "Marked-token-of-the-owner"


@dataclass(frozen=True)
class Visit:
    """Somebody on the way to a page."""

    browser: Browser
    site: Host
    user: str

    @property
    def client(self) -> Client:
        return Client(self.site, self.user)

    def form(self, target: str = "fixture", reference: str = BERTHS) -> DeployForm:
        return DeployForm.opened(self.browser, self.site, self.user, target, reference)

    def page(self, path: str, *roles: str) -> None:
        self.browser.sign_in(self.site, path, self.user, roles)
        self.browser.one("main")

    def deployment(self, state: str, **options: Any) -> DeploymentPage:
        """The page of one that is in a state."""
        identifier = self.client.made(**options)
        eventually(lambda: self.client.state(identifier) == state, f"{identifier} is {state}")
        return DeploymentPage.opened(self.browser, self.site, identifier, self.user)

    def afterwards(self, button: str, **options: Any) -> None:
        """What a button of one that runs leads to."""
        self.deployment("running", **options)
        self.browser.click(button, "a")


def _preview(visit: Visit, **options: Any) -> None:
    visit.form().preview(token=SECRET, **options)
    for details in visit.browser.all("#preview summary"):
        details.click()


def _problems(visit: Visit) -> None:
    visit.form("creodias").fill(timeout=0).press("Deploy")
    visit.browser.one("#problems")


def _place_taken(visit: Visit) -> None:
    identifier = visit.client.made(place=visit.user, slow=True)
    visit.client.works(identifier)
    visit.form().fill(place=visit.user).press("Deploy")
    visit.browser.one("#problems")


def _cancelling(visit: Visit) -> None:
    page = visit.deployment("applying", slow=True, stubborn=True, seconds=30)
    visit.client.cancel(page.id)
    visit.browser.driver.refresh()
    visit.browser.sees("Cancelling. What is in progress is ended first.")


def _replaced(visit: Visit) -> None:
    first = visit.deployment("running", place=visit.user)
    visit.client.ended(visit.client.made(place=visit.user))
    visit.browser.open(visit.site, f"/deployments/{first.id}")
    visit.browser.sees("A newer deployment has taken its place")


def _removed(visit: Visit) -> None:
    identifier = visit.client.made(place=visit.user)
    visit.client.ended(identifier, "running")
    visit.client.call(f"/{identifier}", "DELETE")
    DeploymentPage.opened(visit.browser, visit.site, identifier, visit.user).ends("Removed")


def _cancelled(visit: Visit) -> None:
    page = visit.deployment("applying", slow=True)
    visit.client.cancel(page.id)
    page.ends("Cancelled")


def _logs(visit: Visit) -> None:
    visit.afterwards("Logs")
    if visit.browser.all("main form .field"):
        visit.browser.click("Read logs", "button")
    visit.browser.sees("model is ready")


def _list(visit: Visit, *roles: str) -> None:
    client = visit.client
    for options in (
        {"place": visit.user}, {"error": "failed"}, {"slow": True}, {"outcome": "completed"}, {"target": "local-yaml"},
    ):
        client.made(**options)
    visit.page("/deployments", *roles)
    visit.browser.one("#list tbody tr")


def _documentation(visit: Visit) -> None:
    visit.page("/docs")
    visit.browser.sees("Run a deployment again", by="body")


STATES: dict[str, Callable[[Visit], object]] = {
    "deploy-package": lambda visit: visit.form("local-yaml"),
    "deploy-fixture": lambda visit: visit.form(),
    "deploy-cluster": lambda visit: visit.form("creodias"),
    "deploy-model": lambda visit: visit.form("creodias", BIRDS),
    "deploy-folder": lambda visit: visit.form("local-yaml", TURBINES),
    "deploy-notes": lambda visit: visit.form("creodias", TRAMS),
    "deploy-preview": _preview,
    "deploy-obstacles": lambda visit: _preview(visit, obstacle=True),
    "deploy-problems": _problems,
    "deploy-place-taken": _place_taken,
    "deployment-at-work": lambda visit: visit.deployment("applying", slow=True, text="some text"),
    "deployment-node-failed": lambda visit: visit.deployment("applying", slow=True, failing=BERTH_NODES[0]),
    "deployment-running": lambda visit: visit.deployment("running", place=visit.user),
    "deployment-completed": lambda visit: visit.deployment("completed", outcome="completed"),
    "deployment-failed": lambda visit: visit.deployment("failed", failing=BERTH_NODES[2], error="failed"),
    "deployment-cancelled": _cancelled,
    "deployment-cancelling": _cancelling,
    "deployment-replaced": _replaced,
    "deployment-removed": _removed,
    "run-again": lambda visit: visit.afterwards("Run again", token=SECRET),
    "undeploy": lambda visit: visit.afterwards("Undeploy", token=SECRET),
    "logs-asked": lambda visit: visit.afterwards("Logs", token=SECRET),
    "logs": _logs,
    "deployments": _list,
    "deployments-of-all": lambda visit: _list(visit, "Admin"),
    "deployments-none": lambda visit: visit.page("/deployments"),
    "deployments-none-fits": lambda visit: visit.page("/deployments?state=failed"),
    "targets": lambda visit: visit.page("/targets", "Admin"),
    "documentation": _documentation,
    "error-not-signed-in": lambda visit: visit.browser.open(visit.site, "/deployments"),
    "error-forbidden": lambda visit: visit.page("/targets"),
    "error-not-found": lambda visit: visit.page(f"/deploy/{NOBODY}/{NOBODY}"),
}
