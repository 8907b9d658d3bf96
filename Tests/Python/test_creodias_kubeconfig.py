"""creodias: fields of a pasted kubeconfig that would run, read or weaken something are refused by their names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from creodias import Deployer
from kubeconfigs import Kubeconfigs
from live_cluster import Place
from pasted import refused, written
from trap import Trap

pytestmark = pytest.mark.cluster
API = "client.authentication.k8s.io/v1beta1"


@pytest.mark.parametrize("version", ["v1alpha1", "v1beta1", "v1"])
def test_a_program_is_refused_and_not_run(
    deployer: Deployer, configs: Kubeconfigs, place: Place, trap: Trap, version: str
) -> None:
    api = f"client.authentication.k8s.io/{version}"
    command = {"apiVersion": api, "command": str(trap.program), "args": ["get-token"], "env": None}
    refused(deployer, configs.write("hostile", {"exec": command}, server=trap.url), place, "user.exec", "program")
    trap.assert_untouched()


@pytest.mark.parametrize("beside", ["certificate", "token"])
def test_a_program_beside_good_credentials_is_refused_too(
    deployer: Deployer, configs: Kubeconfigs, admin: Path, place: Place, trap: Trap, beside: str
) -> None:
    good = yaml.safe_load(admin.read_text())["users"][0]["user"] if beside == "certificate" else {"token": "abc"}
    user = good | {"exec": {"apiVersion": API, "command": str(trap.program)}}
    refused(deployer, configs.write("hostile", user), place, "user.exec")
    trap.assert_untouched()


@pytest.mark.parametrize("field", ["cmd-path", "access-token"])
def test_an_auth_provider_is_refused_and_not_run(
    deployer: Deployer, configs: Kubeconfigs, place: Place, trap: Trap, field: str
) -> None:
    provider = {"name": "gcp", "config": {field: str(trap.program), "cmd-args": "x", "expiry-key": "{.x}"}}
    user = {"auth-provider": provider, "token": "abc"}
    refused(deployer, configs.write("hostile", user, server=trap.url), place, "user.auth-provider")
    trap.assert_untouched()


@pytest.mark.parametrize("field", ["tokenFile", "client-certificate", "client-key"])
def test_a_path_of_the_user_is_refused_and_not_opened(
    deployer: Deployer, configs: Kubeconfigs, place: Place, trap: Trap, field: str
) -> None:
    # Whoever opens the pipe waits, and the command would not end.
    refused(deployer, configs.write("hostile", {"token": "abc", field: str(trap.pipe)}), place, f"user.{field}")
    refused(deployer, configs.write("hostile", {"token": "abc", field: ""}), place, f"user.{field}")


@pytest.mark.parametrize("field", ["username", "password", "as", "as-uid", "as-groups", "as-user-extra", "new-field"])
def test_other_fields_of_the_user_are_refused(
    deployer: Deployer, configs: Kubeconfigs, place: Place, field: str
) -> None:
    refused(deployer, configs.write("hostile", {"token": "abc", field: "x"}), place, f"user.{field}")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("certificate-authority", "PIPE"), ("insecure-skip-tls-verify", True), ("insecure-skip-tls-verify", "true"),
        ("proxy-url", "URL"), ("proxy-url", "socks5://127.0.0.1:1080"), ("new-field", "x"),
        ("tls-server-name", "a name\r\nHost: x"),
    ],
)
def test_a_field_of_the_cluster_that_weakens_the_way_there_is_refused(
    deployer: Deployer, admin: Path, place: Place, trap: Trap, tmp_path: Path, field: str, value: Any
) -> None:
    value = {"PIPE": str(trap.pipe), "URL": trap.url}.get(value, value) if isinstance(value, str) else value
    document = yaml.safe_load(admin.read_text())
    document["clusters"][0]["cluster"][field] = value
    refused(deployer, written(tmp_path, yaml.safe_dump(document)), place, f"cluster.{field}")
    trap.assert_untouched()
