"""A stand-in for the API of deployments, that answers what a test wants."""

from __future__ import annotations

import json
import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Optional, Union
from urllib.parse import parse_qs, urlsplit

ID = "0123456a-0000-4000-8000-000000000001"
TIME = "2026-11-25T11:00:00.000Z"
BREAK = object()  # ends a connection in the middle of its answer
Step = Union[bytes, Callable[[], Any], object]


def event(number: int, kind: str, time: str = TIME, **members: Any) -> bytes:
    """An event as hosts send it."""
    data = {"id": number, "time": time, "kind": kind, "text": "", **members}
    return f"id: {number}\nevent: {kind}\ndata: {json.dumps(data)}\n\n".encode()


def node(number: int, name: str, state: str, text: str, **members: Any) -> bytes:
    return event(number, "node-state", node=name, state=state, text=text, **members)


def end(state: str) -> bytes:
    return f'event: end\ndata: {{"state":"{state}"}}\n\n'.encode()


def deployment(id: str = ID, state: str = "waiting", **members: Any) -> dict[str, Any]:
    """A deployment as the API shows it."""
    return {
        "id": id, "solution": {"solutionId": "s", "revisionId": "r", "name": "Sample", "version": "1.0"},
        "target": "creodias", "owner": {"id": "u", "name": "User"}, "operation": "deploy", "state": state,
        "isActive": state not in ("running", "completed", "removed", "failed", "cancelled", "interrupted"),
        "isCancelling": False, "attempt": 1, "created": TIME, "updated": TIME, "options": {}, "links": [],
        "lastEvent": 1, **members,
    }


@dataclass
class Received:
    """A request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass
class Answer:
    """What is answered. Steps are sent one by one; those that can be called are called, and may take their time."""

    content: Union[Any, list[Step]] = field(default_factory=dict)
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def stream(*steps: Step) -> Answer:
    return Answer(list(steps), kind="text/event-stream; charset=utf-8")


def problem(status: int, title: str, detail: str, **members: Any) -> Answer:
    return Answer({"title": title, "status": status, "detail": detail, **members}, status, "application/problem+json")


class DeploymentsAPI:
    """Answers `METHOD path` (below /api/v1) with the answers given for it in turn; the last one stays."""

    def __init__(self, prefix: str = "", tls: Optional[ssl.SSLContext] = None) -> None:
        self.requests: list[Received] = []
        self.answers: dict[str, list[Answer]] = {}
        self._prefix = prefix + "/api/v1"
        self._lock = threading.Lock()
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                api._answer(self)

            do_GET = do_POST = do_DELETE = handle_any

            def log_message(self, *arguments: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_address[1]}{prefix}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def on(self, request: str, *answers: Answer) -> None:
        self.answers[request] = list(answers)

    def on_events(self, *answers: Answer) -> None:
        self.on(f"GET /deployments/{ID}/events", *answers)

    def received(self, path_end: str) -> list[Received]:
        with self._lock:
            return [request for request in self.requests if request.path.endswith(path_end)]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        with self._lock:
            self.requests.append(Received(handler.command, parts.path, query, dict(handler.headers), body))
            answers = self.answers.get(f"{handler.command} {parts.path.removeprefix(self._prefix)}")
            answer = self._next(answers) if answers else problem(404, "Nothing", "There is nothing.")
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        if answer.status != 204:
            handler.send_header("Content-Type", answer.kind)
        if isinstance(answer.content, list):
            self._play(handler, answer.content)
            return
        content = answer.content if isinstance(answer.content, bytes) else json.dumps(answer.content).encode()
        handler.send_header("Content-Length", str(0 if answer.status == 204 else len(content)))
        handler.end_headers()
        if answer.status != 204:
            handler.wfile.write(content)

    @staticmethod
    def _next(answers: list[Answer]) -> Answer:
        return answers.pop(0) if len(answers) > 1 else answers[0]

    @staticmethod
    def _play(handler: BaseHTTPRequestHandler, steps: list[Step]) -> None:
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        try:
            for step in steps:
                if step is BREAK:
                    handler.close_connection = True
                    return
                if isinstance(step, bytes):
                    handler.wfile.write(f"{len(step):x}\r\n".encode() + step + b"\r\n")
                    handler.wfile.flush()
                else:
                    step()
            handler.wfile.write(b"0\r\n\r\n")
        except OSError:
            handler.close_connection = True  # the client has gone


class Gate:
    """A step that waits until the test lets it go on."""

    def __init__(self) -> None:
        self._open = threading.Event()

    def __call__(self) -> None:
        assert self._open.wait(60), "nobody opened the gate"

    def open(self) -> None:
        self._open.set()
