"""The rig of Keystone and Magnum: the chain from an application credential to the API server is real."""

from __future__ import annotations

import base64
import json
import ssl
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import requests
import yaml
from fault_proxy import FaultProxy
from live_cluster import LiveCluster, eventually
from openstack_proxy import CERTIFICATE, TOKENS, asking
from openstack_rig import OpenStack, OpenStackProxy

pytestmark = pytest.mark.openstack
STATES = {
    "kube-ok": "CREATE_COMPLETE", "kube-own-ca": "UPDATE_COMPLETE", "kube-creating": "CREATE_IN_PROGRESS",
    "kube-failed": "CREATE_FAILED", "kube-deleting": "DELETE_IN_PROGRESS", "kube-no-tls": "CREATE_COMPLETE",
    "kube-private": "CREATE_COMPLETE", "kube-no-address": "CREATE_COMPLETE",
}


def kubectl(kubeconfig: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["kubectl", "--kubeconfig", kubeconfig, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def status_without_certificate(api: str, authority: Path) -> int:
    """What the API server answers to somebody without a certificate."""
    try:
        trust = ssl.create_default_context(cafile=authority)
        return urllib.request.urlopen(f"{api}/api/v1/namespaces", context=trust, timeout=20).status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_the_peer_makes_a_kubeconfig_that_the_api_server_takes_for_an_administrators(
    openstack: OpenStack, live_cluster: LiveCluster, tmp_path: Path
) -> None:
    kubeconfig = openstack.kubeconfig("kube-ok", tmp_path / "made")
    user = yaml.safe_load(kubeconfig.read_text())["users"][0]["user"]
    certificate = base64.b64decode(user["client-certificate-data"])
    subject = subprocess.run(
        ["openssl", "x509", "-noout", "-subject", "-nameopt", "RFC2253"], input=certificate, capture_output=True,
        check=True,
    ).stdout.decode().strip()
    assert subject == "subject=O=system:masters,CN=admin"
    assert kubectl(kubeconfig, "auth", "can-i", "*", "*").stdout.strip() == "yes"
    # The group gives these rights, and nothing but the group: nobody granted this user anything.
    granted = json.loads(live_cluster.kubectl("get", "clusterrolebindings", "-o", "json"))["items"]
    subjects = [each for binding in granted for each in binding.get("subjects", [])]
    assert not [each for each in subjects if each["kind"] == "User" and each["name"] == "admin"]
    assert status_without_certificate(openstack.api, live_cluster.state / "pki" / "ca.crt") == 403


def test_certificates_of_another_cluster_are_not_accepted(openstack: OpenStack, tmp_path: Path) -> None:
    good = yaml.safe_load(openstack.kubeconfig("kube-ok", tmp_path / "good").read_text())
    other = yaml.safe_load(openstack.kubeconfig("kube-own-ca", tmp_path / "other").read_text())
    mixed = tmp_path / "mixed"
    mixed.write_text(yaml.safe_dump(good | {"users": other["users"]}))
    result = kubectl(mixed, "get", "namespaces")
    assert result.returncode != 0 and "You must be logged in to the server" in result.stderr


def test_the_clusters_are_in_every_state(openstack: OpenStack) -> None:
    listed = json.loads(openstack.client("coe", "cluster", "list", "-f", "json").stdout)
    states = {each["name"]: each["status"] for each in listed}
    assert STATES.items() <= states.items()
    assert sum(each["name"] == "kube-twin" for each in listed) == 2


def test_regions_and_projects_have_different_catalogues(openstack: OpenStack) -> None:
    for credential, region, found in (
        ("alice", "RegionTwo", True), ("alice", "RegionWithout", False), ("erin", "RegionOne", False),
    ):
        result = openstack.client("coe", "cluster", "list", env=openstack.environment(credential, region))
        assert (result.returncode == 0) == found, result.stderr


@pytest.mark.parametrize(("credential", "lists", "signs"), [
    ("alice", 200, 201), ("bob", 200, 403), ("reader", 200, 403), ("lists-only", 200, 401), ("dave", 200, 400),
])
def test_credentials_may_do_what_their_roles_allow(
    openstack: OpenStack, tmp_path: Path, credential: str, lists: int, signs: int
) -> None:
    key, request = tmp_path / "key", tmp_path / "csr"
    subprocess.run(
        ["openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", request,
         "-subj", "/CN=admin/O=system:masters"], check=True, capture_output=True,
    )
    headers = {"X-Auth-Token": signed_in(openstack, openstack.credentials[credential])}
    answer = requests.get(f"{openstack.magnum}/clusters", headers=headers, timeout=20)
    assert answer.status_code == lists, answer.text
    body = {"cluster_uuid": openstack.clusters["ok"]["uuid"], "csr": request.read_text()}
    answer = requests.post(f"{openstack.magnum}/certificates", json=body, headers=headers, timeout=20)
    assert answer.status_code == signs, answer.text


def test_a_credential_and_its_tokens_end_together(openstack: OpenStack) -> None:
    credential = openstack.expiring_credential(15)
    headers = {"X-Auth-Token": signed_in(openstack, credential)}
    assert requests.get(f"{openstack.magnum}/clusters", headers=headers, timeout=20).status_code == 200

    def is_over() -> bool:
        return requests.get(f"{openstack.magnum}/clusters", headers=headers, timeout=20).status_code == 401

    eventually(is_over, "the token has expired")
    eventually(lambda: sign_in(openstack, credential).status_code == 401, "the credential has expired")


def test_a_token_that_is_withdrawn_is_refused_at_once(openstack: OpenStack) -> None:
    headers = {"X-Auth-Token": signed_in(openstack, openstack.credentials["alice"])}
    openstack.revoke(headers["X-Auth-Token"])
    assert requests.get(f"{openstack.magnum}/clusters", headers=headers, timeout=20).status_code == 401


def test_a_cluster_changes_for_a_while(openstack: OpenStack) -> None:
    headers = {"X-Auth-Token": signed_in(openstack, openstack.credentials["alice"])}

    def shown() -> tuple[str, str]:
        answer = requests.get(f"{openstack.magnum}/clusters/kube-ok", headers=headers, timeout=20).json()
        return answer["status"], answer["api_address"]

    before = shown()
    with openstack.changed("ok", status="UPDATE_IN_PROGRESS", api_address="https://127.0.0.1:1"):
        assert shown() == ("UPDATE_IN_PROGRESS", "https://127.0.0.1:1")
    assert shown() == before == ("CREATE_COMPLETE", openstack.api)


def test_the_proxy_notes_what_the_peer_asks_and_has_faults(
    openstack: OpenStack, openstack_proxy: OpenStackProxy, tmp_path: Path
) -> None:
    config = ("coe", "cluster", "config", "kube-ok", "--dir", tmp_path, "--force")
    result = openstack.client(*config, env=openstack_proxy.environment())
    assert result.returncode == 0, result.stderr
    assert openstack_proxy.keystone.asked("POST", TOKENS)
    assert [each.method for each in openstack_proxy.magnum.asked(path=CERTIFICATE)] == ["GET", "POST"]
    openstack_proxy.magnum.fault(asking("POST", CERTIFICATE), 503)
    result = openstack.client(*config, env=openstack_proxy.environment())
    assert result.returncode != 0 and "503" in result.stderr


def test_a_proxy_before_the_api_server_takes_certificates_of_its_authority_only(
    openstack: OpenStack, live_cluster: LiveCluster, tmp_path: Path
) -> None:
    proxy = FaultProxy(live_cluster.state, certificates=True)
    try:
        with openstack.changed("ok", api_address=proxy.url):
            good = openstack.kubeconfig("kube-ok", tmp_path / "good")
        assert kubectl(good, "get", "namespaces").returncode == 0
        assert proxy.seen("list", "namespaces")
        other = yaml.safe_load(openstack.kubeconfig("kube-own-ca", tmp_path / "other").read_text())
        mixed = tmp_path / "mixed"
        mixed.write_text(yaml.safe_dump(yaml.safe_load(good.read_text()) | {"users": other["users"]}))
        noted = len(proxy.requests)
        assert kubectl(mixed, "get", "namespaces").returncode != 0 and len(proxy.requests) == noted
    finally:
        proxy.stop()


def signed_in(openstack: OpenStack, credential: dict[str, str]) -> str:
    """A token for an application credential."""
    answer = sign_in(openstack, credential)
    answer.raise_for_status()
    return answer.headers["X-Subject-Token"]


def sign_in(openstack: OpenStack, credential: dict[str, str]) -> requests.Response:
    """What Keystone answers to an application credential."""
    identity = {
        "methods": ["application_credential"],
        "application_credential": {"id": credential["id"], "secret": credential["secret"]},
    }
    return requests.post(f"{openstack.keystone}/auth/tokens", json={"auth": {"identity": identity}}, timeout=20)
