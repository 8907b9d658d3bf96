"""Applying a pipeline of ten nodes: 11 Deployments, 11 Services and a claim, into a namespace that is there.

Beside curl, which fires the same requests in parallel over one HTTP/2 connection, and `kubectl apply --server-side`:
from the first PATCH to the last answer, as the API server saw it. Then what a user waits for: in a host that runs
already, from the first look at the cluster; on the command line, where ours loads its modules and plans before that.
kubectl starts with what it has learnt of the server in its cache.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

import chain
import rigs
import table
from audit import span
from recording import Recording, is_apply, timed
from rigs import Rig

ROUNDS = 11


def run(release: Path) -> None:
    with rigs.control_plane() as rig:
        recording = Recording(rig)
        rounds = [_deployer(rig) + _curl(rig, recording) + _kubectl(rig, recording) for _ in range(ROUNDS)][1:]
    ours, looking, whole, curl, kubectl, whole_kubectl = map(median, zip(*rounds))
    what = f"applying {chain.OBJECTS} objects, first PATCH to last answer"
    table.row(
        what, f"{ours:.0f} ms", "<= 1.3x", ours / curl <= 1.3, f"curl, the same in parallel {curl:.0f} ms", ours / curl,
    )
    table.row(what, f"{ours:.0f} ms", "", None, f"kubectl apply --server-side {kubectl:.0f} ms", ours / kubectl)
    table.row(
        "the same with the look at the cluster before it", f"{looking:.0f} ms", "<= 0.33x",
        looking / whole_kubectl <= 1 / 3, f"kubectl apply from exec to exit {whole_kubectl:.0f} ms",
        looking / whole_kubectl,
    )
    table.row(
        "deploy from exec to the last object applied", f"{whole:.0f} ms", "<= 0.33x", whole / whole_kubectl <= 1 / 3,
        f"kubectl apply from exec to exit {whole_kubectl:.0f} ms", whole / whole_kubectl,
    )


def _deployer(rig: Rig) -> tuple[float, float, float]:
    namespace, start = rig.namespace(), rig.audit.size()
    with rig.deploying(chain.REFERENCE, namespace) as run:
        applied = run.time_of("phase", "Waiting")
        calls = rig.audit.calls(start, is_apply("deployer", namespace), chain.OBJECTS)
    assert [call.code for call in calls] == [201] * chain.OBJECTS
    first = rig.audit.calls(start, lambda call: call.user == "deployer")[0]
    return span(calls), span([first, *calls]), (applied - run.begun) * 1000


def _curl(rig: Rig, recording: Recording) -> tuple[float]:
    namespace, start = rig.namespace(), rig.audit.size()
    _, output = timed(recording.parallel_client(namespace), rig)
    # One connection for all, which counts with whoever opened it.
    answers = sorted(output.splitlines())
    assert answers == ["201 2 0"] * (chain.OBJECTS - 1) + ["201 2 1"], answers
    return (span(rig.audit.calls(start, is_apply("peer", namespace), chain.OBJECTS)),)


def _kubectl(rig: Rig, recording: Recording) -> tuple[float, float]:
    namespace, start = rig.namespace(), rig.audit.size()
    elapsed, output = timed(recording.kubectl(namespace), rig)
    assert output.count("serverside-applied") == chain.OBJECTS, output
    return span(rig.audit.calls(start, is_apply("peer", namespace), chain.OBJECTS)), elapsed
