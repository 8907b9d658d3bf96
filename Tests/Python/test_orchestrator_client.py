"""orchestrator_client.py over real gRPC, against the stand-in and against recording servers."""

from __future__ import annotations

import importlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Callable, Iterator

import folders
import orchestrator_pb2 as messages
import pytest
from rig import RecordingServer, StandIn, run_script

SCRIPT = "orchestrator_client/orchestrator_client.py"
FRESH = "get_status: code 0, message: not initialized\n"


def run_client(folder: Path, endpoint: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_script(folder, SCRIPT, "--endpoint", endpoint, "--basepath", "./", *arguments)


class Client:
    """A client that goes on until it is interrupted."""

    def __init__(self, folder: Path, endpoint: str, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, SCRIPT, "-e", endpoint, *arguments],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )

    def read_until(self, beginning: str) -> list[str]:
        """The lines up to the first that begins like this."""
        lines: list[str] = []
        for line in self._process.stdout:
            lines.append(line.rstrip("\n"))
            if line.startswith(beginning):
                return lines
        raise AssertionError(f"no line began with {beginning!r}: {lines}\n{self._process.stderr.read()}")

    def interrupt(self) -> tuple[int, str]:
        """Ctrl-C; gives exit code and standard error."""
        self._process.send_signal(signal.SIGINT)
        _, errors = self._process.communicate(timeout=20)
        return self._process.returncode, errors

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()


@pytest.fixture
def start_client() -> Iterator[Callable[..., Client]]:
    started: list[Client] = []

    def start(*arguments: Any) -> Client:
        started.append(Client(*arguments))
        return started[-1]

    yield start
    for client in started:
        client.kill()


def test_a_fresh_orchestrator_is_initialized_run_and_watched(
    pipeline: Path, start_stand_in: Callable[..., StandIn], start_client: Callable[..., Client]
) -> None:
    stand_in = start_stand_in()
    client = start_client(pipeline, stand_in.endpoint)
    assert client.read_until("run: ") == [
        FRESH.strip(),
        "initialize: code 0, message: initialized",
        "run: code 0, message: running",
    ]
    assert client.read_until("event: create_core")
    assert client.read_until("event: thread.start - component: OrchestrationThreadBase[component=gui1")
    assert client.interrupt() == (130, "")
    status = stand_in.status()
    assert (status.code, status.message, status.active_threads) == (0, "running", 2)


def test_the_calls_come_in_the_safe_order(
    pipeline: Path, start_recording_server: Callable[..., RecordingServer]
) -> None:
    status = messages.OrchestrationStatus(message="not initialized", active_threads=2)
    server = start_recording_server(get_status=status)
    result = run_client(pipeline, server.endpoint)
    assert (result.returncode, result.stderr) == (0, "note: the orchestrator ended the event stream\n")
    calls = ["get_status", "observe", "initialize", "get_status", "run"]
    assert server.paths == [f"/Orchestrator/{call}" for call in calls]


@pytest.mark.parametrize("message", ["initialized", "running"])
def test_a_used_orchestrator_is_refused_with_the_remedy(
    pipeline: Path, start_stand_in: Callable[..., StandIn], message: str
) -> None:
    stand_in = start_stand_in()
    stand_in.initialize(folders.blueprint(), local_dockerinfo(), folders.protofiles())
    if message == "running":
        stand_in.run()
    result = run_client(pipeline, stand_in.endpoint)
    assert result.returncode == 1
    assert result.stdout == f"get_status: code 0, message: {message}\n"
    assert "used already" in result.stderr and "--force" in result.stderr
    assert "kubectl rollout restart deployment/orchestrator" in result.stderr
    assert stand_in.status().message == message


def local_dockerinfo() -> dict[str, Any]:
    return folders.dockerinfo({"gui1": 1, "solver1": 1}, address="127.0.0.1")


def test_force_goes_on_with_a_running_orchestrator(
    pipeline: Path, start_stand_in: Callable[..., StandIn], start_client: Callable[..., Client]
) -> None:
    stand_in = start_stand_in()
    stand_in.initialize(folders.blueprint(), local_dockerinfo(), folders.protofiles())
    stand_in.run()
    client = start_client(pipeline, stand_in.endpoint, "--force")
    assert client.read_until("run: ")[-1] == "run: code 0, message: running"
    code, errors = client.interrupt()
    assert code == 130 and "used already" in errors


def test_force_shows_the_trap_of_a_second_initialize(pipeline: Path, start_stand_in: Callable[..., StandIn]) -> None:
    stand_in = start_stand_in()
    stand_in.initialize(folders.blueprint(), local_dockerinfo(), folders.protofiles())
    result = run_client(pipeline, stand_in.endpoint, "--force")
    assert result.returncode == 1
    assert "RuntimeError: cannot join thread before it is started" in result.stdout
    assert "initialize failed" in result.stderr


@pytest.mark.parametrize("step, stopped_at", [("initialize", "initialize"), ("run", "run")])
def test_a_failed_step_shows_the_orchestrators_words_and_ends_with_1(
    pipeline: Path, start_stand_in: Callable[..., StandIn], step: str, stopped_at: str
) -> None:
    stand_in = start_stand_in("--fault", f"{step}-fails")
    result = run_client(pipeline, stand_in.endpoint)
    assert result.returncode == 1
    assert f"{step}: code -1, message: {stand_in.status().message}" in result.stdout
    assert f"OSI {step} exception: Traceback (most recent call last):\n" in result.stdout
    assert f"error: {stopped_at} failed" in result.stderr
    assert ("run: " in result.stdout) == (step == "run")
    assert "event: " not in result.stdout


@pytest.mark.parametrize(
    "replies, words",
    [
        ({"initialize": messages.OrchestrationStatus(code=-1, message="initialized")}, "initialize failed"),
        ({"initialize": messages.OrchestrationStatus(message="something else")}, "initialize failed"),
        ({"initialize": messages.OrchestrationStatus(success=True)}, "initialize failed"),
        ({"run": messages.OrchestrationStatus(success=True, code=-1, message="running")}, "run failed"),
        ({"run": messages.OrchestrationStatus(success=True, message="success")}, "run failed"),
        ({"get_status": messages.OrchestrationStatus(code=-1, message="not initialized")}, "used already"),
        ({"get_status": messages.OrchestrationStatus()}, "used already"),
        ({"get_status": None, "initialize": None, "run": None}, "maybe an old serial one"),
        ({"run": None}, "run was not answered"),
    ],
)
def test_code_and_message_decide_not_the_success_flag(
    pipeline: Path, start_recording_server: Callable[..., RecordingServer], replies: dict[str, Any], words: str
) -> None:
    result = run_client(pipeline, start_recording_server(**replies).endpoint)
    assert result.returncode == 1
    assert words in result.stderr and "what to do: " in result.stderr and "Traceback" not in result.stderr


def test_version_1_2_works_without_get_status(
    pipeline: Path, start_stand_in: Callable[..., StandIn], start_client: Callable[..., Client]
) -> None:
    client = start_client(pipeline, start_stand_in("--version", "1.2").endpoint)
    assert client.read_until("run: ") == ["initialize: code 0, message: ", "run: code 0, message: success"]
    client.read_until("event: create_core")
    code, errors = client.interrupt()
    assert code == 130 and "version 1.2 or older" in errors


def test_a_short_refusal_of_get_status_is_survived(
    pipeline: Path, start_stand_in: Callable[..., StandIn], start_client: Callable[..., Client]
) -> None:
    client = start_client(pipeline, start_stand_in("--fault", "unavailable-once").endpoint)
    assert client.read_until("run: ")[0] == FRESH.strip()


@pytest.mark.parametrize(
    "fault, words",
    [
        ("unavailable", "get_status was not answered\n  reason: UNAVAILABLE: this fault was asked for"),
        ("slow", "get_status was not answered\n  reason: DEADLINE_EXCEEDED"),
        ("slow-initialize", "initialize was not answered\n  reason: DEADLINE_EXCEEDED"),
    ],
)
def test_every_wait_is_bounded(
    pipeline: Path, start_stand_in: Callable[..., StandIn], fault: str, words: str
) -> None:
    stand_in = start_stand_in("--fault", fault, "--delay", "60")
    started = time.monotonic()
    result = run_client(pipeline, stand_in.endpoint, "--timeout", "2")
    assert result.returncode == 1 and words in result.stderr
    assert time.monotonic() - started < 30


def test_an_endpoint_where_nobody_listens_is_given_up(pipeline: Path) -> None:
    started = time.monotonic()
    result = run_client(pipeline, "127.0.0.1:1", "--timeout", "1")
    assert result.returncode == 1
    assert "no connection to an orchestrator at 127.0.0.1:1 after 1 s" in result.stderr
    assert time.monotonic() - started < 30


def test_a_broken_event_stream_ends_with_1(pipeline: Path, start_stand_in: Callable[..., StandIn]) -> None:
    result = run_client(pipeline, start_stand_in("--fault", "observe-breaks").endpoint)
    assert result.returncode == 1
    assert "the event stream broke off; the pipeline may go on" in result.stderr


def test_a_missing_thread_is_noted(
    pipeline: Path, start_stand_in: Callable[..., StandIn], start_client: Callable[..., Client]
) -> None:
    client = start_client(pipeline, start_stand_in("--fault", "lost-thread").endpoint)
    client.read_until("run: ")
    assert "2 operations, the orchestrator has 1 threads" in client.interrupt()[1]


def test_filters_reach_the_orchestrator(
    pipeline: Path, start_stand_in: Callable[..., StandIn], start_client: Callable[..., Client]
) -> None:
    client = start_client(pipeline, start_stand_in().endpoint, "-n", "create_|thread.term", "-c", "orch|.*gui1")
    lines = client.read_until("event: thread.terminate")
    events = [line.split(" - ")[0] for line in lines if line.startswith("event: ")]
    names = ["create_core", "create_manager", "create_threads", "thread.terminate"]
    assert events == [f"event: {name}" for name in names]


def break_json(folder: Path) -> None:
    (folder / "blueprint.json").write_text("{")


def break_nodes(folder: Path) -> None:
    (folder / "blueprint.json").write_text("{}")


def remove_dockerinfo(folder: Path) -> None:
    (folder / "dockerinfo.json").unlink()


def remove_proto(folder: Path) -> None:
    (folder / "microservice" / "solver1.proto").unlink()


def grow(folder: Path) -> None:
    (folder / "microservice" / "solver1.proto").write_text("// " + "x" * (4 << 20))


@pytest.mark.parametrize(
    "damage, words",
    [
        (break_json, "blueprint.json is not valid JSON"),
        (break_nodes, "lacks its list of nodes"),
        (remove_dockerinfo, "cannot read dockerinfo.json"),
        (remove_proto, "lacks solver1.proto"),
        (grow, "an orchestrator takes 4194304 at most"),
    ],
)
def test_a_damaged_folder_is_refused_before_any_call(
    pipeline: Path, start_recording_server: Callable[..., RecordingServer], damage: Any, words: str
) -> None:
    damage(pipeline)
    server = start_recording_server()
    result = run_client(pipeline, server.endpoint)
    assert result.returncode == 1
    assert words in result.stderr and "what to do: " in result.stderr
    assert server.paths == []


def test_a_node_without_operations_needs_no_proto(
    pipeline: Path, start_recording_server: Callable[..., RecordingServer]
) -> None:
    blueprint = folders.blueprint()
    blueprint["nodes"].append({"container_name": "board1", "operation_signature_list": []})
    (pipeline / "blueprint.json").write_text(json.dumps(blueprint))
    assert run_client(pipeline, start_recording_server().endpoint).returncode == 0


def test_without_endpoint_there_is_help(pipeline: Path) -> None:
    result = run_script(pipeline, SCRIPT)
    assert result.returncode == 0 and "--endpoint" in result.stdout


def test_host_and_port_are_an_endpoint_too(
    pipeline: Path, start_recording_server: Callable[..., RecordingServer]
) -> None:
    host, port = start_recording_server().endpoint.split(":")
    result = run_script(pipeline, SCRIPT, "-H", host, "-p", port, "-b", ".")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("-e", "host"), ("-e", ":1"), ("-e", "host:"), ("-e", "host:x"), ("-e", "host:70000"), ("-H", "host"),
        ("-p", "1"), ("-H", "host", "-p", "0"), ("-e", "h:1", "-n", "("), ("-e", "h:1", "-c", "["),
        ("-e", "h:1", "--timeout", "0"), ("-e", "h:1", "--timeout", "nan"), ("-e", "h:1", "--timeout", "x"),
    ],
)
def test_a_wrong_argument_ends_with_2(pipeline: Path, arguments: tuple[str, ...]) -> None:
    result = run_script(pipeline, SCRIPT, *arguments)
    assert result.returncode == 2 and "error: " in result.stderr


@pytest.mark.parametrize(
    "name, with_messages, shown",
    [
        ("queue.added", False, False),
        ("distributing output message", False, False),
        ("queue.added", True, True),
        ("thread.terminate", False, True),
        ("exception", False, True),
    ],
)
def test_data_is_printed_on_demand_and_reasons_always(
    capsys: pytest.CaptureFixture[str], name: str, with_messages: bool, shown: bool
) -> None:
    client = importlib.import_module("orchestrator_client")
    event = messages.OrchestrationEvent(name=name, component="c", detail={"message": "secret data", "queue": "q"})
    client.print_event(event, with_messages)
    printed = capsys.readouterr().out
    assert printed.startswith(f"event: {name} - component: c - ") and "queue: q" in printed
    assert ("message: secret data" in printed) == shown
