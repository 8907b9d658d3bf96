"""`make install`: what is where, and that it runs where there is no Swift toolchain."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Iterator

import pytest
from deployment_client import Client
from folders import REPOSITORY
from host import Host
from installation import CONTAINER_USER, INSIDE, Installation, modules


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Made by somebody whose files are nobody else's business."""
    return Installation(tmp_path_factory.mktemp("installation") / "prefix", umask=0o077)


@pytest.fixture
def container_host(installation: Installation, tmp_path: Path) -> Iterator[Host]:
    """A host that runs as in a container."""
    check = subprocess.run([INSIDE, "--check"], capture_output=True, text=True, timeout=20)
    if check.returncode == 77:
        pytest.skip(check.stderr.strip())
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    os.chown(state, CONTAINER_USER, CONTAINER_USER)
    program = (INSIDE, installation.prefix, state, "/usr/local/bin/graphene-deployer")
    host = Host(
        tmp_path, "--config", "/usr/local/share/graphene-deployer/deployer.yaml", program=program,
        catalogue=Path("/usr/local/share/graphene-deployer/samples"), state=Path("/var/lib/graphene-deployer"),
    )
    yield host
    host.kill()


def test_everything_is_in_its_place(installation: Installation) -> None:
    assert (installation.prefix / "bin" / "graphene-deployer").resolve() == installation.library / "graphene-deployer"
    assert {path.name for path in (installation.library / "targets").iterdir()} == modules()
    assert (installation.library / "libDeploymentKit.so").is_file()
    for path in ("deployer.yaml", "samples/solutions", "kubernetes/kustomization.yaml"):
        assert (installation.share / path).exists(), path
    documents = installation.prefix / "share" / "doc" / "graphene-deployer"
    assert {"README.md", "RUNNING.md", "SECURITY.md", "LICENSE"} <= {path.name for path in documents.iterdir()}


def test_all_of_it_is_for_everybody_to_read_and_for_root_to_write(installation: Installation) -> None:
    for path in (installation.prefix, *installation.prefix.rglob("*")):
        if path.is_symlink():
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        is_program = path.is_dir() or path.name in ("graphene-deployer", "note-writer")
        assert mode == (0o755 if is_program else 0o644), f"{path} has {mode:o}"


def test_nothing_is_looked_for_in_the_toolchain(installation: Installation) -> None:
    for program in installation.programs():
        dynamic = subprocess.run(["readelf", "-d", program], capture_output=True, text=True, check=True).stdout
        paths = [line.split("[")[1].rstrip("]") for line in dynamic.splitlines() if "RUNPATH" in line]
        assert "(RPATH)" not in dynamic
        for path in [each for line in paths for each in line.split(":")]:
            assert path in ("$ORIGIN", "$ORIGIN/.."), f"{program} looks in {path}"
        found = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
        assert "not found" not in found, f"{program}: {found}"
        swift = [line for line in found.splitlines() if "swift" in line.lower() or "Foundation" in line]
        assert all(str(installation.library) in line for line in swift), f"{program}: {found}"


def test_a_tree_that_was_moved_runs_and_finds_its_modules(installation: Installation, tmp_path: Path) -> None:
    moved = Installation.__new__(Installation)
    moved.prefix = tmp_path / "elsewhere"
    shutil.copytree(installation.prefix, moved.prefix, symlinks=True)
    result = moved.run("targets", "--config", moved.prefix / "share" / "graphene-deployer" / "deployer.yaml")
    assert result.returncode == 0, result.stderr
    assert {line.split("\t")[0] for line in result.stdout.splitlines()} >= {"creodias", "local-yaml"}, result.stdout
    assert moved.run("--version").stdout.strip() == "1.0.0"


def test_it_serves_without_toolchain_shell_and_rights(container_host: Host) -> None:
    assert container_host.call("/readyz").status == 200, container_host.log()
    status = Path(f"/proc/{container_host.process.pid}/status").read_text()
    assert f"Uid:\t{CONTAINER_USER}" in status and "NoNewPrivs:\t1" in status, status
    assert "CapEff:\t0000000000000000" in status, status
    client = Client(container_host)
    made = client.made("local-yaml")
    client.ended(made, "completed")
    assert client.call(f"/{made}/artifact").content.startswith(b"PK")
    container_host.terminate()
    assert container_host.wait() == 0, container_host.log()
    state = container_host.log_path.parent / "state"
    assert {path.name for path in state.iterdir()} >= {"deployments.sqlite"}


def test_an_earlier_version_leaves_nothing_behind_and_what_others_have_added_stays(tmp_path: Path) -> None:
    first = Installation(tmp_path / "prefix")
    listed = first.library / "installed"
    gone = [first.library / "targets" / "libGone.so", first.share / "samples" / "gone.json"]
    for path in gone:
        path.write_text("of an earlier version")
    names = [str(path.relative_to(first.prefix)) for path in gone]
    listed.write_text("\n".join([*listed.read_text().splitlines(), *names, "../outside", "/outside"]) + "\n")
    (tmp_path / "outside").write_text("nobody's business")
    (first.library / "targets" / "libMine.so").write_text("an administrator's")
    again = Installation(tmp_path / "prefix")
    assert not [path for path in gone if path.exists()]
    assert (tmp_path / "outside").exists() and (again.library / "targets" / "libMine.so").exists()
    assert "lib/graphene-deployer/targets/libLocalYAML.so" in listed.read_text().splitlines()
    assert again.run("--version").returncode == 0


def test_a_package_has_paths_of_its_prefix(tmp_path: Path) -> None:
    installation = Installation(Path("/usr"), destination=str(tmp_path))
    unit = installation.unit.read_text()
    assert "ExecStart=/usr/bin/graphene-deployer serve" in unit
    assert "/usr/local" not in unit and str(tmp_path) not in unit


def test_make_installs_what_it_has_built_for_release() -> None:
    command = ["make", "--dry-run", "install", "PREFIX=/opt/there", "DESTDIR=/image"]
    recipe = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert "swift build -c release" in recipe
    assert "PREFIX='/opt/there' DESTDIR='/image' .ci/install release" in recipe


def test_a_prefix_that_is_no_absolute_path_is_refused() -> None:
    result = subprocess.run(
        [REPOSITORY / ".ci" / "install", "debug"], env=os.environ | {"PREFIX": "here"}, capture_output=True, text=True
    )
    assert result.returncode == 2 and "no absolute path" in result.stderr
