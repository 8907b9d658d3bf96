"""The description of the API: that it is valid and complete, and that the host keeps to it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, Iterator

import pytest
import schemathesis
import yaml
from folders import REPOSITORY
from host import Host, token
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

HERE = Path(__file__).resolve().parent
FOLDER = REPOSITORY / "Sources" / "DeployerHost" / "HTTP" / "Documentation"
DESCRIPTION = FOLDER / "openapi.yaml"
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}

ROUTES = """
GET    /api/v1/targets
POST   /api/v1/plans
POST   /api/v1/previews
POST   /api/v1/choices
GET    /api/v1/deployments
POST   /api/v1/deployments
GET    /api/v1/deployments/{id}
DELETE /api/v1/deployments/{id}
GET    /api/v1/deployments/{id}/events
GET    /api/v1/deployments/{id}/artifact
GET    /api/v1/deployments/{id}/logs
POST   /api/v1/deployments/{id}/logs
POST   /api/v1/deployments/{id}/cancel
POST   /api/v1/deployments/{id}/rerun
GET    /deploy/{solutionId}/{revisionId}
POST   /deploy/{solutionId}/{revisionId}
GET    /{target}/deploy/{solutionId}/{revisionId}
POST   /{target}/deploy/{solutionId}/{revisionId}
GET    /getSolutionZip/{solutionId}/{revisionId}
GET    /
GET    /deployments
GET    /deployments/{id}
POST   /deployments/{id}/cancel
GET    /deployments/{id}/rerun
POST   /deployments/{id}/rerun
GET    /deployments/{id}/undeploy
POST   /deployments/{id}/undeploy
GET    /deployments/{id}/logs
POST   /deployments/{id}/logs
GET    /assets/{name}
GET    /targets
GET    /healthz
GET    /readyz
GET    /metrics
GET    /openapi.yaml
GET    /openapi.json
GET    /docs
"""

# What a deployment that local-yaml has completed answers. Running again is last: it begins the deployment anew.
ANSWERS = [
    ("getDeployment", None, 200),
    ("followDeployment", None, 200),
    ("getArtifact", None, 200),
    ("getLogs", None, 422),
    ("getLogsWithOptions", {"options": {}}, 422),
    ("cancelDeployment", None, 409),
    ("deleteDeployment", None, 422),
    ("deleteDeployment", {}, 422),
    ("openDeploymentPage", None, 200),
    ("openRerunPage", None, 200),
    ("openUndeployPage", None, 200),
    ("openLogsPage", None, 422),
    ("sendCancelForm", {}, 409),
    ("sendUndeployForm", {}, 422),
    ("sendLogsForm", {"node": ""}, 422),
    ("rerunDeployment", {"options": {"volume-size": "2Gi"}}, 202),
]
SAMPLE = {
    "solutionId": "33333333-3333-4333-8333-333333333333",
    "revisionId": "cccccccc-cccc-4ccc-8ccc-cccccccccccc",
    "target": "local-yaml",
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return yaml.safe_load(DESCRIPTION.read_text("utf-8"))


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = Host(tmp_path_factory.mktemp("host"))
    yield host
    host.stop()


@pytest.fixture(scope="module")
def deployment(host: Host) -> str:
    """The id of a deployment that is completed: its events end only then."""
    made = host.call("/api/v1/deployments", "POST", SAMPLE, token=token())
    assert made.status == 202, made.content
    identifier = made.json()["id"]
    assert made.headers["Location"] == f"deployments/{identifier}"
    events = host.call(f"/api/v1/deployments/{identifier}/events", token=token())
    assert events.content.decode().rstrip().endswith('event: end\ndata: {"state":"completed"}')
    return identifier


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and description of every operation."""
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            yield path, method, item[method]


def media_types(value: Any) -> Iterator[dict[str, Any]]:
    """Every media type object below a value."""
    if isinstance(value, dict):
        if isinstance(value.get("content"), dict):
            yield from value["content"].values()
        for member in value.values():
            yield from media_types(member)
    elif isinstance(value, list):
        for element in value:
            yield from media_types(element)


def test_the_description_is_valid(document: dict[str, Any]) -> None:
    validate(document)


def test_every_route_is_described(document: dict[str, Any]) -> None:
    described = [f"{method.upper()} {path}" for path, method, _ in operations(document)]
    assert sorted(described) == sorted(" ".join(line.split()) for line in ROUTES.strip().splitlines())


def test_operations_have_what_readers_need(document: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in document["tags"]}
    identifiers = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(identifiers)) == len(identifiers)
    for path, method, operation in operations(document):
        assert operation["summary"] and set(operation["tags"]) <= tags, f"{method} {path}"


def test_examples_fit_their_schemas(document: dict[str, Any]) -> None:
    root = Resource.from_contents(document, default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:description", root)
    checked = 0
    for media_type in media_types(document):
        examples = [example["value"] for example in media_type.get("examples", {}).values()]
        examples += [media_type["example"]] if "example" in media_type else []
        reference = media_type.get("schema", {}).get("$ref")
        if not reference or reference.endswith("/StreamedEvent"):  # the example is the stream as it is sent
            continue
        for example in examples:
            OAS31Validator({"$ref": "urn:description" + reference}, registry=registry).validate(example)
            checked += 1
    assert checked > 3


def test_the_viewer_needs_no_other_host_and_no_inline_code() -> None:
    page = (FOLDER / "docs.html").read_text("utf-8")
    script, style = ((FOLDER / name).read_text("utf-8") for name in ("docs.js", "docs.css"))
    assert not re.search(r"""(?:src|href)=["']?(?:https?:|//|/)""", page)
    assert not re.search(r"<style|<script>|\sstyle=|\son\w+=", page)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|https?:", script)
    assert not re.search(r"@import|url\(", style)


def test_the_host_gives_out_the_description_to_everybody(host: Host, document: dict[str, Any]) -> None:
    served = host.call("/openapi.yaml")
    assert (served.status, served.headers.get_content_type()) == (200, "application/yaml")
    assert served.content == DESCRIPTION.read_bytes()
    converted = host.call("/openapi.json")
    assert (converted.status, converted.headers.get_content_type()) == (200, "application/json")
    assert converted.json() == document


@pytest.mark.parametrize(
    ("path", "name", "media_type"),
    [
        ("/docs", "docs.html", "text/html"),
        ("/assets/docs.css", "docs.css", "text/css"),
        ("/assets/docs.js", "docs.js", "text/javascript"),
    ],
)
def test_the_host_gives_out_the_viewer_to_everybody(host: Host, path: str, name: str, media_type: str) -> None:
    served = host.call(path)
    assert (served.status, served.headers.get_content_type()) == (200, media_type)
    assert served.content == (FOLDER / name).read_bytes()


def test_the_viewer_may_load_its_style_and_its_script(host: Host) -> None:
    policy = host.call("/docs").headers["Content-Security-Policy"]
    sources = dict(directive.split(" ", 1) for directive in re.split(r";\s*", policy) if " " in directive)
    for kind in ("script-src", "style-src", "connect-src"):
        assert "'self'" in sources.get(kind, sources["default-src"]).split(), policy


@pytest.mark.parametrize(("identifier", "body", "status"), ANSWERS)
def test_a_completed_deployment_answers_as_described(
    host: Host, deployment: str, identifier: str, body: Any, status: int
) -> None:
    operation = schemathesis.openapi.from_path(DESCRIPTION).find_operation_by_id(identifier)
    media_type = "multipart/form-data" if identifier.startswith("send") else "application/json"
    given = {} if body is None else {"body": body, "media_type": media_type}
    case = operation.Case(path_parameters={"id": deployment}, **given)
    response = case.call(base_url=host.url, headers={"Authorization": f"Bearer {token()}"})
    assert response.status_code == status, response.content
    case.validate_response(response)


def test_events_are_the_same_as_a_list_and_as_a_stream(host: Host, deployment: str) -> None:
    path = f"/api/v1/deployments/{deployment}/events"
    listed = host.call(path, token=token(), Accept="application/json").json()["events"]
    stream = host.call(path, token=token()).content.decode()
    *streamed, end = [json.loads(line.removeprefix("data: ")) for line in stream.splitlines() if line[:5] == "data:"]
    assert listed == streamed[: len(listed)] and listed
    assert end.keys() == {"state"}


@pytest.mark.parametrize("path", ["/api/v1/targets", "/api/v1/plans", "/nothing"])
def test_an_error_that_answers_head_has_no_body(host: Host, path: str) -> None:
    # It would be taken for the next answer on the connection; http.client passes over it.
    server, port = host.url.removeprefix("http://").split(":")
    with socket.create_connection((server, int(port)), timeout=10) as connection:
        connection.sendall(f"HEAD {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 401 ")
    assert answer.partition(b"\r\n\r\n")[2] == b""


def test_the_host_answers_as_described(host: Host, tmp_path: Path) -> None:
    command = [
        Path(sys.executable).with_name("st"), "--config-file", HERE / "openapi-checks.toml",
        "run", DESCRIPTION, "--url", host.url, "--no-color",
    ]
    result = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"HOST_TOKEN": token()}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300,
    )
    assert result.returncode == 0, result.stdout
