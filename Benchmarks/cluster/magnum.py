"""From "deploy" to the first request to a cluster of Magnum, with an application credential.

Beside the least that it can take, measured in the same round: a token, the cluster, and a certificate for a new key, one
after the other, over connections that are made for it; and beside `openstack coe cluster config`, after which one
would begin. Ours counts from exec to the moment at which the API server noted its first request.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import chain
import rigs
import table
from creodias import at
from openstack_rig import OpenStack
from rigs import Rig, Run

ROUNDS = 11
# The kind of key that the deployer makes.
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")


def run(release: Path) -> None:
    with rigs.control_plane() as rig:
        openstack = OpenStack(rig.folder / "openstack", rig.folder / "cluster")
        try:
            rounds = [(_deployer(rig, openstack), _least(openstack), _peer(openstack)) for _ in range(ROUNDS)][1:]
        finally:
            openstack.stop()
    ours, least, peer = map(median, zip(*rounds))
    what = "deploy to the first request to Magnum's cluster"
    table.row(
        what, f"{ours:.0f} ms", "<= 1x", ours <= least, f"three requests and a key {least:.0f} ms", ours / least
    )
    table.row(
        what, f"{ours:.0f} ms", "<= 0.1x", ours / peer <= 0.1, f"openstack coe cluster config {peer:.0f} ms",
        ours / peer,
    )


def _deployer(rig: Rig, openstack: OpenStack) -> float:
    command = rig.deployer.command("deploy", chain.REFERENCE, *at("kube-ok", rig.namespace()), "--follow")
    start = rig.audit.size()
    deploying = Run(command, openstack.environment())
    try:
        first = rig.audit.calls(start, lambda call: call.user == "admin" and call.begun >= deploying.begun)[0]
        return (first.begun - deploying.begun) * 1000
    finally:
        deploying.end()


def _least(openstack: OpenStack) -> float:
    credential = openstack.credentials["alice"]
    identity = {
        "methods": ["application_credential"],
        "application_credential": {"id": credential["id"], "secret": credential["secret"]},
    }
    with tempfile.TemporaryDirectory() as folder:
        command = ["openssl", "req", "-new", "-nodes", *KEY, "-keyout", f"{folder}/key", "-subj", "/CN=a/O=b"]
        begun = time.perf_counter()
        request = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        keystone, magnum = (
            http.client.HTTPConnection(urlsplit(url).netloc) for url in (openstack.keystone, openstack.magnum)
        )
        headers, _ = _answer(keystone, "POST", "/v3/auth/tokens", {}, {"auth": {"identity": identity}})
        token = {"X-Auth-Token": headers["X-Subject-Token"]}
        _, cluster = _answer(magnum, "GET", "/v1/clusters/kube-ok", token)
        body = {"cluster_uuid": cluster["uuid"], "csr": request}
        _answer(magnum, "POST", "/v1/certificates", token, body)
        elapsed = (time.perf_counter() - begun) * 1000
    keystone.close()
    magnum.close()
    return elapsed


def _answer(
    connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], body: Any = None
) -> tuple[Any, Any]:
    connection.request(method, path, body and json.dumps(body), headers | {"Content-Type": "application/json"})
    response = connection.getresponse()
    content = response.read()
    assert response.status in (200, 201), content
    return response.headers, json.loads(content)


def _peer(openstack: OpenStack) -> float:
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        openstack.kubeconfig("kube-ok", Path(folder))
        return (time.perf_counter() - begun) * 1000
