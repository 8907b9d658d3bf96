#!/usr/bin/env python3
"""Prints the state of an orchestrator.

Ends with 0 if it reports code 0, with 1 if it reports a failure or does not answer,
with 2 if an argument is wrong, and with 130 on Ctrl-C.
"""

from __future__ import annotations

import argparse
import sys

from orchestrator_client import (
    RESTART,
    Failure,
    OrchestratorStub,
    add_endpoint_options,
    ask_status,
    open_channel,
    run_client,
)


def print_status(endpoint: str, options: argparse.Namespace) -> None:
    """Asks once and prints the answer; fails if it tells of a failure."""
    with open_channel(endpoint, options.timeout) as channel:
        status = ask_status(OrchestratorStub(channel), options.timeout)
    if status is None:
        raise Failure(
            f"{endpoint} does not know get_status",
            "it is a parallel orchestrator of version 1.2 or older, or a serial one",
            "use an orchestrator image of version 1.3 or later",
        )
    print(
        f"status: message: {status.message} - active_threads: {status.active_threads}"
        f" - success: {status.success} - code: {status.code}"
    )
    if status.code != 0:
        raise Failure(
            "the orchestrator reports a failure",
            "see its message above",
            f"remove the cause, restart it ({RESTART}) and start the pipeline again",
        )


def make_parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(description="Prints the state of an orchestrator.")
    add_endpoint_options(parser)
    return parser


if __name__ == "__main__":
    sys.exit(run_client(make_parser(), None, print_status))
