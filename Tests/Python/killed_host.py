"""A host that is killed again and again while clients use it, and what they know of their deployments."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deployment_client import Client, body
from event_stream import LOST, EventStream
from fixture_target import start_host
from host import Answer, Host

Request = tuple[str, dict[str, Any]]
"""An Idempotency-Key and a body."""
INTERRUPTED = (
    "The host ended before the work did. Present the credentials again to go on.",
    "The host was stopped before the work was done. Present the credentials again to go on.",
)


@dataclass
class Known:
    """What a client knows of a deployment that was acknowledged."""

    body: dict[str, Any]
    record: dict[str, Any]
    """As the host told of it last."""
    streams: list[EventStream] = field(default_factory=list)
    """Those of the host before."""
    is_settled: bool = False
    """Whether nobody has worked on it since it was checked."""


class User:
    """Somebody who submits and follows, and what came of it."""

    def __init__(self, host: Host, name: str) -> None:
        self.client = Client(host, name)
        self.known: dict[str, Known] = {}
        self.lost: list[Request] = []
        """Requests that were not answered, or not taken."""

    def submit(self, requests: list[Request]) -> None:
        """Submits and follows, until the host has gone."""
        for key, content in requests:
            try:
                answer = self.sent(key, content, streams=1 + len(self.known) % 2)
            except LOST:
                self.lost.append((key, content))
            else:
                # While it is being stopped.
                self.lost += [(key, content)] if answer.status == 503 else []

    def sent(self, key: str, content: dict[str, Any], streams: int) -> Answer:
        """Submits."""
        answer = self.client.submit_body(content, key)
        if answer.status == 503:
            return answer
        record = answer.json()
        assert answer.status in (200, 202), record
        known = self.known[record["id"]] = Known(content, record)
        known.streams = [self.client.follow(record["id"]) for _ in range(streams)]
        return answer

    def check(self) -> None:
        """Asks the host for everything that was seen of the one before."""
        listed = {record["id"]: record for record in self.client.list()}
        assert not [record for record in listed.values() if record["isActive"]]
        missing = set(self.known) - set(listed)
        assert not missing, f"{missing} were acknowledged and are not there"
        unexpected = set(listed) - set(self.known)
        for identifier, known in self.known.items():
            if known.is_settled:
                assert listed[identifier] == known.record, "what had ended is another thing now"
            else:
                self.settle(known, listed[identifier])
        self._send_again(unexpected)

    def settle(self, known: Known, record: dict[str, Any]) -> None:
        """Checks what has become of a deployment."""
        events = self.client.events(record["id"])
        assert [event["id"] for event in events] == list(range(1, record["lastEvent"] + 1))
        for stream in known.streams:
            assert stream.events == events[:len(stream.events)], "events were seen that are not kept"
            assert stream.end in (None, record["state"]), "an end was seen that is not kept"
        same = ("id", "owner", "created", "options")
        assert {name: record[name] for name in same} == {name: known.record[name] for name in same}
        assert record["state"] in ("interrupted", outcome(known.body)), record
        assert (events[-1]["kind"], events[-1]["state"]) == ("state", record["state"])
        if record["state"] == "interrupted":
            assert events[-1]["text"] in INTERRUPTED
        known.record, known.streams, known.is_settled = record, [], True

    def _send_again(self, unexpected: set[str]) -> None:
        """Repeats what was not answered; deployments that nobody was told of come from that, and from nothing else."""
        for key, content in self.lost:
            first = self.sent(key, content, streams=1)
            identifier = first.json()["id"]
            assert (first.status == 200) == (identifier in unexpected), "the request was kept twice, or not at all"
            assert self.sent(key, content, streams=1).json()["id"] == identifier
            unexpected.discard(identifier)
        self.lost = []
        assert not unexpected, f"{unexpected} were made twice, or never asked for"


class KilledHost:
    """Hosts that live one after the other over one state folder. What clients do comes from the seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.folder.mkdir()
        self.kills = 0
        self.host = start_host(folder)
        self.users = [User(self.host, name) for name in ("alice", "bob")]
        self._random = random.Random(seed)
        self._requests = 0
        # Long enough to be recognised, and to be found in no other text.
        self.secret = f"Marked-{self._random.getrandbits(96):024x}-5ecret"

    def live_and_die(self) -> None:
        """One life, with a check at its beginning; sometimes one that ends before anything can be asked."""
        if self._random.random() < 0.1:
            time.sleep(self._random.uniform(0, 0.25))
            return self._kill([])
        for user in self.users:
            user.check()
        with ThreadPoolExecutor() as pool:
            requests = [[self._request() for _ in range(self._random.randint(1, 3))] for _ in self.users]
            submissions = [pool.submit(user.submit, each) for user, each in zip(self.users, requests)]
            time.sleep(self._random.uniform(0, 0.25))
            if self._random.random() < 0.15:
                self.host.terminate()
                time.sleep(self._random.uniform(0, 0.1))
            self._kill(submissions)

    def _kill(self, submissions: list[Future[None]]) -> None:
        self.host.kill()
        self.kills += 1
        for submission in submissions:
            submission.result()
        for known in self.known():
            for stream in known.streams:
                stream.wait()
        self.check_files()
        self.host = start_host(self.folder)
        for user in self.users:
            user.client.host = self.host

    def known(self) -> list[Known]:
        """What all users know."""
        return [known for user in self.users for known in user.known.values()]

    def _request(self) -> Request:
        self._requests += 1
        key = f"request-{self._requests}"
        if self._random.random() < 0.2:
            return key, body("local-yaml")
        options: dict[str, Any] = {
            "pace": self._random.choice([0, 5, 20, 60]),
            "outcome": self._random.choice(["running", "completed"]),
            "token": self.secret,
            "expected-length": len(self.secret),
            "text": f"an event of {key}",
        }
        if self._random.random() < 0.5:
            options["place"] = key
        if self._random.random() < 0.1:
            options["error"] = "unavailable"
        return key, body(**options)

    def check_files(self) -> None:
        """The database is whole, and no file of the host that has gone holds a secret."""
        secrets = [self.secret, *(user.client.token for user in self.users)]
        for path in [self.host.log_path, *(self.folder / "state").glob("**/*")]:
            content = path.read_bytes() if path.is_file() else b""
            assert not [secret for secret in secrets if secret.encode() in content], f"a secret is in {path}"
        copy = self.folder / "copy"
        shutil.copytree(self.folder / "state", copy)
        if (copy / "deployments.sqlite").exists():
            # The copy: whoever opens a database repairs it.
            with contextlib.closing(sqlite3.connect(copy / "deployments.sqlite")) as database:
                assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        shutil.rmtree(copy)


def outcome(content: dict[str, Any]) -> str:
    """The state in which a deployment ends that is not interrupted."""
    options = content["options"]
    return "failed" if "error" in options else str(options.get("outcome", "completed"))
