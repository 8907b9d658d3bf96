"""A deployment is run again, taken away, and its logs are read. Secrets are presented each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests
from deployment_client import Client
from fixture_target import StartHost
from host import Answer

TOKEN = "Marked-token-of-the-owner"
SECRET = {"token": TOKEN, "expected_length": len(TOKEN)}


def undeploy(client: Client, identifier: str, **options: str) -> Answer:
    return client.call(f"/{identifier}", "DELETE", {"options": options} if options else None)


def ended_with(client: Client, **options: Any) -> str:
    """Makes a deployment, waits for its end, and tells its id."""
    identifier = client.made(**options)
    client.ended(identifier)
    return identifier


def is_nowhere(folder: Path, text: str) -> None:
    """Asserts that no file of the host holds a text."""
    files = [path for path in [folder / "host.log", *(folder / "state").glob("**/*")] if path.is_file()]
    assert len(files) > 1
    assert not [path for path in files if text.encode() in path.read_bytes()]


def test_a_pipeline_that_runs_is_started_anew(fixture_host: StartHost, tmp_path: Path) -> None:
    client = Client(fixture_host())
    identifier = ended_with(client, **SECRET)
    last = client.show(identifier)["lastEvent"]
    answer = client.again(identifier, token=TOKEN)
    assert answer.status == 202
    assert (answer.json()["operation"], answer.json()["state"]) == ("rerun", "queued")
    record = client.ended(identifier, "running")
    assert (record["attempt"], record["operation"]) == (1, "rerun")
    assert record["links"], "the pages of what runs are still there"
    assert {"phase", "state"} == {event["kind"] for event in client.events(identifier)[last:]}
    assert [phase["state"] for phase in record["phases"]] == ["queued", "fetching", "starting"]
    is_nowhere(tmp_path, TOKEN)


def test_what_has_failed_is_deployed_again_with_its_options_and_new_ones(
    fixture_host: StartHost, tmp_path: Path
) -> None:
    client = Client(fixture_host())
    identifier = ended_with(client, error="conflict", text="first", outcome="completed", **SECRET)
    before = client.show(identifier)
    assert (before["state"], before["failure"]["code"]) == ("failed", "conflict")
    assert client.again(identifier, error="", text="second", token=TOKEN).status == 202
    after = client.ended(identifier, "completed")
    assert after["options"] == {"text": "second", "outcome": "completed", "expected-length": str(len(TOKEN))}
    assert (after["attempt"], after["operation"], after["created"]) == (2, "deploy", before["created"])
    assert "failure" not in after
    assert client.call(f"/{identifier}/artifact").content == b"made"
    is_nowhere(tmp_path, TOKEN)


@pytest.mark.parametrize("given", [{}, {"token": "wrong"}])
def test_a_secret_is_not_kept_for_the_next_run(fixture_host: StartHost, given: dict[str, str]) -> None:
    client = Client(fixture_host())
    identifier = ended_with(client, outcome="completed", **SECRET)
    assert client.again(identifier, **given).status == 202
    failure = client.ended(identifier, "failed")["failure"]
    assert (failure["code"], failure["what"]) == ("invalid-option", "The token has another length")
    assert client.again(identifier, token=TOKEN).status == 202
    assert client.ended(identifier, "completed")["attempt"] == 3


def test_options_of_a_rerun_are_checked(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = ended_with(client)
    before = client.show(identifier)
    assert client.again(identifier, pace="fast").status == 422
    assert client.again(identifier, typo="1").status == 422
    assert client.show(identifier) == before


def test_nothing_else_is_done_with_a_deployment_that_is_worked_on(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = client.made(slow=True)
    client.works(identifier)
    assert client.again(identifier).status == 409
    assert undeploy(client, identifier).status == 409
    assert client.state(identifier) == "applying"


def test_a_deployment_is_taken_away(fixture_host: StartHost, tmp_path: Path) -> None:
    client = Client(fixture_host())
    identifier = ended_with(client, **SECRET)
    stream_from = client.show(identifier)["lastEvent"]
    answer = undeploy(client, identifier, token=TOKEN)
    assert answer.status == 202
    assert (answer.json()["operation"], answer.json()["state"]) == ("undeploy", "queued")
    record = client.ended(identifier, "removed")
    assert (record["links"], record["attempt"]) == ([], 1)
    states = [event.get("state") for event in client.events(identifier)[stream_from:]]
    assert states == ["queued", "removing", "removing", "removed"]
    assert undeploy(client, identifier, token=TOKEN).status == 409
    assert client.again(identifier, token=TOKEN).status == 202
    assert client.ended(identifier, "running")["attempt"] == 2
    is_nowhere(tmp_path, TOKEN)


def test_taking_away_needs_the_secret_too(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = ended_with(client, **SECRET)
    assert undeploy(client, identifier).status == 202
    assert client.ended(identifier, "failed")["failure"]["code"] == "invalid-option"
    assert undeploy(client, identifier, token=TOKEN).status == 202
    client.ended(identifier, "removed")


def test_a_target_that_hands_over_has_nothing_to_take_away(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = ended_with(client, target="local-yaml")
    before = client.show(identifier)
    assert undeploy(client, identifier).status == 422
    assert client.show(identifier) == before
    assert client.again(identifier).status == 202
    assert client.ended(identifier, "completed")["attempt"] == 2


def test_logs_are_read_with_the_secret_as_long_as_there_is_work(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    identifier = client.made(slow=True, seconds=5, **SECRET)
    client.works(identifier)
    during = client.call(f"/{identifier}/logs")
    assert (during.status, during.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert during.content.decode().splitlines() == ["model\tmodel is ready", "orchestrator\torchestrator is ready"]


def test_logs_are_read_with_the_secret_again_after_the_end(fixture_host: StartHost, tmp_path: Path) -> None:
    client = Client(fixture_host())
    identifier = ended_with(client, **SECRET)
    without = client.call(f"/{identifier}/logs")
    assert without.status == 422
    again = client.call(f"/{identifier}/logs?node=model", "POST", {"options": {"token": TOKEN}})
    assert (again.status, again.content) == (200, b"model\tmodel is ready\n")
    assert client.call(f"/{identifier}/logs").status == 422, "presenting it once keeps it nowhere"
    is_nowhere(tmp_path, TOKEN)


def test_logs_can_be_read_again_and_again_by_one_client(fixture_host: StartHost) -> None:
    host = fixture_host()
    client = Client(host)
    url = f"{host.url}/api/v1/deployments/{ended_with(client)}/logs"
    with requests.Session() as session:  # which uses a connection again, unless it is told that it ends
        for _ in range(20):
            answer = session.get(url, headers={"Authorization": f"Bearer {client.token}"}, timeout=30)
            assert answer.status_code == 200 and answer.text.endswith("orchestrator is ready\n"), answer.text


def test_a_target_without_logs_says_so(fixture_host: StartHost) -> None:
    client = Client(fixture_host())
    answer = client.call(f"/{ended_with(client, target='local-yaml')}/logs")
    assert answer.status == 422
    assert answer.json()["title"]
