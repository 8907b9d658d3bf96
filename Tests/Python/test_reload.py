"""A running host takes over its configuration, wholly or not at all, and loses nothing by it."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from pathlib import Path
from typing import Any, Callable, Iterator

import pytest
from administration import AdministeredHost, ids, only
from deployment_client import PIPELINE, Client, eventually
from fixture_target import module_folder

LOCAL: dict[str, Any] = {"module": "LocalYAML"}
FIXTURE: dict[str, Any] = {"module": "FixtureTarget", "isolation": "host"}
Start = Callable[..., AdministeredHost]


@pytest.fixture(name="start")
def fixture_start(tmp_path: Path) -> Iterator[Start]:
    """Starts hosts that end with the test."""
    started: list[AdministeredHost] = []

    def start(*targets: dict[str, Any], folder: Path = tmp_path, **more: Any) -> AdministeredHost:
        started.append(AdministeredHost(folder, list(targets), **more))
        return started[-1]

    yield start
    for host in started:
        host.host.kill()


def test_a_target_that_is_added_can_be_deployed_to(start: Start) -> None:
    host = start(LOCAL)
    assert host.client().submit().status == 404
    assert ids(host.change([LOCAL, FIXTURE])) == ["local-yaml", "fixture"]
    client = host.client()
    client.ended(client.made(outcome="completed"), "completed")


def test_a_target_that_is_disabled_ends_what_it_has_begun_and_takes_nothing_new(start: Start) -> None:
    host = start(LOCAL, FIXTURE)
    client = host.client()
    ended = client.made()
    client.ended(ended, "running")
    works, other = client.made(slow=True, seconds=3), client.made(slow=True)
    client.works(works)
    client.works(other)
    listing = host.change([LOCAL, FIXTURE | {"enabled": False}])
    assert only(listing, "fixture")["isDraining"] and not only(listing, "local-yaml")["isDraining"]
    assert ids(host.listing("alice")) == ["local-yaml"]
    for answer in (client.submit(), client.again(ended), host.post("plans"), host.post("previews")):
        assert answer.status == 409, answer
        assert answer.json()["title"] == "Fixture takes no new deployments"
        assert {"detail", "remedy"} <= answer.json().keys()
    assert host.page(f"/fixture/deploy/{PIPELINE['solutionId']}/{PIPELINE['revisionId']}")[0] == 409
    assert client.call(f"/{ended}/logs").status == 200
    assert client.cancel(other).status == 202
    client.ended(other, "cancelled")
    client.ended(works, "running")
    assert client.call(f"/{works}", "DELETE").status == 202
    client.ended(works, "removed")
    assert "draining" in host.page("/targets", "root", "Admin")[1]
    assert ids(host.change([LOCAL, FIXTURE])) == ["local-yaml", "fixture"]
    client.ended(client.made(outcome="completed"), "completed")


def test_a_target_that_is_removed_from_the_list_is_drained_too(start: Start) -> None:
    host = start(LOCAL, FIXTURE)
    identifier = host.client().made(slow=True)
    host.client().works(identifier)
    assert only(host.change([LOCAL]), "fixture")["isDraining"]
    host.client().cancel(identifier)
    host.client().ended(identifier, "cancelled")


BAD = ["targets: [", "tragets: []", "catalogue: {report: true}", "targets: [{module: LocalYAML, access: {}}]"]


@pytest.mark.parametrize("text", BAD)
def test_a_bad_file_changes_nothing_and_is_told(start: Start, text: str) -> None:
    host = start(LOCAL, FIXTURE)
    before = ids(host.listing())
    host.file.write_text(text)
    host.hang_up()
    assert host.reloads() == {"refused": 1}
    after = host.listing()
    assert ids(after) == before
    assert any("deployer.yaml" in problem for problem in after["configuration"]["problems"])
    assert "not taken over" in host.page("/targets", "root", "Admin")[1]
    assert "was not taken over" in host.host.log()
    host.write()
    host.hang_up()
    assert host.listing()["configuration"]["problems"] == []


def test_settings_that_a_target_refuses_change_nothing(start: Start) -> None:
    host = start(LOCAL, FIXTURE)
    listing = host.change([LOCAL | {"settings": {"nonsense": 1}}])
    assert host.reloads() == {"refused": 1}
    assert "targets[0].settings cannot be taken over" in listing["configuration"]["problems"][0]
    assert ids(listing) == ["local-yaml", "fixture"] and not only(listing, "fixture")["isDraining"]


def test_keys_that_need_a_restart_are_told_by_name_and_the_others_are_taken_over(start: Start) -> None:
    host = start(LOCAL, FIXTURE)
    listing = host.change(defaultTarget="fixture", publicPrefix="/x", portal="https://portal.example.org/")
    assert listing["defaultTarget"] == "fixture"
    assert sorted(listing["configuration"]["restartKeys"]) == ["portal", "publicPrefix"]
    assert "publicPrefix" in host.page("/targets", "root", "Admin")[1]
    assert host.page("/x/deployments")[0] == 404
    assert "keys=publicPrefix, portal" in host.host.log()
    host.content.pop("portal")
    assert host.change(publicPrefix="")["configuration"]["restartKeys"] == []


def test_a_module_file_that_has_changed_asks_for_a_restart(start: Start, tmp_path: Path) -> None:
    modules = tmp_path / "modules"
    modules.mkdir()
    modules.chmod(0o755)
    module = modules / "libFixtureTarget.so"
    shutil.copy(Path(module_folder()) / "libFixtureTarget.so", module)
    host = start(LOCAL, FIXTURE, modules={"folders": [str(modules)]})
    other = modules / "other.so"
    shutil.copy(module, other)
    other.rename(module)
    listing = host.change([LOCAL, FIXTURE | {"limits": {"nodes": 5}}])
    assert listing["configuration"]["changedModules"] == ["FixtureTarget"]
    assert only(listing, "fixture")["limits"] == {"nodes": 5}
    assert "The file of the module" in host.page("/targets", "root", "Admin")[1]
    client = host.client()
    client.ended(client.made(outcome="completed"), "completed")


def test_the_log_level_changes_at_once(start: Start) -> None:
    host = start(LOCAL)
    host.change(log={"level": "error"})
    before = host.host.log()
    host.host.call("/healthz")
    host.hang_up()
    assert host.host.log() == before
    host.change(log={"level": "info"})
    assert "the configuration was read again" in host.host.log().removeprefix(before)


def test_a_watched_file_is_taken_over_when_kubernetes_exchanges_a_config_map(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "mounted"
    (folder / "..first").mkdir(parents=True)
    (folder / "..data").symlink_to("..first")
    host = start(LOCAL, watch=True)
    content = host.file.read_text()
    host.host.kill()
    (folder / "..first" / "deployer.yaml").write_text(content)
    host.file = folder / "deployer.yaml"
    host.file.symlink_to("..data/deployer.yaml")
    from host import Host
    host.host = Host(tmp_path, "--config", host.file)
    assert ids(host.listing()) == ["local-yaml"]
    for name, targets in (("..second", "LocalYAML}, {module: FixtureTarget"), ("..third", "LocalYAML")):
        (folder / name).mkdir()
        text = content.replace('[{"module": "LocalYAML"}]', "[{module: " + targets + "}]")
        (folder / name / "deployer.yaml").write_text(text)
        (folder / "..data_tmp").symlink_to(name)
        os.rename(folder / "..data_tmp", folder / "..data")
        expected = 1 + targets.count(",")
        eventually(lambda: len(host.listing("alice")["targets"]) == expected, f"{name} is taken over")
    assert host.reloads() == {"applied": 2}


def test_a_watched_file_that_is_written_anew_is_taken_over(start: Start) -> None:
    host = start(LOCAL, watch=True)
    host.content["targets"] = [LOCAL, FIXTURE]
    host.write()
    eventually(lambda: ids(host.listing()) == ["local-yaml", "fixture"], "the change is taken over")
    (host.file.parent / "something-else").write_text("x")
    assert host.reloads() == {"applied": 1}


def test_fifty_reloads_under_load_lose_no_request_and_no_deployment(start: Start) -> None:
    host = start(LOCAL, FIXTURE, deployments={"concurrent": 4})
    stop = threading.Event()
    failures: list[str] = []
    made: list[str] = []

    def load(user: str) -> None:
        client = Client(host.host, user)
        while not stop.is_set():
            listing = host.host.call("/api/v1/targets", token=client.token)
            if listing.status != 200 or ids(listing.json()) != ["local-yaml", "fixture"]:
                failures.append(f"{listing}")
            answer = client.submit(outcome="completed")
            if answer.status == 202:
                made.append(f"{user}/{answer.json()['id']}")
            elif answer.status != 503:
                failures.append(f"{answer}")

    threads = [threading.Thread(target=load, args=(user,)) for user in ("alice", "bob")]
    for thread in threads:
        thread.start()
    for number in range(50):
        limits = {"limits": {"concurrent": 1 + number % 3}}
        host.change([LOCAL, FIXTURE | limits], deployments={"concurrent": 2 + number % 5})
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures, failures[:3]
    assert host.reloads() == {"applied": 50} and made
    for each in made:
        user, identifier = each.split("/")
        Client(host.host, user).ended(identifier, "completed")


def test_sighup_does_not_end_a_host_without_a_file(tmp_path: Path) -> None:
    from host import Host
    host = Host(tmp_path)
    try:
        assert host.url
        os.kill(host.pid, signal.SIGHUP)
        eventually(lambda: "the configuration was read again" in host.log(), "it is read again")
        assert host.call("/healthz").status == 200
    finally:
        host.kill()
