"""Messages of protobuf/orchestrator.proto, described by hand.

The classes are built when the module is loaded, so that they fit whatever protobuf
runtime (3.20 or later) is installed and nothing has to be compiled.
"""

from __future__ import annotations

from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_Field = descriptor_pb2.FieldDescriptorProto
_STRING, _INT32, _BOOL = _Field.TYPE_STRING, _Field.TYPE_INT32, _Field.TYPE_BOOL
_STRING_MAP = "map<string, string>"

# Message name -> its fields as (name, number, type).
_MESSAGES: dict[str, list[tuple[str, int, Any]]] = {
    "RunLabel": [("label", 1, _STRING)],
    "OrchestrationConfiguration": [
        ("blueprint", 1, _STRING),
        ("dockerinfo", 2, _STRING),
        ("protofiles", 3, _STRING_MAP),
        ("queuesize", 4, _INT32),
        ("iterations", 5, _INT32),
    ],
    "OrchestrationStatus": [
        ("success", 1, _BOOL),
        ("code", 2, _INT32),
        ("message", 3, _STRING),
        ("active_threads", 4, _INT32),
    ],
    "OrchestrationObservationConfiguration": [
        ("name_regex", 1, _STRING),
        ("component_regex", 2, _STRING),
    ],
    "OrchestrationEvent": [
        ("run", 1, _STRING),
        ("name", 2, _STRING),
        ("component", 3, _STRING),
        ("detail", 4, _STRING_MAP),
    ],
}


def _add_map_entry(message: Any, field_name: str) -> str:
    """Adds the nested entry type that a map field stands for, and returns its full name."""
    entry = message.nested_type.add(name=field_name.capitalize() + "Entry")
    entry.options.map_entry = True
    entry.field.add(name="key", number=1, type=_STRING, label=_Field.LABEL_OPTIONAL)
    entry.field.add(name="value", number=2, type=_STRING, label=_Field.LABEL_OPTIONAL)
    return f".{message.name}.{entry.name}"


def _add_field(message: Any, name: str, number: int, kind: Any) -> None:
    """Adds one field to a message description."""
    field = message.field.add(name=name, number=number, label=_Field.LABEL_OPTIONAL)
    if kind != _STRING_MAP:
        field.type = kind
        return
    field.label = _Field.LABEL_REPEATED
    field.type = _Field.TYPE_MESSAGE
    field.type_name = _add_map_entry(message, name)


def _describe_file() -> Any:
    """The description of orchestrator.proto's messages."""
    file = descriptor_pb2.FileDescriptorProto(name="orchestrator.proto", syntax="proto3")
    for message_name, fields in _MESSAGES.items():
        message = file.message_type.add(name=message_name)
        for name, number, kind in fields:
            _add_field(message, name, number, kind)
    return file


# A pool of its own: another orchestrator.proto in the same process does no harm.
_POOL = descriptor_pool.DescriptorPool()
_POOL.AddSerializedFile(_describe_file().SerializeToString())


def _message_class(name: str) -> Any:
    """The message class of that name, by whichever call the installed runtime offers."""
    descriptor = _POOL.FindMessageTypeByName(name)
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(_POOL).GetPrototype(descriptor)


RunLabel = _message_class("RunLabel")
OrchestrationConfiguration = _message_class("OrchestrationConfiguration")
OrchestrationStatus = _message_class("OrchestrationStatus")
OrchestrationObservationConfiguration = _message_class("OrchestrationObservationConfiguration")
OrchestrationEvent = _message_class("OrchestrationEvent")
