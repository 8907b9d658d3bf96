"""What goes wrong in a module with processes of its own costs one call, and is told in one sentence."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import threading
from pathlib import Path
from typing import Any, Callable, Iterator

import misbehaving_target
import pytest
import solutions
from deployment_client import PIPELINE, Client, body, eventually
from host import KEY, Answer, Host
from misbehaving_target import workers

StartHost = Callable[..., Host]
REFERENCE = f"{PIPELINE['solutionId']}/{PIPELINE['revisionId']}"
TRAP = "SIGILL, illegal instruction): Fatal error: Index out of range"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[StartHost]:
    """Starts a host whose third target misbehaves in a place."""
    hosts: list[Host] = []

    def started(*arguments: Any, **more: Any) -> Host:
        hosts.append(misbehaving_target.start_host(tmp_path, *arguments, **more))
        return hosts[-1]

    yield started
    for host in hosts:
        host.stop()


@pytest.mark.parametrize("place", ["opening", "entry", "manifest", "init"])
def test_a_module_that_traps_while_it_is_loaded_is_rejected(start: StartHost, place: str) -> None:
    host = start(place)
    listing = host.call("/api/v1/targets", token=Client(host, "root", ("Admin",)).token).json()
    assert [target["id"] for target in listing["targets"]] == ["local-yaml", "fixture"]
    [rejected] = listing["rejected"]
    assert TRAP in rejected["reason"] and f"libM_{place}_trap.so broke down in its process" in rejected["reason"]
    client = Client(host)
    client.ended(client.made(), "running")


def plan(client: Client) -> Answer:
    return client.host.call("/api/v1/plans", "POST", PIPELINE | {"target": "misbehaving"}, client.token)


def preview(client: Client) -> Answer:
    return client.host.call("/api/v1/previews", "POST", body("misbehaving"), client.token)


def choices(client: Client) -> Answer:
    return client.host.call("/api/v1/choices", "POST", {"target": "misbehaving", "option": "word"}, client.token)


def page(client: Client) -> Answer:
    return client.host.call(f"/misbehaving/deploy/{REFERENCE}", token=client.token, Accept="application/json")


def submit(client: Client) -> Answer:
    return client.submit("misbehaving")


def logs(client: Client) -> Answer:
    identifier = client.made("misbehaving")
    client.ended(identifier, "running")
    return client.call(f"/{identifier}/logs")


@pytest.mark.parametrize(("place", "call"), [
    ("passes", plan), ("pass", plan), ("preview", preview), ("choices", choices), ("suggestions", page),
    ("place", submit), ("resume", submit), ("logs", logs),
], ids=lambda value: value if isinstance(value, str) else "")
def test_a_trap_in_a_question_costs_its_answer(
    start: StartHost, place: str, call: Callable[[Client], Answer]
) -> None:
    host = start(place)
    client = Client(host)
    other = client.made(slow=True)
    answer = call(client)
    assert answer.status in (500, 502, 503), answer
    problem = answer.json()
    assert "broke down while it" in problem["title"] and TRAP in problem["detail"], problem
    assert "Misbehaviour" in problem["detail"], "the backtrace tells where"
    client.works(other)
    client.cancel(other)
    client.ended(other, "cancelled")
    client.ended(client.made(), "running")


@pytest.mark.parametrize("operation", ["deploy", "rerun", "undeploy"])
def test_a_trap_in_the_work_on_a_deployment_fails_this_deployment(start: StartHost, operation: str) -> None:
    host = start(operation)
    client = Client(host)
    other = client.made(slow=True)
    identifier = client.made("misbehaving")
    if operation == "rerun":
        client.ended(identifier, "running")
        assert client.again(identifier).status == 202
    if operation == "undeploy":
        client.ended(identifier, "running")
        assert client.call(f"/{identifier}", "DELETE").status == 202
    failure = client.ended(identifier, "failed")["failure"]
    assert failure["what"].startswith(f"The module M_{operation}_trap broke down while it") and TRAP in failure["why"]
    assert "the host and all other deployments go on" in failure["remedy"]
    client.works(other)
    assert "backtrace 0" in host.log()


@pytest.mark.parametrize("operation", ["status", "render"])
def test_a_trap_ends_no_command(tmp_path: Path, operation: str) -> None:
    configuration = misbehaving_target.configuration(tmp_path, operation)
    more = ["-o", tmp_path / "out"] if operation == "render" else []
    result = subprocess.run(
        [solutions.EXECUTABLE, operation, REFERENCE, "--target", "misbehaving", "--config", configuration, *more],
        capture_output=True, text=True, timeout=60, check=False,
    )
    assert result.returncode in (1, 3) and TRAP in result.stderr, result.stderr


@pytest.mark.parametrize(("kind", "sentence"), [
    ("segv", "signal 11 (SIGSEGV"), ("abort", "signal 6 (SIGABRT"),
    ("recurse", "it could not tell where, as where functions call each other without end"),
    ("kill", "signal 9 (SIGKILL"), ("exit", "it ended by itself with code 0 before it had answered"),
    ("garbage", "it sent a message"), ("deep", "it sent a message of the kind event that cannot be read"),
    ("large", "it sent a message of 262145 bytes, at most 262144 are read"),
    ("files", "it sent more files than are taken"),
    ("forge", "it sent a message of the kind result that cannot be read"), ("hangup", "it ended by itself"),
    ("leak", "it may have 128 MiB of memory of its own"), ("linger", "signal 6 (SIGABRT"),
])
def test_what_a_module_does_instead_of_deploying_is_told(start: StartHost, kind: str, sentence: str) -> None:
    client = Client(start("deploy", kind, memory=128))
    identifier = client.made("misbehaving")
    failure = client.ended(identifier, "failed")["failure"]
    assert sentence.lower() in failure["why"].lower(), failure
    client.ended(client.made(), "running")


def test_what_a_module_has_started_ends_with_its_process(start: StartHost) -> None:
    host = start("deploy", "linger")
    client = Client(host)
    assert host.url, "its modules are loaded"
    before = set(workers(host))
    client.ended(client.made("misbehaving"), "failed")
    [broken] = before - set(workers(host))

    def left() -> list[str]:
        listed = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True)
        lines = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
        return [args for group, state, args in lines if int(group) == broken and not state.startswith("Z")]

    eventually(lambda: not left(), "the sleep that it had started ends")


def test_what_a_module_prints_disturbs_nobody(start: StartHost) -> None:
    host = start("deploy", "chatter")
    client = Client(host)
    client.ended(client.made("misbehaving"), "running")
    assert "what a module prints" not in host.log()


def test_a_loop_ends_with_its_deployment(start: StartHost) -> None:
    host = start("deploy", "loop")
    client = Client(host)
    identifier = client.made("misbehaving")
    client.works(identifier)
    looping = workers(host)
    assert looping
    client.cancel(identifier)
    client.ended(identifier, "cancelled")
    assert any("did not stop" in event["text"] for event in client.events(identifier))
    # The fixture has a process, too, which waits for work.
    eventually(lambda: set(looping) - set(workers(host)), "the process ends")
    client.ended(client.made(), "running")


def test_a_module_that_traps_again_and_again_is_put_into_quarantine(start: StartHost) -> None:
    host = start("deploy")
    client = Client(host)
    for _ in range(3):
        client.ended(client.made("misbehaving"), "failed")
    answer = client.submit("misbehaving")
    assert answer.status == 502 and "is in quarantine" in answer.json()["title"], answer
    assert answer.json()["detail"] == "It broke down several times."
    assert host.log().count("the module is in quarantine: it ended its process 3 times in a row") == 1
    listing = host.call("/api/v1/targets", token=client.token).json()
    quarantined = {target["id"]: target.get("quarantined") for target in listing["targets"]}
    assert quarantined["fixture"] is None and quarantined["misbehaving"] == "it broke down several times"
    administrator = Client(host, "root", ("Admin",)).token
    listing = host.call("/api/v1/targets", token=administrator).json()
    [reason] = [target["quarantined"] for target in listing["targets"] if "quarantined" in target]
    assert "3 times in a row" in reason and TRAP in reason
    shown = host.call("/targets", token=administrator, Accept="text/html").content.decode()
    assert "quarantine" in shown and "3 times in a row" in shown
    form = host.call(f"/local-yaml/deploy/{REFERENCE}", token=client.token, Accept="text/html").content.decode()
    assert form.count("breaks down again and again") == 1
    client.ended(client.made(), "running")


def test_processes_of_modules_end_with_the_host(start: StartHost) -> None:
    host = start("deploy", "loop")
    client = Client(host)
    client.works(client.made("misbehaving"))
    found = workers(host)
    assert found
    os.kill(host.process.pid, signal.SIGKILL)
    host.process.wait()
    eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in found), "they end")


def test_no_secret_is_where_others_can_read_it(start: StartHost) -> None:
    host = start("deploy", "loop")
    client = Client(host)
    client.works(client.made("misbehaving", secret="marked-secret-7261"))
    for pid in workers(host):
        seen = Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes()
        assert b"marked-secret" not in seen and KEY.encode() not in seen
        assert sorted(os.readlink(entry).split(":")[0] for entry in Path(f"/proc/{pid}/fd").iterdir()
                      if int(entry.name) <= 3)[:1] == ["/dev/null"]
        opened = {os.readlink(entry) for entry in Path(f"/proc/{pid}/fd").iterdir()}
        assert not any("deployments" in path or "host.log" in path for path in opened), opened


def test_a_process_that_was_given_secrets_serves_nobody_else(start: StartHost) -> None:
    host = start("preview", "remember")

    def before(user: str, **options: str) -> str:
        client = Client(host, user)
        answer = host.call("/api/v1/previews", "POST", body("misbehaving", **options), client.token)
        assert answer.status == 200, answer
        return next(fact["value"] for fact in answer.json()["environment"] if fact["name"] == "before")

    assert before("alice") == ""
    assert before("alice") == "none", "the module remembers nothing: this test shows nothing"
    before("alice", secret="marked-secret-7261")
    assert before("alice", secret="marked-secret-7261") == "marked-secret-7261", "each question takes a process"
    assert "marked" not in before("bob") + before("bob", secret="another")


def test_the_last_words_of_a_module_are_told_without_secrets(start: StartHost) -> None:
    host = start("deploy", "tell")
    client = Client(host)
    made = [client.made("misbehaving", secret="marked-secret-7261") for _ in range(3)]
    failure = [client.ended(identifier, "failed")["failure"] for identifier in made][-1]
    assert "cannot use the password <redacted> there" in failure["why"], failure
    shown = host.call("/targets", token=Client(host, "root", ("Admin",)).token, Accept="text/html").content.decode()
    listing = host.call("/api/v1/targets", token=Client(host, "bob").token).content.decode()
    assert "In quarantine" in shown and "quarantined" in listing
    for text in (shown, listing, host.log()):
        assert "marked-secret" not in text


def test_a_module_that_was_exchanged_is_not_used(start: StartHost, tmp_path: Path) -> None:
    host = start("nowhere")
    client = Client(host)
    client.ended(client.made("misbehaving"), "running")
    file = tmp_path / "modules" / "libM_nowhere_trap.so"
    changed = file.read_bytes() + b"\0"
    file.unlink()
    file.write_bytes(changed)
    file.chmod(0o755)

    def refused() -> bool:
        answer = client.submit("misbehaving")
        if answer.status == 202:  # a process with the old file was still there
            client.ended(answer.json()["id"])
        return answer.status == 502 and "can no longer be loaded" in answer.json()["title"]

    eventually(refused, "the file is noticed")


def test_an_isolated_target_gives_the_same_as_one_in_the_host(tmp_path: Path) -> None:
    made = []
    for isolation in ("host", "process"):
        configuration = tmp_path / f"{isolation}.yaml"
        configuration.write_text(f"targets: [{{module: LocalYAML, isolation: {isolation}}}]\ndefaultTarget: local-yaml\n")
        archive = tmp_path / f"{isolation}.zip"
        subprocess.run(
            [solutions.EXECUTABLE, "render", REFERENCE, "--target", "local-yaml", "--config", configuration,
             "--catalogue", solutions.SAMPLES, "-o", archive],
            check=True, capture_output=True, timeout=60,
        )
        made.append(archive.read_bytes())
    assert made[0] == made[1]


def logs_of(client: Client, query: str = "", method: str = "GET") -> socket.socket:
    """A connection over which the logs of a deployment of the module have been asked for."""
    identifier = client.made("misbehaving")
    client.ended(identifier, "running")
    name, port = client.host.url.removeprefix("http://").split(":")
    connection = socket.create_connection((name, int(port)), timeout=60)
    connection.sendall(
        f"{method} /api/v1/deployments/{identifier}/logs{query} HTTP/1.1\r\nHost: {name}:{port}\r\n"
        f"Authorization: Bearer {client.token}\r\n\r\n".encode()
    )
    return connection


def asked(host: Host) -> int:
    """The process that reads logs, once there is one."""
    def reading() -> list[int]:
        return [pid for pid in workers(host) if "libM_logs_" in maps(pid)]

    return eventually(reading, "a process reads logs")[0]


def maps(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return ""


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("query", ["", "?follow=true"])
def test_lines_without_end_cost_the_host_little_and_the_slow_reader_some_of_them(start: StartHost, query: str) -> None:
    host = start("logs", "flood")
    with logs_of(Client(host), query) as connection:
        reading = asked(host)
        eventually(lambda: cpu_seconds(reading) > 3, "many lines are written", timeout=120)
        seen = b""
        while b"(host)\t" not in seen[-200_000:] or b"lines were left out here" not in seen[-200_000:]:
            more = connection.recv(1 << 16)
            assert more and len(seen) < 64 << 20, "no word of what was left out"
            seen += more
        status = Path(f"/proc/{host.pid}/status").read_text()
        peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
        assert peak < 200 << 10, f"{peak} KiB"
    eventually(lambda: reading not in workers(host), "the reading ends with its reader")


@pytest.mark.parametrize("query", ["", "?follow=true"])
@pytest.mark.parametrize("is_patient", [False, True])
def test_who_waits_for_lines_in_vain_can_leave(start: StartHost, query: str, is_patient: bool) -> None:
    host = start("logs", "silence")
    connection = logs_of(Client(host), query)
    reading = asked(host)
    if is_patient:
        assert connection.recv(1 << 10).startswith(b"HTTP/1.1 200"), "the answer begins without a line"
    connection.close()
    eventually(lambda: reading not in workers(host), "the process ends")
    assert "the process of the module ended" not in host.log()


def test_who_only_asks_whether_there_are_logs_leaves_no_process_behind(start: StartHost) -> None:
    host = start("logs", "silence")
    with logs_of(Client(host), "?follow=true", "HEAD") as connection:
        reading = asked(host)
        assert connection.recv(1 << 10).startswith(b"HTTP/1.1 200")
        eventually(lambda: reading not in workers(host), "the process ends")


def test_only_so_many_questions_are_answered_at_once_and_none_keeps_a_deployment_waiting(start: StartHost) -> None:
    host = start("choices", "doze", deployments={"concurrent": 1, "stoppingTimeout": 1})
    client = Client(host)
    other = client.made(slow=True)
    client.works(other)
    identifier = client.made("misbehaving")
    statuses: list[int] = []
    asking = [threading.Thread(target=lambda: statuses.append(choices(client).status)) for _ in range(10)]
    for thread in asking:
        thread.start()

    def at_work() -> int:
        return sum("libM_choices_doze.so" in maps(pid) for pid in workers(host))

    eventually(lambda: at_work() >= 4, "questions are being answered")
    client.cancel(other)
    client.ended(identifier, "running")
    # All questions were asked before the work began; it would come after eight of them.
    assert len(statuses) < 8, statuses
    most = 0
    while any(thread.is_alive() for thread in asking):
        most = max(most, at_work())
    # Four that are asked, and two that wait for the next question.
    assert most <= 6, most
    assert statuses == [200] * 10


def test_a_question_that_is_not_answered_in_time_costs_its_process(start: StartHost) -> None:
    host = start("place", "loop")
    answer = Client(host).submit("misbehaving")
    assert answer.status == 500 and answer.json()["detail"] == "It did not answer within 10 s, and was ended.", answer
    eventually(lambda: not any("libM_place_loop.so" in maps(pid) for pid in workers(host)), "its process ends")


def test_processes_of_modules_are_the_first_to_go_when_memory_is_short(start: StartHost) -> None:
    host = start("nowhere")
    assert host.url and workers(host)
    for pid in workers(host):
        assert Path(f"/proc/{pid}/oom_score_adj").read_text() == "1000\n"
    assert Path(f"/proc/{host.pid}/oom_score_adj").read_text() == Path("/proc/self/oom_score_adj").read_text()


@pytest.fixture
def loading(tmp_path: Path) -> Iterator[tuple[Client, str, int]]:
    """A deployment whose module is being loaded, which takes its time, and the process that does it."""
    file = misbehaving_target.configuration(tmp_path, "init", "doze")
    content = json.loads(file.read_text())
    content["deployments"]["concurrent"] = 1
    file.write_text(json.dumps(content))
    host = Host(tmp_path, "--config", file)
    client = Client(host)
    other = client.made(slow=True)
    client.works(other)
    identifier = client.made("misbehaving")

    def loaded() -> set[int]:
        return {pid for pid in workers(host) if "libM_init_doze.so" in maps(pid)}

    before = loaded()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: not loaded(), "no process has loaded it any more")
    client.cancel(other)
    [pid] = eventually(lambda: loaded(), "it is being loaded")
    yield client, identifier, pid
    host.stop()


def test_who_cancels_while_a_module_is_loaded_reads_of_no_error(loading: tuple[Client, str, int]) -> None:
    client, identifier, pid = loading
    client.cancel(identifier)
    client.ended(identifier, "cancelled")
    eventually(lambda: pid not in workers(client.host), "the process ends")
    assert "did not give up" not in client.host.log()


def test_an_end_while_a_module_is_loaded_is_told_as_that(loading: tuple[Client, str, int]) -> None:
    client, identifier, pid = loading
    os.kill(pid, signal.SIGKILL)
    failure = client.ended(identifier, "failed")["failure"]
    assert failure["what"] == "The module M_init_doze broke down while it was loaded", failure
    assert "signal 9" in failure["why"]
