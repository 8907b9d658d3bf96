"""A command on a terminal, and what that shows."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from typing import Any, Callable, Optional

import pyte


class Screen:
    """A terminal of some size with a command in it. With scrolling, what left the top is in `history`."""

    def __init__(self, command: list[str], env: dict[str, str], columns: int = 80, lines: int = 24) -> None:
        self._screen = pyte.HistoryScreen(columns, lines, history=1000)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        self._resize(slave, columns, lines)
        self.output = b""
        self.process = subprocess.Popen(
            command, env={"TERM": "xterm-256color", **env}, stdin=slave, stdout=slave, stderr=slave,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    @property
    def lines(self) -> list[str]:
        """What is to be seen, without empty lines at the end."""
        text = [line.rstrip() for line in self._screen.display]
        while text and not text[-1]:
            text.pop()
        return text

    @property
    def history(self) -> list[str]:
        """What left the screen at its top, and then what is to be seen."""
        columns = range(self._screen.columns)
        gone = ["".join(line[column].data for column in columns).rstrip() for line in self._screen.history.top]
        return gone + self.lines

    @property
    def cursor(self) -> tuple[int, int]:
        """Line and column."""
        return self._screen.cursor.y, self._screen.cursor.x

    @property
    def is_cursor_shown(self) -> bool:
        return not self._screen.cursor.hidden

    def colour(self, text: str) -> str:
        """The colour of the first character of a text that is to be seen."""
        for y, line in enumerate(self._screen.display):
            if text in line:
                return self._screen.buffer[y][line.index(text)].fg
        raise AssertionError(f"{text!r} is not to be seen:\n" + "\n".join(self.lines))

    def resize(self, columns: int, lines: int) -> None:
        """As a window manager does; the process gets SIGWINCH."""
        self._resize(self._master, columns, lines)
        self._screen.resize(lines, columns)

    def send(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def wait_for(self, condition: Callable[[], Any]) -> None:
        """Reads until the condition holds."""
        deadline = time.monotonic() + 30
        is_open = True
        while not condition():
            assert is_open and time.monotonic() < deadline, "never seen; the screen is:\n" + "\n".join(self.history)
            is_open = self._read(0.2) is not False

    def end(self) -> int:
        """Reads until the command has ended, and returns its exit code."""
        deadline = time.monotonic() + 30
        while self._read(0.2) is not False:
            assert time.monotonic() < deadline, "it does not end; the screen is:\n" + "\n".join(self.history)
        return self.process.wait(timeout=10)

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self._master)

    def _read(self, seconds: float) -> Optional[bool]:
        """True if something came, None if nothing did, False at the end."""
        if not select.select([self._master], [], [], seconds)[0]:
            return None
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.output += data
        self._stream.feed(data)
        return bool(data)

    @staticmethod
    def _resize(descriptor: int, columns: int, lines: int) -> None:
        fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
