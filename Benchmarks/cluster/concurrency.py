"""Many deployments in one process, each of the loop pipeline into a namespace of its own, until all run."""

from __future__ import annotations

import os
import selectors
import subprocess
from dataclasses import replace
from pathlib import Path

import rigs
import table
from creodias import PIPELINE
from rig import unused_namespace
from rigs import Rig
from solutions import SAMPLES

MANY = 20
CORES = os.cpu_count() or 1  # what the pools of Swift and Dispatch grow to, however few or many tasks there are


def run(release: Path) -> None:
    with rigs.live() as rig:
        one = _measure(rig, release, 1)
        many = _measure(rig, release, MANY)
    megabytes = many["VmHWM"] * 1.024 / 1000
    table.row(
        f"peak resident memory, {MANY} deployments at once", f"{many['VmHWM'] / 1024:.1f} MiB", "< 80 MB",
        megabytes < 80, f"1 deployment {one['VmHWM'] / 1024:.1f} MiB", many["VmHWM"] / one["VmHWM"],
    )
    table.row(
        f"threads at most, {MANY} deployments at once", str(many["Threads"]), "1's + cores",
        many["Threads"] <= one["Threads"] + CORES, f"1 deployment {one['Threads']}", many["Threads"] / one["Threads"],
    )


def _measure(rig: Rig, release: Path, count: int) -> dict[str, int]:
    """The greatest figures of /proc/PID/status; memory in KiB."""
    config = replace(rig.deployer, catalogue=SAMPLES).configuration()
    namespaces = [unused_namespace() for _ in range(count)]
    command = [release / "concurrency-benchmark", config, rig.kubeconfig("deployer"), PIPELINE, *namespaces]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    figures = {"VmHWM": 0, "Threads": 0}
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while not selector.select(timeout=0.02):
                _look(process.pid, figures)
        line = process.stdout.readline().strip()
        assert line == "running", line
        _look(process.pid, figures)
    finally:
        process.kill()
        process.communicate()
    return figures


def _look(pid: int, figures: dict[str, int]) -> None:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in figures:
            figures[name] = max(figures[name], int(value.split()[0]))
