"""creodias: the text of a pasted kubeconfig: what is odd is refused, and what editors do to it is accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

import pytest
from creodias import SINGLE, Deployer, on, succeeded
from live_cluster import Place
from pasted import facts, refused, written

pytestmark = pytest.mark.cluster


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
