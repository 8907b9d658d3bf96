#!/usr/bin/env python3
"""The names of Services for the pods of a node.

    python dns.py FOLDER ADDRESS

Answers SERVICE.NAMESPACE.svc.cluster.local with the ClusterIP, at UDP port 53 of the address. FOLDER is that of up.sh.
"""

from __future__ import annotations

import http.client
import socket
import struct
import sys
from pathlib import Path
from typing import Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from node.api import API, Refused  # noqa: E402

HEADER, ANSWER, NO_SUCH_NAME = 12, 0x8580, 3
ADDRESS_RECORD, SECONDS_TO_LIVE = 1, 1


def main() -> None:
    api = API(Path(sys.argv[1]))
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind((sys.argv[2], 53))
    while True:
        query, peer = server.recvfrom(512)
        reply = answer(query, api)
        if reply:
            server.sendto(reply, peer)


def answer(query: bytes, api: API) -> Optional[bytes]:
    """The reply to a query with one question; None for what is no query."""
    try:
        labels, place = [], HEADER
        while query[place]:
            labels.append(query[place + 1 : place + 1 + query[place]].decode())
            place += query[place] + 1
        kind = struct.unpack(">H", query[place + 1 : place + 3])[0]
    except (IndexError, UnicodeDecodeError, struct.error):
        return None
    found = address(labels, api)
    # Other kinds of records do not exist for names that do.
    shown = found if kind == ADDRESS_RECORD else None
    head = struct.pack(">HHHHH", ANSWER | (0 if found else NO_SUCH_NAME), 1, 1 if shown else 0, 0, 0)
    return query[:2] + head + query[HEADER : place + 5] + (record(shown) if shown else b"")


def record(found: str) -> bytes:
    """An answer that points to the name in the question."""
    return b"\xc0\x0c\x00\x01\x00\x01" + struct.pack(">IH", SECONDS_TO_LIVE, 4) + socket.inet_aton(found)


def address(labels: list[str], api: API) -> Optional[str]:
    """The ClusterIP of the Service of that name, if there is one."""
    if len(labels) != 5 or labels[2:] != ["svc", "cluster", "local"]:
        return None
    try:
        service = api.call("GET", f"/api/v1/namespaces/{labels[1]}/services/{labels[0]}")
    except (Refused, OSError, http.client.HTTPException):
        return None
    found = service["spec"].get("clusterIP")
    return found if found and found != "None" else None


if __name__ == "__main__":
    main()
