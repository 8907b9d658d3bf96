"""The status of a pod, as a kubelet or a scheduler writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from node.api import now

if TYPE_CHECKING:
    from node.containers import Container
    from node.pods import Pod


def unscheduled(pod: Pod, text: str) -> dict[str, Any]:
    """A pod that no node takes."""
    _condition(pod, "PodScheduled", False, "Unschedulable", text)
    return {"phase": "Pending", "conditions": list(pod.conditions.values())}


def living(pod: Pod) -> dict[str, Any]:
    """A pod on the node."""
    looks = [container.look for container in pod.containers]
    ready = all(view.ready for view in looks)
    unready = [container.name for container in pod.containers if not container.look.ready]
    why = {"reason": "ContainersNotReady", "text": f"containers with unready status: [{' '.join(unready)}]"}
    _condition(pod, "Initialized", True)
    _condition(pod, "Ready", ready, **({} if ready else why))
    _condition(pod, "ContainersReady", ready, **({} if ready else why))
    _condition(pod, "PodScheduled", True)
    return {
        "phase": _phase(pod),
        "conditions": list(pod.conditions.values()),
        "containerStatuses": [_container(container) for container in pod.containers],
        "hostIP": "127.0.0.1",
        "podIP": pod.ip,
        "podIPs": [{"ip": pod.ip}],
        "qosClass": pod.document["status"].get("qosClass", "BestEffort"),
        "startTime": pod.begun,
    }


def _phase(pod: Pod) -> str:
    looks = [container.look for container in pod.containers]
    if not all(view.started for view in looks):
        return "Pending"
    ended = [view.state["terminated"]["exitCode"] for view in looks if "terminated" in view.state]
    if len(ended) < len(looks) or pod.document["spec"].get("restartPolicy", "Always") == "Always":
        return "Running"
    return "Failed" if any(ended) else "Succeeded"


def _container(container: Container) -> dict[str, Any]:
    view = container.look
    restarts = container.base + view.restarts
    result = {
        "name": container.name, "image": container.image, "imageID": "", "ready": view.ready, "started": view.runs,
        "restartCount": restarts, "state": _timed(container, view.state, restarts),
        "lastState": _timed(container, view.last, restarts - 1) if view.last else {},
    }
    if view.started:
        result["imageID"] = f"{container.image}@sha256:{'0' * 64}"
        result["containerID"] = f"containerd://{container.folder.name}-{container.name}-{restarts}"
    return result


def _timed(container: Container, state: dict[str, Any], run: int) -> dict[str, Any]:
    result = dict(state)
    if "running" in state:
        result["running"] = {"startedAt": container.time("start", run)}
    if "terminated" in state:
        times = {"startedAt": container.time("start", run), "finishedAt": container.time("end", run)}
        result["terminated"] = state["terminated"] | times
    return result


def _condition(pod: Pod, kind: str, value: bool, reason: str = "", text: str = "") -> None:
    """Sets a condition; its time changes only with its value."""
    told = "True" if value else "False"
    before = pod.conditions.get(kind, {})
    moment = before["lastTransitionTime"] if before.get("status") == told else now()
    condition = {"type": kind, "status": told, "lastTransitionTime": moment, "lastProbeTime": None}
    pod.conditions[kind] = condition | ({"reason": reason, "message": text} if reason else {})
