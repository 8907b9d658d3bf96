"""What a target costs in a process of its own, and what loading a module costs."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import solutions
import table
from deployment_client import Client
from host import Host


def run(release: Path) -> None:
    """Prints medians."""
    with tempfile.TemporaryDirectory() as folder:
        inside, outside = (_deploying(Path(folder) / isolation, isolation) for isolation in ("host", "process"))
        none, all_modules = (_starting(release, Path(folder), modules) for modules in ([], _modules(release)))
    more = outside - inside
    table.row("a deployment in a process of its own, more", f"{more:.0f} ms", "< 60 ms", more < 60,
              f"in the host's process {inside:.0f} ms", outside / inside)
    each = (all_modules - none) / len(_modules(release))
    table.row("loading a module", f"{each:.1f} ms", "< 5 ms", each < 5, f"a process without any {none:.0f} ms",
              all_modules / none)


def _modules(release: Path) -> list[str]:
    return [name for name in ("LocalYAML", "Creodias") if (release / f"lib{name}.so").exists()]


def _deploying(folder: Path, isolation: str) -> float:
    """Milliseconds from the wish to deploy to its end, for a target that makes a solution.zip."""
    folder.mkdir()
    configuration = folder / "deployer.yaml"
    configuration.write_text(json.dumps({
        "targets": [{"module": "LocalYAML", "isolation": isolation}], "defaultTarget": "local-yaml",
        "catalogue": {"directory": str(solutions.SAMPLES), "accessCheck": False},
    }))
    host = Host(folder, "--config", configuration)
    try:
        client = Client(host)
        times = []
        for _ in range(21):
            begin = time.perf_counter()
            identifier = client.made("local-yaml")
            client.follow(identifier).wait()
            times.append((time.perf_counter() - begin) * 1000)
            time.sleep(0.1)
    finally:
        host.stop()
    return statistics.median(times)


def _starting(release: Path, folder: Path, modules: list[str]) -> float:
    """Milliseconds that a command takes which loads these modules."""
    configuration = folder / f"{len(modules)}.yaml"
    configuration.write_text(json.dumps({"targets": [{"module": name} for name in modules]}))
    command = [release / "graphene-deployer", "targets", "--config", configuration]
    times = []
    for _ in range(21):
        begin = time.perf_counter()
        subprocess.run(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)
