"""A proxy before the API server that records what passes, and has faults on request.

It speaks HTTP/1.1 with the cluster's own certificate, and passes streams and upgrades on as they come. Client
certificates end here, so users sign in with a token.
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


class FaultProxy:
    """Listens on 127.0.0.1 until it is stopped; `state` is the folder of up.sh."""

    def __init__(self, state: Path) -> None:
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.most_at_once = 0  # requests under way; streams do not count
        self._running: dict[Request, tuple[StreamWriter, StreamWriter]] = {}
        ports = dict(pair.split("=", 1) for pair in (state / "ports").read_text().split())
        self._upstream = int(ports["api"])
        clients = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        clients.load_cert_chain(state / "pki" / "apiserver.crt", state / "pki" / "apiserver.key")
        clients.set_alpn_protocols(["http/1.1"])
        self._trust = ssl.create_default_context(cafile=state / "pki" / "ca.crt")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._do(asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=clients))
        self.url = f"https://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

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
        """One connection of a client, with one to the API server."""
        peer: Optional[StreamWriter] = None
        try:
            source, peer = await asyncio.open_connection("127.0.0.1", self._upstream, ssl=self._trust)
            while head := await relay.read_head(reader):
                request = self._note(head)
                self._running[request] = (writer, peer)
                self.most_at_once = max(self.most_at_once, sum(not each.streams for each in self._running))
                try:
                    if not await self._handle(request, head, (reader, writer), (source, peer)):
                        break
                finally:
                    del self._running[request]
        except (OSError, EOFError, asyncio.CancelledError):
            pass
        finally:
            for each in (writer, peer):
                if each is not None:
                    each.transport.abort()

    def _note(self, head: bytes) -> Request:
        method, target, _ = head.split(b"\r\n")[0].decode("latin-1").split(" ")
        request = Request(method, target, len(self.requests) + 1, time.monotonic())
        self.requests.append(request)
        return request

    async def _handle(
        self, request: Request, head: bytes, client: tuple[StreamReader, StreamWriter],
        server: tuple[StreamReader, StreamWriter],
    ) -> bool:
        """One request; whether another may follow on its connection."""
        (reader, writer), (source, peer) = client, server
        body = await reader.readexactly(int(relay.fields(head).get("content-length", "0")))
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
        peer.write(head + body)
        await peer.drain()
        code, goes_on = await relay.pass_answer(source, writer)
        if code == 101:
            await relay.join(client, server)
            return False
        return goes_on
