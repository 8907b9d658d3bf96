"""The module of `Tests/MisbehavingTarget`, which does in one place what it should not, and hosts that have it."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, Optional

import fixture_target
import solutions
from folders import REPOSITORY
from host import Host


@cache
def _built() -> Path:
    script = REPOSITORY / "Tests" / "FixtureTarget" / "build-module.sh"
    source = REPOSITORY / "Tests" / "MisbehavingTarget"
    result = subprocess.run(
        [script, source, solutions.EXECUTABLE.parent], check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True,
    )
    assert result.returncode == 0, result.stdout
    return Path(result.stdout.splitlines()[-1]) / "libMisbehavingTarget.so"


def module(folder: Path, place: str, kind: str = "trap") -> str:
    """The name of a module in a folder that misbehaves in one place; its file's name tells it."""
    folder.mkdir(mode=0o755, exist_ok=True)
    name = f"M_{place}_{kind}"
    shutil.copy(_built(), folder / f"lib{name}.so")
    (folder / f"lib{name}.so").chmod(0o755)
    return name


def configuration(
    folder: Path, place: str, kind: str = "trap", deployments: Optional[dict[str, int]] = None, **more: Any
) -> Path:
    """A configuration with the module, the fixture and local-yaml; `more` is about the module."""
    modules = folder / "modules"
    written = folder / "deployer.yaml"
    written.write_text(json.dumps({  # JSON is YAML
        "modules": {"folders": [str(modules), fixture_target.module_folder()]},
        "targets": [
            {"module": "LocalYAML"}, {"module": "FixtureTarget"}, {"module": module(modules, place, kind)} | more,
        ],
        "defaultTarget": "local-yaml",
        "deployments": deployments or {"stoppingTimeout": 1},
        "catalogue": {"directory": str(solutions.SAMPLES), "accessCheck": False},
    }))
    return written


def start_host(folder: Path, place: str, kind: str = "trap", **more: Any) -> Host:
    """Starts a host with the module, the fixture and local-yaml."""
    return Host(folder, "--config", configuration(folder, place, kind, **more))


def workers(host: Host) -> list[int]:
    """The processes of modules that the host has now."""
    listed = subprocess.run(
        ["ps", "--ppid", str(host.process.pid), "-o", "pid=,stat="], capture_output=True, text=True, check=False)
    lines = [line.split() for line in listed.stdout.splitlines()]
    return [int(pid) for pid, state in lines if not state.startswith("Z")]
