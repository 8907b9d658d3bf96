"""A cluster whose pods live: a real control plane, and the stand-in for a kubelet."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Callable, Iterator

import grpc
import pytest
import orchestrator_pb2 as messages
from orchestrator_pb2_grpc import OrchestratorStub
from rig import KUBERNETES, Cluster, unused_namespace

OURS = "app.kubernetes.io/managed-by=graphene-deployer"


class LiveCluster(Cluster):
    """up.sh without a scheduler, and kubelet.py."""

    def __init__(self, state: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GRAPHENE_DEPLOYER_RIG_SCHEDULER", "no")
            super().__init__(state)
        self.state = state
        self.kubeconfig = state / "admin.conf"
        self._scripts: dict[str, Any] = {"containers": {}, "claims": {}}
        self._log = (state / "log" / "kubelet.log").open("w")
        self._kubelet = subprocess.Popen(
            [sys.executable, str(KUBERNETES / "kubelet.py"), str(state)],
            stdout=subprocess.PIPE, stderr=self._log, text=True,
        )
        line = self._kubelet.stdout.readline()
        assert line == "ready\n", f"kubelet.py said {line!r}: {(state / 'log' / 'kubelet.log').read_text()}"

    def stop(self) -> None:
        self._kubelet.terminate()
        try:
            self._kubelet.wait(timeout=20)
        finally:
            self._kubelet.kill()
            self._kubelet.stdout.close()
            self._log.close()
        super().stop()

    def restart(self) -> None:
        """Ends the control plane and starts it again, with its data and at its port. The kubelet goes on."""
        subprocess.run([str(KUBERNETES / "down.sh"), str(self.state)], check=True, timeout=60)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GRAPHENE_DEPLOYER_RIG_SCHEDULER", "no")
            subprocess.run([str(KUBERNETES / "up.sh"), str(self.state)], check=True, capture_output=True, timeout=300)

    def script(self, part: str, name: str, entry: dict[str, Any] | None) -> None:
        """Says how `containers` or `claims` of a name behave from now on; None: well."""
        if entry is None:
            self._scripts[part].pop(name, None)
        else:
            self._scripts[part][name] = entry
        self._write_scripts()

    @contextmanager
    def addresses(self, *kinds: str) -> Iterator[None]:
        """The node has addresses of these types only."""
        try:
            self._set_addresses(kinds)
            yield
        finally:
            self._set_addresses(None)

    def _set_addresses(self, kinds: tuple[str, ...] | None) -> None:
        self._scripts.pop("addresses", None)
        if kinds is not None:
            self._scripts["addresses"] = kinds
        self._write_scripts()
        wanted = [*(("ExternalIP", "InternalIP") if kinds is None else kinds), "Hostname"]
        read = ("get", "node", "node1", "-o", "jsonpath={.status.addresses[*].type}")
        eventually(lambda: self.kubectl(*read).split() == wanted, f"the node has the addresses {wanted}")

    def _write_scripts(self) -> None:
        path = self.state / "kubelet" / "scripts.json"
        path.with_suffix(".new").write_text(json.dumps(self._scripts))
        path.with_suffix(".new").replace(path)

    @contextmanager
    def place(self) -> Iterator[Place]:
        """A namespace that does not exist yet, and is removed in the end."""
        place = Place(self, unused_namespace())
        try:
            yield place
        finally:
            for part, name in place.scripted:
                self.script(part, name, None)
            self.kubectl("delete", "namespace", place.name, "--ignore-not-found", "--wait=false")


class Place:
    """One namespace of the cluster."""

    def __init__(self, cluster: LiveCluster, name: str) -> None:
        self.cluster, self.name = cluster, name
        self.scripted: list[tuple[str, str]] = []

    def script(self, container: str, script: str = "ok", **details: Any) -> None:
        """How the container of that name behaves from now on; see Tests/Rig/kubernetes/node/scripts.py."""
        self._script("containers", container, {"script": script} | details)

    def script_claim(self, claim: str, script: str, **details: Any) -> None:
        """How the provisioner treats the claim of that name."""
        self._script("claims", claim, {"script": script} | details)

    def _script(self, part: str, name: str, entry: dict[str, Any]) -> None:
        key = (part, f"{self.name}/{name}")
        self.scripted.append(key)
        self.cluster.script(*key, entry)

    def create(self) -> None:
        self.cluster.kubectl("create", "namespace", self.name)

    def kubectl(self, *arguments: str, document: dict[str, Any] | None = None) -> str:
        return self.cluster.kubectl("--namespace", self.name, *arguments, document=document)

    def objects(self, kind: str, selector: str = OURS) -> dict[str, dict[str, Any]]:
        """The objects of a kind with our label, by name."""
        found = json.loads(self.kubectl("get", kind, "--selector", selector, "--output", "json"))
        return {item["metadata"]["name"]: item for item in found["items"]}

    def ours(self) -> dict[str, str]:
        """The identities of all that is ours and is not about to go."""
        kinds = ("deployments", "services", "persistentvolumeclaims", "secrets", "leases", "ingresses")
        return {
            f"{kind}/{name}": each["metadata"]["uid"] for kind in kinds for name, each in self.objects(kind).items()
            if "deletionTimestamp" not in each["metadata"]
        }

    def pod(self, app: str) -> dict[str, Any]:
        """The one pod of a node that is not being deleted."""
        pods = [
            each for each in self.objects("pods", f"app={app}").values() if "deletionTimestamp" not in each["metadata"]
        ]
        assert len(pods) == 1, f"pods of {app}: {[each['metadata']['name'] for each in pods]}"
        return pods[0]

    def exists(self) -> bool:
        return bool(self.cluster.kubectl("get", "namespace", self.name, "--ignore-not-found", "--output", "name"))

    def age_lease(self) -> None:
        """Lets two minutes pass for the lease of a deployer that is gone, without waiting for them."""
        lease = json.loads(self.kubectl("get", "lease", "graphene-deployer", "-o", "json"))["spec"]
        assert lease["leaseDurationSeconds"] <= 60, "a deployer that died blocks the namespace for longer than a minute"
        renewed = datetime.fromisoformat(lease["renewTime"]) - timedelta(minutes=2)
        spec = {"renewTime": renewed.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
        self.kubectl("patch", "lease", "graphene-deployer", "--type=merge", "-p", json.dumps({"spec": spec}))

    @contextmanager
    def orchestrator(self) -> Iterator[OrchestratorStub]:
        """The orchestrator of the present pod, without the way through the API server."""
        name = self.pod("orchestrator")["metadata"]["name"]
        ports = json.loads((self.cluster.state / "kubelet" / "ports.json").read_text())
        with grpc.insecure_channel(f"127.0.0.1:{ports[f'{self.name}/{name}']['8061']}") as channel:
            yield OrchestratorStub(channel)

    def orchestrator_status(self) -> Any:
        with self.orchestrator() as stub:
            return stub.get_status(messages.RunLabel(), timeout=10)


def eventually(condition: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Waits until something is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"this did not happen: {what}"
        time.sleep(0.2)
