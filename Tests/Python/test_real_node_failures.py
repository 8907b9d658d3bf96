"""creodias on a real node: what containerd and kubelet say of models that do not start is told to the user."""

from __future__ import annotations

from pathlib import Path

import pytest
from creodias import PIPELINE, REFUSED, Deployer, failed, on
from real_node import RealNode, RealPlace
from revisions import add_revision, copy_catalogue, with_image

pytestmark = pytest.mark.node
NODE = "berth-rules1"
# See Tests/Rig/kubernetes/machine/images.py and model.py.
CRASHING = "registry.example.org/graphene-samples/berth-rules:crashing"
EXIT_CODE, LAST_WORDS = "3", "FileNotFoundError: there is no file rules.json"


def deploy(folder: Path, place: RealPlace, image: str, **options: object) -> tuple[Deployer, list[str]]:
    """A deployer whose catalogue has a revision with another image, and the arguments to deploy that."""
    catalogue = copy_catalogue(folder / "catalogue")
    reference = add_revision(catalogue, PIPELINE, with_image(NODE, image))
    deployer = Deployer(folder, catalogue, place.cluster.enter)
    return deployer, ["deploy", reference, *on(place.cluster.kubeconfig, place.name, **options)]


def test_a_model_that_crashes_is_told_with_code_and_last_words(tmp_path: Path, real_place: RealPlace) -> None:
    deployer, arguments = deploy(tmp_path, real_place, CRASHING)
    failed(deployer.run(*arguments), REFUSED, NODE, f"exit {EXIT_CODE}", LAST_WORDS)


def test_an_image_that_its_registry_does_not_have_ends_the_wait(tmp_path: Path, real_place: RealPlace) -> None:
    image = "registry.example.org/graphene-samples/berth-rules:9.9.9"
    deployer, arguments = deploy(tmp_path, real_place, image)
    failed(deployer.run(*arguments, timeout=60), REFUSED, NODE, image, "was not found")


def test_a_registry_that_is_not_there_is_told_when_patience_ends(tmp_path: Path, real_place: RealPlace) -> None:
    image = "registry.example.net/berth-rules:1.0.0"
    deployer, arguments = deploy(tmp_path, real_place, image, timeout=10)
    failed(deployer.run(*arguments, timeout=120), REFUSED, NODE, image, "could not be pulled")
