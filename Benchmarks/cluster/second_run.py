"""A second deployment of a pipeline of ten nodes that runs: nothing is to be changed."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import chain
import rigs
import table
from recording import Recording, timed

ROUNDS = 5


def run(release: Path) -> None:
    with rigs.live() as rig:
        recording = Recording(rig, until_it_runs=True)
        requests, times, peers = [], [], []
        command = recording.kubectl(recording.namespace)
        timed(command, rig)
        for _ in range(ROUNDS):
            start = rig.audit.size()
            with rig.deploying(chain.REFERENCE, recording.namespace) as second:
                second.time_of("nothing is changed")
                times.append((second.wait() - second.begun) * 1000)
            requests.append(len(rig.audit.calls(start, lambda call: call.user == "deployer")))
            peers.append(timed(command, rig)[0])
    count = max(requests)
    table.row(
        "requests of an unchanged second run", str(count), "fewer than objects", count < chain.OBJECTS,
        f"objects {chain.OBJECTS}", count / chain.OBJECTS,
    )
    ours, peer = median(times), median(peers)
    table.row(
        "unchanged second run from exec to exit", f"{ours:.0f} ms", "", None,
        f"kubectl apply --server-side again {peer:.0f} ms", ours / peer,
    )
