"""Solutions are handed over to a playground: by the API, the page, the command, and by opening the address."""

from __future__ import annotations

import json
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, Callable, Iterator

import pytest
import requests
import solutions
from deployment_client import PIPELINE, Client, eventually
from fake_playground import FakePlayground
from fixture_target import module_folder
from host import Host, token
from web_client import Page, WebClient
from web_host import SOLUTION, deployed, finished, form_page, visitor

OTHER = {
    "solutionId": "33333333-3333-4333-8333-333333333333", "revisionId": "cccccccc-cccc-4ccc-8ccc-cccccccccccc",
}
LISTED = "Not allowed for your domain: 192.0.2.7"
PAGE = b"<!doctype html><title>500</title><h1>Oops</h1><script>alert(1)</script><p>no nodes left"


def configuration(
    folder: Path, url: str, entry: str = "page", timeout: int = 20, isolation: str = "host", authorities: str = "",
    **sections: Any,
) -> Path:
    """Writes a configuration with the target. JSON is YAML."""
    targets: list[dict[str, Any]] = [
        {
            "module": "Playground", "required": True, "entry": entry, "isolation": isolation,
            "settings": {"deployURL": url, "timeout": timeout} | ({"authorities": authorities} if authorities else {}),
        },
        {"module": "LocalYAML"}, {"module": "FixtureTarget"},
    ]
    content = {
        "modules": {"folders": [module_folder()]}, "targets": targets, "defaultTarget": "playground",
        "catalogue": {"directory": str(solutions.SAMPLES), "accessCheck": False},
        "cookie": {"secure": False}, "network": {"allow": ["127.0.0.0/8"]},
    }
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "deployer.yaml"
    file.write_text(json.dumps(content | sections))
    return file


@pytest.fixture
def start(tmp_path: Path, playground: FakePlayground) -> Iterator[Callable[..., Host]]:
    """Starts hosts with the target; they end with the test."""
    started: list[Host] = []

    def start(entry: str = "page", url: str = "", **arguments: Any) -> Host:
        file = configuration(tmp_path, url or playground.url, entry, **arguments)
        started.append(Host(tmp_path, "--config", file))
        return started[-1]

    yield start
    for host in started:
        host.kill()


def submitted(client: Client, solution: dict[str, str] = PIPELINE, **options: str) -> str:
    answer = client.submit_body(solution | {"target": "playground", "options": options})
    assert answer.status == 202, answer
    return str(answer.json()["id"])


@pytest.mark.parametrize("isolation", ["host", "process"])
def test_a_solution_is_handed_over_and_the_deployment_leads_to_its_page(
    start: Callable[..., Host], playground: FakePlayground, tmp_path: Path, isolation: str
) -> None:
    client = Client(start(isolation=isolation))
    record = client.ended(submitted(client), "completed")
    [handed] = playground.handed
    assert (handed.method, handed.path) == ("POST", "/deploy_solution")
    assert handed.headers["Content-Type"] == "application/json"
    assert not {"authorization", "cookie", "jwttoken"} & {name.lower() for name in handed.headers}
    assert handed.username == "alice@example.org"
    assert record["links"] == [
        {"title": "Open in the playground", "url": playground.origin + "/dashboard?selected_deployment_id=1"}
    ]
    folder = solutions.unpack(SOLUTION, tmp_path / "expected")
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert handed.files == files  # the package that local-yaml makes
    assert "mountVolume" not in handed.files["blueprint.json"].decode()


def test_a_user_of_any_name_is_told_in_correct_json(start: Callable[..., Host], playground: FakePlayground) -> None:
    client = Client(start(), user='Žofie "\\ O\'Neil')
    client.ended(submitted(client), "completed")
    assert playground.handed[0].username == 'Žofie "\\ O\'Neil@example.org'


def test_two_at_once_keep_their_solutions_and_users_apart(
    start: Callable[..., Host], playground: FakePlayground
) -> None:
    playground.gate = threading.Event()
    host = start()
    alice, bob = Client(host, "alice"), Client(host, "bob")
    mine = [(alice, submitted(alice)), (bob, submitted(bob, OTHER))]
    eventually(lambda: len(playground.handed) == 2, "both are there before one is answered")
    playground.gate.set()
    links = [client.ended(identifier, "completed")["links"][0]["url"] for client, identifier in mine]
    assert len(set(links)) == 2
    by_user = {handed.username: handed for handed in playground.handed}
    assert set(by_user) == {"alice@example.org", "bob@example.org"}
    assert "deployments/berth-gui1_service.yaml" in by_user["alice@example.org"].files
    assert "deployments/pvc.yaml" in by_user["bob@example.org"].files


def test_the_user_is_that_of_the_token_and_of_nothing_else(
    start: Callable[..., Host], playground: FakePlayground
) -> None:
    host, name = start(), "username"
    answer = Client(host).submit_body(PIPELINE | {"target": "playground", "options": {name: "eve@example.org"}})
    assert answer.status == 422 and answer.json()["field"] == name and "sign-in" in answer.json()["detail"]
    client = visitor(host)
    form = form_page(client, "playground").form()
    assert form.value("option.volume-size") and not form.value(f"option.{name}")
    form.fields.append((f"option.{name}", "eve@example.org"))
    page = client.send(form, action="deploy")
    finished(client, page.url.rsplit("/", 1)[1])
    assert [handed.username for handed in playground.handed] == ["alice@example.org"]
    [option] = [
        option for target in host.call("/api/v1/targets", token=token()).json()["targets"]
        if target["id"] == "playground" for option in target["options"] if option["name"] == name
    ]
    assert option["userAttribute"] == "email"


def test_an_administrator_who_deploys_again_does_not_become_its_user(
    start: Callable[..., Host], playground: FakePlayground
) -> None:
    host = start()
    alice, admin = Client(host), Client(host, "root", ("Admin",))
    identifier = submitted(alice)
    alice.ended(identifier, "completed")
    assert admin.again(identifier).status == 202
    alice.ended(identifier, "completed")
    assert [handed.username for handed in playground.handed] == ["alice@example.org"] * 2
    assert alice.again(identifier, username="eve@example.org").status == 422


def test_the_page_of_the_deployment_has_the_link(start: Callable[..., Host], playground: FakePlayground) -> None:
    client = visitor(start())
    identifier = finished(client, deployed(client, "playground"))
    page = client.get(f"/deployments/{identifier}")
    assert ("href", playground.origin + "/dashboard?selected_deployment_id=1") in page.references


REFUSALS = [
    ({"status": 400}, "unavailable", "does not understand"),
    ({"status": 401, "answer": LISTED.encode()}, "unavailable", "192.0.2.7"),
    ({"status": 500, "answer": PAGE}, "unavailable", "It says: Oops no nodes left."),
    ({"status": 302, "headers": {"Location": "/elsewhere"}, "answer": b""}, "unavailable", "redirect"),
    ({"status": 503, "answer": b"secret"}, "unavailable", "503"),
    ({"answer": b'{"path": "/p"}'}, "unavailable", "does not say where"),
    ({"answer": b"http://evil.example/p"}, "unavailable", "does not say where"),
    ({"answer": b"//evil.example/p"}, "unavailable", "does not say where"),
    ({"answer": b"/p\r\nSet-Cookie: a=b"}, "unavailable", "does not say where"),
    ({"answer": b""}, "unavailable", "does not say where"),
    ({"answer": b"/" + b"x" * 1_000_000}, "unavailable", "has not finished"),
    ({"resets": True}, "unavailable", "has not finished"),
]


@pytest.mark.parametrize(("behaviour", "code", "words"), REFUSALS)
def test_what_a_playground_refuses_is_explained(
    start: Callable[..., Host], playground: FakePlayground, behaviour: dict[str, Any], code: str, words: str
) -> None:
    vars(playground).update(behaviour)
    host = start()
    client = Client(host)
    record = client.ended(submitted(client), "failed")
    failure = record["failure"]
    assert failure["code"] == code and failure["remedy"]
    text = json.dumps(record) + host.log() + json.dumps(client.events(record["id"]))
    assert words in f"{failure['what']}: {failure['why']} {failure['remedy']}"
    assert not any(word in text for word in ("evil", "alert", "secret", "Set-Cookie", "elsewhere"))
    assert record["links"] == []
    assert len(playground.handed) == 1 and playground.others == []  # neither repeated nor redirected


def test_a_page_with_a_line_end_around_its_path_is_found(
    start: Callable[..., Host], playground: FakePlayground
) -> None:
    playground.answer = b"/p/x\r\n"
    client = Client(start())
    [link] = client.ended(submitted(client), "completed")["links"]
    assert link["url"] == playground.origin + "/p/x"


def test_a_playground_that_does_not_answer_in_time_is_not_asked_again(
    start: Callable[..., Host], playground: FakePlayground
) -> None:
    playground.gate = threading.Event()
    client = Client(start(timeout=1))
    failure = client.ended(submitted(client), "failed")["failure"]
    assert failure["code"] == "timeout" and "Look into the playground" in failure["remedy"]
    assert len(playground.handed) == 1


def test_waiting_for_a_playground_can_be_cancelled(start: Callable[..., Host], playground: FakePlayground) -> None:
    playground.gate = threading.Event()
    client = Client(start())
    identifier = submitted(client)
    eventually(lambda: playground.handed, "it is handed over")
    assert client.cancel(identifier).status == 202
    client.ended(identifier, "cancelled")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 that vouches for itself; its key is beside it."""
    file = tmp_path / "playground.crt"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=playground", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", file.with_suffix(".key"),
         "-out", file],
        check=True, capture_output=True,
    )
    return file


def test_authorities_of_the_setting_are_trusted_and_nobody_else(
    start: Callable[..., Host], certificate: Path
) -> None:
    with closing(FakePlayground(certificate)) as playground:
        host = start(url=playground.url)
        failure = Client(host).ended(submitted(Client(host)), "failed")["failure"]
        assert "certificate" in failure["why"] and "authorities" in failure["remedy"], failure
        assert not playground.handed
        host.stop()
        client = Client(start(url=playground.url, authorities=certificate.read_text()))
        client.ended(submitted(client), "completed")
        assert len(playground.handed) == 1


def test_authorities_that_are_none_are_found_before_the_host_starts(tmp_path: Path) -> None:
    file = configuration(tmp_path, "https://play.example.org/deploy_solution", authorities="none", jwt={"key": "x" * 36})
    result = run("config", "check", "--config", file)
    assert result.returncode != 0 and "authorities" in result.stderr and "CERTIFICATE" in result.stderr, result.stderr


def test_networks_that_are_not_allowed_are_not_called(start: Callable[..., Host], playground: FakePlayground) -> None:
    client = Client(start(network={"allow": []}))
    failure = client.ended(submitted(client), "failed")["failure"]
    assert "network.allow" in failure["remedy"] and playground.handed == []


# Opening the address


def opened(
    host: Host, user: str = "alice", solution: str = SOLUTION, path: str = "/playground/deploy", **headers: str
) -> Page:
    """As the portal opens it."""
    return WebClient(host.url).get(f"{path}/{solution}?jwtToken={token(user)}", follow=False, **headers)


@pytest.mark.parametrize("path", ["/playground/deploy", "/deploy"])
def test_an_immediate_entry_deploys_and_leads_to_the_page(
    start: Callable[..., Host], playground: FakePlayground, path: str
) -> None:
    answer = opened(start("immediate"), path=path)
    assert (answer.status, answer.text) == (302, "")
    assert answer.headers["Location"] == playground.origin + "/dashboard?selected_deployment_id=1"
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["Referrer-Policy"] == "no-referrer"
    assert playground.handed[0].username == "alice@example.org"


def test_a_token_in_a_header_does_as_well(start: Callable[..., Host], playground: FakePlayground) -> None:
    answer = WebClient(start("immediate").url).get(
        f"/playground/deploy/{SOLUTION}", follow=False, Authorization=f"Bearer {token()}"
    )
    assert answer.status == 302 and "Set-Cookie" not in answer.headers


def test_without_being_made_immediate_opening_deploys_nothing(
    start: Callable[..., Host], playground: FakePlayground
) -> None:
    answer = opened(start())
    assert (answer.status, answer.headers["Location"]) == (303, f"./{SOLUTION.split('/')[1]}")
    assert playground.handed == []


def test_opening_again_leads_to_the_same_deployment(start: Callable[..., Host], playground: FakePlayground) -> None:
    playground.gate = threading.Event()
    host = start("immediate")
    with ThreadPoolExecutor(4) as pool:
        first = [pool.submit(opened, host) for _ in range(4)]
        eventually(lambda: playground.handed, "it is handed over")
        playground.gate.set()
        answers = [answer.result() for answer in first]
    answers.append(opened(host))
    assert {answer.headers["Location"] for answer in answers} == {
        playground.origin + "/dashboard?selected_deployment_id=1"
    }
    assert len(playground.handed) == 1
    assert opened(host, "bob").headers["Location"].endswith("=2")
    assert opened(host, solution="/".join(OTHER.values())).headers["Location"].endswith("=3")


def test_a_failure_is_answered_and_the_next_try_is_a_new_one(
    start: Callable[..., Host], playground: FakePlayground
) -> None:
    host = start("immediate")
    playground.status, playground.answer = 401, LISTED.encode()
    answer = opened(host)
    assert answer.status == 502 and answer.is_html and "192.0.2.7" in answer.text
    playground.status, playground.answer = 200, None
    assert opened(host).status == 302


def test_an_answer_that_comes_too_late_is_told_so(start: Callable[..., Host], playground: FakePlayground) -> None:
    playground.gate = threading.Event()
    answer = opened(start("immediate", timeout=1))
    assert answer.status == 504 and "Look into the playground" in answer.text


@pytest.mark.parametrize("path", ["/prefix/playground/deploy", "/playground/deploy", "/prefix/deploy"])
def test_behind_a_public_prefix_an_immediate_entry_is_the_same(
    start: Callable[..., Host], playground: FakePlayground, path: str
) -> None:
    assert opened(start("immediate", publicPrefix="/prefix"), path=path).status == 302
    assert len(playground.handed) == 1


def test_a_user_without_an_address_is_told_what_is_missing(
    start: Callable[..., Host], playground: FakePlayground
) -> None:
    host = start("immediate")
    nameless = token("alice", has_email=False)
    client = WebClient(host.url)
    page = client.get(f"/playground/deploy/{SOLUTION}?jwtToken={nameless}")
    assert page.status == 200 and "jwtToken" not in page.url
    refused = client.send(page.form(), action="deploy")
    assert refused.status == 422 and "a value is required: the email of the user" in refused.text
    answer = host.call("/api/v1/deployments", "POST", PIPELINE | {"target": "playground"}, token=nameless)
    assert answer.status == 422 and answer.json()["field"] == "username"
    assert playground.handed == []


@pytest.mark.parametrize(
    ("solution", "status"),
    [
        ("44444444-4444-4444-8444-444444444444/ffffffff-ffff-4fff-8fff-ffffffffffff", 404), ("a" * 37 + "/b", 400),
    ],
)
def test_what_cannot_be_deployed_is_told_with_its_status(
    start: Callable[..., Host], playground: FakePlayground, solution: str, status: int
) -> None:
    assert opened(start("immediate"), solution=solution).status == status
    assert playground.handed == []


def test_nobody_without_a_token_deploys_by_opening(start: Callable[..., Host], playground: FakePlayground) -> None:
    host = start("immediate")
    address = f"/playground/deploy/{SOLUTION}"
    assert WebClient(host.url).get(address).status == 401
    assert WebClient(host.url).get(f"{address}?jwtToken={token(lifetime=-1)}").status == 401
    # Browsers send the cookie along whoever makes them ask.
    page = visitor(host).get(address)
    assert page.status == 200 and page.form()
    assert playground.handed == []


@pytest.mark.parametrize(
    "headers", [{"Sec_Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X_Moz": "prefetch"}]
)
def test_browsers_that_only_look_ahead_deploy_nothing(
    start: Callable[..., Host], playground: FakePlayground, headers: dict[str, str]
) -> None:
    assert opened(start("immediate"), **headers).status == 403
    assert playground.handed == []


def test_a_head_request_deploys_nothing(start: Callable[..., Host], playground: FakePlayground) -> None:
    host = start("immediate")
    address = f"{host.url}/playground/deploy/{SOLUTION}"
    assert requests.head(address, params={"jwtToken": token()}, allow_redirects=False).status_code == 303
    assert requests.head(address, headers={"Authorization": f"Bearer {token()}"}).status_code == 200
    assert playground.handed == []


def test_an_entry_that_takes_long_leads_to_the_page_of_the_deployment(
    start: Callable[..., Host], playground: FakePlayground
) -> None:
    playground.gate = threading.Event()
    host = start("immediate", timeout=120)
    client = WebClient(host.url)
    page = client.get(f"/playground/deploy/{SOLUTION}?jwtToken={token('alice')}")
    assert page.status == 200 and "/deployments/" in page.url and "jwtToken" not in page.url
    playground.gate.set()
    finished(client, page.url.rsplit("/", 1)[1])
    assert len(playground.handed) == 1


# The command line and the configuration


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(solutions.EXECUTABLE), *map(str, arguments)], capture_output=True, text=True, timeout=60,
        stdin=subprocess.DEVNULL,
    )


def test_the_command_hands_a_solution_over_for_the_user_it_names(tmp_path: Path, playground: FakePlayground) -> None:
    file = configuration(tmp_path, playground.url)
    arguments = ("deploy", "--config", file, SOLUTION, "--target", "playground")
    refused = run(*arguments)
    assert refused.returncode == 1 and "option username: a value is required: the email of the user" in refused.stderr
    assert playground.handed == []
    result = run(*arguments, "--option", "username=carol@example.org")
    assert result.returncode == 0, result.stderr
    assert f"{playground.origin}/dashboard?selected_deployment_id=1" in result.stdout
    assert playground.handed[0].username == "carol@example.org"
    playground.status, playground.answer = 401, LISTED.encode()
    failed = run(*arguments, "--option", "username=carol@example.org")
    assert failed.returncode == 3 and "192.0.2.7" in failed.stderr


@pytest.mark.parametrize("url", ["", "https://play.example.org/", "ftp://play.example.org/deploy_solution"])
def test_an_address_that_cannot_be_used_is_found_before_the_host_starts(tmp_path: Path, url: str) -> None:
    result = run("config", "check", "--config", configuration(tmp_path, url, jwt={"key": "x" * 36}))
    assert result.returncode != 0 and "deployURL" in result.stderr and "deploy_solution" in result.stderr


def test_an_entry_that_cannot_be_immediate_is_found(tmp_path: Path) -> None:
    file = configuration(tmp_path, "https://play.example.org/deploy_solution", "immediate", jwt={"key": "x" * 36})
    assert run("config", "check", "--config", file).returncode == 0
    content = json.loads(file.read_text())
    content["targets"].append({"module": "Creodias", "entry": "immediate"})
    file.write_text(json.dumps(content))
    result = run("config", "check", "--config", file)
    assert result.returncode != 0 and "entry is immediate, and users have to be asked" in result.stderr
    content["targets"][-1]["entry"] = "sometimes"
    file.write_text(json.dumps(content))
    assert "must be one of page, immediate" in run("config", "check", "--config", file).stderr
