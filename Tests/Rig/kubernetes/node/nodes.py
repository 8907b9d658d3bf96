"""The Node object: registered once, and kept Ready."""

from __future__ import annotations

import time
from typing import Any

from node.api import API, MERGE, now
from node.scripts import Scripts

HEARTBEAT = 10.0
CAPACITY = {"cpu": "8", "memory": "32Gi", "ephemeral-storage": "100Gi", "pods": "110"}


class Node:
    """One node at 127.0.0.1."""

    def __init__(self, api: API, name: str, addresses: list[str], port: int, scripts: Scripts) -> None:
        self._api, self._name, self._port = api, name, port
        self._usual, self._addresses, self._scripts = addresses, addresses, scripts
        self._began, self._beat = now(), 0.0

    def step(self) -> None:
        """Registers the node, and tells every ten seconds that it is well, or at once that its addresses changed."""
        addresses = self._usual if self._scripts.addresses is None else self._scripts.addresses
        is_same, self._addresses = addresses == self._addresses, addresses
        if is_same and self._beat and time.monotonic() - self._beat < HEARTBEAT:
            return
        if not self._beat:
            labels = {"kubernetes.io/hostname": self._name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64"}
            self._api.try_call((409,), "POST", "/api/v1/nodes", {"metadata": {"name": self._name, "labels": labels}})
        self._api.call("PATCH", f"/api/v1/nodes/{self._name}/status", {"status": self._status()}, MERGE)
        self._beat = time.monotonic()

    def _status(self) -> dict[str, Any]:
        addresses = [{"type": kind, "address": "127.0.0.1"} for kind in self._addresses]
        return {
            "addresses": [*addresses, {"type": "Hostname", "address": self._name}],
            "capacity": CAPACITY, "allocatable": CAPACITY,
            "daemonEndpoints": {"kubeletEndpoint": {"Port": self._port}},
            "conditions": [{
                "type": "Ready", "status": "True",
                "reason": "KubeletReady", "message": "kubelet is posting ready status",
                "lastHeartbeatTime": now(), "lastTransitionTime": self._began,
            }],
            "nodeInfo": {
                "architecture": "amd64", "operatingSystem": "linux", "kubeletVersion": "v1.20.2",
                "containerRuntimeVersion": "containerd://1.6.20", "kernelVersion": "5.10.0", "osImage": "stand-in",
                "kubeProxyVersion": "v1.20.2", "machineID": "", "systemUUID": "", "bootID": "",
            },
        }
