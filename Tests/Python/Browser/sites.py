"""Hosts for browsers: with the fixture, the solution package, a cluster's target, and a module that is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable

import solutions
from fixture_target import module_folder
from host import Host

BIRDS = "11111111-1111-4111-8111-111111111111/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
BERTHS = "22222222-2222-4222-8222-222222222222/bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
TURBINES = "33333333-3333-4333-8333-333333333333/cccccccc-cccc-4ccc-8ccc-cccccccccccc"
TRAMS = "55555555-5555-4555-8555-555555555555/eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee"
BERTH_NODES = ("berth-gui1", "berth-rules1", "berth-optimiser1")
BROKEN = "Broken"  # the module
StartSite = Callable[..., Host]
"""Starts a host as `start_site` does, in a folder of the test."""


def start_site(folder: Path, *arguments: object, catalogue: Path = solutions.SAMPLES, **sections: Any) -> Host:
    """Starts a host in a folder. Sections are those of its configuration; what is not said is as below."""
    broken = folder / "modules" / f"lib{BROKEN}.so"
    broken.parent.mkdir(exist_ok=True)
    broken.write_text("This is no module.")
    broken.chmod(0o644)
    configuration = folder / "deployer.yaml"
    configuration.write_text(json.dumps({  # JSON is YAML
        "modules": {"folders": [module_folder(), str(broken.parent)]},
        "targets": [
            {"module": "FixtureTarget", "required": True}, {"module": "LocalYAML", "required": True},
            {"module": "Creodias", "required": True}, {"module": BROKEN},
        ],
        "defaultTarget": "fixture",
        "portal": "https://portal.example.org/",
        "network": {"allow": ["127.0.0.0/8"]},
        "catalogue": {"directory": str(catalogue), "accessCheck": False},
    } | sections))
    return Host(folder, "--config", configuration, *arguments)
