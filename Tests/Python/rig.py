"""The systems under the scripts: the orchestrator's stand-in, a recording server, and a cluster."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import uuid
from concurrent import futures
from pathlib import Path
from typing import Any, Callable, Optional

import grpc
import orchestrator_pb2 as messages
from folders import REPOSITORY
from orchestrator_pb2_grpc import OrchestratorStub

STAND_IN = REPOSITORY / "Tests" / "Rig" / "orchestrator" / "stand_in.py"
KUBERNETES = REPOSITORY / "Tests" / "Rig" / "kubernetes"


class StandIn:
    """A running stand-in for the orchestrator, and a connection to it."""

    def __init__(self, log: Path, *arguments: str) -> None:
        self._log = log.open("w")
        self._process = subprocess.Popen(
            [sys.executable, str(STAND_IN), "--port", "0", *arguments],
            stdout=subprocess.PIPE, stderr=self._log, text=True,
        )
        line = self._process.stdout.readline()
        assert line.startswith("listening on "), f"the stand-in said {line!r}; see {log}"
        self.endpoint = "127.0.0.1:" + line.split()[-1]
        self.channel = grpc.insecure_channel(self.endpoint)
        self._stub = OrchestratorStub(self.channel)

    def status(self) -> Any:
        return self._stub.get_status(messages.RunLabel(), timeout=10)

    def initialize(self, blueprint: Any, dockerinfo: Any, protofiles: dict[str, str]) -> Any:
        """Texts go as they are, other values as JSON."""
        texts = [value if isinstance(value, str) else json.dumps(value) for value in (blueprint, dockerinfo)]
        request = messages.OrchestrationConfiguration(
            blueprint=texts[0], dockerinfo=texts[1], protofiles=protofiles
        )
        return self._stub.initialize(request, timeout=20)

    def run(self) -> Any:
        return self._stub.run(messages.RunLabel(), timeout=10)

    def observe(self, name: str = "", component: str = "", seconds: float = 10) -> Any:
        request = messages.OrchestrationObservationConfiguration(name_regex=name, component_regex=component)
        return self._stub.observe(request, timeout=seconds)

    def stop(self) -> None:
        self.channel.close()
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        finally:
            self._process.kill()
            self._process.stdout.close()
            self._log.close()


class RecordingServer(grpc.ServerInterceptor):
    """Answers each method with a fixed reply and keeps the paths in order of arrival."""

    def __init__(self, **replies: Any) -> None:
        self.paths: list[str] = []
        self._replies = {
            "get_status": messages.OrchestrationStatus(message="not initialized"),
            "initialize": messages.OrchestrationStatus(message="initialized"),
            "run": messages.OrchestrationStatus(message="running"),
        } | replies
        self._server = grpc.server(futures.ThreadPoolExecutor(max_workers=4), interceptors=[self])
        handlers = {name: self._unary(name) for name, reply in self._replies.items() if reply is not None}
        handlers["observe"] = grpc.unary_stream_rpc_method_handler(lambda request, context: iter(()))
        self._server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("Orchestrator", handlers),))
        self.endpoint = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()

    def _unary(self, name: str) -> grpc.RpcMethodHandler:
        reply = self._replies[name].SerializeToString()
        return grpc.unary_unary_rpc_method_handler(lambda request, context: reply)

    def intercept_service(self, continuation: Callable[..., Any], details: Any) -> Any:
        self.paths.append(details.method)
        return continuation(details)

    def stop(self) -> None:
        self._server.stop(grace=0).wait()


class Cluster:
    """A Kubernetes control plane of its own."""

    enter: tuple[str, ...] = ()  # the beginning of command lines that are to run in its network

    def __init__(self, state: Path) -> None:
        self._state = state
        result = subprocess.run([str(KUBERNETES / "up.sh"), str(state)], capture_output=True, text=True, timeout=300)
        assert result.returncode == 0, f"up.sh failed:\n{result.stderr}"
        kubeconfig = result.stdout.split("KUBECONFIG=")[1].strip()
        assets = os.environ.get("KUBEBUILDER_ASSETS")
        path = os.environ["PATH"] if not assets else f"{assets}{os.pathsep}{os.environ['PATH']}"
        self.environment = os.environ | {"KUBECONFIG": kubeconfig, "PATH": path}

    def stop(self) -> None:
        subprocess.run([str(KUBERNETES / "down.sh"), str(self._state)], check=True, timeout=60)
        shutil.rmtree(self._state, ignore_errors=True)

    def kubectl(self, *arguments: str, document: Optional[dict[str, Any]] = None) -> str:
        result = subprocess.run(
            [*self.enter, "kubectl", *arguments], env=self.environment, text=True, capture_output=True, timeout=60,
            input=json.dumps(document) if document else "",
        )
        assert result.returncode == 0, f"kubectl {' '.join(arguments)}: {result.stderr}"
        return result.stdout

    def items(self, kind: str, namespace: str) -> dict[str, dict[str, Any]]:
        """The objects of a kind by name."""
        listed = json.loads(self.kubectl("get", kind, "--namespace", namespace, "-o", "json"))
        return {item["metadata"]["name"]: item for item in listed["items"]}

    def deploy(self, folder: Path, namespace: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs kubernetes-client-script.py in a folder."""
        return run_script(folder, "kubernetes-client-script.py", "-n", namespace, *arguments, env=self.environment)


def unused_namespace() -> str:
    return f"test-{uuid.uuid4().hex[:12]}"


def run_script(
    folder: Path, script: str, *arguments: str, env: Optional[dict[str, str]] = None
) -> subprocess.CompletedProcess[str]:
    """Runs a script of an unpacked folder, as a user would."""
    return subprocess.run(
        [sys.executable, script, *arguments], cwd=folder, env=env, capture_output=True, text=True, timeout=120
    )
