"""The server's side of a WebSocket: handshake and frames, no extensions."""

from __future__ import annotations

import base64
import hashlib
import struct
from typing import Iterator, Optional

BINARY, TEXT, CLOSE, PING, PONG = 2, 1, 8, 9, 10
_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def accept_key(key: str) -> str:
    """Sec-WebSocket-Accept for a Sec-WebSocket-Key."""
    return base64.b64encode(hashlib.sha1((key + _GUID).encode()).digest()).decode()


def frame(payload: bytes, opcode: int = BINARY) -> bytes:
    """One unmasked frame."""
    head = bytes([0x80 | opcode])
    if len(payload) < 126:
        return head + bytes([len(payload)]) + payload
    if len(payload) < 1 << 16:
        return head + b"\x7e" + struct.pack(">H", len(payload)) + payload
    return head + b"\x7f" + struct.pack(">Q", len(payload)) + payload


class Reader:
    """Takes bytes as they come, gives messages."""

    def __init__(self) -> None:
        self._bytes = b""
        self._message = b""

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Opcode and payload of every message that is now complete."""
        self._bytes += data
        while (parsed := self._frame()) is not None:
            final, opcode, payload = parsed
            if opcode >= CLOSE:
                yield opcode, payload
                continue
            self._message += payload
            if final:
                message, self._message = self._message, b""
                yield BINARY, message

    def _frame(self) -> Optional[tuple[bool, int, bytes]]:
        data = self._bytes
        if len(data) < 2:
            return None
        length, place = data[1] & 0x7F, 2
        if length >= 126:
            size = 2 if length == 126 else 8
            if len(data) < 2 + size:
                return None
            length, place = int.from_bytes(data[2 : 2 + size], "big"), 2 + size
        mask = b""
        if data[1] & 0x80:
            mask, place = data[place : place + 4], place + 4
        if len(data) < place + length:
            return None
        payload, self._bytes = data[place : place + length], data[place + length :]
        if mask:
            key = (mask * (length // 4 + 1))[:length]
            payload = (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(length, "big")
        return bool(data[0] & 0x80), data[0] & 0x0F, payload
