"""creodias: Keystone and Magnum that are down, slow, or not what they seem."""

from __future__ import annotations

import json
import socket
import subprocess

import pytest
from creodias import ENVIRONMENT, REFUSED, SINGLE, Deployer, at, failed, succeeded, words
from live_cluster import Place
from openstack_proxy import CERTIFICATE, CLUSTER, CLUSTERS, TOKENS, asking
from openstack_rig import OpenStack, OpenStackProxy
from trap import Trap

pytestmark = pytest.mark.openstack
LIST = ("clusters", "--target", "creodias")
PAGE = b"<html><h1>503 Service Unavailable</h1><script>alert(1)</script>No server is available.</html>"
QUESTIONS = {
    "token": ("keystone", "POST", TOKENS), "cluster": ("magnum", "GET", CLUSTER),
    "authority": ("magnum", "GET", CERTIFICATE), "certificate": ("magnum", "POST", CERTIFICATE),
}
# Of Magnum 23.
NO_REQUEST = "Unable to load certificate request"


def deploy(deployer: Deployer, proxy: OpenStackProxy, place: Place) -> subprocess.CompletedProcess[str]:
    return deployer.run("deploy", SINGLE, *at("kube-ok", place.name), env=proxy.environment(), timeout=120)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("code", [502, 503])
def test_a_service_that_is_down_is_told(
    deployer: Deployer, openstack_proxy: OpenStackProxy, place: Place, question: str, code: int
) -> None:
    service, method, path = QUESTIONS[question]
    content = PAGE if code == 502 else None
    getattr(openstack_proxy, service).fault(asking(method, path), code, content=content, message="no \x1b[31mworker")
    result = deploy(deployer, openstack_proxy, place)
    failed(result, ENVIRONMENT, service, str(code))
    assert "<" not in words(result) and "\x1b" not in words(result), "a page of a proxy was quoted"
    assert not place.exists()


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_connection_that_breaks_is_told(
    deployer: Deployer, openstack_proxy: OpenStackProxy, place: Place, question: str
) -> None:
    service, method, path = QUESTIONS[question]
    getattr(openstack_proxy, service).fault(asking(method, path), resets=True)
    failed(deploy(deployer, openstack_proxy, place), ENVIRONMENT, "cannot be reached")


def test_a_service_that_is_not_there_is_told(deployer: Deployer, openstack: OpenStack) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        nobody = f"http://127.0.0.1:{server.getsockname()[1]}"
    failed(deployer.run(*LIST, env=openstack.environment(keystone=f"{nobody}/v3")), ENVIRONMENT, "cannot be reached")
    openstack.lead("RegionTwo", f"{nobody}/v1")
    try:
        failed(deployer.run(*LIST, env=openstack.environment(region="RegionTwo")), ENVIRONMENT, "cannot be reached")
    finally:
        openstack.lead("RegionTwo", openstack.magnum)


@pytest.mark.parametrize("question", ["token", "certificate"])
def test_a_service_that_does_not_answer_is_given_up(
    deployer: Deployer, openstack_proxy: OpenStackProxy, place: Place, question: str
) -> None:
    service, method, path = QUESTIONS[question]
    getattr(openstack_proxy, service).fault(asking(method, path), holds=True)
    failed(deploy(deployer, openstack_proxy, place), ENVIRONMENT, "cannot be reached")


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("code", [302, 308])
def test_redirects_are_not_followed(
    deployer: Deployer, openstack_proxy: OpenStackProxy, place: Place, trap: Trap, question: str, code: int
) -> None:
    service, method, path = QUESTIONS[question]
    location = {"Location": trap.url.replace("https", "http") + path.replace("*", "")}
    getattr(openstack_proxy, service).fault(asking(method, path), code, headers=location)
    failed(deploy(deployer, openstack_proxy, place), ENVIRONMENT, str(code))
    trap.assert_untouched()


def test_the_next_page_is_asked_of_magnum_and_of_nobody_else(
    deployer: Deployer, openstack: OpenStack, openstack_proxy: OpenStackProxy, trap: Trap
) -> None:
    entry = {"uuid": openstack.clusters["ok"]["uuid"], "name": "kube-ok", "status": "CREATE_COMPLETE"}
    page = {"clusters": [entry], "next": f"{trap.url}/v1/clusters?marker=x"}
    openstack_proxy.magnum.fault(asking("GET", CLUSTERS), 200, content=json.dumps(page).encode(), times=1)
    succeeded(deployer.run(*LIST, env=openstack_proxy.environment()))
    trap.assert_untouched()


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"{}", b"[]", b"{" * 100_000, b'"' + b"x" * 20_000_000],
    ids=["empty", "page", "object", "array", "deep", "huge"],
)
@pytest.mark.parametrize("question", ["token", "cluster", "certificate"])
def test_answers_that_are_none_are_refused(
    deployer: Deployer, openstack_proxy: OpenStackProxy, place: Place, question: str, content: bytes
) -> None:
    service, method, path = QUESTIONS[question]
    getattr(openstack_proxy, service).fault(asking(method, path), 201, content=content)
    result = deploy(deployer, openstack_proxy, place)
    assert result.returncode == ENVIRONMENT, words(result)
    assert not place.exists()


@pytest.mark.parametrize("pem", [5, "text", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"])
@pytest.mark.parametrize("question", ["authority", "certificate"])
def test_certificates_that_are_none_are_refused(
    deployer: Deployer, openstack_proxy: OpenStackProxy, place: Place, question: str, pem: object
) -> None:
    _, method, path = QUESTIONS[question]
    openstack_proxy.magnum.fault(asking(method, path), 201, content=json.dumps({"pem": pem}).encode())
    result = deploy(deployer, openstack_proxy, place)
    assert result.returncode == ENVIRONMENT, words(result)
    assert not place.exists()


def test_a_request_that_is_not_signed_is_told_in_magnums_words(
    deployer: Deployer, openstack_proxy: OpenStackProxy, place: Place
) -> None:
    openstack_proxy.magnum.fault(asking("POST", CERTIFICATE), 400, message=NO_REQUEST)
    failed(deploy(deployer, openstack_proxy, place), REFUSED, "sign", NO_REQUEST)


def test_a_certificate_for_another_key_is_refused(
    deployer: Deployer, openstack: OpenStack, openstack_proxy: OpenStackProxy, place: Place
) -> None:
    other = openstack.client("coe", "ca", "show", "kube-ok").stdout
    openstack_proxy.magnum.fault(asking("POST", CERTIFICATE), 201, content=json.dumps({"pem": other}).encode())
    failed(deploy(deployer, openstack_proxy, place), ENVIRONMENT, "certificate")
