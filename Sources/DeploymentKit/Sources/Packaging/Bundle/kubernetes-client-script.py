#!/usr/bin/env python3
"""Brings the solution in this folder to a Kubernetes namespace.

Needs Python 3.9, PyYAML and kubectl with a working context. Files in deployments/ are
only read; dockerinfo.json gets the ports that the cluster chose. May be run again at
any time: what exists is kept, and ports do not change.
"""

from __future__ import annotations

import argparse
import base64
import copy
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

try:
    import yaml
except ImportError:
    sys.exit("error: the Python package PyYAML is missing\n  what to do: pip install pyyaml")

ORCHESTRATOR = "orchestrator"
DEFAULT_SECRET = "acumos-registry"
WEB_UI_SUFFIX = "webui"
WEB_UI_PORT = 8062
LONGEST_NAME = 63
KUBECTL_SECONDS = 90
LEFTOVER_SUFFIX = "service_webui.yaml"  # written by earlier versions of this script
DNS_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
DNS_SUBDOMAIN = re.compile(r"[a-z0-9]([-.a-z0-9]*[a-z0-9])?")
VARIABLE_NAME = re.compile(r"[-._a-zA-Z][-._a-zA-Z0-9]*")


class Failure(Exception):
    """What could not be done, why, and what helps."""

    def __init__(self, what: str, why: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what, self.why, self.remedy = what, why.strip(), remedy


def note(text: str) -> None:
    """Tells the user something that is no failure."""
    print(f"note: {text}", file=sys.stderr, flush=True)


# --- What the folder holds -----------------------------------------------------------


@dataclass
class Manifest:
    """One object of deployments/ and the file it comes from."""

    body: dict[str, Any]
    path: str

    @property
    def kind(self) -> str:
        return self.body["kind"]

    @property
    def name(self) -> str:
        return self.body["metadata"]["name"]

    @property
    def label(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def pod(self) -> Optional[dict[str, Any]]:
        """The pod spec of a Deployment or another workload; None for other kinds."""
        template = (self.body.get("spec") or {}).get("template")
        spec = template.get("spec") if isinstance(template, dict) else None
        return spec if isinstance(spec, dict) else None

    @property
    def rank(self) -> int:
        """Place in the order of work: what others refer to, claims, Services, workloads."""
        if self.pod is not None:
            return 3
        return {"PersistentVolumeClaim": 1, "Service": 2}.get(self.kind, 0)


@dataclass
class Variable:
    """An environment variable for the containers whose image matches a pattern."""

    image: re.Pattern[str]
    name: str
    value: str


@dataclass
class Solution:
    """Everything that is read from disk before the cluster is touched."""

    manifests: list[Manifest]
    dockerinfo: Optional[dict[str, Any]]
    secret: Optional[Manifest]

    def of_rank(self, rank: int) -> list[Manifest]:
        return [manifest for manifest in self.manifests if manifest.rank == rank]

    @property
    def services(self) -> list[Manifest]:
        return self.of_rank(2)


def read_text(path: Path) -> str:
    """The text of a file."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"cannot read {path}", str(error)) from error


def read_json_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file."""
    try:
        value = json.loads(read_text(path))
    except ValueError as error:
        raise Failure(f"{path} is not valid JSON", str(error)) from error
    if not isinstance(value, dict):
        raise Failure(f"{path} does not hold a JSON object")
    return value


def read_manifests(base: Path) -> list[Manifest]:
    """The objects in deployments/, in the order of work and then by name."""
    folder = base / "deployments"
    paths = [path for path in sorted(folder.glob("*.yaml")) if not path.name.endswith(LEFTOVER_SUFFIX)]
    if not paths:
        raise Failure(
            f"there are no manifests in {folder}",
            remedy="run the script in the unpacked folder, or name that folder with --base_path",
        )
    manifests = [manifest for path in paths for manifest in read_manifest_file(path)]
    refuse_duplicates(manifests)
    return sorted(manifests, key=lambda manifest: (manifest.rank, manifest.name, manifest.kind))


def read_manifest_file(path: Path) -> list[Manifest]:
    """The objects in one YAML file."""
    shown = f"deployments/{path.name}"
    try:
        documents = list(yaml.safe_load_all(read_text(path)))
    except yaml.YAMLError as error:
        raise Failure(f"{shown} is not valid YAML", str(error), "unpack the zip again") from error
    manifests = [Manifest(document, shown) for document in documents if document is not None]
    for manifest in manifests:
        check_shape(manifest)
    return manifests


def check_shape(manifest: Manifest) -> None:
    """Refuses what is no Kubernetes object, or what this script could not handle later."""
    body, where, remedy = manifest.body, manifest.path, "unpack the zip again"
    if not isinstance(body, dict) or not isinstance(body.get("metadata"), dict):
        raise Failure(f"{where} does not hold a Kubernetes object", remedy=remedy)
    for field_name, value in (("kind", body.get("kind")), ("metadata.name", body["metadata"].get("name"))):
        if not isinstance(value, str) or not value:
            raise Failure(f"{where} lacks {field_name}", remedy=remedy)
    if not isinstance(body.get("spec") or {}, dict):
        raise Failure(f"{where}: spec of {manifest.label} is no object", remedy=remedy)
    if manifest.kind == "Service":
        ports = (body.get("spec") or {}).get("ports")
        if not isinstance(ports, list) or not ports or not all(isinstance(port, dict) for port in ports):
            raise Failure(f"{where}: Service {manifest.name} lists no ports", remedy=remedy)
    for key in ("initContainers", "containers"):
        containers = (manifest.pod or {}).get(key) or []
        if not isinstance(containers, list) or not all(isinstance(container, dict) for container in containers):
            raise Failure(f"{where}: {key} of {manifest.label} is no list of containers", remedy=remedy)


def refuse_duplicates(manifests: list[Manifest]) -> None:
    """Refuses two manifests of the same object: the later one would overwrite the first."""
    seen: dict[str, str] = {}
    for manifest in manifests:
        if manifest.label in seen:
            raise Failure(
                f"{manifest.label} is in {seen[manifest.label]} and in {manifest.path}",
                remedy="remove one of the two files, or unpack the zip into an empty folder",
            )
        seen[manifest.label] = manifest.path


def read_dockerinfo(base: Path, services: list[Manifest]) -> Optional[dict[str, Any]]:
    """dockerinfo.json of a pipeline, checked against the Services; None for a single model."""
    path = base / "dockerinfo.json"
    has_orchestrator = any(service.name == ORCHESTRATOR for service in services)
    if not path.exists() and not has_orchestrator:
        return None
    if not path.exists() or not has_orchestrator:
        missing = "the orchestrator's Service in deployments/" if path.exists() else "dockerinfo.json"
        raise Failure(f"this pipeline is incomplete: {missing} is missing", remedy="unpack the zip again")
    dockerinfo = read_json_object(path)
    for entry in docker_entries(dockerinfo):
        service_of(entry, services)
    return dockerinfo


def docker_entries(dockerinfo: dict[str, Any]) -> list[dict[str, Any]]:
    """The list of containers in dockerinfo.json."""
    entries = dockerinfo.get("docker_info_list")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Failure("dockerinfo.json lacks its docker_info_list", remedy="unpack the zip again")
    return entries


def service_of(entry: dict[str, Any], services: list[Manifest]) -> str:
    """The name of the Service that a dockerinfo entry points at."""
    names = {service.name for service in services}
    for key in ("ip_address", "container_name"):
        if entry.get(key) in names:
            return entry[key]
    raise Failure(
        f"dockerinfo.json names {entry.get('container_name')!r}, for which deployments/ has no Service",
        remedy="unpack the zip again",
    )


def read_variables(path: Path) -> list[Variable]:
    """The environment variables of a --config-file."""
    entries = read_json_object(path).get("environment_variables")
    if not isinstance(entries, list):
        raise Failure(f"{path} lacks the list environment_variables")
    return [read_variable(entry, f"{path}: environment_variables[{index}]") for index, entry in enumerate(entries)]


def read_variable(entry: Any, where: str) -> Variable:
    """One environment variable of a --config-file."""
    keys = ("docker_image_pattern", "name", "value")
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in keys):
        raise Failure(f"{where} needs the texts {', '.join(keys)}", remedy="put numbers in quotes too")
    if not VARIABLE_NAME.fullmatch(entry["name"]):
        raise Failure(f"{where}: {entry['name']!r} cannot be the name of an environment variable")
    try:
        image = re.compile(entry["docker_image_pattern"])
    except re.error as error:
        raise Failure(f"{where}: docker_image_pattern is no regular expression", str(error)) from error
    return Variable(image, entry["name"], entry["value"])


def read_secret(path: Path, name: str) -> Manifest:
    """A Secret for private images, made from a Docker config.json."""
    config = read_json_object(path)
    logins = config.get("auths")
    if not isinstance(logins, dict) or not logins:
        raise Failure(f"{path} holds no logins (auths)", remedy="run docker login, then name its config.json")
    if not all(isinstance(login, dict) and login for login in logins.values()):
        note(f"{path} leaves passwords to a credential helper; the cluster cannot use those logins")
    encoded = base64.b64encode(json.dumps(config).encode()).decode()
    body = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": name},
        "type": "kubernetes.io/dockerconfigjson",
        "data": {".dockerconfigjson": encoded},
    }
    return Manifest(body, str(path))


def read_solution(options: argparse.Namespace) -> Solution:
    """Reads and checks the whole folder, and works the options into the manifests."""
    base = Path(options.base_path)
    manifests = read_manifests(base)
    services = [manifest for manifest in manifests if manifest.kind == "Service"]
    dockerinfo = read_dockerinfo(base, services)
    docker_secret = options.path_docker_secret
    secret = read_secret(Path(docker_secret), options.secret_name) if docker_secret else None
    variables = read_variables(Path(options.config_file)) if options.config_file else []
    adjust_workloads(manifests, options, variables)
    return Solution(manifests, dockerinfo, secret)


# --- What the options change in memory -----------------------------------------------


def adjust_workloads(manifests: list[Manifest], options: argparse.Namespace, variables: list[Variable]) -> None:
    """Sets pull policy, pull Secret and environment variables of all workloads."""
    pods = [manifest.pod for manifest in manifests if manifest.pod is not None]
    if options.path_docker_secret or options.secret_name != DEFAULT_SECRET:
        for pod in pods:
            add_pull_secret(pod, options.secret_name)
    containers = [container for pod in pods for container in containers_of(pod)]
    if options.image_pull_policy:
        for container in containers:
            container["imagePullPolicy"] = options.image_pull_policy
    for variable in variables:
        add_variable(containers, variable)


def containers_of(pod: dict[str, Any]) -> list[dict[str, Any]]:
    """All containers of a pod spec, those that only run at its start included."""
    return [*(pod.get("initContainers") or []), *(pod.get("containers") or [])]


def add_pull_secret(pod: dict[str, Any], name: str) -> None:
    """Lets a pod use a pull Secret, besides those it uses already."""
    secrets = pod.get("imagePullSecrets") or []
    if {"name": name} not in secrets:
        pod["imagePullSecrets"] = [*secrets, {"name": name}]


def add_variable(containers: list[dict[str, Any]], variable: Variable) -> None:
    """Sets a variable in every container whose image matches, replacing an earlier value."""
    matching = [container for container in containers if variable.image.search(str(container.get("image", "")))]
    if not matching:
        note(f"no image matches {variable.image.pattern!r}; variable {variable.name} is not set")
    for container in matching:
        others = [entry for entry in container.get("env") or [] if entry.get("name") != variable.name]
        container["env"] = [*others, {"name": variable.name, "value": variable.value}]


# --- Services ------------------------------------------------------------------------


def without_node_ports(service: Manifest) -> Manifest:
    """The Service as a NodePort Service whose node ports the cluster chooses."""
    body = copy.deepcopy(service.body)
    body["spec"]["type"] = "NodePort"
    for port in body["spec"]["ports"]:
        port.pop("nodePort", None)
    return Manifest(body, service.path)


def with_ports(service: Manifest, chosen: list[int]) -> Manifest:
    """The Service with each port equal to its node port."""
    body = copy.deepcopy(service.body)
    for port, number in zip(body["spec"]["ports"], chosen):
        port["port"] = port["nodePort"] = number
    return Manifest(body, service.path)


def node_ports(service: Manifest, live: Optional[dict[str, Any]]) -> Optional[list[int]]:
    """The node ports that the cluster gave to the ports of `service`; None if any is missing."""
    live_ports = ((live or {}).get("spec") or {}).get("ports") or []
    by_name = {port.get("name"): port.get("nodePort") for port in live_ports}
    chosen = [by_name.get(port.get("name")) for port in service.body["spec"]["ports"]]
    return [number for number in chosen if number] if all(chosen) else None


def web_ui_services(services: list[Manifest]) -> list[Manifest]:
    """A Service for the web page of every node; the orchestrator has none."""
    taken = {service.name for service in services}
    copies = []
    for service in services:
        if service.name == ORCHESTRATOR:
            continue
        name = web_ui_name(service.name, taken)
        taken.add(name)
        copies.append(web_ui_service(service, name))
    return copies


def web_ui_name(name: str, taken: set[str]) -> str:
    """<name>webui; with a check sum if that is too long or belongs to another Service."""
    plain = name + WEB_UI_SUFFIX
    if len(plain) <= LONGEST_NAME and plain not in taken:
        return plain
    tail = "-" + hashlib.sha256(name.encode()).hexdigest()[:8] + WEB_UI_SUFFIX
    changed = name[: LONGEST_NAME - len(tail)].rstrip("-") + tail
    if changed in taken:
        raise Failure(f"there is no free name for the web page of {name}: {plain} and {changed} are taken")
    note(f"the web page of {name} gets the Service {changed}, because {plain} is too long or taken")
    return changed


def web_ui_service(service: Manifest, name: str) -> Manifest:
    """A copy of a node's Service that leads to the container's web page."""
    body = copy.deepcopy(service.body)
    body["metadata"]["name"] = name
    body["spec"]["ports"] = [
        {"name": "webui", "protocol": "TCP", "port": WEB_UI_PORT, "targetPort": WEB_UI_PORT}
    ]
    return Manifest(body, service.path)


# --- The cluster ---------------------------------------------------------------------


@dataclass
class Cluster:
    """kubectl, bound to one namespace; remembers what it has applied."""

    namespace: str
    applied: list[str] = field(default_factory=list)

    def get(self, *arguments: str) -> Optional[dict[str, Any]]:
        """An object or a list; None if there is no such object."""
        what = f"kubectl could not read {' '.join(arguments)}"
        text = self.run(what, ["get", *arguments, "--ignore-not-found"])
        return parse_reply(text, what) if text.strip() else None

    def apply(self, manifest: Manifest, *flags: str, verb: str = "apply") -> dict[str, Any]:
        """Applies an object and returns it as the cluster holds it."""
        what = f"kubectl could not apply {manifest.label} ({manifest.path})"
        text = self.run(what, [verb, "-f", "-", *flags], json.dumps(manifest.body))
        if manifest.label not in self.applied:
            self.applied.append(manifest.label)
        return parse_reply(text, what)

    def run(self, what: str, arguments: list[str], standard_input: str = "") -> str:
        """The standard output of one kubectl call; `what` opens the message if it fails."""
        command = ["kubectl", *arguments, "-o", "json", "--namespace", self.namespace, "--request-timeout=60s"]
        try:
            result = subprocess.run(
                command, input=standard_input, capture_output=True, timeout=KUBECTL_SECONDS, encoding="utf-8"
            )
        except FileNotFoundError as error:
            raise Failure("kubectl was not found", remedy="install kubectl and have it on the PATH") from error
        except subprocess.TimeoutExpired as error:
            why = f"no answer within {KUBECTL_SECONDS} s"
            raise Failure(what, why, "check that kubectl's current context reaches the cluster") from error
        if result.returncode != 0:
            words = result.stderr.strip() or f"kubectl ended with code {result.returncode}"
            raise Failure(what, words, remedy_for(words))
        for line in result.stderr.splitlines():
            note(f"kubectl: {line}")
        return result.stdout


def parse_reply(text: str, what: str) -> dict[str, Any]:
    """The JSON object that kubectl printed."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise Failure(what, f"its output is no JSON: {text[:200]!r}", "use a current version of kubectl") from error


def remedy_for(words: str) -> str:
    """What helps against a failed kubectl call."""
    if "(Forbidden)" in words:
        return "ask the cluster's administrator for the right that is missing, or take another namespace"
    if "(Unauthorized)" in words or "connection to the server" in words or "Unable to connect" in words:
        return "check kubectl's current context: kubectl config current-context; kubectl get nodes"
    if "immutable" in words:
        return "delete that object with kubectl, as it cannot be changed in place"
    return "remove the cause that kubectl names"


def ensure_namespace(cluster: Cluster) -> None:
    """Creates the namespace unless it is there; refuses one that is being deleted."""
    try:
        existing = cluster.get("namespace", cluster.namespace)
    except Failure as failure:
        if "(Forbidden)" not in failure.why:
            raise
        note(f"this account may not read namespaces; going on as if {cluster.namespace} existed")
        return
    if existing is None:
        body = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": cluster.namespace}}
        cluster.apply(Manifest(body, "--namespace"), verb="create")
        print(f"Namespace {cluster.namespace}: created", flush=True)
        return
    phase = (existing.get("status") or {}).get("phase")
    if phase != "Active":
        raise Failure(
            f"namespace {cluster.namespace} is {phase}, nothing can be deployed into it",
            remedy="wait until it is gone, or take another namespace",
        )


def settle_service(cluster: Cluster, service: Manifest) -> int:
    """Applies a Service with port = node port; ports that it has already are kept.

    Returns the first port.
    """
    wanted = without_node_ports(service)
    chosen = node_ports(wanted, cluster.get("service", wanted.name))
    if chosen is None:
        chosen = node_ports(wanted, cluster.apply(wanted))
    if chosen is None:
        raise Failure(f"the cluster gave {service.label} no node port", remedy="check the cluster's node port range")
    cluster.apply(with_ports(wanted, chosen))
    print(f"{service.label}: port {chosen[0]}", flush=True)
    return chosen[0]


def deploy(solution: Solution, cluster: Cluster, base: Path) -> dict[str, int]:
    """Brings everything to the cluster; returns the port of each Service."""
    pages = web_ui_services(solution.services)
    ensure_namespace(cluster)
    if solution.secret:
        # Server-side, because a client-side apply repeats the content in an annotation.
        cluster.apply(solution.secret, "--server-side", "--force-conflicts")
        print(f"{solution.secret.label}: applied", flush=True)
    apply_all(cluster, solution.of_rank(0) + solution.of_rank(1))
    ports = {service.name: settle_service(cluster, service) for service in solution.services}
    for page in pages:
        settle_service(cluster, page)
    if solution.dockerinfo is not None:
        write_dockerinfo(base / "dockerinfo.json", solution, ports)
    apply_all(cluster, solution.of_rank(3))
    return ports


def apply_all(cluster: Cluster, manifests: list[Manifest]) -> None:
    """Applies objects one after the other."""
    for manifest in manifests:
        cluster.apply(manifest)
        print(f"{manifest.label}: applied", flush=True)


def write_dockerinfo(path: Path, solution: Solution, ports: dict[str, int]) -> None:
    """Puts the Services' ports into dockerinfo.json, in one step; names stay as they are."""
    changed = copy.deepcopy(solution.dockerinfo)
    for entry in docker_entries(changed):
        entry["port"] = ports[service_of(entry, solution.services)]
    if changed != solution.dockerinfo:
        replace_file(path, json.dumps(changed, ensure_ascii=False))


def replace_file(path: Path, text: str) -> None:
    """Writes a file so that a reader sees the old or the new content, nothing between."""
    temporary = None
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            temporary = file.name
            file.write(text)
        os.chmod(temporary, path.stat().st_mode & 0o777)
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise Failure(f"cannot write {path}", str(error), "make the folder writable") from error


# --- Where to reach it ---------------------------------------------------------------


def is_usable(node: dict[str, Any]) -> bool:
    """Whether a node is Ready and takes pods."""
    conditions = (node.get("status") or {}).get("conditions") or []
    ready = any(condition.get("type") == "Ready" and condition.get("status") == "True" for condition in conditions)
    return ready and not (node.get("spec") or {}).get("unschedulable")


def addresses(nodes: list[dict[str, Any]], kind: str) -> list[str]:
    """All addresses of one kind, in the nodes' order."""
    return [
        entry["address"]
        for node in nodes
        for entry in (node.get("status") or {}).get("addresses") or []
        if entry.get("type") == kind and entry.get("address")
    ]


def best_address(nodes: list[dict[str, Any]]) -> Optional[str]:
    """An address to reach node ports at: external if any node has one; None if there is none."""
    usable = sorted(filter(is_usable, nodes), key=lambda node: node["metadata"]["name"])
    if not usable:
        note("the cluster shows no node that is Ready and takes pods; put a node's address in below")
        return None
    external = addresses(usable, "ExternalIP")
    if external:
        return external[0]
    internal = addresses(usable, "InternalIP")
    if not internal:
        note("no node tells its address; put a node's address in below")
        return None
    note(f"no node has an external address; {internal[0]} is internal and answers only inside the cluster's network")
    return internal[0]


def node_address(cluster: Cluster) -> Optional[str]:
    """An address of the cluster; None, with a note, if it cannot be found out."""
    try:
        nodes = cluster.get("nodes") or {}
    except Failure as failure:
        note(f"the nodes' addresses cannot be read ({failure.why}); put a node's address in below")
        return None
    return best_address(nodes.get("items") or [])


def print_next_step(address: Optional[str], port: int, base_path: str) -> None:
    """The closing lines for a pipeline: where its orchestrator is and how to start it."""
    host = address or "<node-address>"
    host = f"[{host}]" if ":" in host else host
    at_home = Path(base_path).resolve() == Path.cwd()
    script = "orchestrator_client/orchestrator_client.py"
    script = script if at_home else str(Path(base_path) / script)
    print(f"Node IP-address : {address or 'unknown'}")
    print(f"Orchestrator Port is : {port}")
    print(f"Please run python {script} --endpoint={host}:{port} --basepath={'./' if at_home else base_path}")


# --- Command line --------------------------------------------------------------------


def namespace_name(text: str) -> str:
    """A namespace that may be deployed into."""
    if len(text) > LONGEST_NAME or not DNS_LABEL.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"{text!r} cannot be a namespace: use at most {LONGEST_NAME} of a-z, 0-9 and -, "
            "beginning and ending with a letter or digit"
        )
    if text.startswith("kube-"):
        raise argparse.ArgumentTypeError(f"{text!r} is reserved for Kubernetes itself: take another namespace")
    return text


def secret_name(text: str) -> str:
    """The name of a Secret."""
    if len(text) > 253 or not DNS_SUBDOMAIN.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} cannot be the name of a Secret: use a-z, 0-9, - and .")
    return text


def parse_options(arguments: Optional[list[str]]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Deploys the solution in this folder to a Kubernetes namespace.")
    parser.add_argument("--namespace", "-n", required=True, type=namespace_name, help="created if it does not exist")
    parser.add_argument(
        "--image_pull_policy", "-ipp", choices=["Always", "IfNotPresent", "Never"],
        help="for all containers (default: as in the manifests)",
    )
    parser.add_argument("--base_path", "-bp", default="./", help="folder of the unpacked zip (default: current folder)")
    parser.add_argument("--path_docker_secret", "-ps", help="Docker config.json to make a pull Secret from")
    parser.add_argument(
        "--secret_name", "-sn", default=DEFAULT_SECRET, type=secret_name,
        help="pull Secret of all pods (default: %(default)s)",
    )
    parser.add_argument(
        "--config-file", "-cf",
        help='JSON: {"environment_variables": [{"docker_image_pattern": regular expression, "name": .., "value": ..}]}',
    )
    return parser.parse_args(arguments)


def report(failure: Failure, cluster: Cluster) -> None:
    """Prints a failure with its reason, what exists by now, and what to do."""
    lines = [f"error: {failure.what}"]
    lines += [f"  reason: {line}" for line in failure.why.splitlines()]
    if cluster.applied:
        lines.append(f"  applied by now (namespace {cluster.namespace}): {', '.join(cluster.applied)}")
    else:
        lines.append("  applied by now: nothing")
    again = "then run this script again: what exists is kept, and ports do not change"
    lines.append(f"  what to do: {failure.remedy + '; ' if failure.remedy else ''}{again}")
    print("\n".join(lines), file=sys.stderr, flush=True)


def main(arguments: Optional[list[str]] = None) -> int:
    """Runs the script; returns its exit code."""
    options = parse_options(arguments)
    cluster = Cluster(options.namespace)
    try:
        solution = read_solution(options)
        ports = deploy(solution, cluster, Path(options.base_path))
        if solution.dockerinfo is None:
            print("Thank you")
        else:
            print_next_step(node_address(cluster), ports[ORCHESTRATOR], options.base_path)
    except Failure as failure:
        report(failure, cluster)
        return 1
    except KeyboardInterrupt:
        report(Failure("interrupted", "the step under way may have been finished"), cluster)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
