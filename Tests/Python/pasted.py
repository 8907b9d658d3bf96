"""Kubeconfigs as people paste them: what commands tell of them, and how they refuse them."""

from __future__ import annotations

from pathlib import Path

from creodias import REFUSED, SINGLE, Deployer, failed, on, preview, succeeded
from live_cluster import Place


def facts(deployer: Deployer, kubeconfig: Path, place: Place) -> dict[str, str]:
    """What a plan tells of a kubeconfig."""
    result = succeeded(deployer.run("plan", SINGLE, *on(kubeconfig, place.name), "--json"))
    return {each["name"]: each["value"] for each in preview(result)["environment"]}


def refused(deployer: Deployer, kubeconfig: Path, place: Place, *texts: str) -> None:
    """Every command refuses it with these words, and nothing is made."""
    for command in ("plan", "deploy", "status", "undeploy"):
        failed(deployer.run(command, SINGLE, *on(kubeconfig, place.name), timeout=20), REFUSED, *texts)
    assert not place.exists()


def written(folder: Path, text: str | bytes) -> Path:
    """A file with the text."""
    path = folder / "pasted.conf"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path
