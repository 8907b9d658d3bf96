"""`graphene-deployer serve` over the sample catalogue, on a free port of the loopback interface."""

from __future__ import annotations

import os
import re
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import solutions

KEY = "123e4567-e89b-12d3-a456-426614174000"


class Host:
    """A running host. Its standard error is in `log`."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "log"
        command = ["serve", "--port", "0", "--state", str(folder / "state"), "--catalogue", str(solutions.SAMPLES)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [str(solutions.EXECUTABLE), *command], env=os.environ | {"GRAPHENE_DEPLOYER_JWT_KEY": KEY},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )
        self.url = self._listening()

    def _listening(self) -> str:
        """Waits for the line that names the URL."""
        for _ in range(400):
            if found := re.search(r"listens on (http://\S+)$", self.log.read_text("utf-8"), re.MULTILINE):
                return found.group(1)
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.stop()
        raise AssertionError(f"the host did not start:\n{self.log.read_text('utf-8')}")

    def request(self, path: str, method: str = "GET") -> tuple[int, str, str]:
        """Status, content type and text of an answer."""
        request = urllib.request.Request(self.url + path, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, response.headers["Content-Type"], response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers["Content-Type"], error.read().decode()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        finally:
            self.process.kill()
            self.process.wait()
