"""creodias: the address in a pasted kubeconfig leads nowhere but to clusters, as far as the administrator allows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from creodias import REFUSED, SINGLE, Deployer, failed, on, succeeded
from kubeconfigs import Kubeconfigs
from live_cluster import Place
from trap import Trap

pytestmark = pytest.mark.cluster
MISSING = "the cluster has no API address yet"


@pytest.mark.parametrize(
    ("server", "said"),
    [
        (None, MISSING), ("None", MISSING), ("", MISSING), ("  ", MISSING),
        ("http://127.0.0.1:PORT", "not encrypted"), ("HTTP://127.0.0.1:PORT", "not encrypted"),
        ("127.0.0.1:PORT", "server"), ("file:///etc/hostname", "server"), ("unix:///run/x.sock", "server"),
        ("https://user:word@127.0.0.1:PORT", "server"), ("https://127.0.0.1:PORT?x=y", "server"),
        ("https://127.0.0.1:PORT#x", "server"), ("https://127.0.0.1:99999", "server"), ("https://", "server"),
        ("https://127.0.0.1:PORT/\r\nX: y", "server"), (["https://127.0.0.1:PORT"], "server"),
    ],
)
def test_an_address_that_is_no_plain_https_url_is_refused(
    deployer: Deployer, admin: Path, place: Place, trap: Trap, tmp_path: Path, server: Any, said: str
) -> None:
    document = yaml.safe_load(admin.read_text())
    document["clusters"][0]["cluster"]["server"] = (
        server.replace("PORT", str(trap.port)) if isinstance(server, str) else server
    )
    pasted = tmp_path / "pasted.conf"
    pasted.write_text(yaml.safe_dump(document))
    for command in ("plan", "deploy"):
        failed(deployer.run(command, SINGLE, *on(pasted, place.name)), REFUSED, "server", said)
    trap.assert_untouched()


def test_a_missing_address_has_no_default(deployer: Deployer, admin: Path, place: Place, tmp_path: Path) -> None:
    document = yaml.safe_load(admin.read_text())
    del document["clusters"][0]["cluster"]["server"]
    pasted = tmp_path / "pasted.conf"
    pasted.write_text(yaml.safe_dump(document))
    inside = {"KUBERNETES_SERVICE_HOST": "127.0.0.1", "KUBERNETES_SERVICE_PORT": "6443", "KUBECONFIG": str(admin)}
    failed(deployer.run("plan", SINGLE, *on(pasted, place.name), env=inside), REFUSED, "server", MISSING)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]",
    ],
)
def test_this_host_is_refused_by_whatever_name_unless_it_is_allowed(
    deployer: Deployer, configs: Kubeconfigs, place: Place, trap: Trap, host: str
) -> None:
    kubeconfig = configs.write("inward", {"token": "abc"}, server=f"https://{host}:{trap.port}")
    config = deployer.configuration(networks=())
    for command in ("plan", "deploy"):
        result = deployer.run(command, SINGLE, *on(kubeconfig, place.name), config=config, timeout=30)
        assert result.returncode == REFUSED, result.stderr
    trap.assert_untouched()


@pytest.mark.parametrize(
    "host", ["169.254.169.254", "[fe80::1]", "10.0.0.5", "172.16.0.1", "192.168.1.1", "100.64.0.1", "[fd00::1]"]
)
def test_addresses_of_private_networks_are_refused_with_the_way_out(
    deployer: Deployer, configs: Kubeconfigs, place: Place, host: str
) -> None:
    kubeconfig = configs.write("inward", {"token": "abc"}, server=f"https://{host}:6443")
    result = deployer.run("deploy", SINGLE, *on(kubeconfig, place.name), timeout=30)
    failed(result, REFUSED, "network.allow" if not host.startswith(("169.254", "[fe80")) else host.strip("[]"))


def test_an_allowed_network_is_no_permission_for_the_metadata_address(
    deployer: Deployer, configs: Kubeconfigs, place: Place
) -> None:
    kubeconfig = configs.write("inward", {"token": "abc"}, server="https://169.254.169.254")
    config = deployer.configuration(networks=("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
    result = deployer.run("deploy", SINGLE, *on(kubeconfig, place.name), config=config, timeout=30)
    failed(result, REFUSED, "169.254.169.254")


def test_an_allowed_address_is_used(deployer: Deployer, admin: Path, place: Place) -> None:
    config = deployer.configuration(networks=("127.0.0.1/32",))
    succeeded(deployer.run("plan", SINGLE, *on(admin, place.name), config=config))
