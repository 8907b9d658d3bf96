#!/usr/bin/env python3
"""A stand-in for the generic parallel orchestrator: the same interface, answers and traps.

    python stand_in.py [--port 8061] [--version 1.4|1.2] [--fault NAME] [--delay SECONDS]

Prints `listening on PORT` once it answers (--port 0 takes a free one). What threads of a
pipeline run into goes to standard error only, as in the original. Where the original's
behaviour is not known (order of checks, failures of version 1.2), it does what is nearest.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
import traceback
from concurrent import futures
from pathlib import Path
from typing import Any, Callable, Iterator, Optional

import grpc
import inputs
import protos
from events import EventQueue
from pipeline import Pipeline

PROTO_FOLDER = Path(__file__).resolve().parents[3] / "Sources" / "DeploymentKit" / "Sources" / "Packaging" / "Bundle" / "protobuf"
WORKERS = 10  # each observer holds one
FAULTS = {
    "slow": "every call but observe is answered after --delay",
    "slow-initialize": "initialize takes --delay; meanwhile the state is 'initializing...'",
    "unavailable": "every call is refused with UNAVAILABLE",
    "unavailable-once": "the first call is refused with UNAVAILABLE",
    "initialize-fails": "initialize answers -1 and a traceback",
    "run-fails": "run answers -1 and a traceback",
    "observe-breaks": "observe breaks off with UNAVAILABLE after its first event",
    "lost-thread": "get_status tells one thread less than there are",
}


class Orchestrator:
    """The state machine behind the calls; knows nothing of gRPC."""

    def __init__(self, fault: Optional[str] = None, delay: float = 0) -> None:
        self.events = EventQueue()
        self.code, self.message, self.active_threads = 0, "not initialized", 0
        self._fault, self._delay = fault, delay
        self._pipeline: Optional[Pipeline] = None
        self._known_services: Optional[set[str]] = None
        self._busy = threading.Lock()

    def initialize(self, blueprint: str, dockerinfo: str, protofiles: dict[str, str]) -> None:
        """Sets up a pipeline, after ending the one before."""
        with self._busy:
            self._set(0, "initializing...")
            if self._fault == "slow-initialize":
                time.sleep(self._delay)
            self._attempt("initialize", "initialized", lambda: self._set_up(blueprint, dockerinfo, protofiles))
            self.active_threads = 0

    def run(self) -> None:
        """Starts the threads."""
        with self._busy:
            self._attempt("run", "running", self._start)

    def refresh(self) -> None:
        """What get_status does: it fills in the number of operations, not of live threads."""
        if self._pipeline:
            self.active_threads = len(self._pipeline.threads) - (self._fault == "lost-thread")

    def _attempt(self, method: str, done: str, work: Callable[[], None]) -> None:
        """Does the work; a failure becomes the state until the next success."""
        try:
            if self._fault == f"{method}-fails":
                raise RuntimeError("this fault was asked for")
            work()
        except Exception:  # noqa: BLE001  (whatever fails is reported with its traceback)
            words = traceback.format_exc()
            self._set(-1, f"OSI {method} exception: {words}")
            self.events.emit("exception", method=method, traceback=words)
        else:
            self._set(0, done)

    def _set(self, code: int, message: str) -> None:
        self.code, self.message = code, message

    def _set_up(self, blueprint: str, dockerinfo: str, protofiles: dict[str, str]) -> None:
        """Fails early (the next initialize works) or late (threads exist that were never started)."""
        if self._pipeline:
            self._pipeline.terminate()
            self._pipeline = None
        self.events.emit("create_core")
        addresses = inputs.read_dockerinfo(dockerinfo)
        nodes = inputs.read_blueprint(blueprint)
        inputs.require_known(nodes, addresses)
        services = protos.load(addresses, protofiles)
        if self._known_services is None:  # generated modules stay loaded for the life of the process
            self._known_services = set(services.values())
        self.events.emit("create_manager")
        self._pipeline = Pipeline(nodes, addresses, services, self.events)
        self._pipeline.create_threads(self._known_services)
        self._pipeline.register_queues()
        self.events.emit("initialized")

    def _start(self) -> None:
        self._pipeline.start_orchestration()  # type: ignore[union-attr]  (None fails here as in the original)


class Service:
    """The calls on the wire, for one version and with one fault."""

    def __init__(self, messages: Any, orchestrator: Orchestrator, version: str, fault: Optional[str], delay: float):
        self._messages, self._orchestrator = messages, orchestrator
        self._old, self._fault, self._delay = version == "1.2", fault, delay
        self._refusals = {"unavailable": sys.maxsize, "unavailable-once": 1}.get(fault or "", 0)

    def initialize(self, request: Any, context: grpc.ServicerContext) -> Any:
        """OrchestrationConfiguration -> OrchestrationStatus."""
        self._hinder(context)
        self._orchestrator.initialize(request.blueprint, request.dockerinfo, dict(request.protofiles))
        return self._old_status() if self._old else self._status()

    def run(self, request: Any, context: grpc.ServicerContext) -> Any:
        """RunLabel -> OrchestrationStatus; the label is not looked at."""
        self._hinder(context)
        self._orchestrator.run()
        return self._old_status(success=True, message="success") if self._old else self._status()

    def get_status(self, request: Any, context: grpc.ServicerContext) -> Any:
        """RunLabel -> OrchestrationStatus."""
        self._hinder(context)
        self._orchestrator.refresh()
        return self._status()

    def observe(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        """OrchestrationObservationConfiguration -> stream of OrchestrationEvent."""
        if self._refusals:
            self._hinder(context)
        events = self._orchestrator.events.observe(request.name_regex, request.component_regex, context.is_active)
        for event in events:
            yield self._messages.OrchestrationEvent(
                run="", name=event.name, component=event.component, detail=event.detail
            )
            if self._fault == "observe-breaks":
                context.abort(grpc.StatusCode.UNAVAILABLE, "this fault was asked for")

    def _status(self) -> Any:
        """The present state. `success` is never true."""
        state = self._orchestrator
        return self._messages.OrchestrationStatus(
            code=state.code, message=state.message, active_threads=state.active_threads
        )

    def _old_status(self, **fields: Any) -> Any:
        """What version 1.2 answers: nothing of the state; a failure breaks the call."""
        if self._orchestrator.code != 0:
            raise RuntimeError(self._orchestrator.message)
        return self._messages.OrchestrationStatus(**fields)

    def _hinder(self, context: grpc.ServicerContext) -> None:
        """Refuses or delays a call if that fault was asked for."""
        if self._refusals:
            self._refusals -= 1
            context.abort(grpc.StatusCode.UNAVAILABLE, "this fault was asked for")
        if self._fault == "slow":
            time.sleep(self._delay)


def load_messages() -> Any:
    """The classes of orchestrator.proto, compiled by grpc_tools."""
    sys.path.insert(0, str(PROTO_FOLDER))
    return grpc.protos("orchestrator.proto")


def handlers(service: Service, messages: Any, version: str) -> grpc.GenericRpcHandler:
    """The methods of a version; any other path is UNIMPLEMENTED."""
    status = messages.OrchestrationStatus.SerializeToString
    label = messages.RunLabel.FromString
    methods = {
        "initialize": grpc.unary_unary_rpc_method_handler(
            service.initialize, messages.OrchestrationConfiguration.FromString, status
        ),
        "run": grpc.unary_unary_rpc_method_handler(service.run, label, status),
        "get_status": grpc.unary_unary_rpc_method_handler(service.get_status, label, status),
        "observe": grpc.unary_stream_rpc_method_handler(
            service.observe,
            messages.OrchestrationObservationConfiguration.FromString,
            messages.OrchestrationEvent.SerializeToString,
        ),
    }
    if version == "1.2":
        del methods["get_status"]
    return grpc.method_handlers_generic_handler("Orchestrator", methods)


def serve(options: argparse.Namespace) -> None:
    """Answers until SIGTERM or SIGINT."""
    messages = load_messages()
    orchestrator = Orchestrator(options.fault, options.delay)
    service = Service(messages, orchestrator, options.version, options.fault, options.delay)
    # Pings every second, as the original sends them.
    pings = [
        ("grpc.keepalive_time_ms", 1000),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.max_pings_without_data", 0),
    ]
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=WORKERS), options=[*pings, ("grpc.so_reuseport", 0)])
    server.add_generic_rpc_handlers((handlers(service, messages, options.version),))
    port = server.add_insecure_port(f"{options.host}:{options.port}")
    # A signal ends the process at once. A handler would need the interpreter, and stopping the server waits for
    # threads of gRPC: under load either has hung. Clients see a broken connection in both cases.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    server.start()
    print(f"listening on {port}", flush=True)
    server.wait_for_termination()


def parse_options() -> argparse.Namespace:
    """The command line."""
    explained = "; ".join(f"{name}: {what}" for name, what in FAULTS.items())
    parser = argparse.ArgumentParser(description="A stand-in for the generic parallel orchestrator.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8061, help="0 takes a free port (default: %(default)s)")
    parser.add_argument("--version", choices=["1.4", "1.2"], default="1.4", help="1.2 has no get_status")
    parser.add_argument("--fault", choices=sorted(FAULTS), help=explained)
    parser.add_argument("--delay", type=float, default=5, metavar="SECONDS", help="for slow faults (default: 5)")
    return parser.parse_args()


if __name__ == "__main__":
    serve(parse_options())
