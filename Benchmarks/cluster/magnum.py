"""From "Deploy" to the first request to a cluster of Magnum, with an application credential.

Measured where people press the button, in a running host, and for the command `deploy`, from its exec; to the moment at
which the API server noted its first request. Beside the least that it can take, measured in the same round: a token, the
cluster, and a certificate for a new key, one after the other, over connections that are made for it; and beside
`openstack coe cluster config`, after which one would begin.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, Optional
from urllib.parse import urlsplit

import chain
import rigs
import table
from creodias import at
from deployment_client import Client
from host import Host
from openstack_rig import OpenStack
from rigs import Rig, Run

ROUNDS = 11
# The kind of key that the deployer makes.
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")


def run(release: Path) -> None:
    with rigs.control_plane() as rig:
        openstack = OpenStack(rig.folder / "openstack", rig.folder / "cluster")
        host = _host(rig, openstack)
        client = Client(host)
        measured = {
            "Deploy with a credential of one's own": lambda: _pressed(rig, client, "theirs", openstack),
            "Deploy with the administrator's": lambda: _pressed(rig, client, "ours"),
            "deploy, from exec": lambda: _command(rig, openstack),
        }
        references = {
            "three requests and a key": (lambda: _least(openstack), 1),
            "openstack coe cluster config": (lambda: _peer(openstack), 0.1),
        }
        functions = [*measured.values(), *(function for function, _ in references.values())]
        try:
            rounds = [[function() for function in functions] for _ in range(ROUNDS)][1:]
        finally:
            host.stop()
            openstack.stop()
    figures = list(map(median, zip(*rounds)))
    for what, ours in zip(measured, figures):
        for (reference, (_, goal)), theirs in zip(references.items(), figures[len(measured):]):
            table.row(
                f"{what}, to Magnum's cluster", f"{ours:.0f} ms", f"<= {goal}x", ours / theirs <= goal,
                f"{reference} {theirs:.0f} ms", ours / theirs,
            )


def _host(rig: Rig, openstack: OpenStack) -> Host:
    """With a cloud twice: with a credential of the administrator's, whose token serves for many deployments, and without."""
    folder = rig.folder / "host"
    folder.mkdir()
    cloud = {"authURL": openstack.keystone, "regions": ["RegionOne"]}
    credential = {name: openstack.credentials["alice"][name] for name in ("id", "secret")}
    configuration = folder / "deployer.yaml"
    configuration.write_text(json.dumps({
        "catalogue": {"directory": str(rig.deployer.catalogue), "accessCheck": False},
        "network": {"allow": ["127.0.0.0/8"]}, "defaultTarget": "creodias",
        "targets": [{"module": "Creodias", "settings": {
            "keystone": [cloud | {"name": "theirs"}, cloud | {"name": "ours", "credential": credential}],
        }}],
    }))
    return Host(folder, "--config", configuration, catalogue=None)


def _pressed(rig: Rig, client: Client, cloud: str, openstack: Optional[OpenStack] = None) -> float:
    options = {"access": "cluster", "cloud": cloud, "cluster": "kube-ok", "namespace": rig.namespace()}
    if openstack:
        options |= {f"credential-{name}": openstack.credentials["alice"][name] for name in ("id", "secret")}
    wish = {"solutionId": chain.SOLUTION, "revisionId": chain.REVISION, "target": "creodias", "options": options}
    start, begun = rig.audit.size(), time.time()
    answer = client.submit_body(wish)
    assert answer.status == 202, answer
    try:
        return _first_request(rig, start, begun)
    finally:
        client.cancel(answer.json()["id"])
        client.ended(answer.json()["id"])


def _command(rig: Rig, openstack: OpenStack) -> float:
    command = rig.deployer.command("deploy", chain.REFERENCE, *at("kube-ok", rig.namespace()), "--follow")
    start = rig.audit.size()
    deploying = Run(command, openstack.environment())
    try:
        return _first_request(rig, start, deploying.begun)
    finally:
        deploying.end()


def _first_request(rig: Rig, start: int, begun: float) -> float:
    """Milliseconds until it reached the cluster."""
    first = rig.audit.calls(start, lambda call: call.user == "admin" and call.begun >= begun)[0]
    return (first.begun - begun) * 1000


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
