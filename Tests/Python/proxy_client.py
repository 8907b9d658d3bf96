"""A plain client of the API over one HTTP/1.1 connection, with the token of a kubeconfig."""

from __future__ import annotations

import base64
import http.client
import ssl
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

import yaml


class Client:
    """Reads only."""

    def __init__(self, kubeconfig: Path) -> None:
        document = yaml.safe_load(kubeconfig.read_text())
        cluster = document["clusters"][0]["cluster"]
        context = ssl.create_default_context(cadata=base64.b64decode(cluster["certificate-authority-data"]).decode())
        host = cluster["server"].removeprefix("https://")
        self._connection = http.client.HTTPSConnection(host, context=context, timeout=20)
        self._headers = {"Authorization": f"Bearer {document['users'][0]['user']['token']}"}

    def get(self, path: str) -> tuple[int, http.client.HTTPMessage]:
        """Code and headers of the answer."""
        self._connection.request("GET", path, headers=self._headers)
        response = self._connection.getresponse()
        response.read()
        return response.status, response.headers

    @contextmanager
    def watch(self, path: str) -> Iterator[Iterator[bytes]]:
        """The lines of a watch as they come."""
        self._connection.request("GET", f"{path}?watch=true", headers=self._headers)
        response = self._connection.getresponse()
        try:
            yield iter(response.readline, b"")
        finally:
            response.close()

    def close(self) -> None:
        self._connection.close()
