"""GET /metrics of a running host, as a Prometheus client reads it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Iterator, Optional

import pytest
from host import Host
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

IDS = ("11111111-1111-4111-8111-111111111111", "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa")
OWN = "graphene_deployer_"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = Host(tmp_path_factory.mktemp("host"))
    yield host
    host.stop()


def families(host: Host) -> list[Metric]:
    answer = host.call("/metrics")
    assert answer.status == 200
    return list(text_string_to_metric_families(answer.content.decode()))


def value(host: Host, name: str, **labels: str) -> Optional[float]:
    """The sample of exactly these labels."""
    found = [s.value for f in families(host) for s in f.samples if s.name == name and s.labels == labels]
    assert len(found) <= 1
    return found[0] if found else None


def start_time(process: int) -> float:
    """When a process started, in seconds since 1970, as proc(5) tells."""
    boot = next(line for line in Path("/proc/stat").read_text().splitlines() if line.startswith("btime "))
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return float(boot.split()[1]) + float(fields[19]) / os.sysconf("SC_CLK_TCK")


def test_it_needs_no_token_and_says_which_format_it_is(host: Host) -> None:
    answer = host.call("/metrics")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.content.endswith(b"\n")


def test_every_metric_has_a_type_and_a_help(host: Host) -> None:
    found = {(family.name, family.type) for family in families(host)}
    # The parser takes `_total` off the names of counters.
    assert found >= {
        (OWN + "active_deployments", "gauge"), (OWN + "deployments", "counter"), (OWN + "phase_seconds", "histogram"),
        (OWN + "queue_length", "gauge"), (OWN + "event_streams", "gauge"), (OWN + "http_requests", "counter"),
        (OWN + "http_request_seconds", "histogram"), (OWN + "module_load_failures", "counter"), (OWN + "info", "gauge"),
        ("process_start_time_seconds", "gauge"), ("process_resident_memory_bytes", "gauge"),
        ("process_open_fds", "gauge"), ("process_cpu_seconds", "counter"),
    }
    assert all(family.documentation and family.type != "unknown" for family in families(host))


def test_no_sample_is_told_twice(host: Host) -> None:
    samples = [(s.name, tuple(sorted(s.labels.items()))) for family in families(host) for s in family.samples]
    assert len(samples) == len(set(samples))


def test_requests_are_counted_by_method_route_and_status(host: Host) -> None:
    labels = {"method": "GET", "route": "/healthz", "status": "200"}
    before = value(host, OWN + "http_requests_total", **labels) or 0
    for _ in range(3):
        host.call("/healthz")
    assert value(host, OWN + "http_requests_total", **labels) == before + 3


def test_routes_are_templates(host: Host) -> None:
    paths = ["/deploy/" + "/".join(IDS), "/api/v1/deployments/" + IDS[0], "/nothing/" + IDS[1]]
    for path in paths:
        assert host.call(path).status in (401, 404)
    routes = {s.labels["route"] for f in families(host) for s in f.samples if "route" in s.labels}
    assert "/deploy/{solutionId}/{revisionId}" in routes
    assert "unmatched" in routes
    assert not [route for route in routes if any(part in route for part in (*IDS, "nothing"))]


def test_methods_beyond_the_usual_ones_are_one(host: Host) -> None:
    unusual = {"PROPFIND", "MKCOL", "REPORT"}
    for method in unusual:
        host.call("/healthz", method=method)
    methods = {s.labels["method"] for f in families(host) for s in f.samples if "method" in s.labels}
    assert "other" in methods
    assert not methods & unusual


def test_buckets_are_cumulative_and_end_with_the_count(host: Host) -> None:
    host.call("/healthz")
    buckets: dict[tuple[str, str], list[tuple[float, float]]] = {}
    counts: dict[tuple[str, str], float] = {}
    for family in families(host):
        for sample in family.samples:
            labels = {name: text for name, text in sample.labels.items() if name != "le"}
            key = (family.name, str(sorted(labels.items())))
            if family.type == "histogram" and sample.name.endswith("_bucket"):
                buckets.setdefault(key, []).append((float(sample.labels["le"]), sample.value))
            elif family.type == "histogram" and sample.name.endswith("_count"):
                counts[key] = sample.value
    assert buckets and buckets.keys() == counts.keys()
    for key, found in buckets.items():
        assert found == sorted(found)
        assert [number for _, number in found] == sorted(number for _, number in found)
        assert found[-1] == (float("inf"), counts[key])


def test_the_process_is_measured(host: Host) -> None:
    files = len(os.listdir(f"/proc/{host.process.pid}/fd"))
    assert 0 < value(host, "process_open_fds") <= files + 8
    pages = int(Path(f"/proc/{host.process.pid}/statm").read_text().split()[1])
    resident = value(host, "process_resident_memory_bytes")
    assert 0.5 < resident / (pages * os.sysconf("SC_PAGE_SIZE")) < 2
    assert abs(value(host, "process_start_time_seconds") - start_time(host.process.pid)) < 2
    assert value(host, "process_cpu_seconds_total") >= 0
