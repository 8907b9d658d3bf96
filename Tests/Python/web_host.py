"""Hosts with the fixture target, for tests of what browsers get."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Optional

import solutions
from fixture_target import module_folder
from host import Host
from web_client import Page

SOLUTION = "22222222-2222-4222-8222-222222222222/bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
IMMUTABLE_HEADERS = {
    "Content-Security-Policy":
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def start_web_host(folder: Path, **sections: Any) -> Host:
    """Starts a host with cookies for http, unless these sections of the configuration say otherwise."""
    targets = [{"module": name, "required": True} for name in ("LocalYAML", "FixtureTarget")]
    configuration: dict[str, Any] = {
        "modules": {"folders": [module_folder()]},
        "targets": targets,
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
