"""creodias on a real node: a shared folder is one folder for all its nodes, and goes when it is asked to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterator

import pytest
from creodias import FOLDER, Deployer, on, succeeded
from real_node import RealNode, RealPlace

pytestmark = pytest.mark.node
CLASS = "rig-manual"
WRITER, READER, STRANGER = "vibration-windows1", "anomaly-trainer1", "model-card1"
# What the cluster puts into every namespace, and what tells deployers of each other.
ALWAYS_THERE = {"configmap/kube-root-ca.crt"}


@pytest.fixture
def volume(real_node: RealNode, tmp_path: Path) -> Iterator[Path]:
    """A folder of this machine as a volume, made by hand: there is no provisioner."""
    (tmp_path / "volume").mkdir()
    documents: list[dict[str, Any]] = [
        {
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": CLASS},
            "provisioner": "kubernetes.io/no-provisioner",
        },
        {
            "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": CLASS},
            "spec": {
                "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce", "ReadWriteMany"],
                "storageClassName": CLASS, "persistentVolumeReclaimPolicy": "Retain",
                "hostPath": {"path": str(tmp_path / "volume"), "type": "Directory"},
            },
        },
    ]
    for document in documents:
        real_node.kubectl("apply", "-f", "-", document=document)
    yield tmp_path / "volume"
    real_node.kubectl("delete", "pv", CLASS, "--wait=false")
    real_node.kubectl("delete", "storageclass", CLASS)


def left(place: RealPlace) -> set[str]:
    """What is in the namespace, but for the cluster's own."""
    kinds = "all,persistentvolumeclaims,secrets,configmaps,ingresses"
    listed = json.loads(place.kubectl("get", kinds, "-o", "json"))["items"]
    names = {
        f"{each['kind'].lower()}/{each['metadata']['name']}" for each in listed
        if each.get("type") != "kubernetes.io/service-account-token"
    }
    return names - ALWAYS_THERE


def test_nodes_share_a_file_until_the_solution_and_its_volume_are_gone(
    real_deployer: Deployer, real_node: RealNode, real_place: RealPlace, volume: Path
) -> None:
    options = on(real_node.kubeconfig, real_place.name, volumes="delete")
    succeeded(real_deployer.run("deploy", FOLDER, *options))
    (claim,) = real_place.objects("persistentvolumeclaims").values()
    assert (claim["spec"]["storageClassName"], claim["status"]["phase"]) == (CLASS, "Bound")

    path = real_place.run_python(WRITER, "import os; print(os.environ['SHARED_FOLDER_PATH'])").strip()
    real_place.run_python(WRITER, f"open('{path}/windows', 'w').write('sixteen')")
    assert real_place.run_python(READER, f"print(open('{path}/windows').read())") == "sixteen\n"
    assert (volume / "windows").read_text() == "sixteen"
    assert real_place.run_python(STRANGER, f"import os; print(os.path.exists('{path}'))") == "False\n"

    succeeded(real_deployer.run("undeploy", FOLDER, *options))
    assert not real_place.exists() or left(real_place) == set()
    assert json.loads(succeeded(real_deployer.run("status", FOLDER, *options, "--json")).stdout)["state"] == "absent"
