"""The proxy before the API server: what passes, what it records, and its faults."""

from __future__ import annotations

import time
from concurrent import futures
from pathlib import Path
from typing import Iterator

import pytest
from api_requests import Request, matching, since
from creodias import PIPELINE, Deployer, on, succeeded, words
from fault_proxy import FaultProxy
from live_cluster import Place, eventually
from proxy_client import Client

pytestmark = pytest.mark.cluster
NAMESPACES = "/api/v1/namespaces"


@pytest.fixture
def client(proxied: Path) -> Iterator[Client]:
    client = Client(proxied)
    yield client
    client.close()


@pytest.mark.parametrize(
    ("method", "target", "said"),
    [
        ("GET", "/api/v1/namespaces", "list namespaces"),
        ("GET", "/api/v1/namespaces/x", "get namespaces x"),
        ("GET", "/api/v1/namespaces/x/pods?watch=true", "watch pods"),
        ("GET", "/api/v1/namespaces/x/pods/a/portforward?ports=8061", "get pods/portforward a"),
        ("PATCH", "/apis/apps/v1/namespaces/x/deployments/gui1?force=true", "patch deployments gui1"),
        ("PATCH", "/api/v1/namespaces/x", "patch namespaces x"),
        ("PUT", "/apis/coordination.k8s.io/v1/namespaces/x/leases/l", "update leases l"),
        ("DELETE", "/api/v1/namespaces/x/services/s", "delete services s"),
        ("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", "create selfsubjectrulesreviews"),
    ],
)
def test_a_request_is_told_in_the_words_of_a_role(method: str, target: str, said: str) -> None:
    assert str(Request(method, target)) == said


def test_what_passes_is_recorded_in_its_order(client: Client, proxy: FaultProxy) -> None:
    assert client.get(NAMESPACES)[0] == 200
    assert client.get(f"{NAMESPACES}/default")[0] == 200
    assert [str(each) for each in proxy.requests] == ["list namespaces", "get namespaces default"]


def test_a_fault_answers_as_often_as_it_was_asked_for(client: Client, proxy: FaultProxy) -> None:
    proxy.fault(matching("list", "namespaces"), 429, times=2, headers={"Retry-After": "1"})
    answers = [client.get(NAMESPACES) for _ in range(3)]
    assert [code for code, _ in answers] == [429, 429, 200]
    assert answers[0][1]["Retry-After"] == "1"


def test_a_fault_may_begin_with_the_nth_request(client: Client, proxy: FaultProxy) -> None:
    proxy.fault(since(2), 401)
    assert [client.get(NAMESPACES)[0] for _ in range(3)] == [200, 401, 401]
    proxy.heal()
    assert client.get(NAMESPACES)[0] == 200


def test_a_delayed_request_passes_later(client: Client, proxy: FaultProxy) -> None:
    proxy.fault(matching("list"), delay=0.5)
    begin = time.monotonic()
    assert client.get(NAMESPACES)[0] == 200
    assert time.monotonic() - begin >= 0.5


def test_a_held_request_passes_when_it_is_let_go(client: Client, proxy: FaultProxy) -> None:
    proxy.fault(matching("list"), holds=True)
    with futures.ThreadPoolExecutor(1) as pool:
        answer = pool.submit(client.get, NAMESPACES)
        eventually(lambda: proxy.under_way("list") == 1, "the request is held")
        assert not answer.done()
        proxy.heal()
        assert answer.result(timeout=10)[0] == 200


def test_a_reset_is_a_connection_that_breaks(client: Client, proxy: FaultProxy) -> None:
    proxy.fault(matching("list"), resets=True, times=1)
    with pytest.raises(ConnectionResetError):
        client.get(NAMESPACES)


def test_a_watch_streams_until_it_is_reset(client: Client, proxy: FaultProxy) -> None:
    with client.watch("/api/v1/namespaces/default/services") as lines:
        assert b'"ADDED"' in next(lines)
        assert proxy.under_way("watch") == 1
        assert proxy.reset(matching("watch")) == 1
        # Python's TLS reads a reset as an end.
        assert list(lines) == []


def test_all_commands_go_through_it(deployer: Deployer, proxied: Path, proxy: FaultProxy, place: Place) -> None:
    options = on(proxied, place.name)
    for command in ("plan", "deploy", "status", "logs", "rerun", "undeploy"):
        result = succeeded(deployer.run(command, PIPELINE, *options))
        if command in ("deploy", "rerun"):
            assert place.orchestrator_status().message == "running", words(result)
        assert command != "logs" or "berth-gui1 | berth-gui1 starts" in result.stdout
    assert proxy.seen("watch", "pods") and proxy.seen("get", "pods/portforward") and proxy.seen("get", "pods/log")
    assert not place.objects("deployments")
