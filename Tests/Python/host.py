"""A running host over the samples, and the portal's tokens for it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path
from typing import Any, Optional

import solutions

KEY = "123e4567-e89b-12d3-a456-426614174000"  # as installers set it: a UUID with dashes
KEY_BYTES = base64.b64decode(KEY.replace("-", ""))
LISTENS = re.compile(r"listens on (http://\S+)$", re.MULTILINE)


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def token(user: str = "user-1", roles: tuple[str, ...] = (), lifetime: int = 3600) -> str:
    """A token as the portal signs it."""
    claims = {
        "sub": user,
        "mlpuser": {"userId": user, "loginName": user, "email": f"{user}@example.org"},
        "role": [{"name": role, "active": True} for role in roles],
        "exp": int(time.time()) + lifetime,
    }
    head = base64url(b'{"alg":"HS512"}') + "." + base64url(json.dumps(claims).encode())
    return head + "." + base64url(hmac.new(KEY_BYTES, head.encode(), hashlib.sha512).digest())


@dataclass(frozen=True)
class Answer:
    """What the host answered."""

    status: int
    headers: HTTPMessage
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


class Host:
    """`graphene-deployer serve` on a free port of the loopback interface."""

    def __init__(self, folder: Path) -> None:
        self._log_path = folder / "host.log"
        self._log = self._log_path.open("w")
        self._process = subprocess.Popen(
            [solutions.EXECUTABLE, "serve", "--port", "0", "--state", folder / "state",
             "--catalogue", solutions.SAMPLES],
            env=os.environ | {"GRAPHENE_DEPLOYER_JWT_KEY": KEY}, stdin=subprocess.DEVNULL, stderr=self._log,
        )
        self.url = self._listening()

    def call(
        self, path: str, method: str = "GET", body: Optional[Any] = None, token: Optional[str] = None, **headers: str
    ) -> Answer:
        """One request. Underscores in the names of headers become dashes."""
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            fields["Content-Type"] = "application/json"
        if token:
            fields["Authorization"] = f"Bearer {token}"
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, content, fields, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        finally:
            self._process.kill()
            self._log.close()

    def _listening(self) -> str:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self._process.poll() is None:
            if found := LISTENS.search(self._log_path.read_text("utf-8")):
                return found.group(1)
            time.sleep(0.02)
        self.stop()
        raise AssertionError(f"the host did not start:\n{self._log_path.read_text('utf-8')}")
