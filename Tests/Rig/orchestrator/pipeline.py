"""Threads and queues of one pipeline. Messages pass as bytes, so nothing has to be compiled.

Threads are real ones: that joining an unstarted thread and starting one twice fail, and
with which words, is Python's own doing here as in the orchestrator.
"""

from __future__ import annotations

import queue
import sys
import threading
import traceback
from typing import Any, Iterator, Optional

import grpc
from events import EventQueue
from inputs import Node, Operation

END = None  # in a queue: stop waiting
BROKEN_STREAMS = "InputIteratorFromOrchestrationQueue.__init__() missing 1 required positional argument: 'q'"


class MessageQueue:
    """The unbounded queue in front of an operation."""

    def __init__(self, operation: Operation, events: EventQueue) -> None:
        self.name = f"{operation.container}_{operation.rpc}"
        self._messages: queue.Queue[Optional[bytes]] = queue.Queue()
        self._events = events

    def add(self, message: bytes) -> None:
        """Appends a message."""
        self._messages.put(message)
        self._tell("queue.added", message)

    def end(self) -> None:
        """Wakes the reader up for good."""
        self._messages.put(END)

    def __iter__(self) -> Iterator[bytes]:
        """Takes messages until the end."""
        while (message := self._messages.get()) is not END:
            self._tell("queue.consumed", message)
            yield message

    def _tell(self, event: str, message: bytes) -> None:
        self._events.emit(event, f"OrchestrationQueue[{self.name}]", queue=self.name, message=message.hex())


class OperationThread(threading.Thread):
    """Calls one operation as long as there is input, and passes its answers on."""

    def __init__(self, operation: Operation, address: str, service: Optional[str], events: EventQueue) -> None:
        super().__init__(daemon=True)
        self.operation = operation
        self.inbox = MessageQueue(operation, events) if operation.has_input else None
        self.outboxes: list[MessageQueue] = []
        self._address, self._service, self._events = address, service, events
        self._stopped = threading.Event()
        self._current: Any = None

    def attach(self, outbox: MessageQueue) -> None:
        """Makes a queue receive this operation's answers."""
        if outbox in self.outboxes:
            raise RuntimeError(f"cannot attach the same queue {outbox.name} twice")
        self.outboxes.append(outbox)

    def stop(self) -> None:
        """Ends the thread soon."""
        self._stopped.set()
        if self.inbox:
            self.inbox.end()
        if self._current:
            self._current.cancel()

    def run(self) -> None:
        """Works until something fails; what failed goes to the log only."""
        try:
            self._start_work(self._path())
        except Exception:  # noqa: BLE001  (a thread of the orchestrator survives nothing)
            traceback.print_exc(file=sys.stderr)

    def _start_work(self, path: str) -> None:
        self._emit("thread.start")
        try:
            with grpc.insecure_channel(self._address) as channel:
                self._work(channel, path)
        finally:
            self._emit("thread.terminate", rpc=self.operation.rpc, message="terminated")

    def _path(self) -> str:
        """The wire path; without a known service there is no stub, and the thread fails."""
        if self._service is None:
            raise TypeError("unsupported operand type(s) for +: 'NoneType' and 'str'")
        if not self.operation.has_input:
            assert not self.operation.input_stream
        return f"/{self._service}/{self.operation.rpc}"

    def _work(self, channel: grpc.Channel, path: str) -> None:
        if self.inbox is None:
            while not self._stopped.is_set():
                self._call(channel, path, b"")
        elif self.operation.input_stream and self.operation.output_stream:
            next(iter(self.inbox), None)
            raise TypeError(BROKEN_STREAMS)
        elif self.operation.input_stream:
            self._emit("RPC.call")
            self._finish(self._track(channel.stream_unary(path).future(iter(self.inbox))).result())
        else:
            for message in self.inbox:
                self._call(channel, path, message)

    def _call(self, channel: grpc.Channel, path: str, message: bytes) -> None:
        """One call with one message; the answer is one message or a stream."""
        self._emit("RPC.call")
        if not self.operation.output_stream:
            self._finish(self._track(channel.unary_unary(path).future(message)).result())
            return
        for answer in self._track(channel.unary_stream(path)(message)):
            self._distribute("distributing streaming output", answer)
        self._emit("RPC.finished")

    def _track(self, call: Any) -> Any:
        """Remembers the call under way, so that stop can cancel it."""
        self._current = call
        if self._stopped.is_set():
            call.cancel()
        return call

    def _finish(self, answer: bytes) -> None:
        self._emit("RPC.finished")
        self._distribute("distributing output message", answer)

    def _distribute(self, event: str, answer: bytes) -> None:
        self._emit(event, message=answer.hex())
        for outbox in self.outboxes if self.operation.has_output else []:
            outbox.add(answer)

    def _emit(self, event: str, **detail: str) -> None:
        operation = self.operation
        name = f"OrchestrationThreadBase[component={operation.container},svc={self._service},rpc={operation.rpc}]"
        self._events.emit(event, name, **detail)


class Pipeline:
    """All threads of one blueprint."""

    def __init__(self, nodes: list[Node], addresses: dict[str, str], services: dict[str, str], events: EventQueue):
        self._nodes, self._addresses, self._services, self._events = nodes, addresses, services, events
        self.threads: dict[tuple[str, str], OperationThread] = {}

    def create_threads(self, known_services: set[str]) -> None:
        """One thread for each operation; a service that is not loaded has no stub."""
        self._events.emit("create_threads")
        for operation in self._operations():
            rpcid = (operation.container, operation.rpc)
            assert rpcid not in self.threads, "rpcid must be unique in the solution"
            service = self._services.get(operation.container)
            stub = service if service in known_services else None
            address = self._addresses[operation.container]
            self.threads[rpcid] = OperationThread(operation, address, stub, self._events)

    def register_queues(self) -> None:
        """Links operations. A link to an unknown operation of a known container is dropped."""
        self._events.emit("register_queues")
        containers = {node.container: node for node in self._nodes}
        for thread in self.threads.values():
            for container, rpc in thread.operation.links:
                target = self.threads.get((containers[container].container, rpc))
                if target:
                    thread.attach(self._inbox(target))

    def _inbox(self, target: OperationThread) -> MessageQueue:
        if target.inbox is None:
            operation = target.operation
            raise RuntimeError(
                "unexpected situation: encountered 1 incoming links for "
                f"container={operation.container} rpc={operation.rpc}"
            )
        return target.inbox

    def _operations(self) -> Iterator[Operation]:
        for node in self._nodes:
            yield from node.operations

    def start_orchestration(self) -> None:
        """Starts all threads; fails if they were started before."""
        for thread in self.threads.values():
            thread.start()

    def terminate(self) -> None:
        """Ends all threads; fails if they were never started."""
        self._events.emit("terminate_orchestration")
        for thread in self.threads.values():
            thread.stop()
        for thread in self.threads.values():
            thread.join()
        self._events.emit("delete_threads")
