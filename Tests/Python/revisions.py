"""Further revisions of sample solutions, in a copy of the sample catalogue."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any, Callable

from solutions import SAMPLES

NEW_REVISION = "ffffffff-ffff-4fff-8fff-ffffffffffff"


def copy_catalogue(folder: Path) -> Path:
    """All samples, to be changed."""
    return Path(shutil.copytree(SAMPLES, folder))


def add_revision(catalogue: Path, reference: str, change: Callable[[dict[str, Any]], None]) -> str:
    """A revision with a changed blueprint; returns SOLUTIONID/REVISIONID."""
    solution, revision = reference.split("/")
    description = _read(catalogue / "revisions" / f"{revision}.json")
    description |= {"revisionId": NEW_REVISION, "version": "2.0.0"}
    _write(catalogue / "revisions" / f"{NEW_REVISION}.json", description)
    artifacts = _read(catalogue / "artifacts" / f"{revision}.json")
    artifact = next(each for each in artifacts if each["artifactTypeCode"] == "BP")
    blueprint = _read(catalogue / "nexus" / artifact["uri"])
    change(blueprint)
    artifact["uri"] = artifact["uri"].replace("1.0.0", "2.0.0")
    path = catalogue / "nexus" / artifact["uri"]
    path.parent.mkdir(parents=True)
    _write(path, blueprint)
    artifact["size"] = len(path.read_text("utf-8"))
    _write(catalogue / "artifacts" / f"{NEW_REVISION}.json", artifacts)
    return f"{solution}/{NEW_REVISION}"


def without_node(name: str) -> Callable[[dict[str, Any]], None]:
    """Takes a node and the links to it out of a blueprint."""

    def change(blueprint: dict[str, Any]) -> None:
        blueprint["nodes"] = [node for node in blueprint["nodes"] if node["container_name"] != name]
        for node in blueprint["nodes"]:
            for operation in node["operation_signature_list"]:
                operation["connected_to"] = [
                    link for link in operation["connected_to"] if link["container_name"] != name
                ]

    return change


def with_image(name: str, image: str) -> Callable[[dict[str, Any]], None]:
    """Gives a node another image."""

    def change(blueprint: dict[str, Any]) -> None:
        next(node for node in blueprint["nodes"] if node["container_name"] == name)["image"] = image

    return change


def with_copies(name: str, count: int) -> Callable[[dict[str, Any]], None]:
    """Adds copies of a node, called `NAME-2` and so on, with the same links to them."""

    def change(blueprint: dict[str, Any]) -> None:
        original = next(node for node in blueprint["nodes"] if node["container_name"] == name)
        copies = [f"{name}-{number}" for number in range(2, count + 2)]
        blueprint["nodes"] += [copy.deepcopy(original) | {"container_name": each} for each in copies]
        for node in blueprint["nodes"]:
            for operation in node["operation_signature_list"]:
                links = [link for link in operation["connected_to"] if link["container_name"] == name]
                operation["connected_to"] += [link | {"container_name": each} for each in copies for link in links]

    return change


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _write(path: Path, document: Any) -> None:
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False), "utf-8")
