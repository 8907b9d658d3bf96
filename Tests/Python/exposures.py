"""What the tests of exposure look at: Services, Ingresses and links."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

from creodias import succeeded, words
from live_cluster import Place

PAGE = {"8062": "http"}
INGRESSES = "ingresses.v1.networking.k8s.io"


def shape(service: dict[str, Any]) -> tuple[str, list[int]]:
    """Type and ports of a Service."""
    return service["spec"]["type"], sorted(port["port"] for port in service["spec"]["ports"])


def shapes(place: Place) -> dict[str, tuple[str, list[int]]]:
    """Of all Services of ours."""
    return {name: shape(each) for name, each in place.objects("services").items()}


def inner(*names: str) -> dict[str, tuple[str, list[int]]]:
    """The Services that nobody outside meets: of nodes, and of the orchestrator."""
    return {name: ("ClusterIP", [8061] if name == "orchestrator" else [8061, 8062]) for name in names}


def node_port(place: Place, name: str) -> int:
    """Where a Service's page is to be had at the cluster's machines."""
    (port,) = (each["nodePort"] for each in place.objects("services")[name]["spec"]["ports"] if each["port"] == 8062)
    return port


def links(result: subprocess.CompletedProcess[str]) -> list[str]:
    """The URLs in what `deploy --json` and `status --json` print."""
    return [each["url"] for each in json.loads(succeeded(result).stdout)["links"]]


def assert_only_a_forward(result: subprocess.CompletedProcess[str], place: Place, name: str) -> None:
    """No link was shown, but the line that makes the page reachable."""
    assert "http://" not in words(succeeded(result)), words(result)
    line = rf"kubectl port-forward --namespace {place.name} service/{name}(webui)? 8062:8062\b"
    assert re.search(line, words(result)), words(result)


def give_address(place: Place, service: str, address: dict[str, str]) -> None:
    """Does the work of a cloud: a load balancer gets its address."""
    path = f"/api/v1/namespaces/{place.name}/services/{service}"
    document = json.loads(place.cluster.kubectl("get", "--raw", path))
    document["status"] = {"loadBalancer": {"ingress": [address]}}
    place.cluster.kubectl("replace", "--raw", f"{path}/status", "-f", "-", document=document)


def rules(place: Place) -> dict[str, tuple[str, str, int]]:
    """The hosts of the one Ingress: path, Service and port."""
    (ingress,) = place.objects(INGRESSES).values()
    found = {}
    for rule in ingress["spec"]["rules"]:
        (path,) = rule["http"]["paths"]
        service = path["backend"]["service"]
        found[rule["host"]] = (path["path"], service["name"], service["port"].get("number") or service["port"]["name"])
    return found
