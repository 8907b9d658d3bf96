"""A user of the API of deployments."""

from __future__ import annotations

import http.client
import json
import time
from typing import Any, Callable, Optional, TypeVar

from event_stream import EventStream
from host import Answer, Host, token

PIPELINE = {
    "solutionId": "22222222-2222-4222-8222-222222222222", "revisionId": "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb",
}
PIPELINE_NODES = {"berth-gui1", "berth-rules1", "berth-optimiser1"}
DEPLOYMENTS = "/api/v1/deployments"
Value = TypeVar("Value")


def eventually(condition: Callable[[], Value], what: str, timeout: float = 30) -> Value:
    """Waits until a condition holds."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.02)
    raise AssertionError(f"never: {what}")


class Client:
    """Makes requests to a host as one user."""

    def __init__(self, host: Host, user: str = "alice", roles: tuple[str, ...] = ()) -> None:
        self.host = host
        self.user = user
        self.token = token(user, roles)

    def call(self, path: str, method: str = "GET", body: Optional[Any] = None, **headers: str) -> Answer:
        """A request below `/api/v1/deployments`."""
        return self.host.call(DEPLOYMENTS + path, method, body, self.token, **headers)

    def submit(self, target: str = "fixture", key: Optional[str] = None, **options: Any) -> Answer:
        """Asks for a deployment of the pipeline. Underscores in the names of options become dashes."""
        return self.submit_body(body(target, **options), key)

    def submit_body(self, content: dict[str, Any], key: Optional[str] = None) -> Answer:
        """Asks for a deployment."""
        return self.call("", "POST", content, **({} if key is None else {"Idempotency_Key": key}))

    def submit_at_once(self, count: int, content: dict[str, Any], key: Optional[str] = None) -> list[Answer]:
        """Asks several times for a deployment in the same moment, each time over a connection that is open already."""
        connections = [http.client.HTTPConnection(self.host.url.removeprefix("http://")) for _ in range(count)]
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        headers |= {} if key is None else {"Idempotency-Key": key}
        answers = []
        for connection in connections:
            connection.connect()
        for connection in connections:
            connection.request("POST", DEPLOYMENTS, json.dumps(content), headers)
        for connection in connections:
            with connection.getresponse() as response:
                answers.append(Answer(response.status, response.headers, response.read()))
            connection.close()
        return answers

    def made(self, target: str = "fixture", **options: Any) -> str:
        """Makes a deployment, and tells its id."""
        answer = self.submit(target, **options)
        assert answer.status == 202, answer
        return str(answer.json()["id"])

    def ended(self, identifier: str, state: Optional[str] = None, timeout: float = 30) -> dict[str, Any]:
        """Waits until a deployment has ended, and tells what has become of it."""
        eventually(lambda: not self.show(identifier)["isActive"], f"{identifier} ends", timeout)
        record = self.show(identifier)
        assert state is None or record["state"] == state, record
        return record

    def works(self, identifier: str) -> None:
        """Waits until a target is at work."""
        eventually(lambda: self.state(identifier) == "applying", f"{identifier} is worked on")

    def show(self, identifier: str) -> dict[str, Any]:
        answer = self.call(f"/{identifier}")
        assert answer.status == 200, answer
        return answer.json()

    def state(self, identifier: str) -> str:
        return str(self.show(identifier)["state"])

    def events(self, identifier: str) -> list[dict[str, Any]]:
        """All events."""
        answer = self.call(f"/{identifier}/events", Accept="application/json")
        assert answer.status == 200, answer
        return answer.json()["events"]

    def follow(self, identifier: str, after: Optional[int] = None, query: str = "") -> EventStream:
        return EventStream(self.host.url, identifier, self.token, after, query)

    def list(self, query: str = "") -> list[dict[str, Any]]:
        """All pages of the list."""
        found: list[dict[str, Any]] = []
        before = ""
        while True:
            answer = self.call(f"?limit=200{query}{before}")
            assert answer.status == 200, answer
            page = answer.json()
            found += page["deployments"]
            if page["next"] is None:
                return found
            before = f"&before={page['next']}"

    def again(self, identifier: str, **options: Any) -> Answer:
        """Asks for another run with these options."""
        return self.call(f"/{identifier}/rerun", "POST", {"options": names(options)})

    def cancel(self, identifier: str) -> Answer:
        return self.call(f"/{identifier}/cancel", "POST")


def body(target: str = "fixture", **options: Any) -> dict[str, Any]:
    """The body of a request for a deployment."""
    return PIPELINE | {"target": target, "options": names(options)}


def names(options: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("_", "-"): value for name, value in options.items()}


def failure(client: Client, identifier: str) -> str:
    """What is told of a deployment that failed."""
    record = client.ended(identifier, "failed")
    return " ".join(record["failure"][part] for part in ("what", "why", "remedy"))
