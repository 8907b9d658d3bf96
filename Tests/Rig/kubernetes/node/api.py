"""Calls to the API server of a cluster that up.sh started, as its administrator."""

from __future__ import annotations

import http.client
import json
import ssl
import threading
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Optional

MERGE = "application/merge-patch+json"
JSON = "application/json"


class Refused(Exception):
    """The API server answered with an error."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code


class API:
    """Keeps one connection per thread, and opens a new one after the server was away."""

    def __init__(self, state: Path) -> None:
        ports = dict(pair.split("=", 1) for pair in (state / "ports").read_text().split())
        self._port = int(ports["api"])
        self._context = ssl.create_default_context(cafile=state / "pki" / "ca.crt")
        self._context.load_cert_chain(state / "pki" / "admin.crt", state / "pki" / "admin.key")
        self._thread = threading.local()

    def call(self, method: str, path: str, body: Optional[Any] = None, media: str = JSON) -> dict[str, Any]:
        """One call; throws Refused, OSError or HTTPException."""
        connection = getattr(self._thread, "connection", None)
        if connection is None:
            connection = http.client.HTTPSConnection("127.0.0.1", self._port, context=self._context, timeout=15)
            self._thread.connection = connection
        try:
            content = None if body is None else json.dumps(body)
            connection.request(method, path, content, {"Content-Type": media})
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException):
            connection.close()
            self._thread.connection = None
            raise
        if response.status >= 400:
            raise Refused(response.status, text)
        return json.loads(text)

    def items(self, path: str) -> list[dict[str, Any]]:
        """The objects of a collection."""
        return self.call("GET", path)["items"]

    def try_call(self, expected: tuple[int, ...], method: str, path: str, body: Any = None, media: str = JSON) -> bool:
        """One call that may be refused with one of the expected codes; whether it was not."""
        try:
            self.call(method, path, body, media)
        except Refused as refusal:
            if refusal.code not in expected:
                raise
            return False
        return True

    def event(
        self, source: str, involved: dict[str, Any], kind: str, reason: str, message: str, field: str = ""
    ) -> None:
        """Writes an event about an object or a field of it, as kubelet, scheduler and provisioners do."""
        metadata, moment = involved["metadata"], now()
        self.try_call((403, 404, 409), "POST", f"/api/v1/namespaces/{metadata['namespace']}/events", {
            "metadata": {"generateName": f"{metadata['name']}.", "namespace": metadata["namespace"]},
            "involvedObject": {
                "kind": involved["kind"], "apiVersion": "v1", "name": metadata["name"],
                "namespace": metadata["namespace"], "uid": metadata["uid"],
            } | ({"fieldPath": field} if field else {}),
            "type": kind, "reason": reason, "message": message, "source": {"component": source},
            "firstTimestamp": moment, "lastTimestamp": moment, "count": 1,
        })


def now() -> str:
    """The time, as Kubernetes writes it."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
