"""A container that crashes again and again: from the status that says so to the line that people see."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median

import chain
import rigs
import table
from audit import Call
from rigs import Rig, Run

ROUNDS = 5
NODE = "model4"


def run(release: Path) -> None:
    with rigs.live() as rig:
        rounds = [_delays(rig) for _ in range(ROUNDS)]
    ours, peers = zip(*rounds)
    table.row(
        "crash loop, from the pod's status to our line", f"{median(ours):.0f} ms", "< 2000 ms, slowest",
        max(ours) < 2000, f"kubectl get pods --watch {median(peers):.0f} ms", median(ours) / median(peers),
    )


def _delays(rig: Rig) -> tuple[float, float]:
    with rig.cluster.place() as place:
        place.create()
        place.script(NODE, "crash-loop", exit=7)
        start = rig.audit.size()
        kubectl = ["kubectl", "--kubeconfig", str(rig.kubeconfig("peer")), "--namespace", place.name]
        watch = Run([*kubectl, "get", "pods", "--watch"])
        try:
            with rig.deploying(chain.REFERENCE, place.name) as run:
                reported = run.time_of(NODE, "failed")
            seen = watch.time_of(NODE, "CrashLoopBackOff")
        finally:
            watch.end()

        def says_so(call: Call) -> bool:
            is_status = call.namespace == place.name and call.resource == "pods/status"
            return is_status and "CrashLoopBackOff" in json.dumps(call.body)

        changed = rig.audit.calls(start, says_so)[0].ended
    return (reported - changed) * 1000, (seen - changed) * 1000
