"""The kubelet's own HTTPS interface, which the API server calls for logs and port-forwarding."""

from __future__ import annotations

import re
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Optional
from urllib.parse import parse_qs, urlsplit

from node.api import now
from node.containers import Container
from node.forwarding import PROTOCOL, Forwarding
from node.pods import Pod, Pods
from node.websocket import accept_key

_LOGS = re.compile(r"/containerLogs/([^/]+)/([^/]+)/([^/]+)")
_FORWARD = re.compile(r"/portForward/([^/]+)/([^/]+)")


class Server(ThreadingHTTPServer):
    """Answers only callers with a certificate of the cluster, such as the API server."""

    daemon_threads = True

    def __init__(self, state: Path, pods: Pods) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pods = pods
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(state / "pki" / "apiserver.crt", state / "pki" / "apiserver.key")
        self._context.load_verify_locations(state / "pki" / "ca.crt")
        self._context.verify_mode = ssl.CERT_REQUIRED

    def get_request(self) -> tuple[Any, Any]:
        connection, address = self.socket.accept()
        # The handshake happens in the thread of the connection.
        return self._context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that goes away is no error."""

    def start(self) -> None:
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    rbufsize = 0  # nothing behind the request's head may be swallowed
    server: Server

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if match := _LOGS.fullmatch(address.path):
            self._logs(*match.groups(), query)
        elif match := _FORWARD.fullmatch(address.path):
            self._forward(*match.groups(), parse_qs(address.query).get("port") or query.get("ports", "").split(","))
        else:
            self._answer(404, "404 page not found")

    do_POST = do_GET

    def _answer(self, code: int, text: str) -> None:
        body = text.encode()
        self.send_response(code)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _forward(self, namespace: str, name: str, ports: list[str]) -> None:
        offered = [each.strip() for each in self.headers.get("Sec-WebSocket-Protocol", "").split(",")]
        if self.headers.get("Upgrade", "").lower() != "websocket":
            return self._answer(400, "only WebSocket upgrades are served here")
        if PROTOCOL not in offered:
            return self._answer(403, f"none of the protocols {offered} is supported")
        pod = self.server.pods.find(namespace, name)
        if pod is None:
            return self._answer(404, f'pod "{name}" not found')
        self.send_response(101)
        for header, value in (
            ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Protocol", PROTOCOL),
            ("Sec-WebSocket-Accept", accept_key(self.headers["Sec-WebSocket-Key"])),
        ):
            self.send_header(header, value)
        self.end_headers()
        self.close_connection = True
        numbers = [int(port) for port in ports if port]
        Forwarding(self.connection, f"{name}_{namespace}", numbers, lambda port: local_port(pod, port)).serve()

    def _logs(self, namespace: str, name: str, wanted: str, query: dict[str, str]) -> None:
        pod = self.server.pods.find(namespace, name)
        container = next((each for each in pod.containers if each.name == wanted), None) if pod else None
        if container is None:
            return self._answer(404, f'container "{wanted}" of pod "{name}" was not found')
        path = self._log_path(container, query.get("previous") == "true")
        if path is None:
            why = "previous terminated container" if query.get("previous") == "true" else "container"
            text = f'{why} "{wanted}" in pod "{name}" is waiting to start: {reason(container)}'
            return self._answer(400, text)
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._stream(path, container, query)

    def _log_path(self, container: Container, previous: bool) -> Optional[Path]:
        runs = [int(path.stem.rsplit("-", 1)[1]) for path in container.folder.glob(f"{container.name}-*.log")]
        # What has ended last is the previous run, also while its successor waits.
        runs = sorted(runs)[: -1 if previous and container.run is not None else None]
        return container.log_path(runs[-1]) if runs else None

    def _stream(self, path: Path, container: Container, query: dict[str, str]) -> None:
        begin = now() + " " if query.get("timestamps") == "true" else ""
        tail = int(query["tailLines"]) if "tailLines" in query else None
        with path.open("r", encoding="utf-8", errors="replace") as log:
            lines = log.readlines()
            first = 0 if tail is None else max(0, len(lines) - tail)
            self._chunk("".join(begin + line for line in lines[first:]))
            while query.get("follow") == "true":
                ended = container.run is None or container.log_path(container.run) != path
                if text := log.read():
                    self._chunk("".join(begin + line for line in text.splitlines(keepends=True)))
                elif ended:
                    break
                time.sleep(0.1)
        self.wfile.write(b"0\r\n\r\n")

    def _chunk(self, text: str) -> None:
        if body := text.encode():
            self.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")


def local_port(pod: Pod, port: int) -> Optional[int]:
    """Where a port of a pod listens on this machine."""
    for container in pod.containers:
        if program := container.running.get(port):
            return program.port
    return None


def reason(container: Container) -> str:
    """What kubelets say about a container without a log."""
    state = container.look.state.get("waiting", {}) if container.look else {}
    words = {"ErrImagePull": "image can't be pulled", "ImagePullBackOff": "trying and failing to pull image"}
    return words.get(state.get("reason", ""), state.get("reason", "ContainerCreating"))
