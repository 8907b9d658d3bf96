"""A container of a pod: where its script has brought it, its programs and its logs."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Optional

from node import programs
from node.api import now
from node.lives import Look, look
from node.scripts import Script


@dataclass
class Container:
    """One container of a pod."""

    name: str
    image: str
    exposed: list[int]
    folder: Path
    probed: Optional[int] = None  # the port of its readiness probe
    script: Script = field(default_factory=Script)
    since: float = 0
    look: Optional[Look] = None
    running: dict[int, programs.Program] = field(default_factory=dict)
    run: Optional[int] = None  # which of its runs the programs belong to
    times: dict[tuple[str, int], str] = field(default_factory=dict)
    base: int = 0  # restarts under earlier scripts
    is_old: bool = False  # whether it was there before its present script

    def log_path(self, run: int) -> Path:
        return self.folder / f"{self.name}-{run}.log"

    def follow(self, script: Script, proxy: int) -> Look:
        """Goes on to the present moment; a changed script begins a new life."""
        if script != self.script or not self.since:
            self.is_old = bool(self.since)
            if self.since and self.look and self.look.started:
                self.base += self.look.restarts + (1 if self.look.runs and script.kind != "never-ready" else 0)
            self.script, self.since = script, time.monotonic()
        kind = script.kind
        elapsed = time.monotonic() - self.since
        if kind == "back-off":
            kind = "image-not-found" if self.is_old else "ok"
            # It goes on with a failure that is old, and does not begin to pull again.
            elapsed += 60 if self.is_old else 0
        view = look(replace(script, kind=kind), self.name, self.image, elapsed)
        if view.started:
            self._write_logs(self.base + view.restarts)
        run = self.base + view.restarts if view.runs else None
        if run != self.run:
            self.stop()
            if run is not None:
                self._start(run, proxy)
        if view.ready and any(program.port is None for program in self.running.values()):
            view = replace(view, ready=False)
        if view.ready and self.probed and self.probed not in self.running:
            text = f"Readiness probe failed: dial tcp 10.244.0.2:{self.probed}: connect: connection refused"
            view = replace(view, ready=False, events=(*view.events, ("Warning", "Unhealthy", text)))
        self.look = view
        return view

    def _write_logs(self, last: int) -> None:
        """Begins the logs of all runs up to the last one; short ones may have passed unseen."""
        for run in range(self.base, last + 1):
            if not self.log_path(run).exists():
                lines = self.script.log or (f"{self.name} starts, run {run}",)
                self.log_path(run).write_text("".join(f"{line}\n" for line in lines), "utf-8")

    def _start(self, run: int, proxy: int) -> None:
        self.run = run
        kinds = programs.default_ports(self.name, self.exposed) | dict(self.script.ports)
        for port, kind in kinds.items():
            program = programs.start(kind, proxy, self.log_path(run), self.script.arguments)
            if program:
                self.running[port] = program

    def stop(self) -> None:
        """Ends the programs."""
        for program in self.running.values():
            program.stop()
        self.running, self.run = {}, None

    def time(self, what: str, run: int) -> str:
        """When a run was first seen to start or to end."""
        return self.times.setdefault((what, run), now())
