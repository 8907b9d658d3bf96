#!/usr/bin/env python3
"""Hands a pipeline to its orchestrator, starts it, and prints what happens in it.

Needs Python 3.9, grpcio and protobuf. Reads blueprint.json, dockerinfo.json and
microservice/*.proto. Ends with 0 when the event stream ends, with 1 if anything fails,
with 2 if an argument is wrong, and with 130 on Ctrl-C.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Optional

try:
    import grpc
    import orchestrator_pb2 as messages
    from orchestrator_pb2_grpc import OrchestratorStub
except ImportError as error:
    sys.exit(f"error: a Python package is missing ({error})\n  what to do: pip install grpcio protobuf")

NOT_INITIALIZED = "not initialized"
LARGEST_REQUEST = 4 * 1024 * 1024
RESTART = "kubectl rollout restart deployment/orchestrator"
# A dead connection is noticed after some minutes; servers do not accept pings more often.
CHANNEL_OPTIONS = [("grpc.keepalive_time_ms", 330_000), ("grpc.keepalive_timeout_ms", 20_000)]


class Failure(Exception):
    """What could not be done, why, and what helps."""

    def __init__(self, what: str, why: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what, self.why, self.remedy = what, why, remedy


def note(text: str) -> None:
    """Tells the user something that is no failure."""
    print(f"note: {text}", file=sys.stderr, flush=True)


# --- Endpoint ------------------------------------------------------------------------


def add_endpoint_options(parser: argparse.ArgumentParser) -> None:
    """The options that tell where the orchestrator is and how long to wait for it."""
    parser.add_argument("-H", "--host", help="host name or address of the orchestrator")
    parser.add_argument("-p", "--port", type=int, help="port of the orchestrator")
    parser.add_argument("-e", "--endpoint", help="HOST:PORT, instead of --host and --port")
    parser.add_argument(
        "--timeout", type=positive_seconds, default=60, metavar="SECONDS",
        help="longest wait for the connection and for each answer (default: %(default)s)",
    )


def positive_seconds(text: str) -> float:
    """A number of seconds above zero."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < 86400:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds between 0 and 86400")
    return seconds


def endpoint_of(options: argparse.Namespace, parser: argparse.ArgumentParser) -> Optional[str]:
    """HOST:PORT from the options; None if none of them was given."""
    if options.endpoint:
        host, colon, port = options.endpoint.rpartition(":")
        if not (host and colon and port.isdigit() and 0 < int(port) < 65536):
            parser.error(f"--endpoint {options.endpoint!r} is not HOST:PORT, for example 192.0.2.7:30555")
        return options.endpoint
    if options.host is None and options.port is None:
        return None
    if not options.host or options.port is None or not 0 < options.port < 65536:
        parser.error("--host and --port belong together; a port is between 1 and 65535")
    host = f"[{options.host}]" if ":" in options.host and "[" not in options.host else options.host
    return f"{host}:{options.port}"


def open_channel(endpoint: str, seconds: float) -> grpc.Channel:
    """A plaintext channel that is connected."""
    channel = grpc.insecure_channel(endpoint, options=CHANNEL_OPTIONS)
    try:
        grpc.channel_ready_future(channel).result(timeout=seconds)
    except grpc.FutureTimeoutError as error:
        channel.close()
        raise Failure(
            f"there is no connection to an orchestrator at {endpoint} after {seconds:g} s",
            remedy="check host and port and whether the orchestrator's pod is ready; from outside the cluster's "
            "network use kubectl port-forward deployment/orchestrator 8061 and --endpoint=localhost:8061",
        ) from error
    return channel


# --- Calls ---------------------------------------------------------------------------


def call(method: Callable[..., Any], name: str, request: Any, seconds: float) -> Any:
    """One call with a deadline."""
    try:
        return method(request, timeout=seconds)
    except grpc.RpcError as error:
        raise Failure(f"{name} was not answered", describe(error), remedy_for(error)) from error


def describe(error: grpc.RpcError) -> str:
    """Code and text of a gRPC error."""
    return f"{error.code().name}: {error.details()}"


def remedy_for(error: grpc.RpcError) -> str:
    """What helps against a gRPC error."""
    code = error.code()
    if code == grpc.StatusCode.UNIMPLEMENTED:
        return "this is no parallel orchestrator, maybe an old serial one: use the pipeline's own orchestrator image"
    if code == grpc.StatusCode.DEADLINE_EXCEEDED:
        return f"give a longer --timeout, close other observers (ten of them block everything), or {RESTART}"
    if code == grpc.StatusCode.RESOURCE_EXHAUSTED:
        return "make blueprint and protos smaller; 4 MiB is the limit"
    return "check with kubectl that the orchestrator's pod is running, and look at its log"


def ask_status(stub: OrchestratorStub, seconds: float) -> Any:
    """The orchestrator's state; None if it is a version that cannot be asked.

    A call that found nobody is repeated until the time is up, as it changes nothing.
    """
    end = time.monotonic() + seconds
    while True:
        left = end - time.monotonic()
        try:
            return stub.get_status(messages.RunLabel(label=""), timeout=max(left, 0.001))
        except grpc.RpcError as error:
            if error.code() == grpc.StatusCode.UNIMPLEMENTED:
                return None
            if error.code() != grpc.StatusCode.UNAVAILABLE or left < 1:
                raise Failure("get_status was not answered", describe(error), remedy_for(error)) from error
            time.sleep(0.5)


# --- What the folder holds -----------------------------------------------------------


@dataclass
class Pipeline:
    """What initialize needs."""

    blueprint: str
    dockerinfo: str
    protofiles: dict[str, str]
    operations: int

    def configuration(self) -> Any:
        """The request of initialize."""
        return messages.OrchestrationConfiguration(
            blueprint=self.blueprint, dockerinfo=self.dockerinfo, protofiles=self.protofiles, queuesize=0, iterations=0
        )


def read_text(path: Path) -> str:
    """The text of a file."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(
            f"cannot read {path}", str(error), "run it in the unpacked folder, or name that folder with --basepath"
        ) from error


def parse_json(text: str, path: Path) -> dict[str, Any]:
    """The JSON object in a file."""
    try:
        value = json.loads(text)
    except ValueError as error:
        raise Failure(f"{path} is not valid JSON", str(error), "unpack the zip again") from error
    if not isinstance(value, dict):
        raise Failure(f"{path} does not hold a JSON object", remedy="unpack the zip again")
    return value


def read_pipeline(base: Path) -> Pipeline:
    """Reads the folder and checks what the orchestrator would not report."""
    blueprint, dockerinfo = read_text(base / "blueprint.json"), read_text(base / "dockerinfo.json")
    parse_json(dockerinfo, base / "dockerinfo.json")
    protofiles = {path.name: read_text(path) for path in sorted((base / "microservice").glob("*.proto"))}
    operations = operations_by_node(parse_json(blueprint, base / "blueprint.json"))
    refuse_missing_protos(operations, protofiles, base)
    pipeline = Pipeline(blueprint, dockerinfo, protofiles, sum(operations.values()))
    size = pipeline.configuration().ByteSize()
    if size > LARGEST_REQUEST:
        raise Failure(
            f"blueprint, dockerinfo and protos have {size} bytes together",
            f"an orchestrator takes {LARGEST_REQUEST} at most",
            "remove what is not needed from blueprint and protos",
        )
    return pipeline


def operations_by_node(blueprint: dict[str, Any]) -> dict[str, int]:
    """How many operations each node of the blueprint lists."""
    nodes = blueprint.get("nodes")
    if not isinstance(nodes, list) or not all(isinstance(node, dict) for node in nodes):
        raise Failure("blueprint.json lacks its list of nodes", remedy="unpack the zip again")
    return {str(node.get("container_name")): len(node.get("operation_signature_list") or []) for node in nodes}


def refuse_missing_protos(operations: dict[str, int], protofiles: dict[str, str], base: Path) -> None:
    """Refuses a node with operations but without proto: its threads would fail unnoticed."""
    for node, count in operations.items():
        if count > 0 and f"{node}.proto" not in protofiles:
            raise Failure(f"{base / 'microservice'} lacks {node}.proto", remedy="unpack the zip again")


# --- Verdicts ------------------------------------------------------------------------


def require(step: str, status: Any, expected: set[str]) -> None:
    """Prints the answer to a step, and fails unless it is code 0 with an expected message."""
    print(f"{step}: code {status.code}, message: {status.message}", flush=True)
    if status.code != 0 or status.message not in expected:
        raise Failure(
            f"{step} failed",
            f"expected code 0 and {' or '.join(map(repr, sorted(expected)))}, see the answer above",
            f"remove the cause, restart the orchestrator ({RESTART}), and run this again",
        )


def require_fresh(status: Any, force: bool) -> None:
    """Fails unless the orchestrator has not been used yet."""
    print(f"get_status: code {status.code}, message: {status.message}", flush=True)
    if status.code == 0 and status.message == NOT_INITIALIZED:
        return
    if force:
        note("going on with an orchestrator that has been used already")
        return
    raise Failure(
        "this orchestrator has been used already",
        "a second initialize fails if the pipeline was never run; if it was, the running pipeline is stopped; "
        "if the protos have changed, 'initialized' is answered, but the new ones are not in use",
        f"restart it ({RESTART}), wait until its pod is ready and run this again; --force tries it nevertheless",
    )


def start(stub: OrchestratorStub, pipeline: Pipeline, options: argparse.Namespace) -> Any:
    """Goes from a fresh orchestrator to a running pipeline; returns the open event stream."""
    status = ask_status(stub, options.timeout)
    can_tell = status is not None
    if can_tell:
        require_fresh(status, options.force)
    else:
        note("this orchestrator does not know get_status (version 1.2 or older): its state cannot be checked")
    observer = stub.observe(
        messages.OrchestrationObservationConfiguration(
            name_regex=options.filtername, component_regex=options.filtercomponent
        )
    )
    answer = call(stub.initialize, "initialize", pipeline.configuration(), options.timeout)
    require("initialize", answer, {"initialized"} if can_tell else {"", "initialized"})
    if can_tell:
        compare_threads(ask_status(stub, options.timeout), pipeline.operations)
    answer = call(stub.run, "run", messages.RunLabel(label=""), options.timeout)
    require("run", answer, {"running"} if can_tell else {"running", "success"})
    return observer


def compare_threads(status: Any, operations: int) -> None:
    """Notes a difference between the operations of the blueprint and the threads made for them."""
    if status.active_threads != operations:
        note(f"the blueprint lists {operations} operations, the orchestrator has {status.active_threads} threads")


# --- Events --------------------------------------------------------------------------


def carries_data(event: Any) -> bool:
    """Whether an event's detail `message` is data that passes through the pipeline."""
    return event.name.startswith(("queue.", "distributing "))


def print_event(event: Any, with_messages: bool) -> None:
    """Prints one event on one or more lines."""
    hidden = {"message"} if carries_data(event) and not with_messages else set()
    details = [f"{key}: {value}" for key, value in sorted(event.detail.items()) if key not in hidden]
    print(" - ".join([f"event: {event.name}", f"component: {event.component}", *details]), flush=True)


def follow(observer: Any, with_messages: bool) -> None:
    """Prints events until the stream ends."""
    try:
        for event in observer:
            print_event(event, with_messages)
    except grpc.RpcError as error:
        raise Failure(
            "the event stream broke off; the pipeline may go on",
            describe(error),
            "ask for its state with status_client.py, and look at the orchestrator's pod and log",
        ) from error
    note("the orchestrator ended the event stream")


# --- Command line --------------------------------------------------------------------


def regular_expression(text: str) -> str:
    """A valid regular expression; the orchestrator would not report an invalid one."""
    try:
        re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no regular expression: {error}") from error
    return text


def make_parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(description="Starts a pipeline and prints what happens in it.")
    add_endpoint_options(parser)
    parser.add_argument("-b", "--basepath", default="./", help="folder of the unpacked zip (default: current folder)")
    parser.add_argument("--messages", action="store_true", help="print the data that passes through the pipeline too")
    parser.add_argument(
        "-n", "--filtername", default=".*", type=regular_expression, metavar="REGEX",
        help="only events whose name begins like this; others are lost",
    )
    parser.add_argument(
        "-c", "--filtercomponent", default=".*", type=regular_expression, metavar="REGEX",
        help="only events whose component begins like this; others are lost",
    )
    parser.add_argument("--force", action="store_true", help="go on although the orchestrator has been used already")
    return parser


def report(failure: Failure) -> None:
    """Prints a failure with its reason and what to do."""
    lines = [f"error: {failure.what}"]
    lines += [f"  reason: {failure.why}"] if failure.why else []
    lines += [f"  what to do: {failure.remedy}"] if failure.remedy else []
    print("\n".join(lines), file=sys.stderr, flush=True)


def run_client(parser: argparse.ArgumentParser, arguments: Optional[list[str]], work: Callable[..., None]) -> int:
    """Parses, runs `work(endpoint, options)` and turns its end into an exit code."""
    options = parser.parse_args(arguments)
    endpoint = endpoint_of(options, parser)
    if endpoint is None:
        parser.print_help()
        return 0
    try:
        work(endpoint, options)
    except Failure as failure:
        report(failure)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def run_pipeline(endpoint: str, options: argparse.Namespace) -> None:
    """Starts the pipeline in the folder and follows it."""
    pipeline = read_pipeline(Path(options.basepath))
    with open_channel(endpoint, options.timeout) as channel:
        observer = start(OrchestratorStub(channel), pipeline, options)
        follow(observer, options.messages)


if __name__ == "__main__":
    sys.exit(run_client(make_parser(), None, run_pipeline))
