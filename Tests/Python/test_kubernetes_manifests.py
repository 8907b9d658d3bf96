"""config/kubernetes: the host in the cluster of a platform."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any, Optional

import kubernetes_validate
import pytest
import yaml
from folders import REPOSITORY
from live_cluster import Place, eventually
from solutions import EXECUTABLE, NEWEST, OLDEST

FOLDER = REPOSITORY / "config" / "kubernetes"
SECRETS = {"jwt.key": "0123456789abcdef0123456789abcdef", "cds.password": "of-cds", "nexus.password": "of-nexus"}
VARIABLES = {"jwt.key": "JWT_KEY_FILE", "cds.password": "CATALOGUE_CDS_PASSWORD_FILE",
             "nexus.password": "CATALOGUE_NEXUS_PASSWORD_FILE"}


@pytest.fixture(scope="module")
def objects() -> dict[str, dict[str, Any]]:
    """All of them by kind, as kubectl makes them; there is one of each."""
    command = ["kubectl", "kustomize", str(FOLDER)]
    text = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    documents = list(yaml.safe_load_all(text))
    kinds = {document["kind"]: document for document in documents}
    assert len(kinds) == len(documents)
    return kinds


@pytest.fixture
def pod(objects: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return objects["Deployment"]["spec"]["template"]["spec"]


@pytest.fixture
def container(pod: dict[str, Any]) -> dict[str, Any]:
    [container] = pod["containers"]
    return container


@pytest.fixture
def configuration(objects: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return yaml.safe_load(objects["ConfigMap"]["data"]["deployer.yaml"])


def checked(folder: Path, text: str, secrets: Optional[dict[str, str]] = None) -> subprocess.CompletedProcess[str]:
    """What `config check` says, with files of secrets where a volume of Kubernetes would have them: behind links."""
    (folder / "..data").mkdir()
    (folder / "..data" / "deployer.yaml").write_text(text)
    (folder / "deployer.yaml").symlink_to("..data/deployer.yaml")
    environment = os.environ | {"GRAPHENE_DEPLOYER_STATE": str(folder / "state")}
    for name, value in (secrets or {}).items():
        (folder / "..data" / name).write_text(value)
        (folder / name).symlink_to(f"..data/{name}")
        environment[f"GRAPHENE_DEPLOYER_{VARIABLES[name]}"] = str(folder / name)
    command = [EXECUTABLE, "config", "check", "--config", folder / "deployer.yaml"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def test_all_objects_are_there(objects: dict[str, dict[str, Any]]) -> None:
    assert objects.keys() == {
        "ConfigMap", "Deployment", "Ingress", "NetworkPolicy", "PersistentVolumeClaim", "PodDisruptionBudget",
        "Secret", "Service",
    }
    assert {each["metadata"]["name"] for each in objects.values()} == {"graphene-deployer"}


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_they_are_valid_in_old_and_new_versions(objects: dict[str, dict[str, Any]], version: str) -> None:
    for document in objects.values():
        kubernetes_validate.validate(document, str(version), strict=True)


def test_the_configuration_is_one(objects: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    result = checked(tmp_path, objects["ConfigMap"]["data"]["deployer.yaml"], SECRETS)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_new_configuration_is_read_by_itself(
    objects: dict[str, dict[str, Any]], configuration: dict[str, Any], container: dict[str, Any]
) -> None:
    # One name for ever means that nothing starts anew, so that the host has to look after the file.
    assert objects["ConfigMap"]["metadata"]["name"] == "graphene-deployer"
    assert configuration["watch"] is True
    mounts = {mount["name"]: mount for mount in container["volumeMounts"]}
    assert "subPath" not in mounts["configuration"], "files that are mounted one by one are never exchanged"


def test_the_pod_for_backups_sees_the_state_of_the_host_and_nothing_else(
    pod: dict[str, Any], container: dict[str, Any], objects: dict[str, dict[str, Any]]
) -> None:
    backup = yaml.safe_load((FOLDER / "backup" / "pod.yaml").read_text())
    kubernetes_validate.validate(backup, str(NEWEST), strict=True)
    spec = backup["spec"]
    [only] = spec["containers"]
    assert spec["securityContext"] == pod["securityContext"] and spec["automountServiceAccountToken"] is False
    assert only["securityContext"] == container["securityContext"]
    [volume] = spec["volumes"]
    assert volume["persistentVolumeClaim"]["claimName"] == objects["PersistentVolumeClaim"]["metadata"]["name"]
    [mount] = only["volumeMounts"]
    assert mount["mountPath"] == "/var/lib/graphene-deployer"
    assert backup["metadata"]["name"] != "graphene-deployer"
    # The Service must not send requests there.
    selector = objects["Service"]["spec"]["selector"].items()
    assert not selector <= backup["metadata"].get("labels", {}).items()
    readme = (REPOSITORY / "config" / "README.md").read_text()
    assert f"pod/{backup['metadata']['name']}" in readme and "config/kubernetes/backup" in readme
    kustomization = yaml.safe_load((FOLDER / "backup" / "kustomization.yaml").read_text())
    images = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())["images"]
    assert kustomization["images"] == images and kustomization["resources"] == ["pod.yaml"]


def test_what_the_pod_for_backups_gives_out_and_takes_is_the_database(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    kept = {name: f"of {name}".encode() for name in ("deployments.sqlite", "deployments.sqlite-wal")}
    for name, content in kept.items():
        (state / name).write_bytes(content)
    readme = (REPOSITORY / "config" / "README.md").read_text()
    giving, taking = re.findall(r"^kubectl exec .*?-- \\\n    (sh -c '[^']+') [<>] backup.tar$", readme, re.MULTILINE)

    def run(command: str, archive: bytes = b"") -> bytes:
        words = shlex.split(command.replace("/var/lib/graphene-deployer", str(state)))
        return subprocess.run(words, input=archive, check=True, capture_output=True, timeout=60).stdout

    archive = run(giving)
    (state / "deployments.sqlite").write_bytes(b"later")
    (state / "deployments.sqlite-wal").unlink()
    (state / "deployments.sqlite-shm").write_bytes(b"later")
    run(taking, archive)
    assert {path.name: path.read_bytes() for path in state.iterdir()} == kept


def test_without_the_secret_nothing_starts(objects: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    assert not objects["Secret"].get("data") and not objects["Secret"].get("stringData")
    result = checked(tmp_path, objects["ConfigMap"]["data"]["deployer.yaml"])
    assert result.returncode == 1 and "jwt.key" in result.stdout + result.stderr, result


def test_the_secrets_are_mounted_where_the_configuration_looks(
    pod: dict[str, Any], container: dict[str, Any], configuration: dict[str, Any]
) -> None:
    mounts = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    keys = {item["key"]: f"{mounts['secrets']}/{item['path']}" for item in volumes["secrets"]["secret"]["items"]}
    assert keys == {
        "jwt.key": configuration["jwt"]["keyFile"],
        "cds.password": configuration["catalogue"]["cds"]["passwordFile"],
        "nexus.password": configuration["catalogue"]["nexus"]["passwordFile"],
    }
    assert mounts["state"] == configuration["state"]
    assert f"{mounts['configuration']}/deployer.yaml" in container["args"]


def test_the_pod_may_do_as_little_as_the_restricted_profile_says(
    pod: dict[str, Any], container: dict[str, Any]
) -> None:
    assert pod["securityContext"]["runAsNonRoot"] is True and pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
    }
    assert pod["automountServiceAccountToken"] is False
    assert not any(name in pod for name in ("hostNetwork", "hostPID", "hostIPC", "serviceAccountName"))
    assert {kind for volume in pod["volumes"] for kind in volume} == {
        "name", "configMap", "secret", "persistentVolumeClaim",
    }


def test_ports_paths_and_times_fit_together(
    objects: dict[str, dict[str, Any]], pod: dict[str, Any], container: dict[str, Any], configuration: dict[str, Any]
) -> None:
    [port] = container["ports"]
    assert port["containerPort"] == configuration["listen"]["port"]
    assert {container[f"{name}Probe"]["httpGet"]["port"] for name in ("startup", "liveness", "readiness")} == {"http"}
    assert objects["Service"]["spec"]["ports"][0]["targetPort"] == port["name"]
    [rule] = objects["NetworkPolicy"]["spec"]["ingress"]
    assert rule["ports"] == [{"port": port["containerPort"]}]
    [path] = objects["Ingress"]["spec"]["rules"][0]["http"]["paths"]
    assert path["path"] == configuration["publicPrefix"]
    assert pod["terminationGracePeriodSeconds"] >= configuration["deployments"]["shutdownTimeout"] + 20
    assert objects["Deployment"]["spec"]["strategy"] == {"type": "Recreate"}


def test_the_image_has_the_user_of_the_pod(pod: dict[str, Any]) -> None:
    user = re.search(r"^USER (\d+):(\d+)$", (REPOSITORY / "Containerfile").read_text(), re.MULTILINE)
    assert user, "a number, so that runAsNonRoot can be checked"
    context = pod["securityContext"]
    assert user.groups() == (str(context["runAsUser"]), str(context["runAsGroup"]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder as the API server of the tests (1.20) can take it: budgets were no v1 yet."""
    folder = tmp_path / "kubernetes"
    shutil.copytree(FOLDER, folder)
    budget = folder / "disruption-budget.yaml"
    budget.write_text(budget.read_text().replace("policy/v1\n", "policy/v1beta1\n"))
    return folder


@pytest.mark.cluster
def test_kubectl_applies_them_and_finds_no_difference_afterwards(place: Place, folder: Path) -> None:
    place.create()
    place.kubectl("apply", "--kustomize", str(folder))
    assert len(place.kubectl("apply", "--kustomize", str(folder)).strip().splitlines()) == 8
    assert place.kubectl("diff", "--kustomize", str(folder)) == ""
    eventually(lambda: len(json.loads(place.kubectl("get", "pods", "-o", "json"))["items"]) == 1, "a pod is made")


@pytest.mark.cluster
def test_secrets_that_were_put_in_survive_the_next_time(place: Place, folder: Path, tmp_path: Path) -> None:
    place.create()
    place.kubectl("apply", "--kustomize", str(folder))
    arguments = []
    for name, value in SECRETS.items():
        (tmp_path / name).write_text(value)
        arguments.append(f"--from-file={tmp_path / name}")
    # As secret.yaml says.
    filled = place.kubectl(
        "create", "secret", "generic", "graphene-deployer", *arguments, "--dry-run=client", "-o", "json"
    )
    place.kubectl(
        "apply", "--server-side", "--field-manager=administrator", "--filename=-", document=json.loads(filled)
    )
    place.kubectl("apply", "--kustomize", str(folder))
    assert place.kubectl("diff", "--kustomize", str(folder)) == ""
    secret = json.loads(place.kubectl("get", "secret", "graphene-deployer", "-o", "json"))
    assert secret["data"].keys() == SECRETS.keys()
    assert secret["metadata"]["labels"] == {"app.kubernetes.io/name": "graphene-deployer"}
