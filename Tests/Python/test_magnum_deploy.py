"""creodias: deploying to a cluster of Magnum, with a certificate that is made for the occasion."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from creodias import PIPELINE, PIPELINE_NODES, SINGLE, Deployer, at, on, preview, succeeded
from live_cluster import Place
from openstack_proxy import CERTIFICATE, CLUSTER, TEMPLATES, TOKENS
from openstack_rig import OpenStack, OpenStackProxy

pytestmark = pytest.mark.openstack


def described(request: bytes) -> tuple[str, str]:
    """The subject, and everything else that `openssl` says of the request in the body for Magnum."""
    pem = json.loads(request)["csr"]
    run = {"input": pem, "capture_output": True, "text": True, "check": True}
    command = ("openssl", "req", "-noout", "-verify", "-nameopt", "RFC2253,show_type")
    subject = subprocess.run([*command, "-subject"], **run).stdout.strip()
    return subject, subprocess.run([*command, "-text"], **run).stdout


def test_a_pipeline_runs_without_a_kubeconfig(deployer: Deployer, openstack: OpenStack, place: Place) -> None:
    env = openstack.environment()
    succeeded(deployer.run("deploy", PIPELINE, *at("kube-ok", place.name), "--follow", env=env))
    assert sorted(place.objects("deployments")) == sorted([*PIPELINE_NODES, "orchestrator"])
    assert place.orchestrator_status().message == "running"
    where = at("kube-ok", place.name)
    for command in ("status", "logs", "rerun"):
        succeeded(deployer.run(command, PIPELINE, *where, env=env))
    succeeded(deployer.run("undeploy", PIPELINE, *where, env=env))
    assert not place.ours()


def test_a_cluster_may_be_named_by_its_uuid(deployer: Deployer, openstack: OpenStack, place: Place) -> None:
    uuid = openstack.clusters["ok"]["uuid"]
    succeeded(deployer.run("deploy", SINGLE, *at(uuid, place.name), env=openstack.environment()))
    assert place.objects("deployments")


def test_it_is_the_same_place_as_with_a_kubeconfig(
    deployer: Deployer, openstack: OpenStack, admin: Path, place: Place
) -> None:
    succeeded(deployer.run("deploy", SINGLE, *at("kube-ok", place.name), env=openstack.environment()))
    before = place.ours()
    plan = preview(succeeded(deployer.run("plan", SINGLE, *on(admin, place.name), "--json")))
    assert {each["action"] for each in plan["changes"]} == {"unchanged"}
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name)))
    assert place.ours() == before


def test_the_certificate_is_asked_for_as_the_peer_does(
    deployer: Deployer, openstack: OpenStack, openstack_proxy: OpenStackProxy, place: Place, tmp_path: Path
) -> None:
    env = openstack_proxy.environment()
    succeeded(deployer.run("deploy", SINGLE, *at("kube-ok", place.name), env=env))
    assert openstack.client("coe", "cluster", "config", "kube-ok", "--dir", tmp_path, env=env).returncode == 0
    ours, peers = openstack_proxy.magnum.asked("POST", CERTIFICATE)
    (subject, text), (wanted, _) = described(ours.body), described(peers.body)
    # The order of the parts has no meaning for Kubernetes.
    assert sorted(subject.removeprefix("subject=").split(",")) == sorted(wanted.removeprefix("subject=").split(","))
    assert "Public-Key: (2048 bit)" in text or "prime256v1" in text
    assert "sha256" in text.lower() and "PRIVATE KEY" not in text
    assert json.loads(ours.body).keys() == {"cluster_uuid", "csr"}


def test_each_question_is_asked_once(
    deployer: Deployer, openstack_proxy: OpenStackProxy, place: Place
) -> None:
    succeeded(deployer.run("deploy", SINGLE, *at("kube-ok", place.name), env=openstack_proxy.environment()))
    assert [each.path for each in openstack_proxy.keystone.requests] == [TOKENS]
    assert len(openstack_proxy.magnum.asked("GET", CLUSTER)) == 1
    assert [each.method for each in openstack_proxy.magnum.asked(path=CERTIFICATE)].count("POST") == 1
    assert len(openstack_proxy.magnum.asked("GET", f"{TEMPLATES}/*")) == 1
    assert len(openstack_proxy.magnum.requests) <= 4
    for request in openstack_proxy.magnum.requests:
        assert request.headers["openstack-api-version"].startswith("container-infra ")


def test_every_deployment_has_a_key_of_its_own(
    deployer: Deployer, openstack_proxy: OpenStackProxy, place: Place
) -> None:
    for _ in range(2):
        env = openstack_proxy.environment()
        succeeded(deployer.run("plan", SINGLE, *at("kube-ok", place.name), env=env))
    first, second = openstack_proxy.magnum.asked("POST", CERTIFICATE)
    assert json.loads(first.body)["csr"] != json.loads(second.body)["csr"]


def test_a_plan_tells_the_cluster(deployer: Deployer, openstack: OpenStack, place: Place) -> None:
    result = deployer.run("plan", SINGLE, *at("kube-ok", place.name), "--json", env=openstack.environment())
    facts = {each["name"]: each["value"] for each in preview(succeeded(result))["environment"]}
    assert "kube-ok" in "".join(facts.values()) and openstack.api.removeprefix("https://") in "".join(facts.values())
