"""The orchestrator's stand-in: states, traps and events of the original."""

from __future__ import annotations

import time
from concurrent import futures
from pathlib import Path

import folders
import grpc
import pytest
from stand_in_calls import DEAD_END, Start, collect, initialize, shown, take_until, wait_for_log, wait_until


def test_a_fresh_process_answers_these_bytes(start_stand_in: Start) -> None:
    raw = start_stand_in().channel.unary_unary("/Orchestrator/get_status")(b"", timeout=10)
    assert raw == b"\x1a\x0fnot initialized"


def test_the_way_from_fresh_to_running(start_stand_in: Start) -> None:
    stand_in = start_stand_in()
    assert shown(initialize(stand_in)) == (False, 0, "initialized", 0)
    assert shown(stand_in.status()) == (False, 0, "initialized", 2)
    assert shown(stand_in.run()) == (False, 0, "running", 2)
    assert shown(stand_in.status()) == (False, 0, "running", 2)


def test_run_before_initialize_stays_as_the_state(start_stand_in: Start) -> None:
    stand_in = start_stand_in()
    failed = stand_in.run()
    assert failed.code == -1
    assert failed.message.startswith("OSI run exception: Traceback (most recent call last):\n ")
    assert "AttributeError: 'NoneType' object has no attribute 'start_orchestration'" in failed.message
    assert stand_in.status().message == failed.message


def test_initialize_twice_is_a_dead_end_until_run(start_stand_in: Start) -> None:
    stand_in = start_stand_in()
    initialize(stand_in)
    for _ in range(2):
        failed = initialize(stand_in)
        assert failed.code == -1 and DEAD_END in failed.message
        assert failed.message.startswith("OSI initialize exception: Traceback")
    assert stand_in.run().message == "running"
    assert initialize(stand_in).message == "initialized"


def test_initialize_after_run_starts_anew(start_stand_in: Start) -> None:
    stand_in = start_stand_in()
    for _ in range(2):
        assert shown(initialize(stand_in)) == (False, 0, "initialized", 0)
        assert stand_in.status().active_threads == 2
        assert stand_in.run().message == "running"


def test_run_twice_hides_the_running_pipeline(start_stand_in: Start) -> None:
    stand_in = start_stand_in()
    initialize(stand_in)
    stand_in.run()
    assert "RuntimeError: threads can only be started once" in stand_in.run().message
    assert stand_in.status().code == -1


def test_an_empty_pipeline_runs(start_stand_in: Start) -> None:
    stand_in = start_stand_in()
    for _ in range(2):
        assert initialize(stand_in, blueprint={"nodes": []}).message == "initialized"
    assert shown(stand_in.run()) == (False, 0, "running", 0)


def test_other_protos_in_the_same_process_are_not_loaded(start_stand_in: Start, tmp_path: Path) -> None:
    stand_in = start_stand_in()
    initialize(stand_in)
    stand_in.run()
    other = {key: text.replace("Service", "Other") for key, text in folders.protofiles().items()}
    assert initialize(stand_in, protofiles=other).message == "initialized"
    assert shown(stand_in.run())[1:3] == (0, "running")
    wait_for_log(tmp_path, "TypeError")


def test_initializing_is_seen_meanwhile(start_stand_in: Start) -> None:
    stand_in = start_stand_in("--fault", "slow-initialize", "--delay", "5")
    with futures.ThreadPoolExecutor() as pool:
        answer = pool.submit(initialize, stand_in)
        assert wait_until(lambda: stand_in.status().message == "initializing...")
        assert not answer.done()
        assert answer.result().message == "initialized"


def test_version_1_2(start_stand_in: Start) -> None:
    stand_in = start_stand_in("--version", "1.2")
    assert shown(initialize(stand_in)) == (False, 0, "", 0)
    assert shown(stand_in.run()) == (True, 0, "success", 0)
    with pytest.raises(grpc.RpcError) as caught:
        stand_in.status()
    assert (caught.value.code(), caught.value.details()) == (grpc.StatusCode.UNIMPLEMENTED, "Method not found!")


@pytest.mark.parametrize("path", ["/orchestrator.Orchestrator/run", "/Orchestrator/getStatus"])
def test_other_paths_are_unknown(start_stand_in: Start, path: str) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        start_stand_in().channel.unary_unary(path)(b"", timeout=10)
    assert (caught.value.code(), caught.value.details()) == (grpc.StatusCode.UNIMPLEMENTED, "Method not found!")


def test_more_than_4_mib_are_refused(start_stand_in: Start) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        initialize(start_stand_in(), blueprint=" " * (4 << 20))
    assert caught.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED


def test_a_late_observer_gets_the_old_events(start_stand_in: Start) -> None:
    stand_in = start_stand_in()
    initialize(stand_in)
    events = take_until(stand_in.observe(), "initialized")
    names = ["create_core", "create_manager", "create_threads", "register_queues", "initialized"]
    assert [(event.run, event.component, event.name) for event in events] == [("", "orchestrator", n) for n in names]


def test_events_that_do_not_match_are_lost(start_stand_in: Start) -> None:
    stand_in = start_stand_in()
    initialize(stand_in)
    assert [event.name for event in take_until(stand_in.observe("init"), "initialized")] == ["initialized"]
    assert [event.name for event in collect(stand_in.observe(seconds=1))] == []


def test_filters_match_from_the_start(start_stand_in: Start) -> None:
    stand_in = start_stand_in()
    initialize(stand_in)
    assert collect(stand_in.observe("ized", seconds=1)) == []


def test_two_observers_split_the_events(start_stand_in: Start) -> None:
    stand_in = start_stand_in()
    observers = [stand_in.observe(seconds=5) for _ in range(2)]
    time.sleep(0.5)
    initialize(stand_in)
    with futures.ThreadPoolExecutor() as pool:
        taken = [event.name for events in pool.map(collect, observers) for event in events]
    assert sorted(taken) == ["create_core", "create_manager", "create_threads", "initialized", "register_queues"]


def test_an_invalid_filter_ends_the_stream(start_stand_in: Start) -> None:
    assert list(start_stand_in().observe("(")) == []


def test_a_failure_is_an_event(start_stand_in: Start) -> None:
    stand_in = start_stand_in()
    failed = stand_in.run()
    (event,) = take_until(stand_in.observe(), "exception")
    assert event.detail["method"] == "run" and event.detail["traceback"] in failed.message
