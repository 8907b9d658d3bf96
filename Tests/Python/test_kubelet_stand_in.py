"""The kubelet's stand-in through the real API server: what the tests of targets rely on."""

from __future__ import annotations

import json
import time
from typing import Any

import folders
import orchestrator_pb2 as messages
import pytest
from forwarding import Forwarded
from live_cluster import Place, eventually

pytestmark = pytest.mark.cluster


def deploy(place: Place, name: str, claim: str | None = None) -> None:
    place.kubectl("apply", "-f", "-", document=folders.deployment(name, f"registry.example/{name}:1", claim))


def deployed(place: Place, name: str) -> None:
    place.create()
    deploy(place, name)
    place.kubectl("rollout", "status", f"deployment/{name}", "--timeout=40s")


def container(place: Place, name: str) -> dict[str, Any]:
    return (place.pod(name)["status"].get("containerStatuses") or [{}])[0]


def ready(place: Place, name: str) -> set[str]:
    """The identities of the pods of a node that are ready."""
    return {
        pod["metadata"]["uid"] for pod in place.objects("pods", f"app={name}").values()
        for each in pod["status"].get("conditions", []) if (each["type"], each["status"]) == ("Ready", "True")
    }


def test_a_deployment_becomes_ready_with_the_events_of_a_kubelet(place: Place) -> None:
    deployed(place, "gui1")
    pod = place.pod("gui1")
    assert pod["status"]["phase"] == "Running"
    assert pod["status"]["podIP"]
    events = json.loads(place.kubectl("get", "events", "-o", "json"))["items"]
    reasons = {each["reason"] for each in events if each["involvedObject"]["name"] == pod["metadata"]["name"]}
    assert {"Scheduled", "Pulling", "Pulled", "Created", "Started"} <= reasons


def test_logs_come_through_the_api_server(place: Place) -> None:
    place.script("gui1", log=["one", "two", "three"])
    deployed(place, "gui1")
    assert place.kubectl("logs", "deployment/gui1").splitlines() == ["one", "two", "three"]
    assert place.kubectl("logs", "deployment/gui1", "--tail=1").splitlines() == ["three"]


def test_a_crash_loop_counts_restarts_and_keeps_the_previous_log(place: Place) -> None:
    place.script("gui1", "crash-loop", exit=3, log=["no model"])
    place.create()
    deploy(place, "gui1")
    eventually(lambda: bool(place.objects("pods", "app=gui1")), "the pod")
    eventually(lambda: "CrashLoopBackOff" in json.dumps(container(place, "gui1").get("state", {})), "the back-off")
    status = container(place, "gui1")
    assert status["restartCount"] >= 1
    assert status["lastState"]["terminated"]["exitCode"] == 3
    assert place.kubectl("logs", "deployment/gui1", "--previous").splitlines() == ["no model"]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("image-not-found", "ErrImagePull"), ("image-not-found", "ImagePullBackOff"),
        ("image-unauthorized", "ImagePullBackOff"), ("config-error", "CreateContainerConfigError"),
        ("slow-pull", "ContainerCreating"), ("oom", "OOMKilled"),
    ],
)
def test_a_script_shows_as_its_reason(place: Place, script: str, reason: str) -> None:
    place.script("gui1", script, **({"seconds": 60} if script == "slow-pull" else {}))
    place.create()
    deploy(place, "gui1")
    eventually(lambda: bool(place.objects("pods", "app=gui1")), "the pod")
    eventually(lambda: reason in json.dumps(container(place, "gui1")), reason)


def test_a_pod_that_fits_nowhere_says_why(place: Place) -> None:
    place.script("gui1", "unschedulable", text="0/1 nodes are available: 1 Insufficient cpu.")
    place.create()
    deploy(place, "gui1")
    eventually(lambda: "Insufficient cpu" in place.kubectl("get", "pods", "-o", "json"), "the scheduler's words")


def test_a_port_is_forwarded_over_a_websocket(place: Place) -> None:
    deployed(place, "gui1")
    name = place.pod("gui1")["metadata"]["name"]
    forwarded = Forwarded(place.cluster.kubeconfig, place.name, name, 8061)
    assert "101 " in forwarded.head and "v4.channel.k8s.io" in forwarded.head
    assert [forwarded.receive()[1] for _ in range(2)] == [b"\0\x7d\x1f", b"\x01\x7d\x1f"]
    forwarded.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
    opcode, answer = forwarded.receive()
    assert (opcode, answer[0], answer[4]) == (2, 0, 4), "the server's SETTINGS"
    forwarded.close()


def test_a_port_where_nothing_listens_is_an_error_on_channel_1(place: Place) -> None:
    deployed(place, "gui1")
    name = place.pod("gui1")["metadata"]["name"]
    forwarded = Forwarded(place.cluster.kubeconfig, place.name, name, 8062)
    texts = [forwarded.receive()[1] for _ in range(3)]
    assert texts[2][0] == 1 and b"connection refused" in texts[2]
    forwarded.close()


def test_a_pod_of_an_orchestrator_has_a_process_of_its_own(place: Place) -> None:
    deployed(place, "orchestrator")
    assert place.orchestrator_status().message == "not initialized"
    with place.orchestrator() as stub:
        stub.run(messages.RunLabel(), timeout=10)
        assert stub.get_status(messages.RunLabel(), timeout=10).code == -1
    before = ready(place, "orchestrator")
    place.kubectl("delete", "pod", "--selector", "app=orchestrator")
    eventually(lambda: bool(ready(place, "orchestrator") - before), "another pod is ready")
    place.kubectl("rollout", "status", "deployment/orchestrator", "--timeout=40s")
    assert place.orchestrator_status().message == "not initialized"


def test_an_orchestrator_reaches_models_by_the_names_of_their_services(place: Place) -> None:
    nodes = folders.NODES
    place.create()
    for name in (*nodes, "orchestrator"):
        deploy(place, name)
        place.kubectl("apply", "-f", "-", document=folders.service(name))
    for name in (*nodes, "orchestrator"):
        place.kubectl("rollout", "status", f"deployment/{name}", "--timeout=40s")
    with place.orchestrator() as stub:
        answer = stub.initialize(messages.OrchestrationConfiguration(
            blueprint=json.dumps(folders.blueprint()),
            dockerinfo=json.dumps(folders.dockerinfo({name: 8556 for name in nodes})),
            protofiles=folders.protofiles(),
        ), timeout=20)
        assert answer.message == "initialized", answer.message
        assert stub.run(messages.RunLabel(), timeout=10).message == "running"
        time.sleep(2)
        wanted = messages.OrchestrationObservationConfiguration(name_regex="thread.terminate")
        with pytest.raises(Exception, match="DEADLINE_EXCEEDED"):
            next(stub.observe(wanted, timeout=3))


@pytest.mark.parametrize(("storage_class", "mode"), [("rig-rwo", "ReadWriteOnce"), ("rig-rwx", "ReadWriteMany")])
def test_a_claim_is_bound_and_its_volume_goes_with_it(place: Place, storage_class: str, mode: str) -> None:
    place.create()
    claim = folders.claim("shared")
    claim["spec"] |= {"storageClassName": storage_class, "accessModes": [mode]}
    place.kubectl("apply", "-f", "-", document=claim)
    deploy(place, "gui1", "shared")
    place.kubectl("rollout", "status", "deployment/gui1", "--timeout=40s")
    volume = place.kubectl("get", "pvc", "shared", "-o", "jsonpath={.spec.volumeName}")
    assert volume
    place.kubectl("delete", "deployment/gui1", "pvc/shared")
    eventually(lambda: volume not in place.cluster.kubectl("get", "pv", "-o", "name"), "the volume goes")


def test_a_provisioner_that_fails_says_so(place: Place) -> None:
    place.script_claim("shared", "provisioning-fails", text="quota of volumes exceeded")
    place.create()
    claim = folders.claim("shared")
    claim["spec"]["storageClassName"] = "rig-rwx"
    place.kubectl("apply", "-f", "-", document=claim)
    eventually(lambda: "quota of volumes exceeded" in place.kubectl("get", "events", "-o", "json"), "the event")
