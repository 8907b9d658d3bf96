"""An admission webhook of the cluster: a server of ours that refuses objects, called by the real API server."""

from __future__ import annotations

import base64
import json
import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Iterator

from live_cluster import Place

_GROUPS = {"deployments": "apps"}


@contextmanager
def refusing(place: Place, resource: str, text: str, code: int = 0) -> Iterator[None]:
    """While this lasts, new objects of a resource are refused in the namespace, which is there then."""
    server = _Server(place, {"allowed": False, "status": {"message": text} | ({"code": code} if code else {})})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    place.create()
    place.cluster.kubectl("label", "namespace", place.name, f"rig.example/webhook={place.name}")
    place.cluster.kubectl("apply", "-f", "-", document=_configuration(place, resource, server.server_port))
    try:
        yield
    finally:
        place.cluster.kubectl("delete", "validatingwebhookconfiguration", place.name)
        server.shutdown()
        server.server_close()


def _configuration(place: Place, resource: str, port: int) -> dict[str, Any]:
    authority = base64.b64encode((place.cluster.state / "pki" / "ca.crt").read_bytes()).decode()
    return {
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
        "metadata": {"name": place.name},
        "webhooks": [{
            "name": "rules.rig.example", "sideEffects": "None", "admissionReviewVersions": ["v1"],
            "clientConfig": {"url": f"https://127.0.0.1:{port}/", "caBundle": authority},
            "namespaceSelector": {"matchLabels": {"rig.example/webhook": place.name}},
            "rules": [{
                "apiGroups": [_GROUPS.get(resource, "")], "apiVersions": ["v1"], "operations": ["CREATE"],
                "resources": [resource],
            }],
        }],
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, place: Place, response: dict[str, Any]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.response = response
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        pki = place.cluster.state / "pki"
        context.load_cert_chain(pki / "apiserver.crt", pki / "apiserver.key")
        self.socket = context.wrap_socket(self.socket, server_side=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        review = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = {key: review[key] for key in ("apiVersion", "kind")}
        body = json.dumps(answer | {"response": self.server.response | {"uid": review["request"]["uid"]}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing."""
