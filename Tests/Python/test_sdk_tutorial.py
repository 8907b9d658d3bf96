"""The tutorial for developers of targets, line by line, outside of the checkout."""

from __future__ import annotations

from pathlib import Path

import guide
import installation
import yaml
from folders import REPOSITORY

TUTORIAL = REPOSITORY / "Sources" / "DeploymentKit" / "Documentation" / "Tutorial.md"


def test_the_tutorial_leads_to_a_target_that_works(tmp_path: Path) -> None:
    """A newcomer with an installed host and Swift needs nothing but the commands and listings of the tutorial."""
    program = installation.install(tmp_path / "usr")
    reader = guide.Reader(tmp_path / "work", installation.environment(tmp_path / "home", program.parent))
    reader.folder.mkdir()
    reader.follow(tmp_path / "usr" / "lib" / "graphene-deployer" / "sdk" / "Documentation" / "Tutorial.md")

    compose = yaml.safe_load((reader.folder / "out" / "docker-compose.yaml").read_text("utf-8"))
    assert list(compose["services"]) == ["greeter1", "printer1", "orchestrator"]
    assert [service["ports"] for service in compose["services"].values()] == [["9000:8062"], ["9001:8062"], ["9002:8061"]]
    assert (reader.commands, reader.listings) >= (20, 5), "the tutorial has lost its fences"
