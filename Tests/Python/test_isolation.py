"""What goes wrong in a module with processes of its own costs one call, and is told in one sentence."""

from __future__ import annotations

import os
import signal
import subprocess
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
    ("segv", "signal 11 (SIGSEGV"), ("abort", "signal 6 (SIGABRT"), ("recurse", "signal 11 (SIGSEGV"),
    ("kill", "signal 9 (SIGKILL"), ("exit", "it ended by itself with code 0 before it had answered"),
    ("garbage", "it sent a message"), ("forge", "it sent a message of the kind result that cannot be read"), ("hangup", "it ended by itself"),
    ("leak", "it may have 128 MiB of memory of its own"), ("linger", "signal 6 (SIGABRT"),
])
def test_what_a_module_does_instead_of_deploying_is_told(start: StartHost, kind: str, sentence: str) -> None:
    client = Client(start("deploy", kind, memory=128))
    identifier = client.made("misbehaving")
    failure = client.ended(identifier, "failed")["failure"]
    assert sentence.lower() in failure["why"].lower(), failure
    client.ended(client.made(), "running")


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
    assert "3 times in a row" in answer.json()["detail"] and TRAP in answer.json()["detail"]
    assert host.log().count("the module is in quarantine: it ended its process 3 times in a row") == 1
    listing = host.call("/api/v1/targets", token=client.token).json()
    quarantined = {target["id"]: target.get("quarantined") for target in listing["targets"]}
    assert quarantined["fixture"] is None and "3 times in a row" in quarantined["misbehaving"]
    shown = host.call("/targets", token=Client(host, "root", ("Admin",)).token, Accept="text/html").content.decode()
    assert "quarantine" in shown
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
