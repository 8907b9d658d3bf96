"""`clusters`: the clusters of a project in OpenStack, with the credentials that OpenStack's own tools take."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from creodias import ENVIRONMENT, REFUSED, SINGLE, Deployer, failed, succeeded, words
from openstack_proxy import CLUSTERS, TEMPLATES, TOKENS
from openstack_rig import OpenStack, OpenStackProxy, write_clouds

pytestmark = pytest.mark.openstack
LIST = ("clusters", "--target", "creodias")


def listed(result: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """What `--json` tells."""
    return json.loads(succeeded(result).stdout)["choices"]


def names(result: subprocess.CompletedProcess[str]) -> list[str]:
    return [each["label"] for each in listed(result)]


def test_they_are_those_that_the_peer_lists(deployer: Deployer, openstack: OpenStack) -> None:
    found = {
        (each["value"], each["label"]): each
        for each in listed(deployer.run(*LIST, "--json", env=openstack.environment()))
    }
    peer = {
        (each["uuid"], each["name"]): each["status"]
        for each in json.loads(openstack.client("coe", "cluster", "list", "-f", "json").stdout)
    }
    assert found.keys() == peer.keys()
    others = {"kube-no-tls": "TLS disabled"}
    for cluster, status in peer.items():
        is_complete = status.endswith("_COMPLETE")
        assert found[cluster]["isAvailable"] == (is_complete and cluster[1] not in others), cluster
        reason = others.get(cluster[1], status)
        assert found[cluster]["isAvailable"] or reason in found[cluster]["help"], cluster


def test_the_table_tells_which_can_be_used_and_why_not(deployer: Deployer, openstack: OpenStack) -> None:
    lines = succeeded(deployer.run(*LIST, env=openstack.environment())).stdout.splitlines()
    for name, text in (
        ("kube-creating", "being made"), ("kube-failed", "could not be made"), ("kube-deleting", "being deleted"),
    ):
        line = next(line for line in lines if name in line.split())
        assert text in line.lower(), line


def test_the_list_needs_one_token_and_a_request_for_clusters_and_one_for_templates(
    deployer: Deployer, openstack_proxy: OpenStackProxy
) -> None:
    assert "kube-ok" in names(deployer.run(*LIST, "--json", env=openstack_proxy.environment()))
    assert [each.path for each in openstack_proxy.keystone.requests] == [TOKENS]
    assert sorted(each.path for each in openstack_proxy.magnum.requests) == [CLUSTERS, TEMPLATES]
    version = openstack_proxy.magnum.requests[0].headers["openstack-api-version"]
    assert version.startswith("container-infra ")


def test_a_project_without_clusters_has_none(deployer: Deployer, openstack: OpenStack) -> None:
    assert names(deployer.run(*LIST, "--json", env=openstack.environment("dave"))) == []
    assert "there are none" in words(succeeded(deployer.run(*LIST, env=openstack.environment("dave")))).lower()


@pytest.mark.parametrize("credential", ["reader", "lists-only", "bob"])
def test_whoever_may_list_can_list(deployer: Deployer, openstack: OpenStack, credential: str) -> None:
    assert "kube-ok" in names(deployer.run(*LIST, "--json", env=openstack.environment(credential)))


def test_another_region_is_asked(deployer: Deployer, openstack: OpenStack) -> None:
    assert "kube-ok" in names(deployer.run(*LIST, "--json", env=openstack.environment(region="RegionTwo")))


def test_an_application_credential_may_have_a_name_and_a_user(deployer: Deployer, openstack: OpenStack) -> None:
    env = openstack.environment()
    del env["OS_APPLICATION_CREDENTIAL_ID"]
    env |= {"OS_APPLICATION_CREDENTIAL_NAME": "deployer", "OS_USERNAME": "alice", "OS_USER_DOMAIN_ID": "default"}
    assert "kube-ok" in names(deployer.run(*LIST, "--json", env=env))


def test_a_password_will_do(deployer: Deployer, openstack: OpenStack) -> None:
    env = {
        "HOME": str(openstack.home), "OS_AUTH_URL": openstack.keystone, "OS_REGION_NAME": "RegionOne",
        "OS_USERNAME": "alice", "OS_PASSWORD": "alicepw", "OS_USER_DOMAIN_NAME": "Default",
        "OS_PROJECT_NAME": "demo", "OS_PROJECT_DOMAIN_NAME": "Default",
    }
    assert "kube-ok" in names(deployer.run(*LIST, "--json", env=env))


def test_the_address_of_keystone_needs_no_version(deployer: Deployer, openstack: OpenStack) -> None:
    env = openstack.environment(keystone=openstack.keystone.removesuffix("/v3"))
    assert "kube-ok" in names(deployer.run(*LIST, "--json", env=env))


@pytest.mark.parametrize("place", ["working folder", "home", "named"])
def test_clouds_yaml_is_found_where_openstack_looks(
    deployer: Deployer, openstack: OpenStack, tmp_path: Path, place: str
) -> None:
    here, home = tmp_path / "here", tmp_path / "home"
    here.mkdir()
    path = {
        "working folder": here / "clouds.yaml", "home": home / ".config" / "openstack" / "clouds.yaml",
        "named": tmp_path / "mine.yaml",
    }[place]
    write_clouds(path, ours=openstack.cloud(), other=openstack.cloud("dave"))
    env = {"HOME": str(home)} | ({"OS_CLIENT_CONFIG_FILE": str(path)} if place == "named" else {})
    run = (*LIST, "--json", "--os-cloud")
    assert "kube-ok" in names(deployer.run(*run, "ours", env=env, cwd=here))
    assert names(deployer.run(*run, "other", env=env, cwd=here)) == []
    assert "kube-ok" in names(deployer.run(*LIST, "--json", env=env | {"OS_CLOUD": "ours"}, cwd=here))
    result = deployer.run(*run, "third", env=env, cwd=here)
    assert result.returncode != 0 and "third" in words(result) and "ours" in words(result)


def test_secrets_may_lie_in_secure_yaml(deployer: Deployer, openstack: OpenStack, tmp_path: Path) -> None:
    cloud = openstack.cloud()
    secret = {"auth": {"application_credential_secret": cloud["auth"].pop("application_credential_secret")}}
    write_clouds(tmp_path / "clouds.yaml", ours=cloud)
    write_clouds(tmp_path / "secure.yaml", ours=secret)
    env = {"HOME": str(openstack.home)}
    assert "kube-ok" in names(deployer.run(*LIST, "--json", "--os-cloud", "ours", env=env, cwd=tmp_path))


@pytest.mark.parametrize("missing", ["OS_AUTH_URL", "OS_APPLICATION_CREDENTIAL_SECRET"])
def test_a_variable_that_is_missing_is_named(deployer: Deployer, openstack: OpenStack, missing: str) -> None:
    env = openstack.environment()
    del env[missing]
    result = deployer.run(*LIST, env=env)
    assert result.returncode in (REFUSED, 2), words(result)
    assert missing in words(result)


def test_nothing_given_is_told_with_what_could_be(deployer: Deployer, openstack: OpenStack) -> None:
    result = deployer.run(*LIST, env={"HOME": str(openstack.home)})
    assert result.returncode in (REFUSED, 2), words(result)
    assert "OS_AUTH_URL" in words(result) and "--os-cloud" in words(result)


@pytest.mark.parametrize(
    "text", ["clouds: [", "clouds: 1", "a: &a [*a]", "\0", "clouds: {ours: {auth: {auth_url: 5}}}"]
)
def test_a_broken_clouds_yaml_is_refused_by_name(
    deployer: Deployer, openstack: OpenStack, tmp_path: Path, text: str
) -> None:
    (tmp_path / "clouds.yaml").write_text(text)
    result = deployer.run(*LIST, "--os-cloud", "ours", env={"HOME": str(openstack.home)}, cwd=tmp_path)
    assert result.returncode in (REFUSED, 2, ENVIRONMENT) and "clouds.yaml" in words(result), words(result)


@pytest.mark.parametrize("option", ["cloud=other", "kubeconfig=none", "credential-id=abc"])
def test_two_ways_to_a_cluster_are_refused(
    deployer: Deployer, openstack: OpenStack, tmp_path: Path, option: str
) -> None:
    write_clouds(tmp_path / "clouds.yaml", ours=openstack.cloud())
    words_of_it = ("--os-cloud", "ours", "--option", "cluster=kube-ok", "--option", option)
    result = deployer.run("plan", SINGLE, "--target", "creodias", *words_of_it, cwd=tmp_path)
    failed(result, REFUSED, "--os-cloud ours", option.split("=")[0], "give one of them")


def test_a_cloud_may_have_any_name(deployer: Deployer, openstack: OpenStack, tmp_path: Path) -> None:
    write_clouds(tmp_path / "clouds.yaml", **{"my cloud, WAW3-2": openstack.cloud()})
    env = {"HOME": str(openstack.home)}
    assert "kube-ok" in names(deployer.run(*LIST, "--json", "--os-cloud", "my cloud, WAW3-2", env=env, cwd=tmp_path))


def test_plain_http_is_spoken_only_where_the_network_is_allowed(deployer: Deployer, openstack: OpenStack) -> None:
    config = deployer.configuration(networks=())
    result = deployer.run(*LIST, env=openstack.environment(), config=config)
    failed(result, ENVIRONMENT, "network.allow")
