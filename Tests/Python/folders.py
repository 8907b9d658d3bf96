"""Unpacked solution folders, as the local-yaml target delivers them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Optional

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
BUNDLE = REPOSITORY / "Sources" / "DeploymentKit" / "Sources" / "Packaging" / "Bundle"
NODES = ("gui1", "solver1")

PROTO = """syntax = "proto3";
message Empty {}
message Job { string text = 1; }
service %s {
  rpc produce(Empty) returns (Job);
  rpc consume(Job) returns (Empty);
}
"""


def labels(name: str) -> dict[str, str]:
    return {"app": name, "app.kubernetes.io/managed-by": "graphene-deployer"}


def service(name: str, port_name: str = "protobuf-api", port: int = 8556) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": name, "labels": labels(name)},
        "spec": {
            "selector": {"app": name},
            "type": "NodePort",
            "ports": [{"name": port_name, "protocol": "TCP", "port": port, "targetPort": 8061}],
        },
    }


def deployment(name: str, image: str, claim: Optional[str] = None) -> dict[str, Any]:
    container: dict[str, Any] = {
        "name": name,
        "image": image,
        "ports": [
            {"name": "protobuf-api", "containerPort": 8061, "protocol": "TCP"},
            {"name": "webui", "containerPort": 8062, "protocol": "TCP"},
        ],
    }
    pod: dict[str, Any] = {"imagePullSecrets": [{"name": "acumos-registry"}], "containers": [container]}
    if claim:
        container["env"] = [{"name": "SHARED_FOLDER_PATH", "value": "/data/shared"}]
        container["volumeMounts"] = [{"mountPath": "/data/shared", "name": claim}]
        pod["volumes"] = [{"name": claim, "persistentVolumeClaim": {"claimName": claim}}]
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "labels": labels(name)},
        "spec": {
            "replicas": 1,
            "selector": {"matchLabels": {"app": name}},
            "template": {"metadata": {"labels": labels(name)}, "spec": pod},
        },
    }


def claim(name: str) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": name, "labels": labels(name)},
        "spec": {"accessModes": ["ReadWriteMany"], "resources": {"requests": {"storage": "1Gi"}}},
    }


def write_yaml(folder: Path, name: str, document: dict[str, Any]) -> None:
    """Puts one object into deployments/."""
    path = folder / "deployments" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\n" + yaml.safe_dump(document, sort_keys=False), encoding="utf-8")


def blueprint_node(name: str, rpc: str, signature: tuple[str, str], links: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "container_name": name,
        "node_type": "MLModel",
        "image": f"registry.example/{name}:1",
        "operation_signature_list": [
            {
                "operation_signature": {
                    "operation_name": rpc,
                    "input_message_name": signature[0],
                    "output_message_name": signature[1],
                },
                "connected_to": [
                    {"container_name": target, "operation_signature": {"operation_name": operation}}
                    for target, operation in links
                ],
            }
        ],
    }


def blueprint(nodes: tuple[str, ...] = NODES) -> dict[str, Any]:
    """The first node produces, the others consume."""
    first, *others = nodes
    return {
        "name": "sample",
        "nodes": [
            blueprint_node(first, "produce", ("Empty", "Job"), [(name, "consume") for name in others]),
            *(blueprint_node(name, "consume", ("Job", "Empty"), []) for name in others),
        ],
    }


def dockerinfo(ports: dict[str, Any], address: Optional[str] = None) -> dict[str, Any]:
    return {
        "docker_info_list": [
            {"container_name": name, "ip_address": address or name, "port": port} for name, port in ports.items()
        ]
    }


def protofiles(nodes: tuple[str, ...] = NODES) -> dict[str, str]:
    return {f"{name}.proto": PROTO % f"Service{index}" for index, name in enumerate(nodes)}


def write_pipeline(folder: Path, nodes: tuple[str, ...] = NODES, shared_folders: tuple[str, ...] = ()) -> Path:
    """A pipeline with its scripts."""
    shutil.copytree(BUNDLE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in nodes:
        write_yaml(folder, f"{name}_service.yaml", service(name))
        image = f"registry.example/{name}:1"
        write_yaml(folder, f"{name}_deployment.yaml", deployment(name, image, *shared_folders[:1]))
    write_yaml(folder, "orchestrator_service.yaml", service("orchestrator", "mc-api", 8061))
    write_yaml(folder, "orchestrator_deployment.yaml", deployment("orchestrator", "registry.example/orchestrator:1.4"))
    for name in shared_folders:
        write_yaml(folder, "pvc.yaml" if len(shared_folders) == 1 else f"{name}_pvc.yaml", claim(name))
    (folder / "kustomization.yaml").write_text("---\nkind: Kustomization\n", encoding="utf-8")
    (folder / "blueprint.json").write_text(json.dumps(blueprint(nodes)), encoding="utf-8")
    ports = {name: "8556" for name in nodes} | {"orchestrator": "8061"}
    (folder / "dockerinfo.json").write_text(json.dumps(dockerinfo(ports), separators=(",", ":")), encoding="utf-8")
    (folder / "microservice").mkdir()
    for name, text in protofiles(nodes).items():
        (folder / "microservice" / name).write_text(text, encoding="utf-8")
    return folder


def write_single_model(folder: Path, name: str = "ner") -> Path:
    """A single model with its script."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(BUNDLE / "kubernetes-client-script.py", folder)
    write_yaml(folder, "service.yaml", service(name))
    write_yaml(folder, "deployment.yaml", deployment(name, f"registry.example/{name}:1"))
    (folder / "modelname.txt").write_text(name, encoding="utf-8")
    return folder
