"""A stand-in for the playground: it keeps what it is handed, and answers as it is told."""

from __future__ import annotations

import base64
import io
import json
import socket
import ssl
import struct
import threading
import zipfile
from dataclasses import dataclass
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from typing import Any, Optional

DASHBOARD = b"<!doctype html><html lang=en><title>Playground</title><main><h1>Your deployments</h1></main></html>"
PATH = "/dashboard?selected_deployment_id={number}"


@dataclass(frozen=True)
class Handed:
    """A request as it came."""

    method: str
    path: str
    headers: HTTPMessage
    body: bytes

    @property
    def document(self) -> dict[str, str]:
        """The body, which must have exactly the two members that a playground knows."""
        document = json.loads(self.body.decode("utf-8"))
        assert set(document) == {"solution", "username"}
        return document

    @property
    def username(self) -> str:
        return self.document["username"]

    @property
    def archive(self) -> bytes:
        """The solution.zip, out of base64 with the standard alphabet, padding and no line breaks."""
        text = self.document["solution"]
        assert "\n" not in text and len(text) % 4 == 0
        return base64.b64decode(text, validate=True)

    @property
    def files(self) -> dict[str, bytes]:
        """Its content; names that leave the folder or come twice are a mistake."""
        with zipfile.ZipFile(io.BytesIO(self.archive)) as archive:
            names = archive.namelist()
            assert archive.testzip() is None and len({name.lower() for name in names}) == len(names)
            for name in names:
                assert not name.startswith("/") and ".." not in PurePosixPath(name).parts and "\\" not in name
            return {name: archive.read(name) for name in names}


class FakePlayground:
    """A server on a free port of the loopback interface; with a certificate, whose key is beside it, over https."""

    def __init__(self, certificate: Optional[Path] = None) -> None:
        self.handed: list[Handed] = []
        self.status = 200
        self.answer: Optional[bytes] = None  # None for the path of a page, another for each request
        self.headers: dict[str, str] = {}
        self.resets = False  # whether connections break off once the request is there
        self.gate: Optional[threading.Event] = None  # answers wait until it is set
        self.others: list[str] = []  # what was asked for beside solutions
        self._lock = threading.Lock()
        self._over = threading.Event()
        playground = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                playground._take(self)

            def do_GET(self) -> None:
                playground.others.append(self.path)
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(DASHBOARD)))
                self.end_headers()
                self.wfile.write(DASHBOARD)

            def log_message(self, format: str, *arguments: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, certificate.with_suffix(".key"))
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.origin = f"{'https' if certificate else 'http'}://127.0.0.1:{self._server.server_port}"
        self.url = self.origin + "/deploy_solution"

    def close(self) -> None:
        self._over.set()
        if self.gate:
            self.gate.set()
        self._server.shutdown()
        self._server.server_close()

    def _take(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        with self._lock:
            self.handed.append(Handed("POST", handler.path, handler.headers, body))
            number = len(self.handed)
        if self.gate:
            self.gate.wait(60)
        if self._over.is_set():
            return
        if self.resets:
            # Zero seconds of lingering: the other side sees a reset.
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
            handler.close_connection = True
            return
        answer = PATH.format(number=number).encode() if self.answer is None else self.answer
        handler.send_response(self.status)
        for name, value in self.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(answer)))
        handler.end_headers()
        try:
            handler.wfile.write(answer)
        except OSError:
            pass  # who asked has gone
