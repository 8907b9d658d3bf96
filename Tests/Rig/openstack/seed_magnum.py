#!/usr/bin/env python3
"""seed_magnum.py FOLDER: makes Magnum's tables and clusters in every state, and adds them to FOLDER/seed.json.

Clusters cannot be created over the API, there is no Heat here: their rows are made with the classes that Magnum's
conductor uses. place.py puts in the CA and the address of `kube-ok`.
"""

from __future__ import annotations

import json
import sys
import uuid
from pathlib import Path
from typing import Any, Optional

folder = Path(sys.argv[1])
configuration = ["magnum", "--config-file", str(folder / "magnum" / "magnum.conf")]

from magnum.common import cert_manager, context, service  # noqa: E402

service.prepare_service(configuration)

from magnum import objects  # noqa: E402
from magnum.conductor.handlers.common import cert_manager as cluster_certificates  # noqa: E402
from magnum.db import migration  # noqa: E402
from magnum.db.sqlalchemy import models  # noqa: E402
from oslo_db.sqlalchemy import enginefacade  # noqa: E402

# `magnum-db-manage upgrade` cannot run on SQLite; Magnum's own tests make the tables like this.
models.Base.metadata.create_all(enginefacade.writer.get_engine())
migration.stamp("head")

seed = json.loads((folder / "seed.json").read_text())
alice, project = seed["users"]["alice"], seed["projects"]["demo"]
owner = context.make_context(user_id=alice, project_id=project, roles=["member"], is_admin=False)


def create_template(name: str, **fields: Any) -> str:
    """The id of a new template."""
    template = objects.ClusterTemplate(owner, **{
        "uuid": str(uuid.uuid4()), "name": name, "project_id": project, "user_id": alice,
        "image_id": "fedora-coreos-40", "flavor_id": "eo2.large", "master_flavor_id": "eo2.medium",
        "keypair_id": "default", "external_network_id": "external", "network_driver": "calico",
        "dns_nameserver": "8.8.8.8", "apiserver_port": 6443, "docker_volume_size": 20,
        "docker_storage_driver": "overlay2", "cluster_distro": "fedora-coreos", "coe": "kubernetes",
        "registry_enabled": False, "labels": {"kube_tag": "v1.28.4"}, "tls_disabled": False, "public": False,
        "server_type": "vm", "master_lb_enabled": False, "floating_ip_enabled": True, "hidden": False, **fields,
    })
    template.create()
    return template.uuid


def create_nodes(cluster: Any, role: str, count: int, reason: Optional[str]) -> None:
    """One of the two groups of nodes that every cluster has."""
    objects.NodeGroup(
        owner, uuid=str(uuid.uuid4()), name=f"default-{role}", cluster_id=cluster.uuid, project_id=project, labels={},
        flavor_id="eo2.large", image_id="fedora-coreos-40", node_addresses=[], node_count=count, role=role,
        min_node_count=1, is_default=True, stack_id=cluster.stack_id, status=cluster.status, status_reason=reason,
    ).create()


def create_cluster(
    name: str, status: str, template: str, address: Optional[str] = None, authority: str = "magnum",
    reason: Optional[str] = None, health: Optional[str] = None,
) -> dict[str, Any]:
    """`authority`: of Magnum, from outside (place.py brings it), or none."""
    cluster = objects.Cluster(
        owner, uuid=str(uuid.uuid4()), name=name, project_id=project, user_id=alice, cluster_template_id=template,
        keypair="default", docker_volume_size=20, labels={"kube_tag": "v1.28.4"}, master_flavor_id="eo2.medium",
        flavor_id="eo2.large", stack_id=str(uuid.uuid4()), status=status, status_reason=reason, create_timeout=60,
        api_address=address, coe_version="v1.28.4" if address else None, health_status=health,
        health_status_reason={"api": "ok"} if health == "HEALTHY" else {}, fixed_network=None, fixed_subnet=None,
        floating_ip_enabled=True, master_lb_enabled=False,
    )
    if authority == "outside":
        reference = cert_manager.get_backend().CertManager.store_cert(
            certificate="", private_key="", private_key_passphrase=None, name=name, context=owner
        )
        cluster.ca_cert_ref = cluster.magnum_cert_ref = reference
        cluster.etcd_ca_cert_ref = cluster.front_proxy_ca_cert_ref = reference
    elif authority == "magnum":  # as the conductor does while it creates a cluster
        cluster_certificates.generate_certificates_to_cluster(cluster, context=owner)
    cluster.create()
    create_nodes(cluster, "master", 1, reason)
    create_nodes(cluster, "worker", 2, reason)
    return {"uuid": cluster.uuid, "name": name, "status": status, "authority": cluster.ca_cert_ref}


usual, no_tls = create_template("k8s-1.28"), create_template("k8s-no-tls", tls_disabled=True)
public = create_template("k8s-public", public=True)
no_host = "Resource CREATE failed: ResourceInError: resources.kube_masters: No valid host was found"
seed["clusters"] = {
    "ok": create_cluster("kube-ok", "CREATE_COMPLETE", usual, "ADDRESS", "outside", health="HEALTHY"),
    "own-ca": create_cluster("kube-own-ca", "UPDATE_COMPLETE", public, "ADDRESS", health="UNHEALTHY"),
    "creating": create_cluster("kube-creating", "CREATE_IN_PROGRESS", usual),
    "creating-no-ca": create_cluster("kube-creating-no-ca", "CREATE_IN_PROGRESS", usual, authority="none"),
    "failed": create_cluster("kube-failed", "CREATE_FAILED", usual, reason=no_host),
    "deleting": create_cluster("kube-deleting", "DELETE_IN_PROGRESS", usual, "ADDRESS"),
    "no-tls": create_cluster("kube-no-tls", "CREATE_COMPLETE", no_tls, "http://127.0.0.1:8080", "none"),
    "twin-1": create_cluster("kube-twin", "CREATE_COMPLETE", usual, "ADDRESS"),
    "twin-2": create_cluster("kube-twin", "CREATE_COMPLETE", usual, "ADDRESS"),
    "private": create_cluster("kube-private", "CREATE_COMPLETE", usual, "https://10.0.0.5:6443"),
    "no-address": create_cluster("kube-no-address", "CREATE_COMPLETE", usual),
}
(folder / "seed.json").write_text(json.dumps(seed, indent=2))
