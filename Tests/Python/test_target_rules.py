"""Who may use a target, and how much of it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any, Iterator

import pytest
import solutions
from administration import AdministeredHost, ids, only
from deployment_client import PIPELINE, Client

SOLUTION = f"{PIPELINE['solutionId']}/{PIPELINE['revisionId']}"
ACCESS = {"roles": ["Publisher"], "users": ["carol@example.org"]}


def host_with(folder: Path, fixture: dict[str, Any], local: dict[str, Any], **more: Any) -> AdministeredHost:
    targets = [{"module": "LocalYAML"} | local, {"module": "FixtureTarget", "isolation": "host"} | fixture]
    return AdministeredHost(folder, targets, **more)


@pytest.fixture(name="restricted")
def fixture_restricted(tmp_path: Path) -> Iterator[AdministeredHost]:
    host = host_with(tmp_path, {"access": ACCESS}, {})
    yield host
    host.host.kill()


@pytest.fixture(name="limited")
def fixture_limited(tmp_path: Path) -> Iterator[AdministeredHost]:
    limits = {"concurrent": 1, "namespaces": ["team-*"], "nodes": 3}
    host = host_with(tmp_path, {"limits": limits}, {"limits": {"nodes": 2}})
    yield host
    host.host.kill()


def test_who_may_not_use_a_target_does_not_see_it_and_is_refused(restricted: AdministeredHost) -> None:
    assert ids(restricted.listing("alice")) == ["local-yaml"]
    for path in ("deployments", "plans", "previews"):
        answer = restricted.post(path)
        assert answer.status == 403, (path, answer)
        assert answer.json()["title"] == "You may not use Fixture" and answer.json()["remedy"]
    choices = restricted.host.call(
        "/api/v1/choices", "POST", {"target": "fixture", "option": "text"}, restricted.client().token)
    assert choices.status == 403
    assert restricted.page(f"/fixture/deploy/{SOLUTION}")[0] == 403
    assert "fixture/deploy" not in restricted.page(f"/deploy/{SOLUTION}")[1]


@pytest.mark.parametrize(("user", "roles"), [("bob", ("Publisher",)), ("carol", ())])
def test_who_is_named_uses_it(restricted: AdministeredHost, user: str, roles: tuple[str, ...]) -> None:
    assert ids(restricted.listing(user, *roles)) == ["local-yaml", "fixture"]
    assert "fixture/deploy" in restricted.page(f"/deploy/{SOLUTION}", user, *roles)[1]
    assert restricted.page(f"/fixture/deploy/{SOLUTION}", user, *roles)[0] == 200
    client = restricted.client(user, *roles)
    client.ended(client.made(outcome="completed"), "completed")


def test_administrators_see_the_rules_and_are_not_named_by_them(restricted: AdministeredHost) -> None:
    assert only(restricted.listing(), "fixture")["access"] == ACCESS
    assert "carol@example.org" in restricted.page("/targets", "root", "Admin")[1]
    assert restricted.client("root", "Admin").submit().status == 403


def test_who_loses_access_keeps_what_is_there_but_cannot_run_it_again(restricted: AdministeredHost) -> None:
    bob = restricted.client("bob", "Publisher")
    runs, works = bob.made(), bob.made(slow=True)
    bob.ended(runs, "running")
    bob.works(works)
    former = restricted.client("bob")
    assert former.again(runs).status == 403
    assert former.call(f"/{runs}/logs").status == 200
    assert "rerun" not in restricted.page(f"/deployments/{runs}", "bob")[1]
    assert restricted.page(f"/deployments/{runs}/rerun", "bob")[0] == 403
    assert former.cancel(works).status == 202
    assert former.call(f"/{runs}", "DELETE").status == 202
    former.ended(runs, "removed")


def test_a_restricted_target_gives_no_download_to_who_may_not_use_it(tmp_path: Path) -> None:
    host = host_with(tmp_path, {}, {"access": ACCESS}, anonymousDownload=True)
    try:
        path = f"/getSolutionZip/{SOLUTION}"
        assert host.host.call(path).status == 401
        assert host.host.call(path, token=host.client().token).status == 403
        assert host.host.call(path, token=host.client("bob", "Publisher").token).status == 200
        host.change([{"module": "LocalYAML"}])
        assert host.host.call(path).status == 200
    finally:
        host.host.kill()


def test_a_full_target_does_not_keep_others_waiting(limited: AdministeredHost) -> None:
    client = limited.client()
    first, second = (client.made(slow=True, place=f"team-{number}") for number in range(2))
    client.works(first)
    client.ended(_made_single(client), "completed")
    assert client.state(second) == "queued"
    client.cancel(first)
    client.works(second)
    client.cancel(second)


def _made_single(client: Client) -> str:
    """A deployment of a single model to the other target."""
    content = {
        "solutionId": "11111111-1111-4111-8111-111111111111", "revisionId": "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
        "target": "local-yaml",
    }
    answer = client.submit_body(content)
    assert answer.status == 202, answer
    return str(answer.json()["id"])


@pytest.mark.parametrize("options", [{"place": "kube-system"}, {}])
def test_a_namespace_that_is_not_allowed_is_refused_at_once(limited: AdministeredHost, options: dict[str, str]) -> None:
    answer = limited.client().submit(**options)
    assert answer.status == 422, answer
    assert "team-*" in answer.json()["detail"] and answer.json()["remedy"]
    obstacles = limited.post("previews", **options).json()["obstacles"]
    assert any("team-*" in obstacle["why"] for obstacle in obstacles)


def test_a_solution_with_too_many_nodes_is_refused_before_anything_is_written(limited: AdministeredHost) -> None:
    plan = limited.post("plans", target="local-yaml")
    assert plan.status == 422 and "allows 2" in plan.json()["detail"]
    assert "allows 2" in limited.page(f"/local-yaml/deploy/{SOLUTION}")[1]
    token = limited.client().token
    assert limited.host.call(f"/getSolutionZip/{SOLUTION}", token=token).status == 422
    client = limited.client()
    record = client.ended(client.made("local-yaml"), "failed")
    assert record["failure"]["code"] == "limit-exceeded" and "allows 2" in record["failure"]["why"]


def test_images_from_other_registries_are_refused_with_their_node(tmp_path: Path) -> None:
    host = host_with(tmp_path, {"limits": {"registries": ["registry.example.org/none"]}}, {})
    try:
        answer = host.post("plans")
        assert answer.status == 422 and answer.json()["node"]
        assert "registry.example.org/none" in answer.json()["detail"]
        obstacles = host.post("previews").json()["obstacles"]
        assert len(obstacles) >= 4, "three nodes and the orchestrator"
    finally:
        host.host.kill()


def run(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in (solutions.EXECUTABLE, *words)], capture_output=True, text=True, check=False)


def test_commands_keep_to_the_limits_of_their_configuration(limited: AdministeredHost) -> None:
    deploying = run("deploy", SOLUTION, "--target", "local-yaml", "--config", limited.file)
    assert deploying.returncode == 1 and "allows 2" in deploying.stderr, deploying
    place = run("deploy", SOLUTION, "--target", "fixture", "--option", "place=other", "--config", limited.file)
    assert place.returncode == 1 and "team-*" in place.stderr, place
    fine = run("deploy", SOLUTION, "--target", "fixture", "--option", "place=team-a", "--config", limited.file)
    assert fine.returncode == 0, fine


def test_a_check_of_the_configuration_finds_limits_without_meaning(limited: AdministeredHost) -> None:
    limited.content["targets"][0] |= {"limits": {"namespaces": ["a"]}}
    limited.content["jwt"] = {"key": "123e4567-e89b-12d3-a456-426614174000"}
    limited.write()
    check = run("config", "check", "--config", limited.file)
    assert check.returncode == 1 and "targets[0].limits.namespaces" in check.stderr, check
