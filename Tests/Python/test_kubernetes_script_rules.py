"""Rules of kubernetes-client-script.py that need no cluster."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Optional

import folders
import pytest
import yaml
from rig import run_script

SCRIPT = "kubernetes-client-script.py"


def node(name: str, ready: str = "True", unschedulable: bool = False, **addresses: str) -> dict[str, Any]:
    return {
        "metadata": {"name": name},
        "spec": {"unschedulable": unschedulable},
        "status": {
            "conditions": [{"type": "Ready", "status": ready}],
            "addresses": [{"type": kind, "address": address} for kind, address in addresses.items()],
        },
    }


@pytest.mark.parametrize(
    "nodes, address, words",
    [
        ([node("b", ExternalIP="192.0.2.2"), node("a", ExternalIP="192.0.2.1")], "192.0.2.1", ""),
        ([node("a", InternalIP="10.0.0.1"), node("b", ExternalIP="192.0.2.2")], "192.0.2.2", ""),
        ([node("a", ready="False", ExternalIP="192.0.2.1"), node("b", ExternalIP="192.0.2.2")], "192.0.2.2", ""),
        ([node("a", ready="Unknown", ExternalIP="192.0.2.1")], None, "no node that is Ready"),
        ([node("a", unschedulable=True, ExternalIP="192.0.2.1")], None, "no node that is Ready"),
        ([node("a", InternalIP="10.0.0.1")], "10.0.0.1", "answers only inside"),
        ([node("a", Hostname="a")], None, "no node tells its address"),
        ([{"metadata": {"name": "a"}}], None, "no node that is Ready"),
        ([], None, "no node that is Ready"),
    ],
)
def test_the_address_is_that_of_a_node_that_answers(
    script: ModuleType, capsys: pytest.CaptureFixture[str], nodes: list[Any], address: Optional[str], words: str
) -> None:
    assert script.best_address(nodes) == address
    noted = capsys.readouterr().err
    assert words in noted if words else noted == ""


def test_an_ipv6_address_gets_brackets(
    script: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    script.print_next_step("2001:db8::1", 30001, "./")
    assert "--endpoint=[2001:db8::1]:30001 --basepath=./" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name, taken, expected",
    [
        ("gui1", set(), "gui1webui"),
        ("b" * 58, set(), "b" * 58 + "webui"),
        ("webui", {"webui"}, "webuiwebui"),
    ],
)
def test_a_web_page_is_called_after_its_node(
    script: ModuleType, name: str, taken: set[str], expected: str
) -> None:
    assert script.web_ui_name(name, taken) == expected


@pytest.mark.parametrize("name, taken", [("b" * 59, set()), ("b" * 48 + "-" + "c" * 14, set()), ("x", {"xwebui"})])
def test_a_name_too_long_or_taken_gets_a_check_sum(script: ModuleType, name: str, taken: set[str]) -> None:
    changed = script.web_ui_name(name, taken)
    assert changed == script.web_ui_name(name, taken)
    assert len(changed) <= 63 and changed.endswith("webui") and changed not in taken
    assert script.DNS_LABEL.fullmatch(changed) and "--" not in changed


def test_different_long_names_stay_different(script: ModuleType) -> None:
    assert script.web_ui_name("b" * 62 + "c", set()) != script.web_ui_name("b" * 62 + "d", set())


@pytest.mark.parametrize("name", ["", "Upper", "a b", "a_b", "-a", "a-", "a.b", "a" * 64, "ä", "a\n", "kube-system"])
def test_a_bad_namespace_is_refused_before_anything_happens(pipeline: Path, name: str) -> None:
    result = run_script(pipeline, SCRIPT, "--namespace", name, env=without_kubectl())
    assert result.returncode == 2
    assert "namespace" in result.stderr and "Traceback" not in result.stderr


def test_the_namespace_is_required(pipeline: Path) -> None:
    assert run_script(pipeline, SCRIPT).returncode == 2


def without_kubectl() -> dict[str, str]:
    return os.environ | {"PATH": "/nonexistent"}


def test_a_missing_kubectl_is_named(pipeline: Path) -> None:
    result = run_script(pipeline, SCRIPT, "-n", "sample", env=without_kubectl())
    assert result.returncode == 1
    assert "kubectl was not found" in result.stderr and "install kubectl" in result.stderr


def test_an_unreachable_cluster_is_reported_in_kubectls_words(pipeline: Path, tmp_path: Path) -> None:
    cluster = {"name": "c", "cluster": {"server": "http://127.0.0.1:1"}}
    context = {"name": "c", "context": {"cluster": "c", "user": ""}}
    config = {"kind": "Config", "clusters": [cluster], "contexts": [context], "current-context": "c"}
    (tmp_path / "config").write_text(yaml.safe_dump(config))
    result = run_script(pipeline, SCRIPT, "-n", "sample", env=os.environ | {"KUBECONFIG": str(tmp_path / "config")})
    assert result.returncode == 1
    assert "127.0.0.1:1" in result.stderr and "kubectl config current-context" in result.stderr
    assert "applied by now: nothing" in result.stderr


def fake_kubectl(folder: Path, body: str) -> dict[str, str]:
    """An environment whose kubectl is a Python text."""
    path = folder / "bin" / "kubectl"
    path.parent.mkdir()
    path.write_text(f"#!{sys.executable}\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return os.environ | {"PATH": str(path.parent)}


def test_output_that_is_no_json_is_a_failure(pipeline: Path, tmp_path: Path) -> None:
    result = run_script(pipeline, SCRIPT, "-n", "sample", env=fake_kubectl(tmp_path, "print('NAME STATUS')"))
    assert result.returncode == 1
    assert "its output is no JSON" in result.stderr


def test_ctrl_c_tells_what_exists(pipeline: Path, tmp_path: Path) -> None:
    interrupting = "import os, signal, time; os.kill(os.getppid(), signal.SIGINT); time.sleep(5)"
    result = run_script(pipeline, SCRIPT, "-n", "sample", env=fake_kubectl(tmp_path, interrupting))
    assert result.returncode == 130
    assert "interrupted" in result.stderr and "Traceback" not in result.stderr


def damage_nothing_at_all(folder: Path) -> None:
    for path in (folder / "deployments").iterdir():
        path.unlink()


def damage_duplicate(folder: Path) -> None:
    folders.write_yaml(folder, "z_service.yaml", folders.service("gui1"))


def damage_no_ports(folder: Path) -> None:
    folders.write_yaml(folder, "gui1_service.yaml", {"kind": "Service", "metadata": {"name": "gui1"}, "spec": {}})


def damage_containers(folder: Path) -> None:
    body = folders.deployment("gui1", "i")
    body["spec"]["template"]["spec"]["containers"] = "none"
    folders.write_yaml(folder, "gui1_deployment.yaml", body)


def damage_text(folder: Path) -> None:
    (folder / "deployments" / "gui1_service.yaml").write_text("--- just words\n")


def damage_encoding(folder: Path) -> None:
    (folder / "deployments" / "gui1_service.yaml").write_bytes(b"---\nkind: \xff\n")


def damage_name(folder: Path) -> None:
    folders.write_yaml(folder, "gui1_service.yaml", {"kind": "Service", "metadata": {}, "spec": {}})


def damage_dockerinfo_json(folder: Path) -> None:
    (folder / "dockerinfo.json").write_text("{")


def damage_dockerinfo_list(folder: Path) -> None:
    (folder / "dockerinfo.json").write_text("[]")


def damage_dockerinfo_missing(folder: Path) -> None:
    (folder / "dockerinfo.json").unlink()


def damage_dockerinfo_stranger(folder: Path) -> None:
    (folder / "dockerinfo.json").write_text(json.dumps(folders.dockerinfo({"stranger": 1})))


def damage_orchestrator(folder: Path) -> None:
    (folder / "deployments" / "orchestrator_service.yaml").unlink()


@pytest.mark.parametrize(
    "damage, words",
    [
        (damage_nothing_at_all, "there are no manifests"),
        (damage_duplicate, "Service gui1 is in deployments/gui1_service.yaml and in deployments/z_service.yaml"),
        (damage_no_ports, "Service gui1 lists no ports"),
        (damage_containers, "containers of Deployment gui1 is no list"),
        (damage_text, "gui1_service.yaml does not hold a Kubernetes object"),
        (damage_encoding, "gui1_service.yaml"),
        (damage_name, "gui1_service.yaml lacks metadata.name"),
        (damage_dockerinfo_json, "dockerinfo.json is not valid JSON"),
        (damage_dockerinfo_list, "dockerinfo.json does not hold a JSON object"),
        (damage_dockerinfo_missing, "dockerinfo.json is missing"),
        (damage_dockerinfo_stranger, "'stranger'"),
        (damage_orchestrator, "the orchestrator's Service in deployments/ is missing"),
    ],
)
def test_a_damaged_folder_is_refused_before_the_cluster_is_asked(pipeline: Path, damage: Any, words: str) -> None:
    damage(pipeline)
    result = run_script(pipeline, SCRIPT, "-n", "sample", env=without_kubectl())
    assert result.returncode == 1
    assert words in result.stderr
    assert "what to do: " in result.stderr and "Traceback" not in result.stderr
    assert "kubectl was not found" not in result.stderr


@pytest.mark.parametrize(
    "option, content, words",
    [
        ("-cf", "{}", "lacks the list environment_variables"),
        ("-cf", '{"environment_variables": [{"name": "A", "value": "1"}]}', "environment_variables[0]"),
        ("-cf", '{"environment_variables": [{"docker_image_pattern": "x", "name": "A", "value": 1}]}', "in quotes"),
        ("-cf", '{"environment_variables": [{"docker_image_pattern": "(", "name": "A", "value": ""}]}', "expression"),
        ("-cf", '{"environment_variables": [{"docker_image_pattern": "x", "name": "1 A", "value": ""}]}', "'1 A'"),
        ("-cf", None, "cannot read"),
        ("-ps", '{"credsStore": "desktop"}', "holds no logins"),
        ("-ps", "[]", "does not hold a JSON object"),
        ("-ps", None, "cannot read"),
    ],
)
def test_a_bad_option_file_is_refused(pipeline: Path, option: str, content: Optional[str], words: str) -> None:
    if content is not None:
        (pipeline / "options.json").write_text(content)
    result = run_script(pipeline, SCRIPT, "-n", "sample", option, "options.json", env=without_kubectl())
    assert result.returncode == 1
    assert words in result.stderr and "Traceback" not in result.stderr


def test_a_variable_replaces_one_of_the_same_name(script: ModuleType) -> None:
    containers = [{"image": "gui:1", "env": [{"name": "A", "value": "old"}, {"name": "B", "value": "kept"}]}]
    script.add_variable(containers, script.Variable(script.re.compile("gui"), "A", "new"))
    assert containers[0]["env"] == [{"name": "B", "value": "kept"}, {"name": "A", "value": "new"}]


def test_a_failed_replacement_leaves_the_old_file(script: ModuleType, tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "dockerinfo.json"
    path.write_text("old")
    path.chmod(0o640)

    def refuse(*_: Any) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(script.os, "replace", refuse)
        with pytest.raises(script.Failure, match="cannot write"):
            script.replace_file(path, "new")
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]
    script.replace_file(path, "new")
    assert path.read_text() == "new" and stat.S_IMODE(path.stat().st_mode) == 0o640


def test_the_fixtures_are_valid_kubernetes_objects(tmp_path: Path) -> None:
    import kubernetes_validate

    folder = folders.write_pipeline(tmp_path / "solution", shared_folders=("pipeline",))
    for path in (folder / "deployments").iterdir():
        kubernetes_validate.validate(yaml.safe_load(path.read_text()), "1.30", strict=True)


def test_the_zips_requirements_are_three_lines() -> None:
    assert (folders.BUNDLE / "requirements.txt").read_text() == "grpcio\ngrpcio-tools\npyyaml\n"
