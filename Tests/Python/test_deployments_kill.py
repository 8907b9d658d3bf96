"""Deployments outlive their host: it is killed at any moment, and nothing that anybody saw is lost or changed."""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from killed_host import KilledHost, Known, User, outcome

KILLS, HOSTS, SEED = 200, 4, 20_251


def killed(folder: Path, seed: int) -> KilledHost:
    """Kills a host again and again."""
    host = KilledHost(folder, seed)
    try:
        while host.kills < KILLS // HOSTS:
            host.live_and_die()
        for user in host.users:
            user.check()
        known = [(user, known) for user in host.users for known in user.known.values()]
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda each: finished(host, *each), known))
        assert host.host.stop() == 0
        host.check_files()
    except BaseException as error:
        error.add_note(f"after {host.kills} kills with the seed {seed}, in {folder}")
        raise
    finally:
        host.host.kill()
    return host


def finished(host: KilledHost, user: User, known: Known) -> None:
    """Brings a deployment to its end, with its credentials if it was interrupted, under its id."""
    identifier = known.record["id"]
    record = user.client.ended(identifier)
    before = user.client.events(identifier)
    if record["state"] == "interrupted":
        secrets = {"token": host.secret} if record["target"] == "fixture" else {}
        again = user.client.again(identifier, **secrets)
        assert again.status == 202, again.content
        assert (again.json()["id"], again.json()["attempt"]) == (identifier, record["attempt"] + 1)
        record = user.client.ended(identifier)
    # The target compares the length of the secret with what it is to be: more than `failed` means that all of it came.
    assert record["state"] == outcome(known.body), record
    events = user.client.events(identifier)
    assert events[:len(before)] == before
    assert [event["id"] for event in events] == list(range(1, record["lastEvent"] + 1))
    if record["target"] == "local-yaml":
        package = user.client.call(f"/{identifier}/artifact").content
        assert len(package) == record["artifact"]["bytes"]
        assert zipfile.ZipFile(io.BytesIO(package)).testzip() is None


def test_a_killed_host_has_kept_everything_that_anybody_saw(tmp_path: Path) -> None:
    with ThreadPoolExecutor(HOSTS) as pool:
        hosts = list(pool.map(lambda number: killed(tmp_path / f"host-{number}", SEED + number), range(HOSTS)))
    assert sum(host.kills for host in hosts) == KILLS
    known = [known for host in hosts for known in host.known()]
    assert len(known) > KILLS
    # The kills met work in all its stages.
    reached = {known.record["state"] for known in known}
    assert reached >= {"interrupted", "running", "completed", "failed"}, reached
