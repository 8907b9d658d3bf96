"""The host as `make install` leaves it, made of what was built for tests, and machines of people who develop targets."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import solutions
from folders import REPOSITORY

BUILD = solutions.EXECUTABLE.parent


def install(prefix: Path) -> Path:
    """Installs below a prefix; returns the link in its bin folder."""
    subprocess.run(
        ["make", "-s", "-C", REPOSITORY, "install-files", f"PREFIX={prefix}", f"BUILD={BUILD}"],
        check=True, capture_output=True, env=os.environ | {"MAKEFLAGS": ""},
    )
    return prefix / "bin" / "graphene-deployer"


def environment(home: Path, *folders: Path) -> dict[str, str]:
    """A login with an empty home, these folders first in PATH, and no trace of this checkout."""
    home.mkdir(parents=True, exist_ok=True)
    path = ":".join([*map(str, folders), os.environ["PATH"]])
    return {"HOME": str(home), "PATH": path, "LANG": "C.UTF-8"}
