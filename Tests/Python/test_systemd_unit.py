"""The unit of systemd, as systemd itself sees it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from folders import REPOSITORY
from installation import Installation

ANALYZE = shutil.which("systemd-analyze")
WORST = 1.5  # of 10; what is left is that it may call servers


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not ANALYZE:
        pytest.skip("there is no systemd-analyze")
    return Installation(tmp_path_factory.mktemp("installation") / "prefix").unit


def analyzed(*arguments: object) -> str:
    result = subprocess.run([str(ANALYZE), *map(str, arguments)], capture_output=True, text=True, timeout=60)
    text = result.stdout + result.stderr
    if "unrecognized option" in text or "Unknown command" in text:
        pytest.skip(text.strip())
    assert result.returncode == 0, text
    return text


def settings(unit: Path) -> dict[str, list[str]]:
    """All values of each key."""
    found: dict[str, list[str]] = {}
    for line in unit.read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def test_the_unit_is_one(unit: Path) -> None:
    assert analyzed("verify", "--man=no", unit) == ""


def test_what_a_fault_could_reach_is_little(unit: Path) -> None:
    text = analyzed("security", "--offline=true", "--no-pager", unit)
    found = re.search(r"exposure level for [^:]+: ([0-9.]+)", text)
    assert found and float(found.group(1)) <= WORST, text


def test_the_host_has_the_time_to_end_that_it_gives_to_deployments(unit: Path) -> None:
    defaults = yaml.safe_load((REPOSITORY / "config" / "deployer.yaml").read_text())
    patience = defaults["deployments"]["shutdownTimeout"]
    assert float(settings(unit)["TimeoutStopSec"][0]) >= patience + 20


def test_children_of_the_service_are_permitted_and_end_with_it(unit: Path) -> None:
    found = settings(unit)
    # Limits of isolated modules are in @resources, a part of this group.
    assert found["SystemCallFilter"] == ["@system-service", "~@privileged"]
    assert found["OOMPolicy"] == ["continue"], "the end of one process is not that of the service"
    assert found["KillMode"] == ["mixed"] and "AF_UNIX" in found["RestrictAddressFamilies"][0]
