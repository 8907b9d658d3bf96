"""Old deployments are forgotten, but never those that run or are worked on."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from deployment_client import Client, eventually
from fixture_target import StartHost

DAY = 86_400


def identifiers(client: Client) -> set[str]:
    return {record["id"] for record in client.list()}


def age(folder: Path, identifier: str, days: int) -> None:
    """Makes a deployment of a host that has ended so many days older."""
    with contextlib.closing(sqlite3.connect(folder / "state" / "deployments.sqlite")) as database, database:
        columns = ", ".join(f"{column} = {column} - {days * DAY}" for column in ("created", "updated", "finished"))
        assert database.execute(f"UPDATE deployment SET {columns} WHERE id = ?", [identifier]).rowcount == 1


def test_what_ended_long_ago_is_forgotten(fixture_host: StartHost, tmp_path: Path) -> None:
    host = fixture_host()
    client = Client(host)
    ends = {"completed": {"outcome": "completed"}, "failed": {"error": "conflict"}, "running": {}}
    old = {state: client.made(**options) for state, options in ends.items()}
    recent = client.made(outcome="completed")
    for state, identifier in old.items():
        client.ended(identifier, state)
    client.ended(recent)
    host.stop()
    for identifier in old.values():
        age(tmp_path, identifier, days=11)
    age(tmp_path, recent, days=9)
    client.host = fixture_host(keepDays=10)
    eventually(lambda: identifiers(client) == {old["running"], recent}, "the old ones are forgotten")
    assert client.call(f"/{old['completed']}").status == 404
    assert client.call(f"/{old['completed']}/events").status == 404
    assert client.events(recent)


def test_what_was_replaced_long_ago_is_forgotten(fixture_host: StartHost, tmp_path: Path) -> None:
    host = fixture_host()
    client = Client(host)
    replaced, running = client.made(place="here"), None
    client.ended(replaced, "running")
    running = client.made(place="here")
    client.ended(running, "running")
    host.stop()
    for identifier in (replaced, running):
        age(tmp_path, identifier, days=11)
    client.host = fixture_host(keepDays=10)
    eventually(lambda: identifiers(client) == {running}, "the replaced one is forgotten")


def test_of_each_user_so_many_are_kept(fixture_host: StartHost) -> None:
    host = fixture_host()
    alice, bob = Client(host), Client(host, "bob")
    running = alice.made()
    made = [alice.made(outcome="completed") for _ in range(5)]
    of_bob = bob.made(outcome="completed")
    for client, identifier in [(alice, running), *((alice, each) for each in made), (bob, of_bob)]:
        client.ended(identifier)
    host.stop()
    alice.host = bob.host = fixture_host(keepPerUser=3)
    eventually(lambda: identifiers(alice) == {running, *made[2:]}, "the oldest are forgotten")
    assert identifiers(bob) == {of_bob}


def test_what_is_worked_on_is_not_forgotten(fixture_host: StartHost) -> None:
    client = Client(fixture_host(keepPerUser=1, concurrent=1))
    working = client.made(slow=True)
    waiting = client.made(outcome="completed")
    client.works(working)
    assert identifiers(client) == {working, waiting}
    client.cancel(working)
    client.ended(waiting, "completed")
