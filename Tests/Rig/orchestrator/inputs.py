"""blueprint.json and dockerinfo.json, read and refused as the orchestrator does it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


class ValidationError(ValueError):
    """A value of the wrong type, as the orchestrator's data classes report it."""


@dataclass(frozen=True)
class Operation:
    """One rpc of a container, as the blueprint describes it."""

    container: str
    rpc: str
    input_message: str
    output_message: str
    input_stream: bool
    output_stream: bool
    links: tuple[tuple[str, str], ...]  # (container, rpc) of each consumer

    @property
    def has_input(self) -> bool:
        """Whether it waits for messages; only the exact name Empty stands for none."""
        return self.input_message != "Empty"

    @property
    def has_output(self) -> bool:
        """Whether its answers are passed on."""
        return self.output_message != "Empty"


@dataclass(frozen=True)
class Node:
    """A container of the blueprint and its operations."""

    container: str
    operations: tuple[Operation, ...]


def read_dockerinfo(text: str) -> dict[str, str]:
    """Container name -> "address:port"."""
    addresses: dict[str, str] = {}
    for entry in json.loads(text)["docker_info_list"]:
        name, address, port = entry["container_name"], entry["ip_address"], entry["port"]
        if isinstance(port, bool) or not str(port).isdigit():
            raise ValidationError(f"1 validation error: port: value is not a valid integer ({port!r})")
        if name in addresses:
            raise ValueError(f"dockerinfo json contains duplicate container name {name}")
        addresses[name] = f"{address}:{port}"
    return addresses


def read_blueprint(text: str) -> list[Node]:
    """The nodes in their order. Fields that are not named here are not looked at."""
    return [read_node(node) for node in json.loads(text)["nodes"]]


def read_node(node: dict[str, Any]) -> Node:
    """One node."""
    container = node["container_name"]
    return Node(container, tuple(read_operation(container, entry) for entry in node["operation_signature_list"]))


def read_operation(container: str, entry: dict[str, Any]) -> Operation:
    """One entry of operation_signature_list."""
    signature = entry["operation_signature"]
    links = tuple(
        (link["container_name"], link["operation_signature"]["operation_name"]) for link in entry["connected_to"]
    )
    return Operation(
        container,
        signature["operation_name"],
        signature["input_message_name"],
        signature["output_message_name"],
        bool(signature.get("input_message_stream", False)),
        bool(signature.get("output_message_stream", False)),
        links,
    )


def require_known(nodes: list[Node], addresses: dict[str, str]) -> None:
    """Refuses a node without an entry in dockerinfo; the comparison is case-sensitive."""
    for node in nodes:
        if node.container not in addresses:
            raise ValueError(
                f"blueprint json contains container named {node.container} that is not present in dockerinfo json"
            )
