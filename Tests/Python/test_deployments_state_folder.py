"""A state folder belongs to one host at a time."""

from __future__ import annotations

from pathlib import Path

from deployment_client import Client
from fixture_target import StartHost


def test_a_second_host_is_refused_and_changes_nothing(fixture_host: StartHost, tmp_path: Path) -> None:
    client = Client(fixture_host())
    working = client.made(slow=True)
    client.works(working)
    second = fixture_host()
    assert second.process.wait(timeout=20) != 0
    assert str(tmp_path / "state") in second.log()
    assert client.show(working)["isActive"]
    assert client.cancel(working).status == 202
    client.ended(working, "cancelled")
    client.ended(client.made(), "running")


def test_a_folder_is_free_as_soon_as_its_host_is_dead(fixture_host: StartHost) -> None:
    first = fixture_host()
    identifier = Client(first).made(slow=True)
    first.kill()
    assert Client(fixture_host()).state(identifier) == "interrupted"
