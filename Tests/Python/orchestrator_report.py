"""Prints as JSON what an orchestrator says of itself; a process of its own, as it runs in the network of a node.

    python orchestrator_report.py CLIENT-FOLDER HOST:PORT [RPC ...]

Takes events until each of the rpcs was finished, a minute at most.
"""

from __future__ import annotations

import json
import re
import sys

import grpc

sys.path.insert(0, sys.argv[1])

import orchestrator_pb2 as messages  # noqa: E402
from orchestrator_pb2_grpc import OrchestratorStub  # noqa: E402


def main() -> None:
    with grpc.insecure_channel(sys.argv[2], options=[("grpc.enable_http_proxy", 0)]) as channel:
        stub = OrchestratorStub(channel)
        status = stub.get_status(messages.RunLabel(), timeout=10)
        print(json.dumps({
            "code": status.code, "message": status.message, "threads": status.active_threads,
            "finished": sorted(finished(stub, set(sys.argv[3:]))),
        }))


def finished(stub: OrchestratorStub, expected: set[str]) -> set[str]:
    """The rpcs whose calls have come back."""
    found: set[str] = set()
    try:
        for event in stub.observe(messages.OrchestrationObservationConfiguration(), timeout=60):
            if event.name == "RPC.finished":
                found |= set(re.findall(r"rpc=(\w+)", event.component))
            if found >= expected:
                return found
    except grpc.RpcError as error:
        if error.code() != grpc.StatusCode.DEADLINE_EXCEEDED:
            raise
    return found


if __name__ == "__main__":
    main()
