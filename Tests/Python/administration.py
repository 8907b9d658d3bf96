"""A host with the fixture whose administrator changes the configuration while it runs."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path
from typing import Any, Optional

import solutions
from deployment_client import Client, body, eventually
from fixture_target import module_folder
from host import Host, token

RELOADS = re.compile(
    r'^graphene_deployer_configuration_reloads_total\{outcome="(\w+)"\} (\d+)', re.MULTILINE
)


class AdministeredHost:
    """A host and its configuration file."""

    def __init__(self, folder: Path, targets: list[dict[str, Any]], **more: Any) -> None:
        """Starts it with these targets, and with other keys of the configuration."""
        self.file = folder / "deployer.yaml"
        self.content: dict[str, Any] = {
            "modules": {"folders": [module_folder()]},
            "targets": targets,
            "defaultTarget": "local-yaml",
            "catalogue": {"directory": str(solutions.SAMPLES), "accessCheck": False},
        } | more
        self.write()
        self.host = Host(folder, "--config", self.file)
        assert self.host.url

    def write(self) -> None:
        """Writes the configuration as it is to be."""
        partial = self.file.with_suffix(".partial")
        partial.write_text(json.dumps(self.content))  # JSON is YAML
        partial.rename(self.file)

    def client(self, user: str = "alice", *roles: str) -> Client:
        return Client(self.host, user, roles)

    def reloads(self) -> dict[str, int]:
        """How often the configuration was read again, by outcome."""
        text = self.host.call("/metrics").content.decode()
        return {outcome: int(count) for outcome, count in RELOADS.findall(text)}

    def hang_up(self) -> None:
        """Sends the signal, and waits until the configuration was read."""
        before = sum(self.reloads().values())
        os.kill(self.host.pid, signal.SIGHUP)
        eventually(lambda: sum(self.reloads().values()) > before, "the configuration is read again")

    def change(self, targets: Optional[list[dict[str, Any]]] = None, **more: Any) -> dict[str, Any]:
        """Changes keys of the configuration, has it read again, and tells what administrators see."""
        if targets is not None:
            self.content["targets"] = targets
        self.content |= more
        self.write()
        self.hang_up()
        return self.listing()

    def listing(self, user: str = "root", *roles: str) -> dict[str, Any]:
        """The list of targets as a user sees it, an administrator unless it is said otherwise."""
        answer = self.host.call("/api/v1/targets", token=token(user, roles if user != "root" else ("Admin",)))
        assert answer.status == 200, answer
        return answer.json()

    def page(self, path: str, user: str = "alice", *roles: str) -> tuple[int, str]:
        """A page, and its status."""
        answer = self.host.call(path, token=token(user, roles), Accept="text/html")
        return answer.status, answer.content.decode()

    def post(self, path: str, user: str = "alice", *roles: str, target: str = "fixture", **options: Any) -> Any:
        """A request of the API for a target."""
        return self.host.call(f"/api/v1/{path}", "POST", body(target, **options), token(user, roles))


def ids(listing: dict[str, Any]) -> list[str]:
    return [target["id"] for target in listing["targets"]]


def only(listing: dict[str, Any], identifier: str) -> dict[str, Any]:
    return next(target for target in listing["targets"] if target["id"] == identifier)
