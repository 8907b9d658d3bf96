#!/usr/bin/env python3
"""Images for a node, made of files of this machine: there is no registry to pull them from.

    python images.py INIT OUT.tar

They have the names of the sample catalogue, so that samples can be deployed as they are: each is model.py, some with a
web page. The orchestrator's is its stand-in. INIT is the built init.c. The Python that runs this goes into the images,
with grpcio; `ctr images import` takes the result (the layout of `docker save`, with layers that the images share).
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tarfile
from pathlib import Path
from typing import Iterator

import python_files

REPOSITORY = Path(__file__).resolve().parents[4]
SAMPLES = REPOSITORY / "config" / "samples"
ORCHESTRATOR = "cicd.ai4eu-dev.eu:7444/generic-parallel-orchestrator/orchestrator_container:1.4"
CRASHING = "registry.example.org/graphene-samples/berth-rules:crashing"
PAUSE = "rig/pause:1"
PAGES = {"berth-gui": "Berth Planner", "training-monitor": "Training", "bird-call-classifier": "Bird calls"}
PROGRAMS = [
    "Tests/Rig/kubernetes/machine/model.py",
    *(f"Tests/Rig/orchestrator/{name}.py" for name in ("stand_in", "pipeline", "events", "inputs", "protos")),
    "Sources/DeploymentKit/Sources/Packaging/Bundle/protobuf/orchestrator.proto",
]


def sample_images() -> Iterator[str]:
    """The names of all images of the sample catalogue."""
    for path in (SAMPLES / "nexus").rglob("BluePrint-*.json"):
        yield from (node["image"] for node in json.loads(path.read_text("utf-8"))["nodes"])
    for path in (SAMPLES / "artifacts").glob("*.json"):
        yield from (each["uri"] for each in json.loads(path.read_text("utf-8")) if each["artifactTypeCode"] == "DI")


def commands() -> dict[str, list[str]]:
    """What each image runs."""
    model = ["/init", *python_files.COMMAND, f"/rig/{PROGRAMS[0]}"]
    found = {}
    for image in sorted(set(sample_images())):
        title = PAGES.get(image.rsplit("/", 1)[-1].split(":")[0])
        found[image] = [*model, "--page", title] if title else model
    found[CRASHING] = [*model, "--crash", "3"]
    found[ORCHESTRATOR] = ["/init", *python_files.COMMAND, f"/rig/{PROGRAMS[1]}", "--host", "0.0.0.0"]
    return found


def layer(files: dict[str, Path]) -> bytes:
    """A layer of files by their path in the image."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        for name, path in sorted(files.items()):
            archive.add(path.resolve(), name.lstrip("/"), recursive=False)
        folder = tarfile.TarInfo("tmp")
        folder.type, folder.mode = tarfile.DIRTYPE, 0o1777
        archive.addfile(folder)
    return content.getvalue()


def write(out: Path, images: dict[str, tuple[list[str], list[bytes]]]) -> None:
    """Writes the archive: name -> command and layers."""
    manifest, blobs = [], {}
    for name, (command, layers) in images.items():
        digests = [hashlib.sha256(each).hexdigest() for each in layers]
        blobs |= {f"{digest}/layer.tar": each for digest, each in zip(digests, layers)}
        config = json.dumps({
            "architecture": python_files.ARCHITECTURE, "os": "linux",
            "config": {"Entrypoint": command, "Env": ["PATH=/usr/bin:/bin", *python_files.ENVIRONMENT]},
            "rootfs": {"type": "layers", "diff_ids": [f"sha256:{digest}" for digest in digests]},
        }).encode()
        path = f"{hashlib.sha256(config).hexdigest()}.json"
        blobs[path] = config
        layer_paths = [f"{digest}/layer.tar" for digest in digests]
        manifest.append({"Config": path, "RepoTags": [name], "Layers": layer_paths})
    blobs["manifest.json"] = json.dumps(manifest).encode()
    with tarfile.open(out, "w") as archive:
        for path, content in blobs.items():
            entry = tarfile.TarInfo(path)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


if __name__ == "__main__":
    init = layer({"/init": Path(sys.argv[1])})
    python = layer(python_files.files())
    programs = layer({f"/rig/{name}": REPOSITORY / name for name in PROGRAMS})
    images = {name: (command, [init, python, programs]) for name, command in commands().items()}
    write(Path(sys.argv[2]), {PAUSE: (["/init"], [init])} | images)
