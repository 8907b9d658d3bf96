"""The build that is tested, installed."""

from __future__ import annotations

import os
import re
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
        yield from self.library.rglob("*.so")


def modules() -> set[str]:
    """The files of the modules that the package has."""
    package = (REPOSITORY / "Package.swift").read_text()
    names = re.findall(r'\.library\(name: "(\w+)", type: \.dynamic', package)
    assert names
    return {f"lib{name}.so" for name in names}
