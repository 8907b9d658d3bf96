"""creodias: Ctrl-C at any step ends a deployment at once, says what exists, and leaves the namespace free."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from pathlib import Path

import pytest
from api_requests import Matching, matching
from creodias import PIPELINE, PIPELINE_NODES, Deployer, on, succeeded
from fault_proxy import FaultProxy
from live_cluster import Place, eventually

pytestmark = pytest.mark.cluster
NODE = "berth-rules1"
ALL = sorted([*PIPELINE_NODES, "orchestrator"])
AT_ONCE = 10
CREATED_SERVICE, CREATED_DEPLOYMENT = "created Service berth-gui1", "created Deployment berth-gui1"
# Where the signal comes, and what it must have said to exist.
STEPS: dict[str, tuple[Matching, list[str]]] = {
    "while looking": (matching("list", "nodes"), []),
    "before the lease": (matching("create", "leases"), ["created Namespace"]),
    "between two Services": (matching("patch", "services", NODE), ["created Namespace", CREATED_SERVICE]),
    "between two Deployments": (matching("patch", "deployments", NODE), [CREATED_SERVICE, CREATED_DEPLOYMENT]),
    "while it waits": (matching("watch", "pods"), [CREATED_DEPLOYMENT]),
    "while it calls the orchestrator": (matching("get", "pods/portforward"), [CREATED_DEPLOYMENT]),
}


def read_until(process: subprocess.Popen[str], texts: list[str]) -> str:
    """What a command says on its standard error until all these texts have come."""
    said = b""
    while not all(text.encode() in said for text in texts):
        assert select.select([process.stderr], [], [], 60)[0], f"{texts} do not come: {said.decode()}"
        # Past the buffer of the stream, which communicate() knows nothing of.
        more = os.read(process.stderr.fileno(), 65536)
        assert more, f"it ended without {texts}: {said.decode()}"
        said += more
    return said.decode()


@pytest.mark.parametrize("step", STEPS)
def test_an_interruption_ends_at_once_says_what_exists_and_lets_go(
    deployer: Deployer, admin: Path, proxied: Path, proxy: FaultProxy, place: Place, step: str
) -> None:
    fits, said = STEPS[step]
    held = proxy.fault(fits, holds=True)
    # Between objects that go side by side, only this tells that the answers for the others have been read.
    is_followed = step.startswith("between")
    process = deployer.start("deploy", PIPELINE, *on(proxied, place.name), *(["--follow"] if is_followed else []))
    try:
        eventually(lambda: bool(held.met), "the deployment comes to this step")
        eventually(lambda: proxy.has_sent_stage(held, len(ALL)), "what goes side by side with the held request arrives")
        output = read_until(process, said if is_followed else [])
        process.send_signal(signal.SIGINT)
        begin = time.monotonic()
        output += "".join(process.communicate(timeout=60))
        assert time.monotonic() - begin < AT_ONCE
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 130, output
    missing = [text for text in said if text not in output]
    assert not missing, f"{missing} is not in:\n{output}"
    assert "undeploy" in output or not said
    if place.exists():
        assert "graphene-deployer" not in place.kubectl("get", "leases", "-o", "name")
    succeeded(deployer.run("deploy", PIPELINE, *on(admin, place.name)))
    assert sorted(place.objects("deployments")) == ALL
    assert place.orchestrator_status().message == "running"
