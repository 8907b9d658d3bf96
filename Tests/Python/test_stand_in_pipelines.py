"""The orchestrator's stand-in: pipelines that run."""

from __future__ import annotations

from concurrent import futures
from pathlib import Path
from typing import Any, Iterator, Optional

import folders
import grpc
import pytest
from stand_in_calls import (
    Start, changed, initialize, operation, shown, take_through, take_until, wait_for_log, wait_until
)


class Components:
    """Two containers on one port: gui1 produces three messages, then ends; solver1 keeps what it gets."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self._left = [b"\x0a\x01a", b"\x0a\x01b", b"\x0a\x01c"]
        self._server = grpc.server(futures.ThreadPoolExecutor(max_workers=4))
        producer = {
            "produce": grpc.unary_unary_rpc_method_handler(self._produce),
            "stream": grpc.unary_stream_rpc_method_handler(self._stream),
        }
        consumer = {
            "consume": grpc.unary_unary_rpc_method_handler(self._consume),
            "gather": grpc.stream_unary_rpc_method_handler(self._gather),
        }
        self._server.add_generic_rpc_handlers(
            (
                grpc.method_handlers_generic_handler("Service0", producer),
                grpc.method_handlers_generic_handler("Service1", consumer),
            )
        )
        self.port = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()

    def _produce(self, request: bytes, context: grpc.ServicerContext) -> bytes:
        if not self._left:
            context.abort(grpc.StatusCode.NOT_FOUND, "no more data")
        return self._left.pop(0)

    def _stream(self, request: bytes, context: grpc.ServicerContext) -> Iterator[bytes]:
        while self._left:
            yield self._left.pop(0)
        context.abort(grpc.StatusCode.OUT_OF_RANGE, "no more data")

    def _consume(self, request: bytes, context: grpc.ServicerContext) -> bytes:
        self.received.append(request)
        return b""

    def _gather(self, requests: Iterator[bytes], context: grpc.ServicerContext) -> bytes:
        for request in requests:
            self.received.append(request)
        return b""

    def stop(self) -> None:
        self._server.stop(grace=0).wait()


@pytest.fixture
def components() -> Iterator[Components]:
    running = Components()
    yield running
    running.stop()


def use(nodes: list[Any], index: int, rpc: str, input_stream: bool = False, output_stream: bool = False) -> None:
    operation(nodes, index)["operation_signature"].update(
        operation_name=rpc, input_message_stream=input_stream, output_message_stream=output_stream
    )
    if index == 1:
        operation(nodes, 0)["connected_to"][0]["operation_signature"]["operation_name"] = rpc


@pytest.mark.parametrize("producer, consumer", [("produce", "consume"), ("stream", "consume"), ("produce", "gather")])
def test_messages_reach_the_consumer(
    start_stand_in: Start, components: Components, producer: str, consumer: str
) -> None:
    def change(nodes: list[Any]) -> None:
        use(nodes, 0, producer, output_stream=producer == "stream")
        use(nodes, 1, consumer, input_stream=consumer == "gather")

    stand_in = start_stand_in()
    ports = folders.dockerinfo({"gui1": components.port, "solver1": str(components.port)}, address="127.0.0.1")
    assert initialize(stand_in, blueprint=changed(change), dockerinfo=ports).message == "initialized"
    stand_in.run()
    assert wait_until(lambda: len(components.received) >= 3)
    assert components.received == [b"\x0a\x01a", b"\x0a\x01b", b"\x0a\x01c"]
    events = [event.name for event in take_through(stand_in.observe(seconds=30), "thread.terminate")]
    assert events.count("queue.added") == events.count("queue.consumed") == 3
    assert events.count("thread.start") == 2 and events.count("thread.terminate") == 1
    assert stand_in.status().message == "running"
    assert initialize(stand_in, dockerinfo=ports).message == "initialized"


def test_stream_to_stream_dies_at_its_first_message(
    start_stand_in: Start, components: Components, tmp_path: Path
) -> None:
    stand_in = start_stand_in()
    ports = folders.dockerinfo({"gui1": components.port, "solver1": components.port}, address="127.0.0.1")
    blueprint = changed(lambda nodes: use(nodes, 1, "gather", input_stream=True, output_stream=True))
    initialize(stand_in, blueprint=blueprint, dockerinfo=ports)
    stand_in.run()
    assert take_until(stand_in.observe("thread.terminate", ".*solver1", seconds=30), "thread.terminate")
    wait_for_log(tmp_path, "InputIteratorFromOrchestrationQueue")


def test_a_component_that_does_not_listen_loses_its_thread_unnoticed(start_stand_in: Start) -> None:
    stand_in = start_stand_in()
    initialize(stand_in)
    stand_in.run()
    observer = stand_in.observe("thread.terminate", seconds=30)
    ended = [event.component for event in take_through(observer, "thread.terminate")]
    assert ended == ["OrchestrationThreadBase[component=gui1,svc=Service0,rpc=produce]"]
    assert shown(stand_in.status()) == (False, 0, "running", 2)


@pytest.mark.parametrize("fault, code", [("unavailable", grpc.StatusCode.UNAVAILABLE), (None, None)])
def test_faults_happen_only_on_demand(start_stand_in: Start, fault: Optional[str], code: Any) -> None:
    stand_in = start_stand_in(*(["--fault", fault] if fault else []))
    if code is None:
        assert stand_in.status().message == "not initialized"
        return
    with pytest.raises(grpc.RpcError) as caught:
        stand_in.status()
    assert caught.value.code() == code
