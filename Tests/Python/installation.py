"""The build that is tested, installed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Iterator

from folders import REPOSITORY

INSIDE = REPOSITORY / "Tests" / "Rig" / "container" / "inside.sh"
CONTAINER_USER = 65532


class Installation:
    """A tree below a prefix; `destination` is the folder that stands for the root of another machine."""

    def __init__(self, prefix: Path, destination: str = "", umask: int = 0o022) -> None:
        environment = os.environ | {"PREFIX": str(prefix), "DESTDIR": destination}
        result = subprocess.run(
            [REPOSITORY / ".ci" / "install", "debug"], env=environment, umask=umask, capture_output=True, text=True,
            timeout=120,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        self.prefix = Path(f"{destination}{prefix}")
        self.library = self.prefix / "lib" / "graphene-deployer"
        self.share = self.prefix / "share" / "graphene-deployer"
        self.unit = self.prefix / "lib" / "systemd" / "system" / "graphene-deployer.service"

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Runs the executable by its link, with nothing in the environment."""
        command = [str(self.prefix / "bin" / "graphene-deployer"), *map(str, arguments)]
        return subprocess.run(command, env={}, capture_output=True, text=True, timeout=60)

    def programs(self) -> Iterator[Path]:
        """The executable and all libraries."""
        yield self.library / "graphene-deployer"
        yield self.library / "sdk" / "note-writer"
        # Of the SDK, libraries are used beside a toolchain.
        yield from (path for path in self.library.rglob("*.so") if path.parent.name != "sdk")


def modules() -> set[str]:
    """The files of the modules that the package has."""
    names = [folder.name for folder in (REPOSITORY / "Plugins").iterdir()]
    assert names
    return {f"lib{name}.so" for name in names}


def install(prefix: Path) -> Path:
    """Installs below a prefix; returns the link in its bin folder."""
    return Installation(prefix).prefix / "bin" / "graphene-deployer"


def environment(home: Path, *folders: Path) -> dict[str, str]:
    """A login with an empty home, these folders first in PATH, and no trace of this checkout."""
    home.mkdir(parents=True, exist_ok=True)
    path = ":".join([*map(str, folders), os.environ["PATH"]])
    return {"HOME": str(home), "PATH": path, "LANG": "C.UTF-8"}
