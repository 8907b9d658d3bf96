"""The cluster's network for processes of pods: a proxy that knows Services by name and finds their pods."""

from __future__ import annotations

import http.client
import socket
import socketserver
import threading
from typing import Optional

from node.api import API, Refused
from node.pods import Pods
from node.server import local_port


class Proxies:
    """One HTTP proxy (CONNECT only) for each namespace."""

    def __init__(self, api: API) -> None:
        self._api = api
        self.pods: Optional[Pods] = None
        self._ports: dict[str, int] = {}

    def port(self, namespace: str) -> int:
        """The proxy of a namespace, started at the first call."""
        if namespace not in self._ports:
            server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler)
            server.daemon_threads = True
            server.resolve = lambda host, port: self._resolve(namespace, host, port)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self._ports[namespace] = server.server_address[1]
        return self._ports[namespace]

    def _resolve(self, namespace: str, host: str, port: int) -> Optional[int]:
        """The local port behind SERVICE:PORT."""
        name, _, rest = host.partition(".")
        if rest and not rest[0].isdigit():
            namespace = rest.split(".")[0]
        try:
            service = self._api.call("GET", f"/api/v1/namespaces/{namespace}/services/{name}")
        except (Refused, OSError, http.client.HTTPException):
            return None
        targets = [each.get("targetPort") for each in service["spec"]["ports"] if each["port"] == port]
        for pod in self.pods.selected(namespace, service["spec"].get("selector") or {"": ""}):
            for target in targets:
                if found := local_port(pod, _number(pod.document, target)):
                    return found
        return None


def _number(pod: dict, target: object) -> int:
    """A target port by number or name."""
    if isinstance(target, int):
        return target
    ports = [port for container in pod["spec"]["containers"] for port in container.get("ports", [])]
    return next((port["containerPort"] for port in ports if port.get("name") == target), 0)


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        words = self.rfile.readline().decode("latin-1").split()
        while self.rfile.readline().strip():
            pass
        host, _, port = words[1].rpartition(":") if len(words) > 1 else ("", "", "")
        found = self.server.resolve(host, int(port)) if port.isdigit() else None
        if words[:1] != ["CONNECT"] or found is None:
            self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return
        try:
            with socket.create_connection(("127.0.0.1", found), timeout=10) as peer:
                peer.settimeout(None)
                self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                back = threading.Thread(target=_copy, args=(peer, self.connection), daemon=True)
                back.start()
                _copy(self.connection, peer)
                back.join()
        except OSError:
            return


def _copy(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(1 << 16):
            sink.sendall(data)
    except OSError:
        pass
    for each in (source, sink):
        try:
            each.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
