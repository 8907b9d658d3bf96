"""The Python that runs this, with grpcio, as files for an image; all stay at their places."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import google.protobuf
import grpc
import grpc_tools

INTERPRETER = os.path.realpath(sys.executable)
PACKAGES = Path(grpc.__file__).resolve().parents[1]
COMMAND = [INTERPRETER]
ENVIRONMENT = [f"PYTHONPATH={PACKAGES}", "PYTHONUNBUFFERED=1"]
ARCHITECTURE = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
UNUSED = {
    "test", "tests", "idlelib", "tkinter", "turtledemo", "lib2to3", "ensurepip", "pydoc_data",
    "site-packages", "dist-packages",
}


def files() -> dict[str, Path]:
    """Path in the image -> file: interpreter, standard library, grpcio and the shared libraries of all of them."""
    found = {INTERPRETER: Path(INTERPRETER)}
    for folder in {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}:
        # In a virtual environment the second one is a folder of that, and empty.
        found |= below(Path(folder))
    for package in (grpc, grpc_tools, google.protobuf):
        found |= below(Path(package.__file__).resolve().parent)
    found |= {str(path): path for path in PACKAGES.glob("typing_extensions.py")}
    objects = [path for path in found if re.search(r"\.so(\.|$)", path)]
    return found | libraries([INTERPRETER, *objects])


def below(folder: Path) -> dict[str, Path]:
    """All files below a folder but those that only tests and people need."""
    found = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in UNUSED and not name.startswith("config-")]
        found |= {f"{place}/{name}": Path(place, name) for name in names if Path(place, name).exists()}
    return found


def libraries(objects: list[str]) -> dict[str, Path]:
    """The shared libraries that programs and modules ask for; a module that lacks one cannot be used here either."""
    listed = subprocess.run(["ldd", *objects], capture_output=True, text=True, check=False).stdout
    return {path: Path(path) for path in re.findall(r"(?:=> |^\t)(/\S+) \(0x", listed, re.MULTILINE)}
