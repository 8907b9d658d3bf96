#!/usr/bin/env python3
"""A registry that has no image at all, for a node without a way to the internet.

    python registry.py ADDRESS PORT
"""

from __future__ import annotations

import http.server
import json
import sys


class Empty(http.server.BaseHTTPRequestHandler):
    """Answers as registries do to the name of an image they do not have."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = json.dumps({"errors": [{"code": "MANIFEST_UNKNOWN", "message": "manifest unknown"}]}).encode()
        self.send_response(404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET


if __name__ == "__main__":
    http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Empty).serve_forever()
