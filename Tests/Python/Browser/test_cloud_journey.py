"""creodias with a cloud as people use it: a cluster is chosen in the page, and nobody pastes a kubeconfig."""

from __future__ import annotations

import pytest
from browser import Browser
from creodias import PIPELINE
from facts import Tell
from live_cluster import Place
from looks import is_fit_to_be_seen
from magnum_host import StartHost, cloud, own
from openstack_rig import OpenStack, OpenStackProxy
from pages import DeployForm, DeploymentPage

pytestmark = pytest.mark.openstack
PATIENCE = 90
WRONG = "wrong-s3cret-of-the-user"
OF_CLOUDS = ("cloud", "region", "credential-id", "credential-secret", "cluster")
OF_KUBECONFIGS = ("kubeconfig", "context")


@pytest.fixture(params=["scripts", "plain"])
def any_browser(request: pytest.FixtureRequest) -> Browser:
    """A browser with JavaScript, and one without."""
    return request.getfixturevalue("browser" if request.param == "scripts" else "plain_browser")


def words(choices: dict[str, bool], name: str) -> str:
    """How a cluster of that name is offered."""
    found = [text for text in choices if text.startswith(name)]
    assert len(found) == 1, choices
    return found[0]


def test_only_fields_that_count_are_shown(browser: Browser, cloud_host: StartHost, user: str) -> None:
    form = DeployForm.opened(browser, cloud_host(), user, "creodias", PIPELINE).fill()
    for access, shown, hidden in (
        ("kubeconfig", OF_KUBECONFIGS, OF_CLOUDS), ("cluster", OF_CLOUDS, OF_KUBECONFIGS),
        ("kubeconfig", OF_KUBECONFIGS, OF_CLOUDS),
    ):
        form.fill(access=access)
        assert [name for name in (*OF_KUBECONFIGS, *OF_CLOUDS) if form.shows(name)] == list(shown), access
        assert not any(map(form.shows, hidden))


def test_without_scripts_all_fields_are_shown_and_say_when_they_count(
    plain_browser: Browser, cloud_host: StartHost, user: str
) -> None:
    form = DeployForm.opened(plain_browser, cloud_host(), user, "creodias", PIPELINE).fill()
    for name, access in (*((name, "cluster") for name in OF_CLOUDS), ("kubeconfig", "kubeconfig")):
        assert form.shows(name)
        hint = plain_browser.text(f"[data-field='{name}'] .applies")
        assert "Counts only with" in hint and access in hint, hint


def test_a_cluster_is_chosen_and_the_pipeline_runs_on_it(
    any_browser: Browser, cloud_host: StartHost, openstack: OpenStack, user: str, place: Place, tell: Tell
) -> None:
    browser = any_browser
    form = DeployForm.opened(browser, cloud_host(), user, "creodias", PIPELINE)
    form.fill(access="cluster", namespace=place.name).ask("cluster")
    offered = form.choices("cluster")
    assert offered[words(offered, "kube-ok")]
    creating = [text for text, can_be_taken in offered.items() if "still being made" in text and not can_be_taken]
    assert creating, offered
    assert form.field("namespace").get_attribute("value") == place.name
    if browser.scripts:
        is_fit_to_be_seen(browser, "cloud-choices", tell)
    form.choose("cluster", words(offered, "kube-ok"))
    assert form.field("cluster").get_attribute("value") == openstack.clusters["ok"]["uuid"]
    form.press("Deploy")
    DeploymentPage(browser).ends("Running", PATIENCE)
    assert place.orchestrator_status().message == "running"
    alice = openstack.credentials["alice"]
    assert alice["secret"] not in browser.source and alice["id"] not in browser.source


def test_a_wrong_secret_is_explained_beside_the_field_and_the_right_one_helps(
    any_browser: Browser, cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy, user: str
) -> None:
    browser = any_browser
    host = cloud_host(cloud(openstack, openstack_proxy, None))
    form = DeployForm.opened(browser, host, user, "creodias", PIPELINE)
    form.fill(access="cluster", **own(openstack, secret=WRONG)).ask("cluster")
    browser.until(lambda: "refuses the credential" in form.error("cluster"), "the field says what is wrong")
    assert "Check id and secret" in form.error("cluster")
    assert WRONG not in browser.source
    if browser.scripts:
        [complaint] = browser.complaints()
        assert "/api/v1/choices" in complaint and "422" in complaint
    right = openstack.credentials["alice"]["secret"]
    form.fill(credential_secret=right).ask("cluster")
    assert form.choices("cluster")[words(form.choices("cluster"), "kube-ok")]
    assert right not in browser.source


def test_choices_are_forgotten_when_what_they_were_asked_for_changes(
    browser: Browser, cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy, user: str
) -> None:
    host = cloud_host(cloud(openstack, openstack_proxy, None))
    form = DeployForm.opened(browser, host, user, "creodias", PIPELINE)
    form.fill(access="cluster", **own(openstack)).ask("cluster")
    assert form.choices("cluster")
    listed = "[data-field='cluster'] .offered button, [data-field='cluster'] datalist option"
    assert browser.all(listed)
    form.fill(region="RegionOne", namespace="other")
    browser.until(lambda: not browser.all(listed), "the clusters of before are gone")


def test_a_deployment_with_a_wrong_secret_is_explained_on_its_page(
    browser: Browser, cloud_host: StartHost, openstack: OpenStack, openstack_proxy: OpenStackProxy, user: str,
    place: Place,
) -> None:
    host = cloud_host(cloud(openstack, openstack_proxy, None))
    form = DeployForm.opened(browser, host, user, "creodias", PIPELINE)
    form.fill(access="cluster", cluster="kube-ok", namespace=place.name, **own(openstack, secret=WRONG))
    form.press("Deploy")
    DeploymentPage(browser).ends("Failed")
    browser.sees("refuses the credential", "What to do", "Check id and secret", by="#failure")
    assert WRONG not in browser.source
    assert not place.exists()
