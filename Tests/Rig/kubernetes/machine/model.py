#!/usr/bin/env python3
"""A stand-in for a model in a container.

    python model.py [--page TITLE] [--crash CODE]

Takes every call at port 8061 and answers it, after half a second, with an empty message, which is a valid one of every
type. With --page it has a web page at port 8062; with --crash it ends at once with that exit code.
"""

from __future__ import annotations

import argparse
import http.server
import sys
import threading
import time
from typing import Any

SECONDS_OF_WORK = 0.5
LAST_WORDS = "FileNotFoundError: there is no file rules.json"


def main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in for a model.")
    parser.add_argument("--page", metavar="TITLE", help="the title of a web page at port 8062")
    parser.add_argument("--crash", type=int, metavar="CODE", help="ends at once with this exit code")
    options = parser.parse_args()
    print("the model starts", flush=True)
    if options.crash is not None:
        print(LAST_WORDS, flush=True)
        sys.exit(options.crash)
    if options.page:
        threading.Thread(target=serve_page, args=(options.page,), daemon=True).start()
    serve_calls()


def serve_page(title: str) -> None:
    """One page, whatever is asked for."""
    body = f"<!doctype html><title>{title}</title>".encode()

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    http.server.ThreadingHTTPServer(("0.0.0.0", 8062), Page).serve_forever()


def serve_calls() -> None:
    """Every method, with one message each way."""
    from concurrent import futures

    import grpc

    def work(request: bytes, context: grpc.ServicerContext) -> bytes:
        time.sleep(SECONDS_OF_WORK)
        return b""

    class Everything(grpc.GenericRpcHandler):
        def service(self, details: Any) -> grpc.RpcMethodHandler:
            return grpc.unary_unary_rpc_method_handler(work)

    server = grpc.server(futures.ThreadPoolExecutor(max_workers=4), handlers=[Everything()])
    server.add_insecure_port("0.0.0.0:8061")
    server.start()
    print("the model listens", flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    main()
