"""creodias: a plan names the fields that a secret changes, and never its values."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from creodias import SINGLE, Deployer, on, preview, succeeded, words
from live_cluster import Place

pytestmark = pytest.mark.cluster
SETTINGS = '"*": {env: {API_KEY: %s}}'


def secret_values(document: dict[str, Any]) -> set[str]:
    """What is shown of the one Secret that is changed."""
    (change,) = (each for each in document["changes"] if each["kind"] == "Secret")
    assert (change["name"], change["action"]) == ("acumos-registry", "changed")
    data = [each for each in change["fields"] if each["path"].startswith("data")]
    return {each[side] for each in data for side in ("before", "after") if each.get(side) is not None}


def test_neither_the_old_nor_the_new_password_of_a_registry_shows(
    deployer: Deployer, admin: Path, place: Place
) -> None:
    old, new = "pA55-old-0ne", "pA55-new-0ne"
    login = {"registry": "registry.example.org", "registry_user": "puller"}
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name, **login, registry_password=old)))
    options = on(admin, place.name, **login, registry_password=new)
    results = [deployer.run("plan", SINGLE, *options, "--json"), deployer.run("plan", SINGLE, *options)]
    document = preview(succeeded(results[0]))
    assert secret_values(document) == {"<redacted>"}
    for mark in (old, new, *(base64.b64encode(f"puller:{each}".encode()).decode() for each in (old, new))):
        for text in (mark, base64.b64encode(mark.encode()).decode()):
            assert text not in "".join(map(words, results))


@pytest.mark.parametrize("first", [{}, {"node_settings": SETTINGS % "kEy-0ld"}], ids=["added", "changed"])
def test_values_of_the_environment_that_came_as_a_secret_option_do_not_show(
    deployer: Deployer, admin: Path, place: Place, first: dict[str, str]
) -> None:
    succeeded(deployer.run("deploy", SINGLE, *on(admin, place.name, **first)))
    options = on(admin, place.name, node_settings=SETTINGS % "kEy-n3w")
    results = [deployer.run("plan", SINGLE, *options, *more) for more in (["--json"], [])]
    said = "".join(map(words, map(succeeded, results)))
    assert "spec.template.spec.containers[0].env" in said, "the change itself is no secret"
    assert "kEy-0ld" not in said and "kEy-n3w" not in said
