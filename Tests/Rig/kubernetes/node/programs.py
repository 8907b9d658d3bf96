"""What listens at the ports of running containers: real sockets on 127.0.0.1, at free ports."""

from __future__ import annotations

import ctypes
import http.server
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent import futures
from pathlib import Path
from typing import Any, Callable, Optional, Protocol

import grpc

ORCHESTRATOR = Path(__file__).resolve().parents[2] / "orchestrator" / "stand_in.py"
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Program(Protocol):
    """Something that listens."""

    port: Optional[int]  # None until it answers

    def stop(self) -> None: ...


class Orchestrator:
    """A process of the orchestrator's stand-in. It meets Services through the proxy, and ends with this process."""

    def __init__(self, proxy: int, log: Path, arguments: tuple[str, ...]) -> None:
        self.port: Optional[int] = None
        libc = ctypes.CDLL(None)
        with log.open("a") as output:
            self._process = subprocess.Popen(
                [sys.executable, str(ORCHESTRATOR), "--port", "0", *arguments],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=output, text=True,
                env=os.environ | {"grpc_proxy": f"http://127.0.0.1:{proxy}", "no_grpc_proxy": "", "no_proxy": ""},
                preexec_fn=lambda: libc.prctl(_DIES_WITH_PARENT, signal.SIGKILL),
            )
        threading.Thread(target=self._learn_port, daemon=True).start()

    def _learn_port(self) -> None:
        line = self._process.stdout.readline()
        if line.startswith("listening on "):
            self.port = int(line.split()[-1])

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()


class Model:
    """A gRPC server that takes every call and answers none: a model that computes for ever."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._server = grpc.server(futures.ThreadPoolExecutor(max_workers=16), options=[("grpc.so_reuseport", 0)])
        self._server.add_generic_rpc_handlers((_Everything(self._wait),))
        self.port: Optional[int] = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()

    def _wait(self, request: bytes, context: grpc.ServicerContext) -> bytes:
        while context.is_active() and not self._stopped.is_set():
            time.sleep(0.2)
        context.abort(grpc.StatusCode.UNAVAILABLE, "the container ended")

    def stop(self) -> None:
        self._stopped.set()
        self._server.stop(grace=None)


class LateModel(Model):
    """A model whose first call finds no way to it, as before a Service's rules have reached the machines."""

    def __init__(self) -> None:
        self._is_reached = False
        super().__init__()

    def _wait(self, request: bytes, context: grpc.ServicerContext) -> bytes:
        if not self._is_reached:
            self._is_reached = True
            context.abort(grpc.StatusCode.UNAVAILABLE, "network is unreachable")
        return super()._wait(request, context)


class _Everything(grpc.GenericRpcHandler):
    def __init__(self, answer: Callable[[bytes, grpc.ServicerContext], bytes]) -> None:
        self._handler = grpc.unary_unary_rpc_method_handler(answer)

    def service(self, details: Any) -> grpc.RpcMethodHandler:
        return self._handler


class Page:
    """A user interface: one page, which may be an error."""

    def __init__(self, code: int = 200) -> None:
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _PageHandler)
        self._server.code = code
        self.port: Optional[int] = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _PageHandler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"<!doctype html><title>model</title>"
        self.send_response(self.server.code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing."""


class Silent:
    """Accepts connections and says nothing."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: Optional[int] = self._socket.getsockname()[1]

    def stop(self) -> None:
        self._socket.close()


def start(kind: str, proxy: int, log: Path, arguments: tuple[str, ...]) -> Optional[Program]:
    """Starts a program of a kind; none for `refused`."""
    if kind == "orchestrator":
        return Orchestrator(proxy, log, arguments)
    if kind in ("http", "http-error"):
        return Page(200 if kind == "http" else 500)
    if kind == "silent":
        return Silent()
    if kind == "late":
        return LateModel()
    return Model() if kind == "model" else None


def default_ports(container: str, exposed: list[int]) -> dict[int, str]:
    """What listens where nothing else was asked for: the gRPC port of a model or of the orchestrator, nothing else."""
    grpc_port = 8061
    kind = "orchestrator" if "orchestrator" in container else "model"
    return {port: kind if port == grpc_port else "refused" for port in {grpc_port, *exposed}}
