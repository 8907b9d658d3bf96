"""creodias: a pasted kubeconfig counts as hostile, and is explained before anything is deployed with it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Callable

import pytest
import yaml
from creodias import REFUSED, SINGLE, Deployer, failed, on, preview, succeeded, words
from kubeconfigs import Kubeconfigs
from live_cluster import Place
from trap import Trap

pytestmark = pytest.mark.cluster
Change = Callable[[dict[str, Any]], None]
API = "client.authentication.k8s.io/v1beta1"


def facts(deployer: Deployer, kubeconfig: Path, place: Place, *more: str) -> dict[str, str]:
    """What a plan tells of a kubeconfig."""
    result = succeeded(deployer.run("plan", SINGLE, *on(kubeconfig, place.name), *more, "--json"))
    return {each["name"]: each["value"] for each in preview(result)["environment"]}


def refused(deployer: Deployer, kubeconfig: Path, place: Place, *texts: str) -> None:
    """Every command refuses it, and nothing is made."""
    for command in ("plan", "deploy", "status", "undeploy"):
        failed(deployer.run(command, SINGLE, *on(kubeconfig, place.name), timeout=20), REFUSED, *texts)
    assert not place.exists()


@pytest.mark.parametrize("version", ["v1alpha1", "v1beta1", "v1"])
def test_a_program_is_refused_and_not_run(
    deployer: Deployer, configs: Kubeconfigs, place: Place, trap: Trap, version: str
) -> None:
    api = f"client.authentication.k8s.io/{version}"
    command = {"apiVersion": api, "command": str(trap.program), "args": ["get-token"], "env": None}
    refused(deployer, configs.write("hostile", {"exec": command}, server=trap.url), place, "user.exec", "program")
    trap.assert_untouched()


@pytest.mark.parametrize("beside", ["certificate", "token"])
def test_a_program_beside_good_credentials_is_refused_too(
    deployer: Deployer, configs: Kubeconfigs, admin: Path, place: Place, trap: Trap, beside: str
) -> None:
    good = yaml.safe_load(admin.read_text())["users"][0]["user"] if beside == "certificate" else {"token": "abc"}
    user = good | {"exec": {"apiVersion": API, "command": str(trap.program)}}
    refused(deployer, configs.write("hostile", user), place, "user.exec")
    trap.assert_untouched()


@pytest.mark.parametrize("field", ["cmd-path", "access-token"])
def test_an_auth_provider_is_refused_and_not_run(
    deployer: Deployer, configs: Kubeconfigs, place: Place, trap: Trap, field: str
) -> None:
    provider = {"name": "gcp", "config": {field: str(trap.program), "cmd-args": "x", "expiry-key": "{.x}"}}
    user = {"auth-provider": provider, "token": "abc"}
    refused(deployer, configs.write("hostile", user, server=trap.url), place, "user.auth-provider")
    trap.assert_untouched()


@pytest.mark.parametrize("field", ["tokenFile", "client-certificate", "client-key"])
def test_a_path_of_the_user_is_refused_and_not_opened(
    deployer: Deployer, configs: Kubeconfigs, place: Place, trap: Trap, field: str
) -> None:
    # Whoever opens the pipe waits, and the command would not end.
    refused(deployer, configs.write("hostile", {"token": "abc", field: str(trap.pipe)}), place, f"user.{field}")
    refused(deployer, configs.write("hostile", {"token": "abc", field: ""}), place, f"user.{field}")


@pytest.mark.parametrize("field", ["username", "password", "as", "as-uid", "as-groups", "as-user-extra", "new-field"])
def test_other_fields_of_the_user_are_refused(
    deployer: Deployer, configs: Kubeconfigs, place: Place, field: str
) -> None:
    refused(deployer, configs.write("hostile", {"token": "abc", field: "x"}), place, f"user.{field}")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("certificate-authority", "PIPE"), ("insecure-skip-tls-verify", True), ("insecure-skip-tls-verify", "true"),
        ("proxy-url", "URL"), ("proxy-url", "socks5://127.0.0.1:1080"), ("new-field", "x"),
        ("tls-server-name", "a name\r\nHost: x"),
    ],
)
def test_a_field_of_the_cluster_that_weakens_the_way_there_is_refused(
    deployer: Deployer, admin: Path, place: Place, trap: Trap, tmp_path: Path, field: str, value: Any
) -> None:
    value = {"PIPE": str(trap.pipe), "URL": trap.url}.get(value, value) if isinstance(value, str) else value
    document = yaml.safe_load(admin.read_text())
    document["clusters"][0]["cluster"][field] = value
    refused(deployer, written(tmp_path, yaml.safe_dump(document)), place, f"cluster.{field}")
    trap.assert_untouched()


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "pasted.conf"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


ODD: dict[str, tuple[Callable[[str], str], str]] = {
    "an alias": (lambda text: text.replace("preferences: {}", "preferences: &a {}\nextensions: *a"), "anchors"),
    "an anchor": (lambda text: text.replace("preferences: {}", "preferences: &a {}"), "anchors"),
    "a tag": (lambda text: text.replace("preferences: {}", "preferences: !!python/object:os.system {}"), "tags"),
    "two documents": (lambda text: f"{text}\n---\n{text}", "one document"),
    "more than 256 KiB": (lambda text: text + "# padding\n" * 27_000, "262144"),
    "nothing": (lambda text: "", "kubeconfig"),
    "a text": (lambda text: "please", "kubeconfig"),
    "a list": (lambda text: "[1, 2]", "kubeconfig"),
    "deep nesting": (lambda text: f"{text}\nextensions: {'[' * 2000}{']' * 2000}\n", "kubeconfig"),
    "a key twice": (lambda text: f"{text}\ncurrent-context: other\n", "kubeconfig"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_are_refused(deployer: Deployer, admin: Path, place: Place, tmp_path: Path, name: str) -> None:
    change, said = ODD[name]
    refused(deployer, written(tmp_path, change(admin.read_text())), place, "kubeconfig", said)


def test_bytes_that_are_no_text_are_refused(deployer: Deployer, admin: Path, place: Place, tmp_path: Path) -> None:
    refused(deployer, written(tmp_path, admin.read_bytes() + b"# \xff\xfe\n"), place, "kubeconfig")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text, lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: b"\n \n\r\n" + text + b"\n\n  \n", lambda text: b"---\n" + text,
        lambda text: b"\xef\xbb\xbf\r\n" + text.replace(b"\n", b"\r\n") + b"\r\n\r\n",
    ],
    ids=["mark", "crlf", "blank lines", "document start", "all of them"],
)
def test_what_editors_and_mail_do_to_a_text_is_accepted(
    deployer: Deployer, admin: Path, place: Place, tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    pasted = written(tmp_path, change(admin.read_bytes()))
    assert facts(deployer, pasted, place) == facts(deployer, admin, place)


def test_it_is_read_from_standard_input_as_well(deployer: Deployer, admin: Path, place: Place) -> None:
    options = on(Path("-"), place.name)
    succeeded(deployer.run("plan", SINGLE, *options, "--json", input=admin.read_text()))


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
