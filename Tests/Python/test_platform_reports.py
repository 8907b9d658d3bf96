"""What a running host tells the platform of deployments, and that nothing depends on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Callable, Iterator

import pytest
from deployment_client import Client, eventually
from fixture_target import module_folder
from host import Host
from platform_services import PASSWORD, PlatformServices

BEGIN = ["POST deploy", "POST task"]
NOTIFY = ["POST notif", "POST notif/user"]
END = ["PUT deploy", "POST task/stepresult", "PUT task", *NOTIFY]
TOKEN = "a-token-that-is-secret"


@pytest.fixture
def platform() -> Iterator[PlatformServices]:
    platform = PlatformServices()
    yield platform
    platform.stop()


@pytest.fixture
def start(tmp_path: Path, platform: PlatformServices) -> Iterator[Callable[..., Host]]:
    """Starts a host that reports to the platform; it ends with the test."""
    started: list[Host] = []

    def start(**section: object) -> Host:
        configuration = tmp_path / "deployer.yaml"
        configuration.write_text(json.dumps({  # JSON is YAML
            "modules": {"folders": [module_folder()]}, "targets": [{"module": "FixtureTarget", "required": True}],
            "defaultTarget": "fixture", "catalogue": platform.catalogue() | section,
            "publicOrigin": "https://portal.example.org", "publicPrefix": "/deployer",
            "deployments": {"shutdownTimeout": 1},
        }))
        started.append(Host(tmp_path, "--config", configuration, catalogue=None))
        return started[-1]

    yield start
    for host in started:
        host.kill()


def test_a_deployment_is_told_from_its_beginning_to_its_end(
    start: Callable[..., Host], platform: PlatformServices
) -> None:
    host = start()
    client = Client(host)
    identifier = client.made(token=TOKEN)
    client.ended(identifier, "running")
    assert host.stop() == 0
    assert platform.calls() == BEGIN + END
    notification = platform.told[-2].body
    assert notification["url"] == f"https://portal.example.org/deployer/deployments/{identifier}"
    assert notification["msgSeverityCode"] == "ME" and "http://127.0.0.1:30001/" in notification["message"]
    assert json.loads(platform.told[2].body["detail"])["deployment"] == identifier
    for text in (host.log(), json.dumps([told.body for told in platform.told])):
        assert TOKEN not in text and PASSWORD not in text


def test_a_deployment_that_the_host_s_end_interrupts_is_told_before_the_host_is_gone(
    start: Callable[..., Host], platform: PlatformServices
) -> None:
    host = start()
    Client(host).made(slow=True)
    eventually(lambda: platform.calls() == BEGIN, "the beginning is told")
    assert host.stop() == 0
    assert platform.calls() == BEGIN + END
    assert platform.told[-2].body["msgSeverityCode"] == "HI"
    assert platform.told[2].body["deploymentStatusCode"] == "FA"


def test_a_host_that_was_restarted_knows_no_ids_and_only_notifies(
    start: Callable[..., Host], platform: PlatformServices
) -> None:
    host = start()
    identifier = Client(host).made()
    Client(host).ended(identifier, "running")
    assert host.stop() == 0
    platform.told.clear()
    host = start()
    assert Client(host).call(f"/{identifier}", "DELETE").status == 202
    Client(host).ended(identifier, "removed")
    assert host.stop() == 0
    assert platform.calls() == NOTIFY


@pytest.mark.parametrize("fault", [500, 401, "silence"])
def test_a_platform_that_takes_nothing_holds_neither_a_deployment_nor_the_host_s_end(
    start: Callable[..., Host], platform: PlatformServices, fault: object
) -> None:
    platform.hangs = fault == "silence"
    platform.status = fault if isinstance(fault, int) else None
    host = start(requestTimeout=600)
    client = Client(host)
    record = client.ended(client.made(), "running")
    events = client.events(record["id"])
    assert host.stop() == 0
    assert "failure" not in record and not any("report" in event["text"] for event in events)
    assert "report" in host.log() and PASSWORD not in host.log()


def test_a_host_that_is_not_to_report_tells_nothing(start: Callable[..., Host], platform: PlatformServices) -> None:
    host = start(report=False)
    client = Client(host)
    client.ended(client.made(), "running")
    assert host.stop() == 0
    assert platform.calls() == []
