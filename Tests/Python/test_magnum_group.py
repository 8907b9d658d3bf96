"""creodias: certificates for a group with fewer rights than an administrator of the cluster (`clientCertificate`)."""

from __future__ import annotations

from typing import Any

import pytest
from deployment_client import Client, failure
from live_cluster import Place
from magnum_host import StartHost

pytestmark = pytest.mark.openstack
GROUP = "graphene-deployers"
CERTIFICATE = {"user": "graphene", "group": GROUP}
# What Plugins/Creodias/README.md says a user must be allowed to do, and nothing more.
RULES: list[dict[str, Any]] = [
    {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["list", "watch", "create", "patch", "delete"]},
    {"apiGroups": [""], "resources": ["services"], "verbs": ["list", "create", "patch", "delete"]},
    {"apiGroups": [""], "resources": ["pods"], "verbs": ["list", "watch", "delete"]},
    {"apiGroups": [""], "resources": ["pods/portforward"], "verbs": ["get", "create"]},
    {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]},
    {"apiGroups": [""], "resources": ["persistentvolumeclaims"], "verbs": ["list", "watch"]},
    {"apiGroups": [""], "resources": ["events"], "verbs": ["list", "watch"]},
    {"apiGroups": ["apps"], "resources": ["replicasets"], "verbs": ["list", "watch"]},
]


def permit(place: Place, rules: list[dict[str, Any]]) -> None:
    """The group may do this in the namespace, and nothing elsewhere."""
    api = "rbac.authorization.k8s.io"
    metadata = {"name": GROUP}
    place.kubectl("apply", "-f", "-", document={
        "apiVersion": f"{api}/v1", "kind": "Role", "metadata": metadata, "rules": rules,
    })
    place.kubectl("apply", "-f", "-", document={
        "apiVersion": f"{api}/v1", "kind": "RoleBinding", "metadata": metadata,
        "subjects": [{"apiGroup": api, "kind": "Group", "name": GROUP}],
        "roleRef": {"apiGroup": api, "kind": "Role", "name": GROUP},
    })


def test_a_group_with_a_role_in_the_namespace_deploys_and_takes_away(cloud_host: StartHost, place: Place) -> None:
    place.create()
    permit(place, RULES)
    client = Client(cloud_host(clientCertificate=CERTIFICATE))
    made = client.made("creodias", cluster="kube-ok", namespace=place.name)
    client.ended(made, "running", timeout=90)
    assert place.orchestrator_status().message == "running"
    assert client.call(f"/{made}", "DELETE", {"options": {}}).status == 202
    client.ended(made, "removed", timeout=90)
    assert not place.objects("deployments") and not place.objects("services")


def test_a_group_that_nothing_is_bound_to_is_told_what_it_lacks(cloud_host: StartHost, place: Place) -> None:
    place.create()
    client = Client(cloud_host(clientCertificate=CERTIFICATE))
    text = failure(client, client.made("creodias", cluster="kube-ok", namespace=place.name))
    assert place.name in text and GROUP not in text and "permission" in text, text
    assert not place.ours()


@pytest.mark.parametrize(("verb", "resource"), [
    ("create", "services"), ("delete", "services"), ("watch", "persistentvolumeclaims"), ("watch", "events"),
    ("get", "pods/portforward"),
])
def test_a_missing_permission_is_named_before_anything_is_written(
    cloud_host: StartHost, place: Place, verb: str, resource: str
) -> None:
    place.create()
    permit(place, [
        rule | {"verbs": [each for each in rule["verbs"] if each != verb]} if rule["resources"] == [resource] else rule
        for rule in RULES
    ])
    client = Client(cloud_host(clientCertificate=CERTIFICATE))
    text = failure(client, client.made("creodias", cluster="kube-ok", namespace=place.name))
    assert f"Missing are: {verb} {resource}." in text, text
    assert not place.ours()


def test_a_group_that_may_make_no_namespace_is_told_so(cloud_host: StartHost, place: Place) -> None:
    client = Client(cloud_host(clientCertificate=CERTIFICATE))
    text = failure(client, client.made("creodias", cluster="kube-ok", namespace=place.name))
    assert "namespace" in text and place.name in text, text
    assert not place.exists()
