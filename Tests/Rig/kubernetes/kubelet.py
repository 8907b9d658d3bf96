#!/usr/bin/env python3
"""A stand-in for a node, its kubelet, the scheduler and the volume provisioners of a cluster that up.sh started.

    python kubelet.py FOLDER [--name node1] [--addresses ExternalIP,InternalIP] [--interval SECONDS]

FOLDER is that of up.sh, started with GRAPHENE_DEPLOYER_RIG_SCHEDULER=no. Pods get to the node and live as
FOLDER/kubelet/scripts.json says (see node/scripts.py), by default well; the file may change at any time. Images are
not used: at a running container's port 8061 a gRPC server of this process listens, or, for containers with
`orchestrator` in their name, a process of Tests/Rig/orchestrator. Prints `ready` when the node is; ends with SIGTERM.
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import sys
import time
from pathlib import Path

os.environ["GRPC_ENABLE_FORK_SUPPORT"] = "0"
sys.dont_write_bytecode = True

from node.api import API, Refused  # noqa: E402
from node.network import Proxies  # noqa: E402
from node.nodes import Node  # noqa: E402
from node.pods import Pods  # noqa: E402
from node.scripts import Scripts  # noqa: E402
from node.server import Server  # noqa: E402
from node.volumes import Volumes  # noqa: E402


def main() -> None:
    options = parse_options()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    folder = options.folder.resolve() / "kubelet"
    folder.mkdir(exist_ok=True)
    api = API(options.folder)
    scripts = Scripts(folder / "scripts.json")
    volumes = Volumes(api, options.name, scripts)
    proxies = Proxies(api)
    pods = Pods(api, options.name, scripts, volumes, folder / "logs", proxies)
    proxies.pods = pods
    server = Server(options.folder.resolve(), pods)
    server.start()
    addresses = [each for each in options.addresses.split(",") if each]
    node = Node(api, options.name, addresses, server.server_port, scripts)
    announced = False
    while True:
        try:
            node.step()
            if not announced:
                volumes.create_classes()
                print("ready", flush=True)
                announced = True
            scripts.refresh()
            volumes.step()
            pods.step()
        except (Refused, OSError, http.client.HTTPException) as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
            time.sleep(0.5)
        time.sleep(options.interval)


def parse_options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="A stand-in for a node and its kubelet.")
    parser.add_argument("folder", type=Path, help="the folder that was given to up.sh")
    parser.add_argument("--name", default="node1", help="of the node (default: %(default)s)")
    parser.add_argument(
        "--addresses", default="ExternalIP,InternalIP", help="types of the address 127.0.0.1 (default: %(default)s)"
    )
    parser.add_argument("--interval", type=float, default=0.2, help="seconds between looks (default: %(default)s)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
