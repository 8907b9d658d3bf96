"""The pods of the node: their lives, their status at the API server, their programs and logs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

from node import status
from node.api import API, MERGE, now
from node.containers import Container
from node.lives import Event
from node.scripts import Script, Scripts
from node.volumes import Volumes


@dataclass
class Pod:
    """A pod and what was told about it."""

    document: dict[str, Any]
    ip: str
    containers: list[Container]
    told: set[Event] = field(default_factory=set)
    written: Optional[dict[str, Any]] = None
    conditions: dict[str, dict[str, Any]] = field(default_factory=dict)
    begun: str = ""

    @property
    def namespace(self) -> str:
        return self.document["metadata"]["namespace"]

    @property
    def name(self) -> str:
        return self.document["metadata"]["name"]

    @property
    def path(self) -> str:
        return f"/api/v1/namespaces/{self.namespace}/pods/{self.name}"


class Pods:
    """All pods. `step` is called again and again by one thread; others may look pods up."""

    def __init__(self, api: API, node: str, scripts: Scripts, volumes: Volumes, logs: Path, proxies: Any) -> None:
        self._api, self._node, self._scripts, self._volumes = api, node, scripts, volumes
        self._logs, self._proxies, self._addresses = logs, proxies, 1
        self._pods: dict[str, Pod] = {}
        self._published: Optional[dict[str, dict[str, Optional[int]]]] = None

    def find(self, namespace: str, name: str) -> Optional[Pod]:
        return next((pod for pod in list(self._pods.values()) if (pod.namespace, pod.name) == (namespace, name)), None)

    def selected(self, namespace: str, selector: dict[str, str]) -> list[Pod]:
        """The pods behind a Service."""
        return [
            pod for pod in list(self._pods.values())
            if pod.namespace == namespace and selector.items() <= pod.document["metadata"].get("labels", {}).items()
        ]

    def step(self) -> None:
        """Brings every pod up to the present."""
        listed = {item["metadata"]["uid"]: item for item in self._api.items("/api/v1/pods")}
        for uid in self._pods.keys() - listed.keys():
            self._forget(uid)
        for uid, document in listed.items():
            document["kind"] = "Pod"
            if uid not in self._pods:
                self._pods[uid] = self._new(document)
            pod = self._pods[uid]
            pod.document = document
            self._step(uid, pod)
        self._publish()

    def _publish(self) -> None:
        """Says in ports.json where the ports of each pod are on this machine."""
        ports = {
            f"{pod.namespace}/{pod.name}": {
                str(port): program.port
                for each in pod.containers for port, program in each.running.items() if program.port
            }
            for pod in self._pods.values()
        }
        if ports != self._published:
            path = self._logs.parent / "ports.json"
            path.with_suffix(".new").write_text(json.dumps(ports), "utf-8")
            path.with_suffix(".new").replace(path)
            self._published = ports

    def _new(self, document: dict[str, Any]) -> Pod:
        self._addresses += 1
        folder = self._logs / document["metadata"]["uid"]
        folder.mkdir(parents=True, exist_ok=True)
        containers = [
            Container(
                each["name"], each["image"], [port["containerPort"] for port in each.get("ports", [])], folder,
                each.get("readinessProbe", {}).get("tcpSocket", {}).get("port"),
            )
            for each in document["spec"]["containers"]
        ]
        return Pod(document, f"10.244.{self._addresses // 250}.{self._addresses % 250 + 1}", containers)

    def _forget(self, uid: str) -> None:
        for container in self._pods.pop(uid).containers:
            container.stop()

    def _step(self, uid: str, pod: Pod) -> None:
        node = pod.document["spec"].get("nodeName")
        if node not in (None, self._node):
            return
        if pod.document["metadata"].get("deletionTimestamp"):
            self._end(uid, pod)
        elif node is None:
            self._schedule(pod)
        elif pod.document["status"].get("phase") not in ("Failed", "Succeeded"):
            self._live(pod)

    def _end(self, uid: str, pod: Pod) -> None:
        for container in pod.containers:
            if container.run is not None:
                self._tell("kubelet", pod, ("Normal", "Killing", f"Stopping container {container.name}"))
            container.stop()
        options = {"gracePeriodSeconds": 0, "preconditions": {"uid": uid}}
        self._api.try_call((404, 409), "DELETE", pod.path, options)

    def _script(self, pod: Pod, container: Container) -> Script:
        return self._scripts.container(pod.namespace, container.name, container.image)

    def _schedule(self, pod: Pod) -> None:
        """Does a scheduler's work; where one runs, it is the faster one or not."""
        scripts = [self._script(pod, container) for container in pod.containers]
        refusal = next((each.text for each in scripts if each.kind == "unschedulable"), None)
        if refusal is not None:
            refusal = refusal or "0/1 nodes are available: 1 Insufficient memory."
        else:
            claims = self._volumes.of_pod(pod.document)
            if claims.pending:
                return
            refusal = claims.refusal
        if refusal:
            self._tell("default-scheduler", pod, ("Warning", "FailedScheduling", refusal))
            self._write(pod, status.unscheduled(pod, refusal))
            return
        binding = {
            "apiVersion": "v1", "kind": "Binding", "metadata": {"name": pod.name},
            "target": {"apiVersion": "v1", "kind": "Node", "name": self._node},
        }
        if self._api.try_call((404, 409), "POST", f"{pod.path}/binding", binding):
            text = f"Successfully assigned {pod.namespace}/{pod.name} to {self._node}"
            self._tell("default-scheduler", pod, ("Normal", "Scheduled", text))

    def _live(self, pod: Pod) -> None:
        pod.begun = pod.begun or now()
        proxy = self._proxies.port(pod.namespace)
        for container in pod.containers:
            for event in container.follow(self._script(pod, container), proxy).events:
                self._tell("kubelet", pod, event, f"spec.containers{{{container.name}}}")
        self._write(pod, status.living(pod))

    def _tell(self, source: str, pod: Pod, event: Event, field: str = "") -> None:
        if event not in pod.told:
            self._api.event(source, pod.document, *event, field)
            pod.told.add(event)

    def _write(self, pod: Pod, wanted: dict[str, Any]) -> None:
        if wanted == pod.written:
            return
        if self._api.try_call((404,), "PATCH", f"{pod.path}/status", {"status": wanted}, MERGE):
            pod.written = wanted
