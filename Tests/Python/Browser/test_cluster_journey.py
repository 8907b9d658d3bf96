"""creodias as people use it: a kubeconfig is pasted into the page, and the pipeline runs on a cluster."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Browser
from creodias import PIPELINE, PIPELINE_NODES
from deployment_client import Client, eventually
from exposures import PAGE, node_port
from facts import Tell
from host import Host
from kubeconfigs import marks
from live_cluster import Place
from looks import is_fit_to_be_seen
from pages import DeployForm, DeploymentPage, OptionsForm

pytestmark = pytest.mark.cluster
GUI, RULES = PIPELINE_NODES[:2]
PATIENCE = 90


def shows_no_secret(text: str, kubeconfig: Path) -> None:
    assert not [mark for mark in marks(kubeconfig) if mark in text]


def given(browser: Browser, site: Host, user: str, admin: Path, place: Place) -> DeployForm:
    """The form with a pasted kubeconfig and the namespace."""
    form = DeployForm.opened(browser, site, user, "creodias", PIPELINE)
    form.fill(namespace=place.name)
    form.paste("kubeconfig", admin.read_text())
    return form


def test_a_pipeline_is_previewed_deployed_opened_and_taken_away(
    browser: Browser, site: Host, user: str, admin: Path, place: Place, tell: Tell
) -> None:
    place.script(GUI, ports=PAGE)
    form = given(browser, site, user, admin, place)
    form.preview()
    browser.sees(
        "client certificate CN=admin, O=system:masters", "certificate expires", "9 created", "Created Namespace",
        "berth-optimiser1", "orchestrator", by="#preview",
    )
    shows_no_secret(browser.source, admin)
    assert not place.exists(), "a preview writes nothing"
    is_fit_to_be_seen(browser, "cluster-preview", tell)
    browser.click("Deploy", "#preview button")
    page = DeploymentPage(browser)
    page.stays()
    for node in (*PIPELINE_NODES, "orchestrator"):
        browser.until(lambda node=node: page.listed(node) in ("Ready", "Running"), f"{node} is ready", PATIENCE)
        browser.until(lambda node=node: page.drawn(node) in ("ready", "running"), f"{node} is drawn as ready")
    page.ends("Running", PATIENCE)
    assert page.has_stayed
    assert list(page.links().values()) == [f"http://127.0.0.1:{node_port(place, f'{GUI}webui')}/"]
    shows_no_secret(browser.source, admin)
    is_fit_to_be_seen(browser, "cluster-running", tell)
    browser.click("Undeploy", "a")
    browser.sees(f"Everything that was deployed in the namespace {place.name} is taken away.")
    again = OptionsForm(browser)
    again.paste("kubeconfig", admin.read_text())
    again.press("Undeploy")
    page.ends("Removed", PATIENCE)
    assert not place.ours()


def test_an_image_that_is_not_there_is_explained_on_the_page(
    browser: Browser, site: Host, user: str, admin: Path, place: Place, tell: Tell
) -> None:
    place.script(RULES, "image-not-found")
    given(browser, site, user, admin, place).press("Deploy")
    page = DeploymentPage(browser)
    page.ends("Failed", PATIENCE)
    browser.sees(RULES, "What to do", by="#failure")
    assert (page.listed(RULES), page.drawn(RULES)) == ("Failed", "failed")
    browser.sees("registry.example.org/graphene-samples/berth-rules:1.0.0", "What to do", by=f"#node-{RULES}")
    is_fit_to_be_seen(browser, "cluster-failed", tell)


def test_a_kubeconfig_that_is_none_is_refused_in_words(
    browser: Browser, site: Host, user: str, place: Place
) -> None:
    form = DeployForm.opened(browser, site, user, "creodias", PIPELINE)
    form.fill(namespace=place.name).paste("kubeconfig", "apiVersion: v1\nkind: Pod\nmark: not-to-be-shown")
    form.press("Preview")
    browser.sees("kubeconfig", by="#problems")
    assert "not-to-be-shown" not in browser.source
    assert not place.exists()


def test_the_same_works_over_the_api(site: Host, user: str, admin: Path, place: Place) -> None:
    place.script(GUI, ports=PAGE)
    client = Client(site, user)
    solution, revision = PIPELINE.split("/")
    options = {"kubeconfig": admin.read_text(), "namespace": place.name}
    body = {"solutionId": solution, "revisionId": revision, "target": "creodias", "options": options}
    preview = site.call("/api/v1/previews", "POST", body, client.token)
    assert preview.status == 200, preview
    facts = {fact["name"]: fact["value"] for fact in preview.json()["environment"]}
    assert facts["user"] == "client certificate CN=admin, O=system:masters"
    assert {change["action"] for change in preview.json()["changes"]} == {"created"}
    assert not preview.json()["obstacles"] and not place.exists()
    answer = client.submit_body(body)
    assert answer.status == 202, answer
    identifier = answer.json()["id"]
    eventually(lambda: not client.show(identifier)["isActive"], f"{identifier} ends", PATIENCE)
    record = client.show(identifier)
    assert record["state"] == "running", record
    assert {node["state"] for node in record["nodes"]} <= {"ready", "running"}
    assert [link["url"] for link in record["links"]] == [f"http://127.0.0.1:{node_port(place, f'{GUI}webui')}/"]
    assert record["place"]["namespace"] == place.name
    for text in (answer.content, client.call(f"/{identifier}").content, preview.content):
        shows_no_secret(text.decode(), admin)
    removal = client.call(f"/{identifier}", "DELETE", {"options": options})
    assert removal.status == 202, removal
    eventually(lambda: client.state(identifier) == "removed", f"{identifier} is removed", PATIENCE)
    assert not place.ours()
