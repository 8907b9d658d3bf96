"""What becomes of requests instead of their way to the API server, or before it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Optional

from api_requests import Matching, Request

_REASONS = {
    401: "Unauthorized", 403: "Forbidden", 410: "Expired", 429: "TooManyRequests", 500: "InternalError",
    503: "ServiceUnavailable", 504: "Timeout",
}


@dataclass
class Fault:
    """A fault for the requests that it applies to; may be changed and taken back at any time."""

    applies: Matching
    code: int = 0  # of the answer; 0: the request is passed on
    message: str = "this fault was asked for"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    holds: bool = False  # requests wait until this is no longer so
    resets: bool = False  # the connection, instead of an answer
    times: Optional[int] = None  # how often at most
    met: list[Request] = field(default_factory=list)

    def takes(self, request: Request) -> bool:
        """Whether this fault meets a request; it is noted then."""
        if (self.times is not None and len(self.met) >= self.times) or not self.applies(request):
            return False
        self.met.append(request)
        return True

    def answer(self) -> bytes:
        """A Status as API servers give it."""
        body = json.dumps({
            "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": self.message,
            "reason": _REASONS.get(self.code, "Unknown"), "code": self.code,
        }).encode()
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body))} | self.headers
        lines = [f"HTTP/1.1 {self.code} Fault", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
