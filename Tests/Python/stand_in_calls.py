"""Calls and inputs that the tests of the stand-in share."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any, Callable

import folders
import grpc
from rig import StandIn

Start = Callable[..., StandIn]
UNREACHABLE = folders.dockerinfo({"gui1": 1, "solver1": 1}, address="127.0.0.1")
DEAD_END = "RuntimeError: cannot join thread before it is started"
PROTO3 = 'syntax = "proto3";\n'


def initialize(stand_in: StandIn, **changes: Any) -> Any:
    inputs = {"blueprint": folders.blueprint(), "dockerinfo": UNREACHABLE, "protofiles": folders.protofiles()}
    return stand_in.initialize(**(inputs | changes))


def shown(status: Any) -> tuple[bool, int, str, int]:
    return status.success, status.code, status.message, status.active_threads


def wait_until(is_true: Callable[[], bool]) -> bool:
    """Whether a condition comes true within some seconds."""
    end = time.monotonic() + 10
    while not is_true() and time.monotonic() < end:
        time.sleep(0.05)
    return is_true()


def wait_for_log(folder: Path, words: str) -> None:
    """Fails unless the first stand-in writes these words to its log."""
    assert wait_until(lambda: words in (folder / "stand-in-0.log").read_text())


def changed(change: Callable[[list[Any]], Any]) -> dict[str, Any]:
    """The blueprint of two nodes with a change to its nodes."""
    blueprint = folders.blueprint()
    change(blueprint["nodes"])
    return blueprint


def operation(nodes: list[Any], index: int) -> dict[str, Any]:
    return nodes[index]["operation_signature_list"][0]


def link(container: str, rpc: str) -> dict[str, Any]:
    return {"container_name": container, "operation_signature": {"operation_name": rpc}}


def take_until(observer: Any, name: str) -> list[Any]:
    taken = []
    for event in observer:
        taken.append(event)
        if event.name == name:
            return taken
    raise AssertionError(f"no event {name}: {[event.name for event in taken]}")


def take_through(observer: Any, name: str, seconds: float = 3) -> list[Any]:
    """All events up to the first one of that name, and those of some seconds after it."""
    taken = take_until(observer, name)
    # Of the same call: another one would not get what this one has taken already.
    threading.Timer(seconds, observer.cancel).start()
    return taken + collect(observer, grpc.StatusCode.CANCELLED)


def collect(observer: Any, end: grpc.StatusCode = grpc.StatusCode.DEADLINE_EXCEEDED) -> list[Any]:
    """All events until the call ends, at its deadline unless it is said otherwise."""
    taken = []
    try:
        for event in observer:
            taken.append(event)
    except grpc.RpcError as error:
        assert error.code() == end
    return taken
