"""The target of `Tests/FixtureTarget`, which does what its options ask for, and hosts that have it."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Callable

import solutions
from folders import REPOSITORY
from host import Host

StartHost = Callable[..., Host]
"""Starts a host with the fixture; the arguments are the section `deployments` of its configuration."""


@cache
def module_folder() -> str:
    """The folder with the module, which is built if need be."""
    script = REPOSITORY / "Tests" / "FixtureTarget" / "build.sh"
    result = subprocess.run(
        [script, solutions.EXECUTABLE.parent], check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert result.returncode == 0, result.stdout
    return result.stdout.splitlines()[-1]


def start_host(folder: Path, **deployments: int) -> Host:
    """Starts a host in a folder with the fixture and local-yaml, and this section `deployments`."""
    configuration = folder / "deployer.yaml"
    configuration.write_text(json.dumps({  # JSON is YAML
        "modules": {"folders": [module_folder()]},
        "targets": [{"module": "LocalYAML", "required": True}, {"module": "FixtureTarget", "required": True}],
        "catalogue": {"directory": str(solutions.SAMPLES), "accessCheck": False},
    } | ({"deployments": deployments} if deployments else {})))
    return Host(folder, "--config", configuration)
