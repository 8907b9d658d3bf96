"""What an API server was asked, when and by whom, from its audit log."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Callable, Optional


@dataclass(frozen=True)
class Call:
    """One request. Times are those of the server, in seconds since 1970."""

    id: str
    user: str
    verb: str
    uri: str
    namespace: str
    resource: str
    code: int
    begun: float
    ended: float
    body: Optional[Any]

    @staticmethod
    def read(event: dict[str, Any]) -> Call:
        """From an event of the API group audit.k8s.io."""
        target = event.get("objectRef", {})
        parts = [target.get(part) for part in ("resource", "subresource")]
        return Call(
            id=event["auditID"], user=event["user"]["username"], verb=event["verb"], uri=event["requestURI"],
            namespace=target.get("namespace", ""), resource="/".join(filter(None, parts)),
            code=event.get("responseStatus", {}).get("code", 0), begun=_seconds(event["requestReceivedTimestamp"]),
            ended=_seconds(event["stageTimestamp"]), body=event.get("requestObject"),
        )


class AuditLog:
    """The log of a control plane whose folder is given."""

    def __init__(self, state: Path) -> None:
        self._path = state / "log" / "audit.log"

    def size(self) -> int:
        """Where what is written from now on begins."""
        return self._path.stat().st_size if self._path.exists() else 0

    def calls(self, start: int, wanted: Callable[[Call], bool], least: int = 1) -> list[Call]:
        """The wanted calls in their order; waits until there are as many as are expected at least."""
        deadline = time.monotonic() + 10
        while True:
            lines = self._lines(start)
            # A call that lasts is noted when it begins and when it ends.
            calls = {call.id: call for call in map(Call.read, map(json.loads, lines)) if wanted(call)}
            if len(calls) >= least:
                return sorted(calls.values(), key=lambda call: call.begun)
            assert time.monotonic() < deadline, f"{len(calls)} of {least} calls are in the audit log"
            time.sleep(0.05)

    def _lines(self, start: int) -> list[bytes]:
        """Those that are complete; there is no file before the first call."""
        if not self._path.exists():
            return []
        with self._path.open("rb") as log:
            log.seek(start)
            return [line for line in log if line.endswith(b"\n")]


def span(calls: list[Call]) -> float:
    """Milliseconds from the first request to the last answer."""
    return (max(call.ended for call in calls) - min(call.begun for call in calls)) * 1000


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
