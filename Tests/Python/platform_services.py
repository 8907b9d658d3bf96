"""A stand-in for the platform's Common Data Service and Nexus over the samples, which keeps what it is told."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Optional

from solutions import SAMPLES

PASSWORD = "a-password-of-cds"
IDS = {"deploy": ("deploymentId", "record-1"), "task": ("taskId", 7), "notif": ("notificationId", "notification-1")}


@dataclass(frozen=True)
class Told:
    """A call that tells something."""

    call: str
    body: Any


class PlatformServices:
    """Both services on one port of the loopback interface."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.status: Optional[int] = None  # what writing calls get instead of the right answer
        self.hangs = False  # whether they get none
        self._over = threading.Event()
        services = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                services.read(self)

            def do_POST(self) -> None:
                services.write(self)

            do_PUT = do_POST

            def log_message(self, format: str, *arguments: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def catalogue(self) -> dict[str, Any]:
        """The section of a host's configuration."""
        user = {"user": "ccds_client", "password": PASSWORD}
        return {
            "cds": {"url": self.url + "/ccds"} | user, "nexus": {"url": self.url + "/nexus"} | user,
            "accessCheck": False, "report": True,
        }

    def calls(self) -> list[str]:
        """What was told, in order."""
        return [told.call for told in self.told]

    def read(self, request: BaseHTTPRequestHandler) -> None:
        parts = request.path.strip("/").split("/")
        if parts[0] == "nexus":
            path = SAMPLES.joinpath("nexus", *parts[1:])
        elif parts[1] == "revision":
            path = SAMPLES / "artifacts" / f"{parts[2]}.json"
        else:
            path = SAMPLES / ("revisions" if "revision" in parts else "solutions") / f"{parts[-1]}.json"
        self._answer(request, 200, path.read_bytes() if path.is_file() else b"")

    def write(self, request: BaseHTTPRequestHandler) -> None:
        content = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        parts = request.path.strip("/").split("/")[1:]
        kind = "deploy" if "deploy" in parts else "notif/user" if "user" in parts else parts[0]
        kind = "task/stepresult" if parts[-1] == "stepresult" else kind
        body = json.loads(content) if content else None
        self.told.append(Told(f"{request.command} {kind}", body))
        if self.hangs:
            self._over.wait()
            return
        made = dict([IDS[kind]]) if request.command == "POST" and kind in IDS else {}
        self._answer(request, self.status or (201 if made else 200), json.dumps((body or {}) | made).encode())

    def _answer(self, request: BaseHTTPRequestHandler, status: int, content: bytes) -> None:
        request.send_response(status)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)

    def stop(self) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
