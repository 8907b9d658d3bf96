"""`graphene-deployer deployments …` as its users run it."""

from __future__ import annotations

import os
import subprocess
from typing import Optional

import solutions
from deployments_api import DeploymentsAPI

TOKEN = "header.payload.signature"
REFUSED, USAGE, ENVIRONMENT = 1, 2, 3


def command(*arguments: str) -> list[str]:
    return [str(solutions.EXECUTABLE), "deployments", *arguments]


def environment(api: Optional[DeploymentsAPI]) -> dict[str, str]:
    """With the token, and with the server if there is one."""
    server = {"GRAPHENE_DEPLOYER_SERVER": api.url} if api else {}
    return os.environ | {"GRAPHENE_DEPLOYER_TOKEN": TOKEN} | server


def run(
    api: Optional[DeploymentsAPI], *arguments: str, env: Optional[dict[str, str]] = None, input: str = "",
) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end."""
    return subprocess.run(
        command(*arguments), env=environment(api) | (env or {}), input=input, capture_output=True, text=True,
        timeout=60,
    )


def start(api: DeploymentsAPI, *arguments: str) -> subprocess.Popen[str]:
    """Starts a command; whoever asks has to end it."""
    return subprocess.Popen(
        command(*arguments), env=environment(api), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )
