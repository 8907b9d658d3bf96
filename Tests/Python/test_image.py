"""The image that the Containerfile describes, built and run."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

import pytest
from deployment_client import Client
from folders import REPOSITORY
from host import Host
from installation import CONTAINER_USER, Installation

pytestmark = pytest.mark.image
CONTAINER = REPOSITORY / "Tests" / "Rig" / "container"


@dataclass(frozen=True)
class Image:
    """Its root folder, and what it says of itself."""

    root: Path
    config: dict[str, Any]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    folder = tmp_path_factory.mktemp("image")
    Installation(Path("/usr"), destination=str(folder / "tree"))
    command = [CONTAINER / "image.sh", folder / "tree", folder / "store"]
    built = subprocess.run(command, capture_output=True, text=True, timeout=900)
    assert built.returncode == 0, built.stderr
    described = json.loads((folder / "store" / "image.json").read_text())
    yield Image(Path(built.stdout.split("ROOT=")[1].strip()), described["OCIv1"]["config"])
    subprocess.run([CONTAINER / "image.sh", "--remove", folder / "store"], check=True, timeout=120)


@pytest.fixture
def host(image: Image, tmp_path: Path) -> Iterator[Host]:
    """A host with the image's own command and environment."""
    state, configuration = tmp_path / "state", tmp_path / "config"
    state.mkdir(mode=0o700)
    os.chown(state, CONTAINER_USER, CONTAINER_USER)
    configuration.mkdir()
    configuration.chmod(0o755)
    (configuration / "deployer.yaml").write_text(json.dumps({
        "targets": [{"module": "Creodias"}, {"module": "LocalYAML"}], "defaultTarget": "creodias",
        "catalogue": {"accessCheck": False},
    }))
    (configuration / "deployer.yaml").chmod(0o644)
    program = (
        "env", *image.config["Env"], "GRAPHENE_DEPLOYER_LISTEN_HOST=127.0.0.1", CONTAINER / "run.sh", image.root,
        state, configuration, *image.config["Entrypoint"],
    )
    host = Host(
        tmp_path, *image.config["Cmd"][1:], program=program, state=Path("/var/lib/graphene-deployer"),
        catalogue=Path("/usr/share/graphene-deployer/samples"),
    )
    yield host
    host.kill()


def test_it_says_how_it_is_run(image: Image) -> None:
    config = image.config
    assert config["User"] == f"{CONTAINER_USER}:{CONTAINER_USER}"
    assert config["Entrypoint"] == ["/usr/bin/graphene-deployer"] and config["Cmd"][0] == "serve"
    assert config["StopSignal"] == "SIGTERM" and set(config["Volumes"]) == {"/var/lib/graphene-deployer"}
    assert set(config["ExposedPorts"]) == {"8125"} or set(config["ExposedPorts"]) == {"8125/tcp"}
    assert config["Labels"]["org.opencontainers.image.title"] == "graphene-deployer"


def test_nothing_is_in_it_that_only_the_build_needs(image: Image) -> None:
    assert not list(image.root.glob("var/lib/apt/lists/*")) and not list(image.root.glob("source*"))
    for program in ("cc", "swift", "swiftc", "curl"):
        assert not (image.root / "usr" / "bin" / program).exists(), program
    state = (image.root / "var" / "lib" / "graphene-deployer").stat()
    assert (state.st_uid, state.st_gid, state.st_mode & 0o777) == (CONTAINER_USER, CONTAINER_USER, 0o700)


def test_it_serves_with_a_read_only_root_and_ends_when_told(host: Host) -> None:
    assert host.call("/healthz").status == 200, host.log()
    client = Client(host)
    made = client.made("local-yaml")
    client.ended(made, "completed")
    assert client.call(f"/{made}/artifact").content.startswith(b"PK")
    targets = host.call("/api/v1/targets", token=client.token).json()["targets"]
    assert {target["id"] for target in targets} == {"creodias", "local-yaml"}
    host.terminate()
    assert host.wait() == 0, host.log()
    first = host.log().splitlines()[0]
    assert json.loads(first), "the log of a container is JSON"
