"""`graphene-deployer new-target` as developers of targets use it, outside of the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import installation
import pytest
import solutions

PROGRAM = solutions.EXECUTABLE
OPTIONS = ["--config", "deployer.yaml", "--target", "tidy-list", "--option", "contact=Ada"]
REFUSED, USAGE, ENVIRONMENT = 1, 64, 3


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The link to the executable in the bin folder of an installation."""
    return installation.install(tmp_path_factory.mktemp("usr"))


@pytest.fixture
def sdk(installed: Path, tmp_path: Path) -> Path:
    """A copy of the installed SDK, to spoil."""
    return shutil.copytree(installed.resolve().parent / "sdk", tmp_path / "sdk")


def run(
    folder: Path, *command: object, path: tuple[Path, ...] = (), code: int = 0, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Runs a command at a login of its own."""
    environment = installation.environment(folder.parent / "home", *path) | variables
    result = subprocess.run(
        [str(part) for part in command], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=300, check=False,
    )
    assert result.returncode == code, result.stdout + result.stderr
    return result


def refusal(folder: Path, *arguments: object, program: Path = PROGRAM, code: int, **further: object) -> str:
    """What a refused `new-target` says, in one line; nothing was written."""
    before = sorted(folder.rglob("*"))
    result = run(folder, program, "new-target", *arguments, code=code, **further)
    assert sorted(folder.rglob("*")) == before
    assert result.stderr.startswith("graphene-deployer: ") and result.stderr.count("\n") == 1
    return result.stderr.removeprefix("graphene-deployer: ").rstrip("\n")


def without_network() -> list[str]:
    """What to put before a command so that it has no network; nothing where that takes rights that are missing."""
    command = ["unshare", "--net"]
    return command if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0 else []


def test_a_new_target_builds_is_tested_loads_and_works(tmp_path: Path) -> None:
    """What a developer does first, with the SDK that the build of the host left beside the executable."""
    folder = tmp_path / "work"
    folder.mkdir()
    said = run(folder, PROGRAM, "new-target", "TidyList", "--into", "tidy-list").stderr
    assert "swift build" in said
    package = folder / "tidy-list"
    offline = without_network()
    run(package, *offline, "swift", "build")
    tests = run(package, *offline, "swift", "test")
    assert "10 tests" in tests.stdout and "passed" in tests.stdout

    module = package / ".build" / "debug" / "libTidyList.so"
    assert "loaded tidy-list 1.0.0" in run(package, PROGRAM, "module", "verify", "--load", module).stderr
    run(package, PROGRAM, "render", "greeting/first", *OPTIONS, "-o", "out")
    assert (package / "out" / "inventory.txt").read_text("utf-8").startswith("greeting 1.0.0, ask Ada\n")
    deployed = run(package, PROGRAM, "deploy", "greeting/first", *OPTIONS, "--json", "-o", "list.txt")
    report = json.loads(deployed.stdout)
    assert report["state"] == "completed"
    states = [event["state"] for event in report["events"] if event["kind"] == "node-state"]
    assert states == ["progressing", "ready"] * 2
    required = run(
        package, PROGRAM, "render", "greeting/first", *OPTIONS[:4], "-o", "other", code=REFUSED
    )
    assert "option contact: a value is required" in required.stderr


def test_an_installation_has_its_sdk_and_package_and_sdk_move_together(installed: Path, tmp_path: Path) -> None:
    """The SDK is found through the link in bin; one that is given by a relative path is linked by one."""
    first = tmp_path / "first"
    first.mkdir()
    run(first, installed, "new-target", "TidyList", "--into", "found")
    assert (first / "found" / "SDK").readlink() == installed.resolve().parent / "sdk"

    shutil.copytree(installed.resolve().parent, first / "lib", symlinks=True)
    run(first, installed, "new-target", "TidyList", "--into", "given", "--sdk", "lib/sdk")
    assert (first / "given" / "SDK").readlink() == Path("../lib/sdk")
    second = tmp_path / "second"
    first.rename(second)
    run(second / "given", "swift", "build")
    module = second / "given" / ".build" / "debug" / "libTidyList.so"
    assert "loaded tidy-list" in run(second, installed, "module", "verify", "--load", module).stderr


def test_a_build_without_its_sdk_says_so(installed: Path, tmp_path: Path) -> None:
    """The package is on another machine, where the link leads nowhere, or the SDK is of another Swift."""
    run(tmp_path, installed, "new-target", "TidyList", "--into", "list")
    package = tmp_path / "list"
    (package / "SDK").unlink()
    said = run(package, "swift", "build", code=1)
    sentence = f"there is no SDK at {package}/SDK: link SDK to it, or name it in GRAPHENE_SDK"
    assert sentence in said.stdout + said.stderr

    sdk = shutil.copytree(installed.resolve().parent / "sdk", tmp_path / "sdk")
    of_another_swift(sdk)
    said = run(package, "swift", "build", code=1, GRAPHENE_SDK=str(sdk))
    assert "is not Swift 5.9.2 (swift-5.9.2-RELEASE), which the SDK at" in said.stdout + said.stderr
    run(package, "swift", "build", GRAPHENE_SDK=str(installed.resolve().parent / "sdk"))


@pytest.mark.parametrize(("name", "remedy"), [
    ("docker-compose", "take DockerCompose"),
    ("compose", "take Compose"),
    ("../Compose", "take Compose"),
    ("2Compose", "take another name, for instance DockerCompose"),
    ("", "take another name, for instance DockerCompose"),
    ("Zürich", "take another name, for instance DockerCompose"),
    ("A" * 65, "take another name, for instance DockerCompose"),
    ("Compose_", "the target's id would be compose-"),
    ("Documents", "has that name already"),
    ("Foundation", "has that name already"),
    ("LocalYaml", "has that name already"),
    ("Deployment", "has that name already"),
    ("Compose\n", "take Compose"),
])
def test_a_name_that_no_module_can_have_is_refused(name: str, remedy: str, tmp_path: Path) -> None:
    """Every refusal quotes the name and knows a way on."""
    said = refusal(tmp_path, name, "--into", "new", code=REFUSED)
    assert json.dumps(name, ensure_ascii=False) in said and remedy in said


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    """Unless it is empty. What is in the way is said before anything is written."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "README.md").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "empty").mkdir()
    assert refusal(tmp_path, "Tidy", "--into", "full", code=ENVIRONMENT) == "full cannot be written: Directory not empty"
    assert refusal(tmp_path, "Tidy", "--into", "file", code=ENVIRONMENT) == "file cannot be written: File exists"
    assert "a/b cannot be written: No such" in refusal(tmp_path, "Tidy", "--into", "a/b", code=ENVIRONMENT)
    run(tmp_path, PROGRAM, "new-target", "Tidy", "--into", "empty/")
    assert (tmp_path / "empty" / "Package.swift").is_file()


def of_another_swift(sdk: Path) -> None:
    """Makes an SDK look as if another compiler had made it."""
    interface = sdk / "Modules" / "TargetContract.swiftinterface"
    lines = interface.read_text("utf-8").splitlines(keepends=True)
    lines[1] = "// swift-compiler-version: Swift version 5.9.2 (swift-5.9.2-RELEASE)\n"
    interface.write_text("".join(lines), "utf-8")


def of_another_contract(sdk: Path) -> None:
    """Makes an SDK look as if it belonged to another host."""
    with (sdk / "Modules" / "Secrets.swiftinterface").open("a", encoding="utf-8") as interface:
        interface.write("public func added()\n")


def without_modules(sdk: Path) -> None:
    shutil.rmtree(sdk / "Modules")


def without_note_writer(sdk: Path) -> None:
    (sdk / "note-writer").unlink()


def without_folder(sdk: Path) -> None:
    shutil.rmtree(sdk)


@pytest.mark.parametrize(("spoil", "finding"), [
    (of_another_swift, "was made by Swift 5.9.2 (swift-5.9.2-RELEASE), this host by "),
    (of_another_contract, "has another contract than this host (found "),
    (without_modules, "is no complete SDK, Modules/Archives.swiftmodule, Modules/Archives.swiftinterface, "),
    (without_note_writer, "is no complete SDK, note-writer is missing: "),
    (without_folder, "is no SDK, it is not a folder: "),
])
def test_an_sdk_that_does_not_do_is_refused(spoil: object, finding: str, sdk: Path, tmp_path: Path) -> None:
    """One sentence with what is wrong and what to do."""
    spoil(sdk)
    folder = tmp_path / "work"
    folder.mkdir()
    said = refusal(folder, "Tidy", "--into", "tidy", "--sdk", sdk, code=ENVIRONMENT)
    assert finding in said and str(sdk) in said
    assert said.endswith(": name the SDK of this host with --sdk, or install the host again")


def test_an_executable_without_an_sdk_says_where_it_looked(installed: Path, tmp_path: Path) -> None:
    """For instance one that somebody copied out of an installation."""
    lonely = tmp_path / "lonely"
    lonely.mkdir()
    for file in installed.resolve().parent.iterdir():
        if file.is_file():
            shutil.copy(file, lonely)
    folder = tmp_path / "work"
    folder.mkdir()
    said = refusal(folder, "Tidy", "--into", "tidy", program=lonely / "graphene-deployer", code=ENVIRONMENT)
    assert f"neither {lonely}/sdk nor {lonely} is one" in said and "--sdk" in said


def test_a_swift_that_is_missing_or_another_is_refused(tmp_path: Path) -> None:
    """A module of another compiler would not load."""
    folder, tools = tmp_path / "work", tmp_path / "tools"
    folder.mkdir()
    tools.mkdir()
    said = refusal(folder, "Tidy", "--into", "tidy", PATH=str(tools), code=ENVIRONMENT)
    assert "swiftc is not in PATH" in said and "https://www.swift.org/install" in said
    (tools / "swiftc").write_text("#!/bin/sh\necho 'Swift version 5.9.2 (swift-5.9.2-RELEASE)'\n")
    os.chmod(tools / "swiftc", 0o755)
    said = refusal(folder, "Tidy", "--into", "tidy", path=(tools,), code=ENVIRONMENT)
    assert "swiftc in PATH is Swift 5.9.2 (swift-5.9.2-RELEASE), modules of this host need " in said
