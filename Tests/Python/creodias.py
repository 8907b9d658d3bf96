"""The executable with the creodias target, as its users run it."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import solutions

SINGLE = "11111111-1111-4111-8111-111111111111/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
PIPELINE = "22222222-2222-4222-8222-222222222222/bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"
FOLDER = "33333333-3333-4333-8333-333333333333/cccccccc-cccc-4ccc-8ccc-cccccccccccc"
AWKWARD = "55555555-5555-4555-8555-555555555555/eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee"
SINGLE_NODE = "birdcallclassifier"
PIPELINE_NODES = ("berth-gui1", "berth-rules1", "berth-optimiser1")
PIPELINE_OPERATIONS = 5
REFUSED, ENVIRONMENT = 1, 3


@dataclass(frozen=True)
class Deployer:
    """Runs commands with a configuration that enables the target and, unless asked not to, lets it call 127.0.0.1."""

    folder: Path
    catalogue: Path = solutions.SAMPLES
    enter: tuple[str, ...] = ()  # as of rig.Cluster

    def configuration(self, networks: tuple[str, ...] = ("127.0.0.0/8",)) -> Path:
        """Writes the file. JSON is YAML."""
        path = self.folder / "deployer.yaml"
        path.write_text(json.dumps({
            "catalogue": {"directory": str(self.catalogue), "accessCheck": False},
            "network": {"allow": list(networks)},
            "targets": [{"module": "Creodias", "enabled": True}],
            "defaultTarget": "creodias",
            "state": str(self.folder / "state"),
        }))
        return path

    def command(self, *arguments: object, config: Optional[Path] = None) -> list[str]:
        """The command line; the first argument is the command."""
        name, *rest = map(str, arguments)
        return [*self.enter, str(solutions.EXECUTABLE), name, "--config", str(config or self.configuration()), *rest]

    def run(
        self, *arguments: object, input: Optional[str] = None, env: Optional[dict[str, str]] = None,
        config: Optional[Path] = None, timeout: float = 240, cwd: Optional[Path] = None,
    ) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end."""
        return subprocess.run(
            self.command(*arguments, config=config), env=os.environ | (env or {}), capture_output=True,
            text=True, timeout=timeout, input=input or "", cwd=cwd,
        )

    def start(self, *arguments: object, env: Optional[dict[str, str]] = None) -> subprocess.Popen[str]:
        """Starts a command; whoever asks has to end it."""
        return subprocess.Popen(
            self.command(*arguments), text=True, env=os.environ | (env or {}),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )


def on(kubeconfig: Path, namespace: str, **options: object) -> list[str]:
    """The arguments for the target: `--target creodias --option …`. Underscores of names become dashes."""
    return _target({"kubeconfig": f"@{kubeconfig}", "namespace": namespace} | options)


def at(cluster: str, namespace: str, **options: object) -> list[str]:
    """The same with a cluster of Magnum instead of a kubeconfig."""
    return _target({"cluster": cluster, "namespace": namespace} | options)


def _target(values: dict[str, object]) -> list[str]:
    pairs = [f"{name.replace('_', '-')}={value}" for name, value in values.items()]
    return ["--target", "creodias", *(word for pair in pairs for word in ("--option", pair))]


def preview(result: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """What `plan --json` says about the cluster."""
    return json.loads(result.stdout)["preview"]


def words(result: subprocess.CompletedProcess[str]) -> str:
    """All that a command said."""
    return result.stdout + result.stderr


def succeeded(result: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    """Asserts exit 0."""
    assert result.returncode == 0, f"exit {result.returncode}:\n{words(result)}"
    return result


def failed(result: subprocess.CompletedProcess[str], code: int, *texts: str) -> None:
    """Asserts the exit code and that the command said these texts, upper or lower case."""
    assert result.returncode == code, f"exit {result.returncode} instead of {code}:\n{words(result)}"
    missing = [text for text in texts if text.lower() not in words(result).lower()]
    assert not missing, f"{missing} is not in:\n{words(result)}"
