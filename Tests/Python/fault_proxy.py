"""Proxies before a server that record what passes, and have faults on request.

They speak HTTP/1.1, and pass streams and upgrades on as they come.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from asyncio import StreamReader, StreamWriter
from pathlib import Path
from typing import Any, Coroutine, Optional

import relay
from api_faults import Fault
from api_requests import Matching, Request, matching


class Proxy:
    """Listens on 127.0.0.1 until it is stopped, before the server at a port there.

    `clients` is for TLS with them, `trust` for TLS with the server.
    """

    def __init__(
        self, upstream: int, clients: Optional[ssl.SSLContext] = None, trust: Optional[ssl.SSLContext] = None
    ) -> None:
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.most_at_once = 0  # requests under way; streams do not count
        self._running: dict[Request, tuple[StreamWriter, StreamWriter]] = {}
        self._upstream, self._trust = upstream, trust
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._do(asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=clients))
        self.url = f"{'https' if clients else 'http'}://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        self._do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=20)
        self._loop.close()

    def fault(self, applies: Matching, code: int = 0, **details: Any) -> Fault:
        """Begins a fault; of several the first that applies is taken."""
        fault = Fault(applies, code, **details)
        self.faults.append(fault)
        return fault

    def heal(self) -> None:
        """No more faults; what was held goes on."""
        for fault in self.faults:
            fault.holds = False
        self.faults.clear()

    def reset(self, applies: Matching) -> int:
        """Resets the connections of requests that are under way; returns how many."""

        async def reset() -> int:
            found = [both for request, both in self._running.items() if applies(request)]
            for connections in found:
                for each in connections:
                    relay.reset(each)
            return len(found)

        return self._do(reset())

    def seen(self, verb: str = "*", resource: str = "*", name: str = "*") -> list[Request]:
        """The requests so far."""
        fits = matching(verb, resource, name)
        return [request for request in list(self.requests) if fits(request)]

    def has_sent_stage(self, held: Fault, count: int) -> bool:
        """Whether all objects of the kind that is held have been sent, so many, and all but the held ones have arrived.
        The objects of a stage go side by side, in any order."""
        patches = [each for each in held.met if each.verb == "patch"]
        is_sent = all(len(self.seen("patch", each.resource)) == count for each in patches)
        return is_sent and self.under_way("patch") == len(patches)

    def under_way(self, verb: str = "*", resource: str = "*") -> int:
        """How many requests have not ended."""
        fits = matching(verb, resource)
        return sum(map(fits, list(self._running)))

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=20)

    async def _close(self) -> None:
        self._server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """One connection of a client, with one to the server."""
        peer: Optional[StreamWriter] = None
        try:
            source, peer = await asyncio.open_connection("127.0.0.1", self._upstream, ssl=self._trust)
            while head := await relay.read_head(reader):
                body = await reader.readexactly(int(relay.fields(head).get("content-length", "0")))
                request = self._note(head, body)
                self._running[request] = (writer, peer)
                self.requests.append(request)
                self.most_at_once = max(self.most_at_once, sum(not each.streams for each in self._running))
                try:
                    if not await self._handle(request, head + body, (reader, writer), (source, peer)):
                        break
                finally:
                    del self._running[request]
        except (OSError, EOFError, asyncio.CancelledError):
            pass
        finally:
            for each in (writer, peer):
                if each is not None:
                    each.transport.abort()

    def _note(self, head: bytes, body: bytes) -> Request:
        """What is kept of a request."""
        method, target, _ = head.split(b"\r\n")[0].decode("latin-1").split(" ")
        return Request(method, target, len(self.requests) + 1, time.monotonic())

    async def _handle(
        self, request: Request, content: bytes, client: tuple[StreamReader, StreamWriter],
        server: tuple[StreamReader, StreamWriter],
    ) -> bool:
        """One request; whether another may follow on its connection."""
        (_, writer), (source, peer) = client, server
        if fault := next((each for each in list(self.faults) if each.takes(request)), None):
            await asyncio.sleep(fault.delay)
            while fault.holds:
                await asyncio.sleep(0.02)
            if fault.resets:
                relay.reset(writer)
                return False
            if fault.code:
                writer.write(fault.answer())
                await writer.drain()
                return True
        peer.write(content)
        await peer.drain()
        code, goes_on = await relay.pass_answer(source, writer)
        if code == 101:
            await relay.join(client, server)
            return False
        return goes_on


class FaultProxy(Proxy):
    """Stands before the API server of a cluster, with its certificate; `state` is the folder of up.sh.

    Client certificates end here. So users sign in with a token; or they need a certificate of the cluster's CA, and
    then everything that goes on is the administrator's.
    """

    def __init__(self, state: Path, certificates: bool = False) -> None:
        pki = state / "pki"
        ports = dict(pair.split("=", 1) for pair in (state / "ports").read_text().split())
        clients = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        clients.load_cert_chain(pki / "apiserver.crt", pki / "apiserver.key")
        clients.set_alpn_protocols(["http/1.1"])
        trust = ssl.create_default_context(cafile=pki / "ca.crt")
        if certificates:
            clients.load_verify_locations(pki / "ca.crt")
            clients.verify_mode = ssl.CERT_REQUIRED
            trust.load_cert_chain(pki / "admin.crt", pki / "admin.key")
        super().__init__(int(ports["api"]), clients, trust)
