"""Protofiles, compiled one by one and merged as the orchestrator does it."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Iterable

from google.protobuf import descriptor_pb2
from grpc_tools import protoc

# The key of a protofile is part of a shell command: other characters make that command fail.
SHELL_SAFE = re.compile(r"[A-Za-z0-9._+-]+")


def load(containers: Iterable[str], protofiles: dict[str, str]) -> dict[str, str]:
    """Container name -> service name, for the containers of dockerinfo that have a protofile.

    A missing protofile is not reported here: the container's threads fail later.
    """
    services: dict[str, str] = {}
    files: dict[str, Any] = {}
    for container in containers:
        key = f"{container}.proto"
        if key in protofiles:
            files[key] = compile_alone(key, protofiles[key])
            services[container] = service_name(protofiles[key])
    for key, file in files.items():
        check_file(key, file)
    merge(files)
    return services


def service_name(text: str) -> str:
    """The service: the first line that starts with the word in column 0, comment or not."""
    lines = [line for line in text.splitlines() if line.startswith("service ")]
    return lines[0][len("service ") :].split("{")[0].strip()


def compile_alone(key: str, text: str) -> Any:
    """The descriptor of one file that sees no other file."""
    if "/" in key:
        raise FileNotFoundError(2, "No such file or directory", key)
    command = f"protoc --proto_path=. {key}"
    if not SHELL_SAFE.fullmatch(key):
        raise subprocess.CalledProcessError(1, command)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, key).write_text(text, encoding="utf-8")
        result = Path(folder, "descriptors")
        if protoc.main(["protoc", f"--proto_path={folder}", f"--descriptor_set_out={result}", key]) != 0:
            raise subprocess.CalledProcessError(1, command)
        file = descriptor_pb2.FileDescriptorSet.FromString(result.read_bytes()).file[0]
    if any(field.proto3_optional for message in file.message_type for field in message.field):
        raise subprocess.CalledProcessError(1, command)
    return file


def check_file(key: str, file: Any) -> None:
    """Refuses what cannot be merged into one file."""
    if file.syntax != "proto3":
        raise ValueError(f"cannot process syntax '{file.syntax}' in file '{key}'")
    if file.package:
        raise ValueError(f"cannot process package '{file.package}' in file '{key}'")
    if file.enum_type:
        raise ValueError(f"cannot process protobuf input with enums '{[enum.name for enum in file.enum_type]}'")
    if file.extension:
        names = [extension.name for extension in file.extension]
        raise ValueError(f"cannot process protobuf input with extensions '{names}'")


def merge(files: dict[str, Any]) -> None:
    """Refuses messages and services of one name but different content in two files."""
    merge_kind("message", {key: file.message_type for key, file in files.items()})
    merge_kind("service", {key: file.service for key, file in files.items()})


def merge_kind(kind: str, items_by_file: dict[str, Iterable[Any]]) -> None:
    """Compares the items of one kind across files; the order of fields counts."""
    first: dict[str, Any] = {}
    present: dict[str, list[str]] = {}
    for key, items in items_by_file.items():
        for item in items:
            if item.name in first and first[item.name] != item:
                raise ValueError(
                    f"cannot merge protobuf files: {kind} '{item.name}' present in files {present[item.name]} "
                    f"and in file {key} with different content"
                )
            first.setdefault(item.name, item)
            present.setdefault(item.name, []).append(key)
