"""Proxies before Keystone and Magnum: what is asked of them, and faults in their words."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import Any, Optional
from urllib.parse import urlsplit

import relay
from api_faults import Fault
from api_requests import Matching, Request
from fault_proxy import Proxy

TOKENS, CLUSTERS, CLUSTER, CERTIFICATE = "/v3/auth/tokens", "/v1/clusters", "/v1/clusters/*", "/v1/certificates*"
TEMPLATES = "/v1/clustertemplates"


@dataclass(frozen=True)
class ServiceRequest(Request):
    """One request with all that came."""

    headers: dict[str, str] = field(default_factory=dict, compare=False)  # names in lower case
    body: bytes = field(default=b"", compare=False)

    @property
    def path(self) -> str:
        return urlsplit(self.target).path


@dataclass
class ServiceFault(Fault):
    """An answer in the form of a service, or with another content."""

    content: Optional[bytes] = None
    is_magnum: bool = True

    def answer(self) -> bytes:
        content, kind = self.content, "text/html"
        if content is None:
            content, kind = json.dumps(self._error()).encode(), "application/json"
        headers = {"Content-Type": kind, "Content-Length": str(len(content))} | self.headers
        lines = [f"HTTP/1.1 {self.code} Fault", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + content

    def _error(self) -> dict[str, Any]:
        if not self.is_magnum:
            return {"error": {"code": self.code, "message": self.message, "title": "Fault"}}
        return {"errors": [{
            "request_id": "", "code": "fault", "status": self.code, "title": "Fault", "detail": self.message,
            "links": [],
        }]}


class ServiceProxy(Proxy):
    """Stands before Keystone or Magnum."""

    def __init__(self, upstream: str) -> None:
        super().__init__(urlsplit(upstream).port)
        self._path = urlsplit(upstream).path
        self._is_magnum = self._path == "/v1"

    @property
    def endpoint(self) -> str:
        """Its URL with the version, as a catalogue has it."""
        return self.url + self._path

    def fault(self, applies: Matching, code: int = 0, **details: Any) -> Fault:
        fault = ServiceFault(applies, code, is_magnum=self._is_magnum, **details)
        self.faults.append(fault)
        return fault

    def asked(self, method: str = "*", path: str = "*") -> list[ServiceRequest]:
        """The requests so far."""
        fits = asking(method, path)
        return [request for request in list(self.requests) if fits(request)]

    def _note(self, head: bytes, body: bytes) -> Request:
        method, target, _ = head.split(b"\r\n")[0].decode("latin-1").split(" ")
        number, headers = len(self.requests) + 1, relay.fields(head)
        return ServiceRequest(method, target, number, time.monotonic(), headers, body)


def asking(method: str = "*", path: str = "*") -> Matching:
    """Requests with a method for a path, which may have stars."""
    return lambda request: fnmatch(request.method, method) and fnmatch(urlsplit(request.target).path, path)
