"""What a module was built with stays: a version of the contract has all that the one before it has."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from folders import REPOSITORY

CONTRACT = REPOSITORY / "Sources" / "DeploymentKit" / "contract"
VERSIONS = sorted(int(folder.name) for folder in CONTRACT.iterdir() if folder.name.isdigit())
RESUMING = "public protocol Resuming : TargetContract.DeploymentTarget {\n"


def compare(old: Path, new: Path) -> tuple[int, str]:
    """What is missing in the new version."""
    run = subprocess.run([CONTRACT / "compare.sh", old, new], capture_output=True, text=True, timeout=240)
    assert run.returncode in (0, 1), run.stderr
    return run.returncode, run.stdout


def changed(folder: Path, module: str, old: str, new: str) -> Path:
    """The last version with another text in it."""
    copy = folder / "next"
    shutil.copytree(CONTRACT / str(VERSIONS[-1]), copy)
    file = copy / f"{module}.swiftinterface"
    text = file.read_text()
    assert old in text, "the interface has changed: name what is in it now"
    file.write_text(text.replace(old, new, 1))
    return copy


def test_versions_are_numbered_from_1_without_gaps() -> None:
    assert VERSIONS == list(range(1, len(VERSIONS) + 1))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_has_all_of_the_one_before(version: int) -> None:
    before = max(version - 1, 1)
    code, missing = compare(CONTRACT / str(before), CONTRACT / str(version))
    assert code == 0, (
        f"a host cannot support contract {before} with the kit of {version}: bring back what is missing, or take "
        f"{before} out of ContractVersion+Table.swift and say so in Compatibility.md\n{missing}"
    )


@pytest.mark.parametrize(("module", "old", "new", "words"), [
    ("TargetContract", "  public var hasChoices: Swift.Bool\n", "", "hasChoices has been removed"),
    ("TargetContract", RESUMING, RESUMING + "  func more() -> Swift.Bool\n", "added as a protocol requirement"),
    ("TargetContract", "canResume(with options: TargetContract.OptionValues)",
     "canResume(with options: TargetContract.OptionValues, now: Swift.Bool)", "canResume"),
    ("TargetContract", "    case absent\n", "    case absent\n    case lost\n", "non-resilient"),
    ("Passes", "public protocol SolutionPass", "public protocol AnotherPass", "SolutionPass"),
], ids=["member removed", "requirement added", "signature changed", "case of a frozen enum added", "protocol renamed"])
def test_what_modules_would_miss_is_told(tmp_path: Path, module: str, old: str, new: str, words: str) -> None:
    code, missing = compare(CONTRACT / str(VERSIONS[-1]), changed(tmp_path, module, old, new))
    assert code == 1 and words in missing, missing


def test_a_module_of_the_kit_that_is_gone_is_told(tmp_path: Path) -> None:
    copy = changed(tmp_path, "Archives", "", "")
    (copy / "Archives.swiftinterface").unlink()
    assert compare(CONTRACT / str(VERSIONS[-1]), copy) == (1, "Archives: the module has been removed\n")


@pytest.mark.parametrize(("old", "new"), [
    ("  public var hasChoices: Swift.Bool\n", "  public var hasChoices: Swift.Bool\n  public func another()\n"),
    (RESUMING, "public protocol Another : TargetContract.DeploymentTarget {\n}\n" + RESUMING),
    (RESUMING, "extension TargetContract.Resuming {\n  public func more() -> Swift.Bool\n}\n" + RESUMING
     + "  func more() -> Swift.Bool\n"),
], ids=["member", "capability", "requirement with a default"])
def test_what_is_new_harms_nobody(tmp_path: Path, old: str, new: str) -> None:
    assert compare(CONTRACT / str(VERSIONS[-1]), changed(tmp_path, "TargetContract", old, new)) == (0, "")
