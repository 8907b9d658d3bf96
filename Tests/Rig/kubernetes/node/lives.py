"""How a container looks to a kubelet after some seconds under a script. Pure: no clock, no calls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Callable, Optional

from node.scripts import Script

READY_AFTER = 0.3
CRASH_AFTER = 0.5
BACK_OFF = 4.0
PULL_PERIOD = 10.0
Event = tuple[str, str, str]  # type, reason, message


@dataclass(frozen=True)
class Look:
    """One moment of a container."""

    state: dict[str, Any]
    events: tuple[Event, ...] = ()
    ready: bool = False
    restarts: int = 0
    last: Optional[dict[str, Any]] = None
    runs: bool = False  # its processes are there
    started: bool = False  # it ran at least once


def waiting(reason: str, message: str = "") -> dict[str, Any]:
    return {"waiting": {"reason": reason} | ({"message": message} if message else {})}


def look(script: Script, container: str, image: str, elapsed: float) -> Look:
    """The container `elapsed` seconds after its life under this script began."""
    view = _VIEWS.get(script.kind, _ok)
    return view(script, container, image, elapsed)


def _pulling(image: str) -> tuple[Event, ...]:
    return (("Normal", "Pulling", f'Pulling image "{image}"'),)


def _started(container: str, image: str) -> tuple[Event, ...]:
    return _pulling(image) + (
        ("Normal", "Pulled", f'Successfully pulled image "{image}"'),
        ("Normal", "Created", f"Created container {container}"),
        ("Normal", "Started", f"Started container {container}"),
    )


def _creating(image: str) -> Look:
    return Look(waiting("ContainerCreating"), _pulling(image))


def _running(container: str, image: str, ready: bool) -> Look:
    return Look({"running": {}}, _started(container, image), ready=ready, runs=True, started=True)


def _ok(script: Script, container: str, image: str, elapsed: float) -> Look:
    if elapsed < script.seconds:
        return _creating(image)
    return _running(container, image, elapsed >= script.seconds + READY_AFTER)


def _never_ready(script: Script, container: str, image: str, elapsed: float) -> Look:
    view = _ok(script, container, image, elapsed)
    text = script.text or "dial tcp 10.244.0.2:8061: connect: connection refused"
    event = ("Warning", "Unhealthy", f"Readiness probe failed: {text}")
    events = view.events + ((event,) if view.ready else ())
    return replace(view, events=events, ready=False)


def _pull_fails(reason: str) -> Callable[[Script, str, str, float], Look]:
    def view(script: Script, container: str, image: str, elapsed: float) -> Look:
        if elapsed < 0.3:
            return _creating(image)
        why = script.text or reason.format(image=image, host=image.split("/")[0])
        text = f"rpc error: code = {why}"
        events = _pulling(image) + (
            ("Warning", "Failed", f'Failed to pull image "{image}": {text}'),
            ("Warning", "Failed", "Error: ErrImagePull"),
        )
        if (elapsed - 0.3) % PULL_PERIOD < 2:
            return Look(waiting("ErrImagePull", text), events)
        back_off = f'Back-off pulling image "{image}"'
        events += (("Normal", "BackOff", back_off), ("Warning", "Failed", "Error: ImagePullBackOff"))
        return Look(waiting("ImagePullBackOff", back_off), events)

    return view


def _config_error(script: Script, container: str, image: str, elapsed: float) -> Look:
    if elapsed < script.seconds:
        return _creating(image)
    text = script.text or 'secret "settings" not found'
    events = _pulling(image) + (("Warning", "Failed", f"Error: {text}"),)
    return Look(waiting("CreateContainerConfigError", text), events)


def _attach_fails(script: Script, container: str, image: str, elapsed: float) -> Look:
    text = script.text or 'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) other-0'
    return Look(waiting("ContainerCreating"), (("Warning", "FailedAttachVolume", text),))


def _crashes(reason: str, ready_for: Callable[[Script], float]) -> Callable[[Script, str, str, float], Look]:
    """The first crash is followed by a restart at once, every later one by a back-off."""

    def view(script: Script, container: str, image: str, elapsed: float) -> Look:
        code = 137 if reason == "OOMKilled" else script.exit
        ended = {"terminated": {"exitCode": code, "reason": reason}}
        pulled, good = 0.3, ready_for(script)
        if elapsed < pulled:
            return _creating(image)
        if elapsed < pulled + good:
            return _running(container, image, elapsed >= pulled + READY_AFTER)
        after, events = elapsed - pulled - good, _started(container, image)
        if after < 2 * CRASH_AFTER:  # crashed once, restarted
            if after < CRASH_AFTER:
                return Look(ended, events, restarts=0, started=True)
            return Look({"running": {}}, events, restarts=1, last=ended, runs=True, started=True)
        period, place = divmod(after - 2 * CRASH_AFTER, BACK_OFF + CRASH_AFTER)
        restarts = 1 + int(period)
        events += (("Warning", "BackOff", "Back-off restarting failed container"),)
        if place < BACK_OFF:
            text = f"back-off 10s restarting failed container={container}"
            return Look(waiting("CrashLoopBackOff", text), events, restarts=restarts, last=ended, started=True)
        return Look({"running": {}}, events, restarts=restarts + 1, last=ended, runs=True, started=True)

    return view


def _complete(script: Script, container: str, image: str, elapsed: float) -> Look:
    if elapsed < script.seconds + CRASH_AFTER:
        return _ok(script, container, image, elapsed)
    ended = {"terminated": {"exitCode": 0, "reason": "Completed"}}
    return Look(ended, _started(container, image), started=True)


_NOT_FOUND = (
    'NotFound desc = failed to pull and unpack image "{image}": failed to resolve reference "{image}": '
    "{image}: not found"
)
_UNAUTHORIZED = (
    'Unknown desc = failed to pull and unpack image "{image}": failed to resolve reference "{image}": '
    "pulling from host {host} failed with status code [manifests]: 401 Unauthorized"
)
_VIEWS: dict[str, Callable[[Script, str, str, float], Look]] = {
    "image-not-found": _pull_fails(_NOT_FOUND),
    "image-unauthorized": _pull_fails(_UNAUTHORIZED),
    "crash-loop": _crashes("Error", lambda script: 0),
    "oom": _crashes("OOMKilled", lambda script: 0),
    "run-then-crash": _crashes("Error", lambda script: script.seconds),
    "config-error": _config_error,
    "never-ready": _never_ready,
    "attach-fails": _attach_fails,
    "complete": _complete,
}
