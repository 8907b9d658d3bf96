"""status_client.py over real gRPC."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

import orchestrator_pb2 as messages
import pytest
from rig import RecordingServer, StandIn, run_script

SCRIPT = "orchestrator_client/status_client.py"


def test_it_prints_the_state(pipeline: Path, start_stand_in: Callable[..., StandIn]) -> None:
    result = run_script(pipeline, SCRIPT, "-e", start_stand_in().endpoint)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "status: message: not initialized - active_threads: 0 - success: False - code: 0\n"


def test_a_reported_failure_ends_with_1(pipeline: Path, start_stand_in: Callable[..., StandIn]) -> None:
    stand_in = start_stand_in()
    stand_in.run()
    result = run_script(pipeline, SCRIPT, "-e", stand_in.endpoint)
    assert result.returncode == 1
    assert "status: message: OSI run exception: Traceback" in result.stdout
    assert "kubectl rollout restart deployment/orchestrator" in result.stderr


def test_version_1_2_cannot_be_asked(pipeline: Path, start_stand_in: Callable[..., StandIn]) -> None:
    result = run_script(pipeline, SCRIPT, "-e", start_stand_in("--version", "1.2").endpoint)
    assert result.returncode == 1 and "does not know get_status" in result.stderr


def test_ten_observers_block_an_orchestrator(pipeline: Path, start_stand_in: Callable[..., StandIn]) -> None:
    stand_in = start_stand_in()
    observers = [stand_in.observe(seconds=60) for _ in range(9)]
    assert run_script(pipeline, SCRIPT, "-e", stand_in.endpoint).returncode == 0
    observers.append(stand_in.observe(seconds=60))
    result = run_script(pipeline, SCRIPT, "-e", stand_in.endpoint, "--timeout", "1")
    for observer in observers:
        observer.cancel()
    assert result.returncode == 1
    assert "DEADLINE_EXCEEDED" in result.stderr and "ten of them block" in result.stderr


def test_an_endpoint_where_nobody_listens_is_given_up(pipeline: Path) -> None:
    result = run_script(pipeline, SCRIPT, "-e", "127.0.0.1:1", "--timeout", "1")
    assert result.returncode == 1 and "no connection" in result.stderr


def test_without_endpoint_there_is_help(pipeline: Path) -> None:
    result = run_script(pipeline, SCRIPT)
    assert result.returncode == 0 and "--endpoint" in result.stdout


@pytest.mark.parametrize("arguments", [("-e", "host"), ("-H", "host"), ("--unknown",)])
def test_a_wrong_argument_ends_with_2(pipeline: Path, arguments: tuple[str, ...]) -> None:
    assert run_script(pipeline, SCRIPT, *arguments).returncode == 2


def test_the_values_are_printed_verbatim(
    pipeline: Path, start_recording_server: Callable[..., RecordingServer]
) -> None:
    status = messages.OrchestrationStatus(success=True, message="zwei\nZeilen", active_threads=7)
    result = run_script(pipeline, SCRIPT, "-e", start_recording_server(get_status=status).endpoint)
    assert result.stdout == "status: message: zwei\nZeilen - active_threads: 7 - success: True - code: 0\n"
