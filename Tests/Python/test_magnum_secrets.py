"""creodias: nothing that lets somebody in comes out again: the credential, tokens, keys, certificate requests."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from creodias import PIPELINE, SINGLE, Deployer, at, words
from live_cluster import Place, eventually
from openstack_proxy import CERTIFICATE, CLUSTER, asking
from openstack_rig import OpenStack, OpenStackProxy

pytestmark = pytest.mark.openstack


def secrets(openstack: OpenStack, proxy: OpenStackProxy) -> dict[str, str]:
    """What must show nowhere, by what it is; the private key is seen by nobody, and looked for by its first line."""
    marks = {"secret": openstack.credentials["alice"]["secret"], "private key": "PRIVATE KEY"}
    for number, request in enumerate(proxy.magnum.requests):
        marks[f"token {number}"] = request.headers["x-auth-token"]
    for number, request in enumerate(proxy.magnum.asked("POST", CERTIFICATE)):
        lines = json.loads(request.body)["csr"].splitlines()
        marks |= {f"line {place} of request {number}": line for place, line in enumerate(lines[1:-1]) if len(line) > 40}
    return marks


def assert_hidden(marks: dict[str, str], text: str) -> None:
    found = [name for name, mark in marks.items() if mark in text]
    assert not found, f"these show: {found}"


def files(folder: Path) -> str:
    """What the commands left behind."""
    return "".join(path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file())


def commands(
    deployer: Deployer, openstack_proxy: OpenStackProxy, namespace: str
) -> list[subprocess.CompletedProcess[str]]:
    where, env = at("kube-ok", namespace, timeout=30), openstack_proxy.environment()
    return [
        deployer.run("clusters", "--target", "creodias", "--json", env=env),
        deployer.run("plan", PIPELINE, *where, "--json", env=env),
        deployer.run("deploy", PIPELINE, *where, "--follow", env=env),
        deployer.run("deploy", PIPELINE, *where, "--json", env=env),
        deployer.run("status", PIPELINE, *where, "--json", env=env),
        deployer.run("undeploy", PIPELINE, *where, "--follow", env=env),
    ]


def test_they_show_nowhere_when_all_is_well(
    deployer: Deployer, openstack: OpenStack, openstack_proxy: OpenStackProxy, place: Place, tmp_path: Path
) -> None:
    results = commands(deployer, openstack_proxy, place.name)
    assert [result.returncode for result in results] == [0] * len(results), "".join(map(words, results))
    kept = place.cluster.kubectl("get", "all,events,leases,configmaps,secrets", "-n", place.name, "-o", "json")
    assert_hidden(secrets(openstack, openstack_proxy), "".join(map(words, results)) + files(tmp_path) + kept)


@pytest.mark.parametrize(("method", "path", "code"), [
    ("GET", CLUSTER, 401), ("GET", CLUSTER, 404), ("POST", CERTIFICATE, 400), ("POST", CERTIFICATE, 403),
    ("POST", CERTIFICATE, 503),
])
def test_they_show_nowhere_even_if_the_cloud_sends_them_back(
    deployer: Deployer, openstack: OpenStack, openstack_proxy: OpenStackProxy, place: Place, tmp_path: Path,
    method: str, path: str, code: int,
) -> None:
    env = openstack_proxy.environment()
    deployer.run("plan", SINGLE, *at("kube-ok", place.name), env=env)
    secret = openstack.credentials["alice"]["secret"]
    openstack_proxy.magnum.fault(asking(method, path), code, message=f"not with {secret}")
    result = deployer.run("deploy", SINGLE, *at("kube-ok", place.name), "--follow", env=env)
    assert result.returncode != 0
    assert_hidden(secrets(openstack, openstack_proxy), words(result) + files(tmp_path))


def test_the_command_line_and_the_files_of_a_running_deployment_have_none(
    deployer: Deployer, openstack: OpenStack, openstack_proxy: OpenStackProxy, place: Place, tmp_path: Path
) -> None:
    place.script("berth-gui1", "slow-pull", seconds=600)
    process = deployer.start("deploy", PIPELINE, *at("kube-ok", place.name), env=openstack_proxy.environment())
    try:
        eventually(lambda: len(place.objects("deployments")) == 4, "the objects are there")
        line = Path(f"/proc/{process.pid}/cmdline").read_text()
        opened = [path.resolve() for path in Path(f"/proc/{process.pid}/fd").iterdir()]
        content = "".join(path.read_text("utf-8", "replace") for path in opened if path.is_file())
        assert_hidden(secrets(openstack, openstack_proxy), line + content + files(tmp_path))
    finally:
        process.kill()
        process.communicate()
