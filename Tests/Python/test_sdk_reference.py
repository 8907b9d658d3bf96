"""The reference for developers of targets speaks of everything that the contract has."""

from __future__ import annotations

import re

import pytest
from folders import REPOSITORY

KIT = REPOSITORY / "Sources" / "DeploymentKit"
REFERENCE = (KIT / "Documentation" / "Reference.md").read_text("utf-8")
INTERFACE = (KIT / "contract" / "1" / "TargetContract.swiftinterface").read_text("utf-8")
# What the compiler derives, and what is said in other words.
DERIVED = {"rawValue", "hashValue", "description", "RawValue", "customMirror", "debugDescription"}


def names(pattern: str) -> list[str]:
    return sorted(set(re.findall(pattern, INTERFACE, re.MULTILINE)) - DERIVED)


@pytest.mark.parametrize("name", names(r"^(?:@frozen )?public (?:final )?(?:protocol|struct|enum|class) (\w+)"))
def test_every_type_is_there(name: str) -> None:
    assert re.search(rf"\b{name}\b", REFERENCE), name


@pytest.mark.parametrize("name", names(r"^  func (\w+)\("))
def test_every_function_that_a_target_implements_is_there(name: str) -> None:
    assert f"`{name}(" in REFERENCE


@pytest.mark.parametrize("name", names(r"static let (\w+): TargetContract\.(?:TargetError|DeploymentEvent|DeploymentPhase)"))
def test_every_code_kind_and_phase_is_there(name: str) -> None:
    assert f"`{name}`" in REFERENCE


def test_guides_link_to_what_is_there() -> None:
    for guide in (KIT / "Documentation").glob("*.md"):
        for link in re.findall(r"\]\(([^)#]+)\)", guide.read_text("utf-8")):
            assert link.startswith("http") or (guide.parent / link).exists(), f"{guide.name}: {link}"
