"""Sample solutions, rendered by the built executable."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from pathlib import Path

from folders import REPOSITORY

SAMPLES = REPOSITORY / "config" / "samples"
EXECUTABLE = Path(os.environ.get("GRAPHENE_DEPLOYER", REPOSITORY / ".build" / "debug" / "graphene-deployer"))


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
