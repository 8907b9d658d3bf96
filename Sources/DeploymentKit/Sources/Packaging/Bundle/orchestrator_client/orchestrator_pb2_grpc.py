"""Client side of the service in protobuf/orchestrator.proto, written by hand."""

from __future__ import annotations

from typing import Any

import grpc
import orchestrator_pb2 as messages

_SERVICE = "Orchestrator"

# Method name -> request class, reply class.
_UNARY = {
    "initialize": (messages.OrchestrationConfiguration, messages.OrchestrationStatus),
    "run": (messages.RunLabel, messages.OrchestrationStatus),
    "get_status": (messages.RunLabel, messages.OrchestrationStatus),
}
_STREAMING = {
    "observe": (messages.OrchestrationObservationConfiguration, messages.OrchestrationEvent),
}


class OrchestratorStub:
    """Calls of an orchestrator: initialize, run, get_status, and the event stream observe."""

    def __init__(self, channel: grpc.Channel) -> None:
        self.initialize = _unary(channel, "initialize")
        self.run = _unary(channel, "run")
        self.get_status = _unary(channel, "get_status")
        self.observe = _streaming(channel, "observe")


def _unary(channel: grpc.Channel, method: str) -> Any:
    request, reply = _UNARY[method]
    return channel.unary_unary(
        f"/{_SERVICE}/{method}",
        request_serializer=request.SerializeToString,
        response_deserializer=reply.FromString,
    )


def _streaming(channel: grpc.Channel, method: str) -> Any:
    request, reply = _STREAMING[method]
    return channel.unary_stream(
        f"/{_SERVICE}/{method}",
        request_serializer=request.SerializeToString,
        response_deserializer=reply.FromString,
    )
