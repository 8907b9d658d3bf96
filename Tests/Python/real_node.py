"""A cluster whose pods are real: control plane, containerd, kubelet and kube-proxy, in a network of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator

import pytest
from folders import BUNDLE
from live_cluster import Place
from rig import KUBERNETES, Cluster, unused_namespace

NODE = KUBERNETES / "node.sh"
ORCHESTRATOR_REPORT = Path(__file__).with_name("orchestrator_report.py")
UNABLE = 77


class RealNode(Cluster):
    """up.sh and node.sh. Where the machine cannot do that, tests are skipped with the reason."""

    def __init__(self, state: Path) -> None:
        self.state, self.kubeconfig = state, state / "admin.conf"
        self._run(str(NODE), "--check")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GRAPHENE_DEPLOYER_RIG_NETWORK", "own")
            super().__init__(state)
        self.enter = ("nsenter", f"--net={state / 'network'}")
        try:
            self._run(str(NODE), str(state))
        except BaseException:
            self.stop()
            raise

    def _run(self, *command: str) -> None:
        environment = os.environ | {"GRAPHENE_DEPLOYER_RIG_PYTHON": sys.executable}
        result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
        if result.returncode == UNABLE:
            pytest.skip(result.stderr.strip())
        assert result.returncode == 0, f"{command} failed:\n{result.stderr}"

    def inside(self, *command: object, timeout: float = 60) -> str:
        """What a command prints that runs in the network of the node."""
        result = subprocess.run(
            [*self.enter, *map(str, command)], env=self.environment, capture_output=True, text=True, timeout=timeout
        )
        assert result.returncode == 0, f"{command} ends with {result.returncode}: {result.stdout}{result.stderr}"
        return result.stdout

    def page(self, url: str) -> str:
        """The page at an address; fails unless it answers."""
        return self.inside("curl", "--silent", "--show-error", "--fail", "--max-time", 10, "--noproxy", "*", url)

    @contextmanager
    def place(self) -> Iterator[RealPlace]:
        """A namespace that does not exist yet, and is removed in the end."""
        place = RealPlace(self, unused_namespace())
        try:
            yield place
        finally:
            self.kubectl("delete", "namespace", place.name, "--ignore-not-found", "--wait=false")


class RealPlace(Place):
    """One namespace; what scripts pods for the stand-in of a kubelet has no meaning here."""

    cluster: RealNode

    def orchestrator_report(self, *expected: str) -> dict[str, Any]:
        """State and events of the orchestrator, taken until calls of all the expected rpcs have come back."""
        address = self.pod("orchestrator")["status"]["podIP"]
        command = [sys.executable, "-B", ORCHESTRATOR_REPORT, BUNDLE / "orchestrator_client", f"{address}:8061"]
        return json.loads(self.cluster.inside(*command, *expected))

    def run_python(self, app: str, script: str) -> str:
        """Runs a script in the container of a node, with the Python of its image."""
        pod = self.pod(app)["metadata"]["name"]
        return self.kubectl("exec", pod, "--", os.path.realpath(sys.executable), "-c", script)
