"""Solutions, rendered by the built executable."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import kubernetes_validate
import yaml
from folders import REPOSITORY
from kubernetes_validate.utils import all_versions

SAMPLES = REPOSITORY / "config" / "samples"
EXECUTABLE = Path(os.environ.get("GRAPHENE_DEPLOYER", REPOSITORY / ".build" / "debug" / "graphene-deployer"))

# The oldest and the newest version of Kubernetes that the validator knows.
OLDEST = min(all_versions(), key=lambda version: [int(part) for part in str(version).split(".")])
NEWEST = kubernetes_validate.latest_version()


def references() -> list[str]:
    """SOLUTIONID/REVISIONID of every sample."""
    revisions = [json.loads(path.read_text("utf-8")) for path in sorted((SAMPLES / "revisions").glob("*.json"))]
    return [f"{revision['solutionId']}/{revision['revisionId']}" for revision in revisions]


def is_pipeline(reference: str) -> bool:
    """Whether a sample has a blueprint."""
    artifacts = json.loads((SAMPLES / "artifacts" / f"{reference.split('/')[1]}.json").read_text("utf-8"))
    return any(artifact["artifactTypeCode"] == "BP" for artifact in artifacts)


def unpack(reference: str, folder: Path, catalogue: Path = SAMPLES) -> Path:
    """Renders a solution.zip and unpacks it into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder.with_suffix(".zip")
    subprocess.run(
        [EXECUTABLE, "render", reference, "--target", "local-yaml", "-o", archive, "--catalogue", catalogue],
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(archive) as content:
        content.extractall(folder)
    return folder


def manifests(folder: Path) -> list[dict[str, Any]]:
    """The objects of an unpacked solution."""
    return [yaml.safe_load(path.read_text("utf-8")) for path in sorted((folder / "deployments").glob("*.yaml"))]


def identity(manifest: dict[str, Any]) -> tuple[str, str]:
    return manifest["kind"], manifest["metadata"]["name"]


def kustomized(folder: Path) -> list[dict[str, Any]]:
    """What `kubectl kustomize` makes of an unpacked solution."""
    result = subprocess.run(["kubectl", "kustomize", folder], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return [document for document in yaml.safe_load_all(result.stdout) if document]
