"""What is asked of containers and volume claims: a JSON file that is read again when it changes.

    {"containers": {"registry.example/gui:1": {"script": "slow-pull", "seconds": 20},
                    "test-ns/gui1": {"script": "crash-loop", "exit": 3, "log": ["no model file"]},
                    "orchestrator": {"ports": {"8061": "refused"}}, "*": {"script": "ok"}},
     "claims":     {"shared": {"script": "provisioning-fails", "text": "quota exceeded"}},
     "addresses":  ["InternalIP"]}

A container is found by NAMESPACE/NAME, by name, by image, then by `*`; a claim by NAMESPACE/NAME, name and `*`. The
types of the node's address are those of the command line where the file has none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

KINDS = (
    "ok", "slow-pull", "image-not-found", "image-unauthorized", "crash-loop", "oom", "config-error",
    "back-off", "unschedulable", "never-ready", "run-then-crash", "attach-fails", "complete", "provisioning-fails",
)
PROGRAMS = ("model", "late", "http", "http-error", "silent", "orchestrator", "refused")


@dataclass(frozen=True)
class Script:
    """How one container or claim behaves."""

    kind: str = "ok"
    seconds: float = 0.3  # until the image is pulled (ok, slow-pull) or until the crash (run-then-crash)
    exit: int = 1
    text: str = ""
    log: tuple[str, ...] = ()
    ports: tuple[tuple[int, str], ...] = ()  # port, and one of PROGRAMS
    arguments: tuple[str, ...] = ()  # for the orchestrator's process

    @staticmethod
    def read(document: dict[str, Any]) -> Script:
        """From its JSON form."""
        kind = document.get("script", "ok")
        if kind not in KINDS:
            raise ValueError(f"there is no script {kind!r}; there are {', '.join(KINDS)}")
        if unknown := set(document.get("ports", {}).values()) - set(PROGRAMS):
            raise ValueError(f"there is no program {min(unknown)!r}; there are {', '.join(PROGRAMS)}")
        return Script(
            kind=kind, seconds=float(document.get("seconds", 0.3)), exit=int(document.get("exit", 1)),
            text=document.get("text", ""), log=tuple(document.get("log", ())),
            ports=tuple(sorted((int(port), what) for port, what in document.get("ports", {}).items())),
            arguments=tuple(document.get("arguments", ())),
        )


@dataclass
class Scripts:
    """The scripts of a file; the file may be missing."""

    path: Path
    _stamp: Optional[tuple[int, int]] = None
    _containers: dict[str, Script] = field(default_factory=dict)
    _claims: dict[str, Script] = field(default_factory=dict)
    addresses: Optional[list[str]] = None

    def refresh(self) -> None:
        """Reads the file if it changed. What can't be read leaves everything as it was."""
        try:
            status = self.path.stat()
            stamp = (status.st_mtime_ns, status.st_ino)
            if stamp == self._stamp:
                return
            document = json.loads(self.path.read_text("utf-8"))
            containers, claims = (
                {name: Script.read(entry) for name, entry in document.get(part, {}).items()}
                for part in ("containers", "claims")
            )
        except FileNotFoundError:
            self._containers, self._claims, self.addresses, self._stamp = {}, {}, None, None
            return
        except (ValueError, AttributeError) as error:
            print(f"{self.path}: {error}", flush=True)
            return
        self._containers, self._claims, self._stamp = containers, claims, stamp
        self.addresses = document.get("addresses")

    def container(self, namespace: str, name: str, image: str) -> Script:
        """The script of a container."""
        return _first(self._containers, f"{namespace}/{name}", name, image, "*")

    def claim(self, namespace: str, name: str) -> Script:
        """The script of a volume claim."""
        return _first(self._claims, f"{namespace}/{name}", name, "*")


def _first(scripts: dict[str, Script], *keys: str) -> Script:
    return next((scripts[key] for key in keys if key in scripts), Script())
