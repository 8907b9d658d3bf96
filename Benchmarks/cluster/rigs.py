"""Clusters that note what they are asked, and what is measured against them."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Iterator, Optional

import chain
import pytest
from audit import AuditLog
from creodias import Deployer, on
from kubeconfigs import Kubeconfigs
from live_cluster import LiveCluster
from rig import Cluster, unused_namespace

POLICY = Path(__file__).resolve().parent / "audit-policy.yaml"


@dataclass(frozen=True)
class Rig:
    """A cluster with its audit log, the executable, and a folder for whatever is needed."""

    cluster: Cluster
    audit: AuditLog
    configs: Kubeconfigs
    deployer: Deployer
    folder: Path

    def kubeconfig(self, user: str) -> Path:
        """Of an administrator of that name, which the audit log tells apart."""
        path = self.folder / "kubeconfigs" / f"{user}.conf"
        return path if path.exists() else self.configs.certificate(user, "system:masters")

    def namespace(self) -> str:
        """A new one."""
        name = unused_namespace()
        self.cluster.kubectl("create", "namespace", name)
        return name

    @contextmanager
    def deploying(self, reference: str, namespace: str, user: str = "deployer") -> Iterator[Run]:
        """Runs `deploy --follow`; interrupted in the end if it still runs."""
        run = Run(self.deployer.command("deploy", reference, *on(self.kubeconfig(user), namespace), "--follow"))
        try:
            yield run
        finally:
            run.end()


class Run:
    """A process whose lines are awaited; each is noted when it comes."""

    def __init__(self, command: list[str], env: Optional[dict[str, str]] = None) -> None:
        self.begun = time.time()
        self._said: list[str] = []
        self._lines: Queue[Optional[tuple[float, str]]] = Queue()
        self._process = subprocess.Popen(
            command, text=True, env=os.environ | (env or {}),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        self._reader = Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        for line in self._process.stdout:
            self._lines.put((time.time(), line))
        self._lines.put(None)

    def time_of(self, *words: str) -> float:
        """When the next line came that has all these words, in seconds since 1970."""
        while entry := self._lines.get(timeout=600):
            moment, line = entry
            self._said.append(line)
            if all(word in line for word in words):
                return moment
        raise AssertionError(f"{' '.join(words)!r} was not said, but:\n{''.join(self._said)}")

    def wait(self) -> float:
        """Lets it end well; when it did, in seconds since 1970."""
        code = self._process.wait(timeout=600)
        moment = time.time()
        assert code == 0, f"exit {code}"
        return moment

    def end(self) -> None:
        """Interrupts it if it still runs."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=60)
        self._reader.join()
        self._process.stdout.close()


@contextmanager
def control_plane() -> Iterator[Rig]:
    """etcd and the API server alone: no controller takes the processor from those that are measured."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "graphene-deployer" / "kubernetes-1.20.2"
    built = Path(os.environ.get("GRAPHENE_DEPLOYER_RIG", cache)) / "bin"
    assets = Path(os.environ.get("KUBEBUILDER_ASSETS", built))
    with tempfile.TemporaryDirectory() as folder:
        for name in ("kube-apiserver", "etcd", "kubectl"):
            if (assets / name).exists():
                (Path(folder) / name).symlink_to(assets / name)
        with _rig(Cluster, assets=folder) as made:
            yield made


@contextmanager
def live() -> Iterator[Rig]:
    """A whole cluster with the stand-in for a kubelet."""
    with _rig(LiveCluster) as made:
        yield made


@contextmanager
def _rig(kind: type[Cluster], assets: Optional[str] = None) -> Iterator[Rig]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GRAPHENE_DEPLOYER_RIG_AUDIT", str(POLICY))
            if assets:
                patch.setenv("KUBEBUILDER_ASSETS", assets)
            cluster = kind(folder / "cluster")
        try:
            yield Rig(
                cluster=cluster, audit=AuditLog(folder / "cluster"),
                configs=Kubeconfigs(folder / "cluster", folder / "kubeconfigs", cluster),
                deployer=Deployer(folder, chain.write_catalogue(folder / "catalogue")), folder=folder,
            )
        finally:
            cluster.stop()
