"""What a hostile kubeconfig could point to: a program, a file and a server, which notice whoever falls for them."""

from __future__ import annotations

import os
import socket
from pathlib import Path


class Trap:
    """Lies in a folder and listens on 127.0.0.1."""

    def __init__(self, folder: Path) -> None:
        self._witness = folder / "was-run"
        self.program = folder / "helper-program"
        self.program.write_text(f"#!/bin/sh\n: > '{self._witness}'\n")
        self.program.chmod(0o755)
        self.pipe = folder / "pipe"
        os.mkfifo(self.pipe)
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.setblocking(False)
        self.port = self._server.getsockname()[1]
        self.url = f"https://127.0.0.1:{self.port}"

    def assert_untouched(self) -> None:
        """No program was run, and nobody called."""
        assert not self._witness.exists(), "the program was run"
        try:
            self._server.accept()[0].close()
        except BlockingIOError:
            return
        raise AssertionError("the server was called")

    def close(self) -> None:
        self._server.close()
