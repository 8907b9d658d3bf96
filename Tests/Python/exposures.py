"""What the tests of exposure look at: Services, Ingresses and links."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from concurrent import futures
from contextlib import contextmanager
from typing import Any, Iterator

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


def give_address(place: Place, kind: str, name: str, address: dict[str, str]) -> None:
    """Does the work of a cloud, or of an ingress controller: a Service or an Ingress gets its address."""
    group = "api/v1" if kind == "services" else "apis/networking.k8s.io/v1"
    path = f"/{group}/namespaces/{place.name}/{kind}/{name}"
    document = json.loads(place.cluster.kubectl("get", "--raw", path))
    document["status"] = {"loadBalancer": {"ingress": [address]}}
    place.cluster.kubectl("replace", "--raw", f"{path}/status", "-f", "-", document=document)


@contextmanager
def cloud(place: Place, address: dict[str, str]) -> Iterator[None]:
    """While this lasts, load balancers get this address soon after they were asked for."""
    ended = threading.Event()

    def work() -> None:
        while not ended.wait(0.3):
            for name, service in place.objects("services").items():
                is_open = service["spec"]["type"] == "LoadBalancer" and not service["status"]["loadBalancer"]
                if is_open:
                    give_address(place, "services", name, address)

    with futures.ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        try:
            yield
        finally:
            ended.set()
        working.result(timeout=60)


def rules(place: Place) -> dict[str, tuple[str, str, int]]:
    """The hosts of the one Ingress: path, Service and port."""
    (ingress,) = place.objects(INGRESSES).values()
    found = {}
    for rule in ingress["spec"]["rules"]:
        (path,) = rule["http"]["paths"]
        service = path["backend"]["service"]
        found[rule["host"]] = (path["path"], service["name"], service["port"].get("number") or service["port"]["name"])
    return found
