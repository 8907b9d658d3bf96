"""A running host takes over its configuration, wholly or not at all, and loses nothing by it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
from pathlib import Path
from typing import Any, Callable, Iterator

import misbehaving_target
import pytest
from administration import RELOADS, AdministeredHost, ids, only
from deployment_client import PIPELINE, Client, eventually
from fixture_target import module_folder
from host import Host, token

LOCAL: dict[str, Any] = {"module": "LocalYAML"}
FIXTURE: dict[str, Any] = {"module": "FixtureTarget", "isolation": "host"}
ISOLATED: dict[str, Any] = {"module": "FixtureTarget", "isolation": "process"}
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


@pytest.mark.parametrize("fixture", [FIXTURE, ISOLATED], ids=["host", "process"])
def test_a_target_that_is_disabled_ends_what_it_has_begun_and_takes_nothing_new(
    start: Start, fixture: dict[str, Any]
) -> None:
    host = start(LOCAL, fixture)
    client = host.client()
    ended = client.made()
    client.ended(ended, "running")
    works, other = client.made(slow=True, seconds=3), client.made(slow=True)
    client.works(works)
    client.works(other)
    listing = host.change([LOCAL, fixture | {"enabled": False}])
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
    assert ids(host.change([LOCAL, fixture])) == ["local-yaml", "fixture"]
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


@pytest.fixture(name="modules")
def fixture_modules(tmp_path: Path) -> Path:
    """A folder of modules with the fixture in it."""
    modules = tmp_path / "modules"
    modules.mkdir()
    modules.chmod(0o755)
    shutil.copy(Path(module_folder()) / "libFixtureTarget.so", modules)
    return modules


def exchange(module: Path, change: Callable[[bytes], bytes]) -> None:
    """Another file is in the place of a module from now on, as packages are installed."""
    other = module.with_name("other.so")
    other.write_bytes(change(module.read_bytes()))
    other.chmod(0o755)
    other.rename(module)


def test_a_module_file_that_has_changed_asks_for_a_restart(start: Start, modules: Path) -> None:
    host = start(LOCAL, FIXTURE, modules={"folders": [str(modules)]})
    exchange(modules / "libFixtureTarget.so", lambda content: content)
    listing = host.change([LOCAL, FIXTURE | {"limits": {"nodes": 5}}])
    assert listing["configuration"]["changedModules"] == ["FixtureTarget"]
    assert only(listing, "fixture")["limits"] == {"nodes": 5}
    assert "The file of the module" in host.page("/targets", "root", "Admin")[1]
    client = host.client()
    client.ended(client.made(outcome="completed"), "completed")


def test_a_module_file_that_has_changed_is_taken_over_in_processes(start: Start, modules: Path) -> None:
    host = start(LOCAL, ISOLATED, modules={"folders": [str(modules)]})
    client = host.client()
    under_way = client.made(slow=True, seconds=3)
    client.works(under_way)
    exchange(modules / "libFixtureTarget.so", lambda content: content + b"\0")
    listing = host.change([LOCAL, ISOLATED])
    assert host.reloads() == {"applied": 1} and listing["configuration"]["changedModules"] == []
    client.ended(client.made(outcome="completed"), "completed")
    client.ended(under_way, "running")


def test_work_that_waits_is_done_by_the_file_that_is_there_when_its_turn_comes(start: Start, modules: Path) -> None:
    other = {"module": misbehaving_target.module(modules, "deploy", "loop")}
    limits = {"concurrent": 1, "stoppingTimeout": 1}
    host = start(LOCAL, ISOLATED, other, modules={"folders": [str(modules)]}, deployments=limits)
    client = host.client()
    under_way = client.made("misbehaving")
    client.works(under_way)
    waiting = client.made(outcome="completed")
    exchange(modules / "libFixtureTarget.so", lambda content: content + b"\0")
    host.change([LOCAL, ISOLATED, other])
    for pid in misbehaving_target.workers(host.host):
        # Nothing is left that could still do it with the file of before.
        if "libFixtureTarget.so" in Path(f"/proc/{pid}/maps").read_text():
            os.kill(pid, signal.SIGKILL)
    client.cancel(under_way)
    client.ended(waiting, "completed")


def test_a_changed_file_that_is_no_module_changes_nothing(start: Start, modules: Path) -> None:
    host = start(LOCAL, ISOLATED, modules={"folders": [str(modules)]})
    exchange(modules / "libFixtureTarget.so", lambda content: content[:100])
    listing = host.change([LOCAL, ISOLATED])
    assert host.reloads() == {"refused": 1} and ids(listing) == ["local-yaml", "fixture"]
    [problem] = listing["configuration"]["problems"]
    assert "targets[1].module cannot be taken over: libFixtureTarget.so" in problem


@pytest.mark.parametrize("fixture", [FIXTURE, ISOLATED], ids=["host", "process"])
def test_new_settings_are_those_of_new_deployments(start: Start, fixture: dict[str, Any]) -> None:
    host = start(LOCAL, fixture | {"settings": {"greeting": "of yore"}})
    client = host.client()
    under_way = client.made(slow=True, seconds=3)
    client.works(under_way)
    host.change([LOCAL, fixture | {"settings": {"greeting": "of today"}}])
    made = client.made(outcome="completed")
    client.ended(made, "completed")
    client.ended(under_way, "running")
    said = [{event["text"] for event in client.events(each)} & {"of yore", "of today"} for each in (under_way, made)]
    assert said == [{"of yore"}, {"of today"}]


def test_no_process_gets_a_second_version_of_a_module(start: Start, modules: Path) -> None:
    host = start(LOCAL, FIXTURE, modules={"folders": [str(modules)]})
    assert only(host.change([LOCAL, ISOLATED]), "fixture")["isolation"] == "process"
    exchange(modules / "libFixtureTarget.so", lambda content: content + b"\0")
    assert host.change([LOCAL, ISOLATED])["configuration"]["changedModules"] == []
    listing = host.change([LOCAL, FIXTURE])
    assert listing["configuration"]["changedModules"] == ["FixtureTarget"]
    assert only(listing, "fixture")["isolation"] == "process", "the first version is in the host for good"
    lines = Path(f"/proc/{host.host.pid}/maps").read_text().splitlines()
    assert len({line.split()[4] for line in lines if "libFixtureTarget.so" in line}) == 1, "one file"
    client = host.client()
    client.ended(client.made(outcome="completed"), "completed")


def test_the_time_that_targets_have_to_stop_is_always_that_of_today(start: Start, tmp_path: Path) -> None:
    other = {"module": misbehaving_target.module(tmp_path / "modules", "deploy", "loop")}
    folders = {"folders": [str(tmp_path / "modules")]}
    host = start(LOCAL, other, modules=folders, deployments={"stoppingTimeout": 600})
    client = host.client()
    identifier = client.made("misbehaving")
    client.works(identifier)
    looping = misbehaving_target.workers(host.host)
    host.change(deployments={"stoppingTimeout": 1})
    client.cancel(identifier)
    client.ended(identifier, "cancelled")
    eventually(lambda: not set(looping) & set(misbehaving_target.workers(host.host)), "the process ends")


def test_a_module_in_quarantine_is_used_again_when_its_file_has_changed(start: Start, tmp_path: Path) -> None:
    name = misbehaving_target.module(tmp_path / "modules", "deploy")
    target = {"module": name}
    host = start(LOCAL, target, modules={"folders": [str(tmp_path / "modules")]})
    client = host.client()
    for _ in range(3):
        client.ended(client.made("misbehaving"), "failed")
    assert "3 times" in only(host.change([LOCAL, target]), "misbehaving")["quarantined"], "a signal changes nothing"
    assert client.submit("misbehaving").status == 502
    exchange(tmp_path / "modules" / f"lib{name}.so", lambda content: content + b"\0")
    assert "quarantined" not in only(host.change([LOCAL, target]), "misbehaving")
    client.ended(client.made("misbehaving"), "failed")


def test_a_module_that_takes_its_time_to_load_holds_nobody_up(start: Start, tmp_path: Path) -> None:
    name = misbehaving_target.module(tmp_path / "modules", "init", "doze")
    host = start(LOCAL, modules={"folders": [str(tmp_path / "modules")]})
    host.content["targets"] = [LOCAL, {"module": name}]
    host.write()
    os.kill(host.host.pid, signal.SIGHUP)
    answers = 0
    while not host.reloads():
        assert host.host.call("/healthz").status == 200
        answers += 1
    assert answers > 5, "the host did not answer while it loaded the module"
    assert ids(host.listing()) == ["local-yaml", "misbehaving"]


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
    eventually(lambda: host.reloads() == {"applied": 2}, "both are counted")


def test_a_watched_file_that_is_written_anew_is_taken_over(start: Start) -> None:
    host = start(LOCAL, watch=True)
    host.content["targets"] = [LOCAL, FIXTURE]
    host.write()
    eventually(lambda: ids(host.listing()) == ["local-yaml", "fixture"], "the change is taken over")
    eventually(lambda: host.reloads() == {"applied": 1}, "it is counted")
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


@pytest.mark.parametrize("watch", [False, True])
def test_a_change_during_the_start_is_taken_over_after_it(tmp_path: Path, watch: bool) -> None:
    file = misbehaving_target.configuration(tmp_path, "init", "doze")
    content = json.loads(file.read_text()) | {"watch": watch}
    file.write_text(json.dumps(content))
    host = Host(tmp_path, "--config", file)
    try:
        eventually(lambda: misbehaving_target.workers(host), "the configuration was read and a module is being loaded")
        file.with_suffix(".partial").write_text(json.dumps(content | {"targets": [LOCAL]}))
        file.with_suffix(".partial").rename(file)
        if not watch:
            os.kill(host.pid, signal.SIGHUP)
        assert "listens on" not in host.log(), "the host was quicker than the test"
        administrator = token("root", ("Admin",))

        def listed() -> list[str]:
            listing = host.call("/api/v1/targets", token=administrator).json()
            return [target["id"] for target in listing["targets"] if not target["isDraining"]]

        assert host.url
        eventually(lambda: listed() == ["local-yaml"], "the change is taken over")
        text = host.call("/metrics").content.decode()
        assert RELOADS.findall(text) == [("applied", "1")]
    finally:
        host.kill()


def test_sighup_does_not_end_a_host_without_a_file(tmp_path: Path) -> None:
    host = Host(tmp_path)
    try:
        assert host.url
        os.kill(host.pid, signal.SIGHUP)
        eventually(lambda: "the configuration was read again" in host.log(), "it is read again")
        assert host.call("/healthz").status == 200
    finally:
        host.kill()
