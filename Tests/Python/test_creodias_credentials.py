"""creodias: nothing of a kubeconfig's credentials comes out again, neither from commands nor from the cluster."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Callable

import pytest
from creodias import PIPELINE, SINGLE, Deployer, on, words
from kubeconfigs import Kubeconfigs, marks
from live_cluster import Place

pytestmark = pytest.mark.cluster
Users = Callable[[Kubeconfigs, str], Path]
GOOD: dict[str, Users] = {
    "certificate": lambda configs, namespace: configs.certificate("with-certificate", "system:masters"),
    "token": lambda configs, namespace: configs.account(namespace, role="edit"),
}
BAD: dict[str, Users] = {
    "expired": lambda configs, namespace: configs.expired(),
    "wrong authority": lambda configs, namespace: configs.wrong_authority(),
    "unknown token": lambda configs, namespace: configs.token("unknown", "unknown.token.SeCrEtSiGnAtUrE0123456789"),
    "without rights": lambda configs, namespace: configs.certificate("nobody"),
}


def files(folder: Path) -> str:
    """What the commands left behind."""
    return "".join(
        path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file() and path.suffix != ".conf"
    )


def assert_hidden(kubeconfig: Path, text: str) -> None:
    found = [mark[:6] + "…" for mark in marks(kubeconfig) if mark in text]
    assert not found, f"credentials show: {found}"


def commands(deployer: Deployer, kubeconfig: Path, namespace: str) -> list[subprocess.CompletedProcess[str]]:
    place = on(kubeconfig, namespace, timeout=30)
    return [
        deployer.run("plan", PIPELINE, *place, "--json"),
        deployer.run("deploy", PIPELINE, *place, "--follow"),
        deployer.run("deploy", PIPELINE, *place, "--json"),
        deployer.run("status", PIPELINE, *place, "--json"),
        deployer.run("logs", PIPELINE, *place),
        deployer.run("undeploy", PIPELINE, *place, "--follow"),
    ]


@pytest.mark.parametrize("user", GOOD)
def test_good_credentials_show_nowhere(
    deployer: Deployer, configs: Kubeconfigs, place: Place, tmp_path: Path, user: str
) -> None:
    place.create()
    kubeconfig = GOOD[user](configs, place.name)
    results = commands(deployer, kubeconfig, place.name)
    assert results[1].returncode == 0, words(results[1])
    assert_hidden(kubeconfig, "".join(map(words, results)) + files(tmp_path))


@pytest.mark.parametrize("user", BAD)
def test_bad_credentials_show_nowhere(
    deployer: Deployer, configs: Kubeconfigs, place: Place, tmp_path: Path, user: str
) -> None:
    kubeconfig = BAD[user](configs, place.name)
    results = commands(deployer, kubeconfig, place.name)
    assert all(result.returncode != 0 for result in results[:4])
    assert_hidden(kubeconfig, "".join(map(words, results)) + files(tmp_path))


def test_the_cluster_keeps_nothing_of_them(deployer: Deployer, admin: Path, place: Place) -> None:
    assert deployer.run("deploy", PIPELINE, *on(admin, place.name)).returncode == 0
    kinds = "all,events,leases,configmaps,secrets,persistentvolumeclaims"
    assert_hidden(admin, place.kubectl("get", kinds, "-o", "json"))


def test_the_password_of_a_registry_is_in_its_secret_only(
    deployer: Deployer, admin: Path, place: Place, tmp_path: Path
) -> None:
    password = "pA55-w0rd-of-the-registry"
    secret = tmp_path / "password"
    secret.write_text(password)
    options = on(
        admin, place.name, registry="registry.example.org", registry_user="puller", registry_password=f"@{secret}"
    )
    results = [deployer.run(command, SINGLE, *options, "--json") for command in ("plan", "deploy", "status")]
    secret.unlink()
    assert results[1].returncode == 0, words(results[1])
    assert password not in "".join(map(words, results)) + files(tmp_path)
    kind = place.kubectl("get", "secret", "acumos-registry", "-o", "jsonpath={.type}")
    assert kind == "kubernetes.io/dockerconfigjson"
    assert password not in place.kubectl("get", "all,events", "-o", "json")
    deployed = next(iter(place.objects("deployments").values()))
    assert deployed["spec"]["template"]["spec"]["imagePullSecrets"] == [{"name": "acumos-registry"}]
