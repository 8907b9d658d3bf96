"""creodias: a kubeconfig is explained before anything is deployed with it, without a word of its secrets."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from creodias import REFUSED, SINGLE, Deployer, failed, on, words
from kubeconfigs import Kubeconfigs
from live_cluster import Place
from pasted import facts, refused, written
from trap import Trap

pytestmark = pytest.mark.cluster
API = "client.authentication.k8s.io/v1beta1"


def test_only_the_chosen_context_is_looked_at(
    deployer: Deployer, admin: Path, place: Place, tmp_path: Path, trap: Trap
) -> None:
    document = yaml.safe_load(admin.read_text())
    document["users"].append({"name": "hostile", "user": {"exec": {"apiVersion": API, "command": str(trap.program)}}})
    document["contexts"].append({"name": "other", "context": {"cluster": "rig", "user": "hostile"}})
    pasted = written(tmp_path, yaml.safe_dump(document))
    assert facts(deployer, pasted, place)["context"] == "default"
    options = on(pasted, place.name, context="other")
    failed(deployer.run("plan", SINGLE, *options), REFUSED, "user.exec")
    failed(deployer.run("plan", SINGLE, *on(pasted, place.name, context="no-such")), REFUSED, "no-such", "other")
    trap.assert_untouched()


def test_an_administrators_certificate_is_explained(
    deployer: Deployer, configs: Kubeconfigs, admin: Path, place: Place
) -> None:
    told = facts(deployer, admin, place)
    server = yaml.safe_load(admin.read_text())["clusters"][0]["cluster"]["server"]
    assert told["context"] == "default" and told["cluster"] == server
    assert told["user"] == "client certificate CN=admin, O=system:masters"
    assert "certificate expires" in told and "system:masters" in told["remark"]
    ending = facts(deployer, configs.certificate("ending", "system:masters", days=3), place)
    assert ending["certificate expires"] < told["certificate expires"]


def test_a_token_is_explained(deployer: Deployer, configs: Kubeconfigs, place: Place) -> None:
    place.create()
    told = facts(deployer, configs.account(place.name, role="edit"), place)
    assert told["user"] == "token"
    assert [value for name, value in told.items() if "expires" in name], "service accounts say when their token ends"


def test_a_certificate_without_its_key_is_refused(
    deployer: Deployer, configs: Kubeconfigs, admin: Path, place: Place
) -> None:
    user = yaml.safe_load(admin.read_text())["users"][0]["user"]
    without = {name: value for name, value in user.items() if name != "client-key-data"}
    refused(deployer, configs.write("half", without), place, "user.client-key-data")
    other = yaml.safe_load(configs.certificate("other").read_text())["users"][0]["user"]["client-key-data"]
    refused(deployer, configs.write("mixed", user | {"client-key-data": other}), place, "user.client-key-data")


def test_a_refusal_says_no_word_of_the_secrets(
    deployer: Deployer, configs: Kubeconfigs, place: Place, trap: Trap
) -> None:
    mark = "SeCrEtMaRkInThEtOkEn"
    user = {"token": mark, "exec": {"apiVersion": API, "command": str(trap.program), "args": [mark]}}
    result = deployer.run("plan", SINGLE, *on(configs.write("hostile", user), place.name), "--json")
    assert result.returncode == REFUSED and mark not in words(result)
    assert os.path.basename(trap.program) not in words(result)
