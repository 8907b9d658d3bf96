"""What a target costs in a process of its own, and what loading a module costs."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Sequence

import solutions
import table
from deployment_client import Client
from host import Host


def run(release: Path) -> None:
    """Prints medians."""
    with tempfile.TemporaryDirectory() as folder:
        inside, outside = (_deploying(Path(folder) / isolation, isolation) for isolation in ("host", "process"))
        modules = _modules(release, Path(folder) / "modules")
        none, all_modules = _starting(release, Path(folder), ([], modules))
    more = outside - inside
    table.row("a deployment in a process of its own, more", f"{more:.0f} ms", "< 60 ms", more < 60,
              f"in the host's process {inside:.0f} ms", outside / inside)
    each = (all_modules - none) / len(modules)
    table.row("loading a module", f"{each:.1f} ms", "< 5 ms", each < 5, f"a process without any {none:.0f} ms",
              all_modules / none)


def _modules(release: Path, folder: Path) -> list[str]:
    """The modules of an installation, which come without debugging information, in a folder."""
    folder.mkdir(mode=0o755)
    found = [name for name in ("LocalYAML", "Creodias", "Playground") if (release / f"lib{name}.so").exists()]
    for name in found:
        copy = folder / f"lib{name}.so"
        shutil.copy(release / copy.name, copy)
        subprocess.run(["strip", "--strip-debug", copy], check=True)
        copy.chmod(0o755)
    return found


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


def _starting(release: Path, folder: Path, candidates: Sequence[list[str]]) -> list[float]:
    """Milliseconds that a command takes which loads these modules into its process, for each of the candidates: by turns,
    so that what else the machine does is the same for all."""
    commands = []
    for modules in candidates:
        configuration = folder / f"{len(modules)}.yaml"
        targets = [{"module": name, "isolation": "host"} for name in modules]
        configuration.write_text(json.dumps({"modules": {"folders": [str(folder / "modules")]}, "targets": targets}))
        commands.append([release / "graphene-deployer", "targets", "--config", configuration])
    times: list[list[float]] = [[] for _ in commands]
    for _ in range(41):
        for command, measured in zip(commands, times):
            begin = time.perf_counter()
            subprocess.run(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            measured.append((time.perf_counter() - begin) * 1000)
    return [statistics.median(measured) for measured in times]
