"""`graphene-deployer deployments …` against a running host."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Iterator

import cli
import host as hosts
import pytest
import solutions
from host import Host


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = Host(tmp_path_factory.mktemp("host"))
    yield host
    host.stop()


def run(host: Host, *arguments: str, user: str = "user-1") -> subprocess.CompletedProcess[str]:
    env = os.environ | {"GRAPHENE_DEPLOYER_SERVER": host.url, "GRAPHENE_DEPLOYER_TOKEN": hosts.token(user)}
    return subprocess.run(cli.command(*arguments), env=env, capture_output=True, text=True, timeout=60)


def deployed(host: Host, user: str) -> str:
    """The id of a new deployment that has come to its end."""
    solution, revision = solutions.references()[0].split("/")
    body = {"solutionId": solution, "revisionId": revision, "target": "local-yaml"}
    id = host.call("/api/v1/deployments", "POST", body, hosts.token(user)).json()["id"]
    assert run(host, "events", id, "--follow", user=user).returncode == 0
    return id


def test_a_deployment_is_listed_shown_and_followed(host: Host) -> None:
    id = deployed(host, "lister")
    fields = run(host, "list", user="lister").stdout.removesuffix("\n").split("\t")
    assert fields[0] == id and fields[1] == "completed" and fields[2] == "local-yaml"
    assert fields[3] == solutions.references()[0]
    shown = run(host, "show", id[:8], user="lister")
    assert shown.returncode == 0, shown.stderr
    assert "state\tcompleted\n" in shown.stdout and "artifact\tsolution.zip\tapplication/zip\t" in shown.stdout
    followed = run(host, "events", id, "--follow", user="lister")
    assert followed.returncode == 0
    assert followed.stdout == run(host, "events", id, user="lister").stdout
    assert followed.stdout.splitlines()[-1].startswith("state    completed  ")


def test_json_is_what_the_api_answers(host: Host) -> None:
    id = deployed(host, "reader")
    for path, arguments in [
        (f"/{id}", ("show", id)), ("?limit=50", ("list",)), (f"/{id}/events?after=1", ("events", id, "--after", "1")),
    ]:
        token = hosts.token("reader")
        answer = host.call(f"/api/v1/deployments{path}", token=token, Accept="application/json").json()
        assert json.loads(run(host, *arguments, "--json", user="reader").stdout) == answer
    lines = run(host, "events", id, "--follow", "--json", user="reader").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == list(range(1, len(lines) + 1))


def test_all_pages_of_a_list_are_there(host: Host) -> None:
    ids = [deployed(host, "pager") for _ in range(3)]
    listed = [line.split("\t")[0] for line in run(host, "list", user="pager").stdout.splitlines()]
    assert listed == ids[::-1]
    assert len(run(host, "list", "--limit", "2", user="pager").stdout.splitlines()) == 2
    assert run(host, "list", "--state", "running", user="pager").stdout == ""


def test_it_is_done_again_with_other_options(host: Host) -> None:
    id = deployed(host, "repeater")
    again = run(host, "rerun", id, "--option", "volume-size=7Gi", "--follow", user="repeater")
    assert again.returncode == 0 and "\nstate    completed  " in again.stdout
    shown = json.loads(run(host, "show", id, "--json", user="repeater").stdout)
    assert shown["attempt"] == 2 and shown["options"]["volume-size"] == "7Gi"
    wrong = run(host, "rerun", id, "--option", "volume-size=huge", user="repeater")
    assert wrong.returncode == cli.REFUSED and "volume-size" in wrong.stderr


@pytest.mark.parametrize("arguments", [("cancel",), ("undeploy",), ("logs",)])
def test_what_cannot_be_done_is_refused(host: Host, arguments: tuple[str, ...]) -> None:
    id = deployed(host, "refused")
    result = run(host, *arguments, id, user="refused")
    assert result.returncode == cli.REFUSED and result.stdout == ""
    assert result.stderr.startswith("graphene-deployer: ")


def test_deployments_of_others_are_not_there(host: Host) -> None:
    id = deployed(host, "owner")
    for arguments in [("show", id), ("show", id[:8]), ("events", id, "--follow"), ("cancel", id)]:
        result = run(host, *arguments, user="stranger")
        assert result.returncode == cli.REFUSED and result.stdout == ""


def test_a_token_that_has_ended_is_refused(host: Host, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(hosts.token(lifetime=-5))
    result = run(host, "list", "--token-file", str(tmp_path / "token"))
    assert result.returncode == cli.REFUSED and "Check the token" in result.stderr
