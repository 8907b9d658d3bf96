"""A client that follows a deployment's events (server-sent events)."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from typing import Any, Optional

LOST = (OSError, http.client.HTTPException)
"""What a client sees when the host has gone."""


class EventStream:
    """Reads a stream in a thread of its own, until it ends."""

    def __init__(self, url: str, deployment: str, token: str, after: Optional[int] = None, query: str = "") -> None:
        """Begins after an event, of which the header Last-Event-ID tells."""
        self.events: list[dict[str, Any]] = []
        self.comments = 0
        self.end: Optional[str] = None
        """The state in which the deployment ended; nil where the stream broke off."""
        self.status: Optional[int] = None
        self.problem: Optional[str] = None
        """What is wrong with the stream itself."""
        self._connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=120)
        self._path = f"/api/v1/deployments/{deployment}/events{query}"
        self._headers = {"Authorization": f"Bearer {token}"} | ({} if after is None else {"Last-Event-ID": str(after)})
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def wait(self, timeout: float = 30) -> "EventStream":
        """Waits for its end."""
        self._thread.join(timeout)
        assert not self._thread.is_alive(), f"the stream goes on after {self.events[-1:]}"
        assert self.problem is None, self.problem
        return self

    def wait_for(self, timeout: float = 30, **members: Any) -> dict[str, Any]:
        """Waits for an event with these members."""
        def found() -> list[dict[str, Any]]:
            return [event for event in self.events if members.items() <= event.items()]

        with self._changed:
            assert self._changed.wait_for(found, timeout), f"no event {members} in {self.events}"
            return found()[0]

    def close(self) -> None:
        """Cuts it off."""
        self._connection.sock.shutdown(socket.SHUT_RDWR)
        self.wait()

    def _run(self) -> None:
        try:
            self._connection.request("GET", self._path, headers=self._headers)
            response = self._connection.getresponse()
            self.status = response.status
            if response.status == 200:
                self._read(response)
        except LOST:
            pass
        finally:
            self._connection.close()

    def _read(self, response: http.client.HTTPResponse) -> None:
        fields: dict[str, str] = {}
        while line := response.readline().decode():
            if not line.endswith("\n"):
                return  # broken off
            name, _, value = line.rstrip("\n").partition(": ")
            if line.startswith(":"):
                self.comments += 1
            elif line != "\n":
                fields[name] = value
            elif fields:
                self._take(fields)
                fields = {}

    def _take(self, fields: dict[str, str]) -> None:
        if "data" not in fields:
            return
        data = json.loads(fields["data"])
        with self._changed:
            if fields["event"] == "end":
                self.end = data["state"]
            elif (fields["id"], fields["event"]) == (str(data["id"]), data["kind"]):
                self.events.append(data)
            else:
                self.problem = f"id and event of the stream are not those of the data: {fields}"
            self._changed.notify_all()
