"""The requests of one deployment as the API server got them, to be sent again by others."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import chain
from audit import Call
from rigs import Rig


class Recording:
    """The PATCH requests that apply the pipeline of ten nodes."""

    def __init__(self, rig: Rig, until_it_runs: bool = False) -> None:
        self._rig, self.namespace = rig, rig.namespace()
        start = rig.audit.size()
        with rig.deploying(chain.REFERENCE, self.namespace, user="recorder") as run:
            run.time_of("phase", "Waiting")
            if until_it_runs:
                run.wait()
        self._calls = rig.audit.calls(start, is_apply("recorder", self.namespace), chain.OBJECTS)
        kubeconfig = rig.kubeconfig("peer")
        self._certificate, self._key = kubeconfig.with_suffix(".crt"), kubeconfig.with_suffix(".key")

    def parallel_client(self, namespace: str) -> list[str]:
        """A command that fires the same requests at a namespace, side by side over one connection."""
        folder = self._folder(namespace)
        ports = dict(pair.split("=", 1) for pair in (self._rig.folder / "cluster" / "ports").read_text().split())
        parts = []
        for place, (call, path) in enumerate(zip(self._calls, self._bodies(folder, namespace))):
            uri = call.uri.replace(self.namespace, namespace)
            parts.append("\n".join([
                f'url = "https://127.0.0.1:{ports["api"]}{uri}"', "request = PATCH",
                'header = "Content-Type: application/apply-patch+yaml"', 'header = "Accept: application/json"',
                f'data-binary = "@{path}"', f'output = "{folder}/answer-{place}"', "http2",
                f'cacert = "{self._rig.folder}/cluster/pki/ca.crt"',
                f'cert = "{self._certificate}"', f'key = "{self._key}"',
                'write-out = "%{http_code} %{http_version} %{num_connects}\\n"',
            ]))
        config = folder / "curl.conf"
        config.write_text("\nnext\n".join(parts) + "\n")
        return ["curl", "--silent", "--parallel", "--parallel-max", "16", "--config", str(config)]

    def kubectl(self, namespace: str) -> list[str]:
        """A command that applies the same objects with kubectl."""
        folder = self._folder(namespace) / "objects"
        folder.mkdir()
        self._bodies(folder, namespace)
        return [
            "kubectl", "--kubeconfig", str(self._rig.kubeconfig("peer")), "--namespace", namespace, "apply",
            "--server-side", "--field-manager", "graphene-deployer", "--filename", str(folder),
        ]

    def _folder(self, namespace: str) -> Path:
        folder = self._rig.folder / "requests" / namespace
        folder.mkdir(parents=True)
        return folder

    def _bodies(self, folder: Path, namespace: str) -> list[Path]:
        paths = []
        for place, call in enumerate(self._calls):
            path = folder / f"{place:02}.json"
            path.write_text(json.dumps(call.body, separators=(",", ":")).replace(self.namespace, namespace))
            paths.append(path)
        return paths


def is_apply(user: str, namespace: str):
    """Whether a call applies an object in a namespace."""

    def wanted(call: Call) -> bool:
        return call.user == user and call.namespace == namespace and call.verb == "patch"

    return wanted


def timed(command: list[str], rig: Rig) -> tuple[float, str]:
    """Milliseconds from exec to exit, and the output. kubectl keeps what it has learnt of the server in a cache."""
    environment = rig.cluster.environment | {"HOME": str(rig.folder)}
    begun = time.perf_counter()
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    elapsed = (time.perf_counter() - begun) * 1000
    assert result.returncode == 0, result.stderr
    return elapsed, result.stdout
