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
from functools import cached_property
from http.client import HTTPMessage
from pathlib import Path
from typing import Any, Optional, Sequence

import solutions

KEY = "123e4567-e89b-12d3-a456-426614174000"  # as installers set it: a UUID with dashes
KEY_BYTES = base64.b64decode(KEY.replace("-", ""))
LISTENS = re.compile(r"listens on (http://[^\s\"]+)\"?.*$", re.MULTILINE)


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def token(user: str = "user-1", roles: tuple[str, ...] = (), lifetime: int = 3600, has_email: bool = True) -> str:
    """A token as the portal signs it."""
    email = {"email": f"{user}@example.org"} if has_email else {}
    claims = {
        "sub": user,
        "mlpuser": {"userId": user, "loginName": user} | email,
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
    """`graphene-deployer serve` on a free port of the loopback interface, with a state folder and a log in a folder.

    Another one in the same folder finds the state of the one before.
    """

    def __init__(
        self, folder: Path, *arguments: object, catalogue: Optional[Path] = solutions.SAMPLES,
        state: Optional[Path] = None, program: Sequence[object] = (solutions.EXECUTABLE,),
    ) -> None:
        """Starts it with these arguments beside the usual ones; without a folder of solutions, they name a catalogue.
        `program` is the beginning of the command line, and `state` the state folder where it is not in `folder`."""
        self.log_path = folder / "host.log"
        self._log = self.log_path.open("ab")
        self._log_start = self._log.tell()
        self.process = subprocess.Popen(
            [str(word) for word in (
                *program, "serve", "--port", 0, "--state", state or folder / "state",
                *(("--catalogue", catalogue) if catalogue else ()), *arguments,
            )],
            env=os.environ | {"GRAPHENE_DEPLOYER_JWT_KEY": KEY}, stdin=subprocess.DEVNULL, stderr=self._log,
        )

    @cached_property
    def url(self) -> str:
        """Where it listens, once it does."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            if found := LISTENS.search(self.log()):
                return found.group(1)
            time.sleep(0.01)
        self.kill()
        raise AssertionError(f"the host did not start:\n{self.log()}")

    def log(self) -> str:
        """What it has logged."""
        with self.log_path.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode()

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

    def terminate(self) -> None:
        """Asks it to end."""
        self.process.terminate()

    def wait(self) -> int:
        """Waits for its end, and tells its exit code."""
        try:
            return self.process.wait(timeout=60)
        finally:
            self.kill()

    def stop(self) -> int:
        """Ends it in good order, and tells its exit code."""
        self.terminate()
        return self.wait()

    @property
    def pid(self) -> int:
        """Its process."""
        return self.process.pid

    def kill(self) -> None:
        """Ends it at once."""
        self.process.kill()
        self.process.wait()
        self._log.close()
