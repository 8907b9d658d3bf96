"""kubernetes-client-script.py against a real kube-apiserver."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any, Iterator

import folders
import pytest
from rig import Cluster, run_script

pytestmark = pytest.mark.cluster
LONG = "a" + "b" * 62


def port_of(service: dict[str, Any]) -> tuple[int, int, int]:
    port = service["spec"]["ports"][0]
    return port["port"], port["nodePort"], port["targetPort"]


def file_contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "deployments").iterdir()}


def test_a_pipeline_is_deployed_with_service_port_equal_to_node_port(
    cluster: Cluster, pipeline: Path, namespace: str
) -> None:
    result = cluster.deploy(pipeline, namespace)
    assert result.returncode == 0, result.stderr
    services = cluster.items("services", namespace)
    assert sorted(services) == ["gui1", "gui1webui", "orchestrator", "solver1", "solver1webui"]
    for name, service in services.items():
        port, node_port, target = port_of(service)
        assert service["spec"]["type"] == "NodePort"
        assert port == node_port and 30000 <= port <= 32767
        assert target == (8062 if name.endswith("webui") else 8061)
        assert service["spec"]["selector"] == {"app": name.removesuffix("webui")}
        assert len(service["spec"]["ports"]) == 1
    assert sorted(cluster.items("deployments", namespace)) == ["gui1", "orchestrator", "solver1"]


def test_dockerinfo_gets_integer_ports_of_the_services(cluster: Cluster, pipeline: Path, namespace: str) -> None:
    before = json.loads((pipeline / "dockerinfo.json").read_text())
    assert cluster.deploy(pipeline, namespace).returncode == 0
    after = json.loads((pipeline / "dockerinfo.json").read_text())
    services = cluster.items("services", namespace)
    expected = [entry | {"port": port_of(services[entry["ip_address"]])[0]} for entry in before["docker_info_list"]]
    assert after == {"docker_info_list": expected}
    assert not list(pipeline.glob("tmp*"))


def test_manifests_in_the_folder_stay_as_they_are(cluster: Cluster, pipeline: Path, namespace: str) -> None:
    before = file_contents(pipeline)
    assert cluster.deploy(pipeline, namespace, "-ipp", "Always").returncode == 0
    assert file_contents(pipeline) == before


def test_the_closing_lines_of_a_pipeline(cluster: Cluster, pipeline: Path, namespace: str, node: str) -> None:
    result = cluster.deploy(pipeline, namespace)
    port = port_of(cluster.items("services", namespace)["orchestrator"])[0]
    assert result.stdout.splitlines()[-3:] == [
        f"Node IP-address : {node}",
        f"Orchestrator Port is : {port}",
        f"Please run python orchestrator_client/orchestrator_client.py --endpoint={node}:{port} --basepath=./",
    ]


def test_the_folder_may_be_elsewhere(cluster: Cluster, pipeline: Path, namespace: str, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "kubernetes-client-script.py").write_bytes((pipeline / "kubernetes-client-script.py").read_bytes())
    result = cluster.deploy(other, namespace, "-bp", str(pipeline))
    assert result.returncode == 0, result.stderr
    assert f"python {pipeline}/orchestrator_client/orchestrator_client.py" in result.stdout
    assert f"--basepath={pipeline}" in result.stdout


def test_without_nodes_there_is_a_note_and_no_failure(cluster: Cluster, pipeline: Path, namespace: str) -> None:
    result = cluster.deploy(pipeline, namespace)
    assert result.returncode == 0
    assert "no node that is Ready" in result.stderr
    assert "Node IP-address : unknown" in result.stdout


def test_a_single_model_ends_with_thanks(cluster: Cluster, single_model: Path, namespace: str) -> None:
    result = cluster.deploy(single_model, namespace)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "Thank you"
    assert sorted(cluster.items("services", namespace)) == ["ner", "nerwebui"]
    assert not (single_model / "dockerinfo.json").exists()


@pytest.mark.parametrize("claims", [("pipeline",), ("shared-a", "shared-b")])
def test_shared_folders_come_before_the_pods_that_use_them(
    cluster: Cluster, tmp_path: Path, namespace: str, claims: tuple[str, ...]
) -> None:
    folder = folders.write_pipeline(tmp_path / "solution", shared_folders=claims)
    result = cluster.deploy(folder, namespace)
    assert result.returncode == 0, result.stderr
    assert sorted(cluster.items("pvc", namespace)) == sorted(claims)
    steps = [line.split(":")[0] for line in result.stdout.splitlines()]
    last_claim = max(steps.index(f"PersistentVolumeClaim {name}") for name in claims)
    assert last_claim < min(index for index, step in enumerate(steps) if step.startswith("Deployment "))


def test_running_it_again_changes_nothing(cluster: Cluster, tmp_path: Path, namespace: str) -> None:
    folder = folders.write_pipeline(tmp_path / "solution", shared_folders=("pipeline",))
    assert cluster.deploy(folder, namespace).returncode == 0
    before, written = cluster.items("services", namespace), (folder / "dockerinfo.json").read_bytes()
    changed = (folder / "dockerinfo.json").stat().st_mtime_ns
    deployments = {name: item["metadata"]["generation"] for name, item in cluster.items("deploy", namespace).items()}
    result = cluster.deploy(folder, namespace)
    assert result.returncode == 0, result.stderr
    after = cluster.items("services", namespace)
    assert {name: item["metadata"]["resourceVersion"] for name, item in after.items()} == {
        name: item["metadata"]["resourceVersion"] for name, item in before.items()
    }
    assert (folder / "dockerinfo.json").read_bytes() == written
    assert (folder / "dockerinfo.json").stat().st_mtime_ns == changed
    assert {
        name: item["metadata"]["generation"] for name, item in cluster.items("deploy", namespace).items()
    } == deployments


def test_an_update_keeps_the_ports(cluster: Cluster, pipeline: Path, namespace: str) -> None:
    assert cluster.deploy(pipeline, namespace).returncode == 0
    before = {name: port_of(item) for name, item in cluster.items("services", namespace).items()}
    folders.write_yaml(pipeline, "gui1_deployment.yaml", folders.deployment("gui1", "registry.example/gui1:2"))
    changed = folders.service("gui1")
    changed["metadata"]["labels"]["version"] = "2"
    folders.write_yaml(pipeline, "gui1_service.yaml", changed)
    assert cluster.deploy(pipeline, namespace).returncode == 0
    services = cluster.items("services", namespace)
    assert {name: port_of(item) for name, item in services.items()} == before
    assert services["gui1"]["metadata"]["labels"]["version"] == "2"
    container = cluster.items("deployments", namespace)["gui1"]["spec"]["template"]["spec"]["containers"][0]
    assert container["image"] == "registry.example/gui1:2"


def test_fixed_node_ports_of_older_zips_are_left_to_the_cluster(
    cluster: Cluster, pipeline: Path, namespace: str
) -> None:
    fixed = folders.service("orchestrator", "mc-api", 8061)
    fixed["spec"]["ports"][0]["nodePort"] = 30555
    folders.write_yaml(pipeline, "orchestrator_service.yaml", fixed)
    blocker = folders.service("blocker")
    blocker["spec"]["ports"][0]["nodePort"] = 30555
    cluster.kubectl("create", "namespace", namespace)
    cluster.kubectl("create", "-n", namespace, "-f", "-", document=blocker)
    result = cluster.deploy(pipeline, namespace)
    cluster.kubectl("delete", "-n", namespace, "service", "blocker")
    assert result.returncode == 0, result.stderr


def test_leftovers_of_the_older_script_are_not_applied(cluster: Cluster, pipeline: Path, namespace: str) -> None:
    folders.write_yaml(pipeline, "gui1_service_webui.yaml", folders.service("gui1webui-of-old"))
    assert cluster.deploy(pipeline, namespace).returncode == 0
    assert "gui1webui-of-old" not in cluster.items("services", namespace)


def test_a_node_called_like_a_web_page_keeps_its_service(cluster: Cluster, tmp_path: Path, namespace: str) -> None:
    folder = folders.write_pipeline(tmp_path / "solution", nodes=("a", "awebui"))
    result = cluster.deploy(folder, namespace)
    assert result.returncode == 0, result.stderr
    services = cluster.items("services", namespace)
    pages = sorted(name for name, item in services.items() if port_of(item)[2] == 8062)
    assert port_of(services["awebui"])[2] == 8061
    assert len(pages) == 2 and pages[1] == "awebuiwebui"
    assert re.fullmatch(r"a-[0-9a-f]{8}webui", pages[0])
    assert services[pages[0]]["spec"]["selector"] == {"app": "a"}


def test_the_longest_name_gets_a_web_page_too(cluster: Cluster, tmp_path: Path, namespace: str) -> None:
    folder = folders.write_single_model(tmp_path / "solution", name=LONG)
    result = cluster.deploy(folder, namespace)
    assert result.returncode == 0, result.stderr
    page = next(name for name in cluster.items("services", namespace) if name != LONG)
    assert len(page) <= 63 and page.endswith("webui")


def test_a_terminating_namespace_is_refused(cluster: Cluster, pipeline: Path, namespace: str) -> None:
    cluster.kubectl("create", "namespace", namespace)
    held = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "held", "finalizers": ["graphene-deployer.test/hold"]},
    }
    cluster.kubectl("create", "-n", namespace, "-f", "-", document=held)
    cluster.kubectl("delete", "namespace", namespace, "--wait=false")
    result = cluster.deploy(pipeline, namespace)
    cluster.kubectl("patch", "configmap", "held", "-n", namespace, "-p", '{"metadata":{"finalizers":null}}')
    assert result.returncode == 1
    assert f"namespace {namespace} is Terminating" in result.stderr
    assert "take another namespace" in result.stderr
    assert cluster.items("services", namespace) == {}


def test_a_manifest_that_the_cluster_refuses_stops_everything(
    cluster: Cluster, pipeline: Path, namespace: str
) -> None:
    broken = folders.deployment("gui1", "registry.example/gui1:1")
    broken["spec"]["template"]["spec"]["containers"][0]["ports"][0]["containerPort"] = 99999
    folders.write_yaml(pipeline, "gui1_deployment.yaml", broken)
    result = cluster.deploy(pipeline, namespace)
    assert result.returncode == 1
    assert "could not apply Deployment gui1 (deployments/gui1_deployment.yaml)" in result.stderr
    assert re.search(r"^  reason: .*must be between 1 and 65535", result.stderr, re.MULTILINE)
    assert f"(namespace {namespace}): Namespace {namespace}, Service gui1, Service orchestrator" in result.stderr
    assert "run this script again" in result.stderr
    assert "Please run" not in result.stdout
    assert cluster.items("deployments", namespace) == {}
    folders.write_yaml(pipeline, "gui1_deployment.yaml", folders.deployment("gui1", "registry.example/gui1:1"))
    assert cluster.deploy(pipeline, namespace).returncode == 0


def test_a_manifest_that_is_no_yaml_changes_nothing(cluster: Cluster, pipeline: Path, namespace: str) -> None:
    (pipeline / "deployments" / "solver1_service.yaml").write_text("---\nkind: [Service\n")
    result = cluster.deploy(pipeline, namespace)
    assert result.returncode == 1
    assert "deployments/solver1_service.yaml is not valid YAML" in result.stderr
    assert "applied by now: nothing" in result.stderr
    assert namespace not in cluster.kubectl("get", "namespaces", "-o", "name")


@pytest.mark.parametrize("arguments, policy", [((), "IfNotPresent"), (("--image_pull_policy", "Never"), "Never")])
def test_the_pull_policy_is_the_manifests_unless_asked_for(
    cluster: Cluster, pipeline: Path, namespace: str, arguments: tuple[str, ...], policy: str
) -> None:
    assert cluster.deploy(pipeline, namespace, *arguments).returncode == 0
    for deployment in cluster.items("deployments", namespace).values():
        assert deployment["spec"]["template"]["spec"]["containers"][0]["imagePullPolicy"] == policy


@pytest.mark.parametrize("name", ["acumos-registry", "my-registry"])
def test_a_pull_secret_is_made_from_a_docker_config(
    cluster: Cluster, single_model: Path, namespace: str, name: str
) -> None:
    config = {"auths": {"registry.example": {"auth": base64.b64encode(b"user:word").decode()}}}
    (single_model / "config.json").write_text(json.dumps(config))
    for _ in range(2):
        result = cluster.deploy(single_model, namespace, "-ps", "config.json", "-sn", name)
        assert result.returncode == 0, result.stderr
    secret = cluster.items("secrets", namespace)[name]
    assert secret["type"] == "kubernetes.io/dockerconfigjson"
    assert json.loads(base64.b64decode(secret["data"][".dockerconfigjson"])) == config
    assert "annotations" not in secret["metadata"]
    pod = cluster.items("deployments", namespace)["ner"]["spec"]["template"]["spec"]
    assert {"name": name} in pod["imagePullSecrets"]


def test_environment_variables_reach_matching_images_only(cluster: Cluster, pipeline: Path, namespace: str) -> None:
    entries = [
        {"docker_image_pattern": "gui1:", "name": "LEVEL", "value": "debug"},
        {"docker_image_pattern": "nowhere", "name": "UNUSED", "value": "1"},
    ]
    (pipeline / "config.json").write_text(json.dumps({"environment_variables": entries}))
    result = cluster.deploy(pipeline, namespace, "-cf", "config.json")
    assert result.returncode == 0, result.stderr
    assert "no image matches 'nowhere'" in result.stderr
    found = {
        name: item["spec"]["template"]["spec"]["containers"][0].get("env")
        for name, item in cluster.items("deployments", namespace).items()
    }
    assert found == {"gui1": [{"name": "LEVEL", "value": "debug"}], "solver1": None, "orchestrator": None}


def test_an_account_without_rights_on_namespaces_can_deploy_into_its_own(
    cluster: Cluster, pipeline: Path, namespace: str
) -> None:
    cluster.kubectl("create", "namespace", namespace)
    cluster.kubectl(
        "create", "rolebinding", "own", "-n", namespace, "--clusterrole=admin", "--user=modeller"
    )
    config = json.loads(cluster.kubectl("config", "view", "--raw", "-o", "json"))
    config["users"][0]["user"]["as"] = "modeller"
    own = pipeline / "own.conf"
    own.write_text(json.dumps(config))
    environment = cluster.environment | {"KUBECONFIG": str(own)}
    result = run_script(pipeline, "kubernetes-client-script.py", "-n", namespace, env=environment)
    assert result.returncode == 0, result.stderr
    assert "nodes' addresses cannot be read" in result.stderr
    foreign = run_script(pipeline, "kubernetes-client-script.py", "-n", "default", env=environment)
    assert foreign.returncode == 1
    assert "(Forbidden)" in foreign.stderr and "ask the cluster's administrator" in foreign.stderr


@pytest.fixture
def node(cluster: Cluster) -> Iterator[str]:
    """A Ready node; gives its external address."""
    name, address = "node-of-test", "203.0.113.9"
    made = json.loads(
        cluster.kubectl(
            "create", "-f", "-", "-o", "json",
            document={"apiVersion": "v1", "kind": "Node", "metadata": {"name": name}},
        )
    )
    made["spec"].pop("taints", None)
    made["status"] = {
        "conditions": [{"type": "Ready", "status": "True", "reason": "Test", "message": ""}],
        "addresses": [{"type": "InternalIP", "address": "10.0.0.9"}, {"type": "ExternalIP", "address": address}],
    }
    made["metadata"].pop("resourceVersion")
    cluster.kubectl("replace", "--raw", f"/api/v1/nodes/{name}/status", "-f", "-", document=made)
    yield address
    cluster.kubectl("delete", "node", name)
