"""Hosts with the fixture target, for tests of what browsers get."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Optional

import solutions
from fixture_target import module_folder
from host import Host, token
from web_client import Page, WebClient

SOLUTION = "22222222-2222-4222-8222-222222222222/bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"


def start_web_host(folder: Path, **sections: Any) -> Host:
    """Starts a host with cookies for http, unless these sections of the configuration say otherwise."""
    targets = [{"module": name, "required": True} for name in ("LocalYAML", "FixtureTarget")]
    configuration: dict[str, Any] = {
        "modules": {"folders": [module_folder()]},
        "targets": targets, "defaultTarget": "local-yaml",
        "catalogue": {"directory": str(solutions.SAMPLES), "accessCheck": False},
        "cookie": {"secure": False},
    }
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "deployer.yaml"
    file.write_text(json.dumps(configuration | sections))  # JSON is YAML
    return Host(folder, "--config", file)


def deployment_id(page: Page) -> str:
    """The id of the deployment whose page it is."""
    found = re.search(r"/deployments/([0-9a-f-]{36})$", page.url)
    assert found, f"{page.url} is no page of a deployment: {page.status} {page.text}"
    return found.group(1)


def cookie_attributes(page: Page) -> Optional[dict[str, str]]:
    """The only cookie that an answer sets: `name`, `value`, and its attributes in lower case."""
    header = page.headers.get("Set-Cookie")
    if header is None:
        return None
    first, *rest = [part.strip() for part in header.split(";")]
    name, _, value = first.partition("=")
    attributes = {key.lower(): text for key, _, text in (part.partition("=") for part in rest)}
    return {"name": name, "value": value} | attributes


def visitor(host: Host, user: str = "alice", roles: tuple[str, ...] = (), lifetime: int = 3600) -> WebClient:
    """A browser that has come from the portal."""
    client = WebClient(host.url)
    page = client.get(f"/deployments?jwtToken={token(user, roles, lifetime)}")
    assert page.status == 200, page.text
    return client


def form_page(client: WebClient, target: str = "fixture") -> Page:
    """The page with the form of a target."""
    page = client.get(f"/{target}/deploy/{SOLUTION}")
    assert page.status == 200, page.text
    return page


def deployed(client: WebClient, target: str = "fixture", **values: str) -> str:
    """Sends the form of a target, and tells the id of the deployment."""
    return deployment_id(client.send(form_page(client, target).form(), action="deploy", **values))


def finished(client: WebClient, identifier: str) -> str:
    """Waits until the work on a deployment has ended."""
    assert list(client.stream(f"/api/v1/deployments/{identifier}/events"))[-1:] in (["end"], [])
    return identifier


def listed(host: Host, user: str) -> list[dict[str, Any]]:
    """The deployments of a user."""
    answer = host.call("/api/v1/deployments?limit=200", token=token(user))
    assert answer.status == 200, answer
    return answer.json()["deployments"]
