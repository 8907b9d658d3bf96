"""A client of pods/portforward over WebSocket, as plain as possible."""

from __future__ import annotations

import base64
import os
import socket
import ssl
import struct
from pathlib import Path

import yaml


class Forwarded:
    """One port of a pod through the API server, as its administrator; `head` is the answer to the upgrade."""

    def __init__(self, kubeconfig: Path, namespace: str, pod: str, port: int) -> None:
        document = yaml.safe_load(kubeconfig.read_text())
        cluster = document["clusters"][0]["cluster"]
        host, number = cluster["server"].removeprefix("https://").split(":")
        context = ssl.create_default_context(cadata=base64.b64decode(cluster["certificate-authority-data"]).decode())
        pki = kubeconfig.parent / "pki"
        context.load_cert_chain(pki / "admin.crt", pki / "admin.key")
        connection = socket.create_connection((host, int(number)), timeout=20)
        self._stream = context.wrap_socket(connection, server_hostname=host)
        self._stream.sendall((
            f"GET /api/v1/namespaces/{namespace}/pods/{pod}/portforward?ports={port} HTTP/1.1\r\nHost: {host}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n"
            "Sec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n"
        ).encode())
        self._bytes = b""
        self.head = self._until(b"\r\n\r\n").decode()

    def _until(self, end: bytes) -> bytes:
        while end not in self._bytes:
            self._bytes += self._stream.recv(4096)
        taken, _, self._bytes = self._bytes.partition(end)
        return taken

    def _take(self, count: int) -> bytes:
        while len(self._bytes) < count:
            data = self._stream.recv(65536)
            if not data:
                raise EOFError
            self._bytes += data
        taken, self._bytes = self._bytes[:count], self._bytes[count:]
        return taken

    def receive(self) -> tuple[int, bytes]:
        """Opcode and payload of the next frame."""
        first, second = self._take(2)
        length = second & 0x7F
        if length == 126:
            length = struct.unpack(">H", self._take(2))[0]
        elif length == 127:
            length = struct.unpack(">Q", self._take(8))[0]
        return first & 0x0F, self._take(length)

    def send(self, data: bytes) -> None:
        """Data for channel 0, in one masked frame."""
        payload, mask = b"\0" + data, os.urandom(4)
        size = len(payload)
        head = bytes([0x82, 0x80 | size]) if size < 126 else b"\x82\xfe" + struct.pack(">H", size)
        self._stream.sendall(head + mask + bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload)))

    def close(self) -> None:
        self._stream.close()
