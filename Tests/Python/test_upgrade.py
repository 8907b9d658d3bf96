"""The state folder: databases of earlier and later versions, and backups as config/README.md describes them."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest
from deployment_client import Client
from host import Host

# As the first version made it; never to be changed.
FIRST = """
PRAGMA journal_mode = WAL;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
CREATE TABLE plan (digest TEXT NOT NULL PRIMARY KEY, json BLOB NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE deployment (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ownerID TEXT NOT NULL, ownerName TEXT NOT NULL,
    solutionID TEXT NOT NULL, revisionID TEXT NOT NULL, target TEXT NOT NULL, solutionName TEXT, solutionVersion TEXT,
    options TEXT NOT NULL, server TEXT, namespace TEXT, state TEXT NOT NULL, operation TEXT NOT NULL,
    isCancelling INTEGER NOT NULL, attempt INTEGER NOT NULL, created REAL NOT NULL, updated REAL NOT NULL,
    finished REAL, planDigest TEXT REFERENCES plan (digest), blueprintDigest TEXT, failure TEXT, links TEXT NOT NULL,
    artifact TEXT, replacedBy TEXT, lastEvent INTEGER NOT NULL, requestKey TEXT, requestDigest TEXT,
    UNIQUE (ownerID, requestKey)
) STRICT;
CREATE INDEX deploymentByOwner ON deployment (ownerID, number);
CREATE INDEX deploymentByState ON deployment (state);
CREATE INDEX deploymentByPlace ON deployment (target, server, namespace);
CREATE INDEX deploymentByPlan ON deployment (planDigest);
CREATE TABLE event (
    deployment TEXT NOT NULL REFERENCES deployment (id) ON DELETE CASCADE, id INTEGER NOT NULL, time REAL NOT NULL,
    kind TEXT NOT NULL, node TEXT, state TEXT, text TEXT NOT NULL, remedy TEXT, logs TEXT, url TEXT,
    PRIMARY KEY (deployment, id)
) WITHOUT ROWID, STRICT;
CREATE TABLE artifact (
    deployment TEXT NOT NULL PRIMARY KEY REFERENCES deployment (id) ON DELETE CASCADE, content BLOB NOT NULL
) STRICT;
INSERT INTO grdb_migrations VALUES ('deployments');
INSERT INTO deployment (
    id, ownerID, ownerName, solutionID, revisionID, target, options, state, operation, isCancelling, attempt, created,
    updated, finished, links, lastEvent
) VALUES (
    '0aaaaaaa-0000-4000-8000-000000000001', 'alice', 'alice@example.org', '22222222-2222-4222-8222-222222222222',
    'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb', 'local-yaml', '{}', 'completed', 'deploy', 0, 1, unixepoch() - 60.0,
    unixepoch() - 50.0, unixepoch() - 50.0, '[]', 1
);
INSERT INTO event (deployment, id, time, kind, state, text) VALUES (
    '0aaaaaaa-0000-4000-8000-000000000001', 1, unixepoch() - 60.0, 'state', 'completed', 'Done by the first version'
);
"""
EARLY = "0aaaaaaa-0000-4000-8000-000000000001"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder that the first version has left."""
    folder = tmp_path / "state"
    folder.mkdir(mode=0o700)
    run(folder, FIRST)
    return folder


def run(folder: Path, script: str) -> None:
    with contextlib.closing(sqlite3.connect(folder / "deployments.sqlite")) as database:
        database.executescript(script)
    (folder / "deployments.sqlite").chmod(0o600)


def content(folder: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(folder / "deployments.sqlite")) as database:
        return list(database.iterdump())


def test_what_the_first_version_has_kept_is_there(state: Path, tmp_path: Path) -> None:
    host = Host(tmp_path, "--config", configuration(tmp_path), state=state)
    try:
        client = Client(host)
        assert client.show(EARLY)["state"] == "completed"
        assert [event["text"] for event in client.events(EARLY)] == ["Done by the first version"]
        client.ended(client.made("local-yaml"), "completed")
        assert len(client.list()) == 2
    finally:
        host.stop()


def test_what_a_later_version_has_kept_is_left_alone(state: Path, tmp_path: Path) -> None:
    run(state, "INSERT INTO grdb_migrations VALUES ('something of the future');")
    before = content(state)
    host = Host(tmp_path, "--config", configuration(tmp_path), state=state)
    assert host.process.wait(timeout=30) not in (0, None)
    assert "newer version" in host.log() and "restore" in host.log().lower(), host.log()
    host.kill()
    assert content(state) == before


def test_a_backup_of_a_running_host_is_a_state_folder(tmp_path: Path) -> None:
    host = Host(tmp_path, "--config", configuration(tmp_path))
    try:
        client = Client(host)
        made = client.made("local-yaml")
        client.ended(made, "completed")
        restored = tmp_path / "restored"
        restored.mkdir(mode=0o700)
        # What `.backup` of the command sqlite3 calls.
        with contextlib.closing(sqlite3.connect(tmp_path / "state" / "deployments.sqlite")) as source, \
                contextlib.closing(sqlite3.connect(restored / "deployments.sqlite")) as copy:
            source.backup(copy)
        client.made("local-yaml")
    finally:
        host.stop()
    second = tmp_path / "second"
    second.mkdir()
    host = Host(second, "--config", configuration(tmp_path), state=restored)
    try:
        client = Client(host)
        assert [record["id"] for record in client.list()] == [made]
        assert client.call(f"/{made}/artifact").content.startswith(b"PK")
    finally:
        host.stop()


def configuration(folder: Path) -> Path:
    file = folder / "deployer.yaml"
    file.write_text("{targets: [{module: LocalYAML}], defaultTarget: local-yaml, catalogue: {accessCheck: false}}")
    return file
