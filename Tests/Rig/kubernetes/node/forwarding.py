"""Port-forwarding over a WebSocket with the subprotocol v4.channel.k8s.io, as a kubelet does it."""

from __future__ import annotations

import selectors
import socket
import ssl
from dataclasses import dataclass
from typing import Callable, Optional

from node.websocket import BINARY, CLOSE, PING, PONG, Reader, frame

PROTOCOL = "v4.channel.k8s.io"
REFUSED = (
    "failed to execute portforward in network namespace \"/var/run/netns/cni-1\": failed to connect to "
    "localhost:{port} inside namespace \"1\", IPv4: dial tcp4 127.0.0.1:{port}: connect: connection refused "
    "IPv6 dial tcp6: address localhost: no suitable address"
)


@dataclass
class Channel:
    """One forwarded port: data on an even channel, errors on the odd one after it."""

    number: int
    port: int
    peer: Optional[socket.socket]


class Forwarding:
    """One WebSocket and its TCP connections, in one thread: a TLS socket must not be used by two."""

    def __init__(self, client: ssl.SSLSocket, pod: str, ports: list[int], local_port: Callable[[int], Optional[int]]):
        self._client, self._pod, self._reader = client, pod, Reader()
        self._channels = [Channel(2 * index, port, _connect(local_port(port))) for index, port in enumerate(ports)]
        self._selector = selectors.DefaultSelector()

    def serve(self) -> None:
        """Until the client leaves or all ports have ended."""
        try:
            self._announce()
            self._selector.register(self._client, selectors.EVENT_READ, None)
            for channel in self._channels:
                if channel.peer:
                    self._selector.register(channel.peer, selectors.EVENT_READ, channel)
            while any(channel.peer for channel in self._channels):
                for key, _ in self._selector.select():
                    if key.data is None:
                        if not self._read_client():
                            return
                    elif key.data.peer:
                        self._read_peer(key.data)
            self._send(b"\x03\xe8", CLOSE)
        except OSError:
            pass
        finally:
            self._selector.close()
            for channel in self._channels:
                if channel.peer:
                    channel.peer.close()

    def _announce(self) -> None:
        for channel in self._channels:
            for number in (channel.number, channel.number + 1):
                self._send(bytes([number]) + channel.port.to_bytes(2, "little"))
            if not channel.peer:
                why = REFUSED.format(port=channel.port)
                text = f"error forwarding port {channel.port} to pod {self._pod}, uid : {why}"
                self._send(bytes([channel.number + 1]) + text.encode())

    def _read_client(self) -> bool:
        """Passes on what the client sent; whether it is still there."""
        data = self._client.recv(1 << 16)
        while self._client.pending():
            data += self._client.recv(self._client.pending())
        if not data:
            return False
        for opcode, payload in self._reader.feed(data):
            if opcode == CLOSE:
                self._send(payload[:2], CLOSE)
                return False
            if opcode == PING:
                self._send(payload, PONG)
            if opcode == BINARY and payload:
                self._pass_on(payload[0], payload[1:])
        return True

    def _pass_on(self, number: int, payload: bytes) -> None:
        channel = next((each for each in self._channels if each.number == number), None)
        if channel and channel.peer:
            try:
                channel.peer.sendall(payload)
            except OSError:
                self._drop(channel)

    def _read_peer(self, channel: Channel) -> None:
        try:
            data = channel.peer.recv(1 << 15)
        except OSError:
            data = b""
        if data:
            self._send(bytes([channel.number]) + data)
        else:
            self._drop(channel)

    def _drop(self, channel: Channel) -> None:
        self._selector.unregister(channel.peer)
        channel.peer.close()
        channel.peer = None

    def _send(self, payload: bytes, opcode: int = BINARY) -> None:
        self._client.sendall(frame(payload, opcode))


def _connect(port: Optional[int]) -> Optional[socket.socket]:
    if port is None:
        return None
    try:
        return socket.create_connection(("127.0.0.1", port), timeout=10)
    except OSError:
        return None
