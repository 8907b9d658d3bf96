"""Passes HTTP/1.1 from one stream to another, as it comes."""

from __future__ import annotations

import asyncio
import socket
import struct
from asyncio import StreamReader, StreamWriter

_AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: closing is a reset


async def read_head(source: StreamReader) -> bytes:
    """Up to the blank line; nothing where the other side has ended."""
    try:
        return await source.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""


def fields(head: bytes) -> dict[str, str]:
    """The headers by their names in lower case."""
    pairs = (line.partition(":") for line in head.decode("latin-1").rstrip().split("\r\n")[1:])
    return {name.lower(): value.strip() for name, _, value in pairs}


async def pass_answer(source: StreamReader, sink: StreamWriter) -> tuple[int, bool]:
    """Passes one answer on; returns its code and whether the connection can be used again. Upgrades stay open."""
    head = await read_head(source)
    if not head:
        return 0, False
    sink.write(head)
    code, headers = int(head.split(b" ", 2)[1]), fields(head)
    if headers.get("transfer-encoding") == "chunked":
        size = -1
        while size:
            line = await source.readuntil(b"\r\n")
            size = int(line.split(b";")[0], 16)
            sink.write(line + await source.readexactly(size + 2))
            await sink.drain()
    elif code not in (101, 204, 304):
        sink.write(await source.readexactly(int(headers.get("content-length", "0"))))
    await sink.drain()
    return code, headers.get("connection", "").lower() != "close"


async def join(one: tuple[StreamReader, StreamWriter], other: tuple[StreamReader, StreamWriter]) -> None:
    """Copies both ways until either side ends."""
    copies = [asyncio.create_task(_copy(one[0], other[1])), asyncio.create_task(_copy(other[0], one[1]))]
    await asyncio.wait(copies, return_when=asyncio.FIRST_COMPLETED)
    for copy in copies:
        copy.cancel()
    await asyncio.gather(*copies, return_exceptions=True)


def reset(connection: StreamWriter) -> None:
    """Ends a connection as one that breaks."""
    connection.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    connection.transport.abort()


async def _copy(source: StreamReader, sink: StreamWriter) -> None:
    while data := await source.read(1 << 16):
        sink.write(data)
        await sink.drain()
