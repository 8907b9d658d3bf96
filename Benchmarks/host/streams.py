"""200 deployments at once in one host, followed by 1,000 open event streams: memory, what is lost, and how late it is."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import host as hosts
import table

REPOSITORY = Path(__file__).resolve().parents[2]
SOLUTION, REVISION = "33333333-3333-4333-8333-333333333333", "cccccccc-cccc-4ccc-8ccc-cccccccccccc"
DEPLOYMENTS, FOLLOWERS = 200, 5
# Milliseconds between a node's states, from the first deployment to the last: all are at work at the same time, and not in
# step.
PACE = (3_000, 5_000)


@dataclass
class Follower:
    """What one stream brought, and when; looked at afterwards, so that the client is not what is measured."""

    opened: float = 0
    lines: list[tuple[float, bytes]] = field(default_factory=list)
    ended: bool = False

    def events(self) -> list[tuple[float, dict[str, Any]]]:
        return [(time, json.loads(line[6:])) for time, line in self.lines]


@dataclass
class Connection:
    """A connection, which ends when nothing refers to its writer any more."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


async def request(url: str, token: str, path: str, method: str = "GET", body: bytes = b"") -> Connection:
    """Sends a request on a connection of its own; the answer's head has been read."""
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    kind = "Content-Type: application/json\r\n" if body else ""
    writer.write(
        f"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n{kind}"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body
    )
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split()[1])
    assert status in (200, 202), head
    return Connection(reader, writer)


async def deploy(url: str, token: str, number: int) -> str:
    """Makes a deployment, and returns its id."""
    pace = PACE[0] + number % DEPLOYMENTS * (PACE[1] - PACE[0]) // DEPLOYMENTS
    body = {
        "solutionId": SOLUTION, "revisionId": REVISION, "target": "fixture",
        "options": {"pace": pace, "place": f"place-{number}"},
    }
    connection = await request(url, token, "/api/v1/deployments", "POST", json.dumps(body).encode())
    return json.loads(await connection.reader.read())["id"]


async def follow(url: str, token: str, identifier: str, follower: Follower) -> None:
    """Follows a deployment to its end."""
    connection = await request(url, token, f"/api/v1/deployments/{identifier}/events")
    follower.opened = time.time()
    async for line in connection.reader:
        if line.startswith(b"event: end"):
            follower.ended = True
        if line.startswith(b"data: {\"id\""):
            follower.lines.append((time.time(), line))


async def click(url: str, token: str) -> float:
    """From the wish to deploy until its first event has come, in seconds."""
    start = time.monotonic()
    identifier = await deploy(url, token, 1_000_000 + int(start * 1_000))
    connection = await request(url, token, f"/api/v1/deployments/{identifier}/events")
    async for line in connection.reader:
        if line.startswith(b"data: "):
            break
    return time.monotonic() - start


async def load(url: str, token: str) -> tuple[list[Follower], list[float]]:
    """Deploys and follows; the last list are clicks made in the middle of it."""
    identifiers = await asyncio.gather(*(deploy(url, token, number) for number in range(DEPLOYMENTS)))
    followers = [Follower() for _ in range(DEPLOYMENTS * FOLLOWERS)]
    streams = [
        asyncio.create_task(follow(url, token, identifiers[number // FOLLOWERS], follower))
        for number, follower in enumerate(followers)
    ]
    await asyncio.sleep(1)
    clicks = [await click(url, token) for _ in range(20)]
    await asyncio.gather(*streams)
    return followers, clicks


def memory(pid: int) -> float:
    """The most resident memory that a process has had, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) * 1_024 / 1e6


def run(release: Path) -> None:
    built = subprocess.run(
        [REPOSITORY / "Tests" / "FixtureTarget" / "build.sh", release], check=True, capture_output=True, text=True
    ).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        configuration = Path(folder) / "deployer.yaml"
        configuration.write_text(
            Path(built, "fixture.yaml").read_text() + "deployments: {concurrent: 400, queued: 400}\nlog: {level: error}\n"
        )
        host = hosts.Host(Path(folder), "--config", configuration)
        try:
            token = hosts.token()
            url = host.url
            idle = [asyncio.run(click(url, token)) for _ in range(20)]
            followers, clicks = asyncio.run(load(url, token))
            peak = memory(host.pid)
        finally:
            host.terminate()
            host.wait()
    lost, delays = 0, []
    for follower in followers:
        events = follower.events()
        complete = [event["id"] for _, event in events] == list(range(1, len(events) + 1))
        lost += not (complete and follower.ended)
        times = ((came, datetime.fromisoformat(event["time"].replace("Z", "+00:00")).timestamp()) for came, event in events)
        delays += [came - happened for came, happened in times if happened > follower.opened]
    delays.sort()
    late = delays[int(len(delays) * 0.99)] * 1_000
    table.row(f"{DEPLOYMENTS} deployments, {len(followers)} event streams", f"{peak:.0f} MB", "< 200 MB", peak < 200)
    table.row("  streams that lost or doubled an event", f"{lost}", "0", lost == 0, f"{len(delays)} events came")
    table.row(
        "  an event reaches its stream", f"{late:.0f} ms p99", "< 250 ms", late < 250,
        f"median {statistics.median(delays) * 1_000:.1f} ms",
    )
    first, loaded = statistics.median(idle) * 1_000, statistics.median(clicks) * 1_000
    table.row("from the wish to deploy to the first event", f"{first:.1f} ms", "< 100 ms", first < 100)
    table.row("  the same under that load", f"{loaded:.1f} ms", "< 100 ms", loaded < 100)
