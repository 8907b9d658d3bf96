"""Time from exec to the first answered /healthz, and resident memory while idle, beside Python's own HTTP server."""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import table


def free_port():
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port, path):
    """Whether one GET is answered with a status line."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(f"GET {path} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
            return connection.recv(64).startswith(b"HTTP/1")
    except OSError:
        return False


def resident_mebibytes(pid):
    """VmRSS of a process."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def measure(command, path, environment, idle=0.0):
    """Milliseconds until the first answer, and MiB after being idle."""
    port = free_port()
    begin = time.perf_counter()
    process = subprocess.Popen(
        [part.format(port=port) for part in command],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not answers(port, path):
            if process.poll() is not None or time.perf_counter() - begin > 20:
                raise SystemExit(f"{command[0]} did not answer")
            time.sleep(0.001)
        elapsed = (time.perf_counter() - begin) * 1000
        time.sleep(idle)
        return elapsed, resident_mebibytes(process.pid)
    finally:
        process.terminate()
        process.wait()


def run(release: Path) -> None:
    """Prints medians and ratios."""
    with tempfile.TemporaryDirectory() as state:
        environment = {**os.environ, "GRAPHENE_DEPLOYER_JWT_KEY": "123e4567-e89b-12d3-a456-426614174000"}
        program = str(release / "graphene-deployer")
        host = [program, "serve", "--port", "{port}", "--state", state, "--catalogue", "config/samples"]
        peer = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "{port}"]
        pairs = [
            (measure(host, "/healthz", environment, idle=2.0), measure(peer, "/LICENSE", os.environ, idle=0.2))
            for _ in range(9)
        ]
    start, memory = (statistics.median(column) for column in zip(*(ours for ours, _ in pairs)))
    peer_start, peer_memory = (statistics.median(column) for column in zip(*(theirs for _, theirs in pairs)))
    table.row(
        "host from exec to first /healthz", f"{start:.0f} ms", "< 100 ms", start < 100,
        f"python3 -m http.server {peer_start:.0f} ms", start / peer_start,
    )
    table.row(
        "host's resident memory, idle", f"{memory:.1f} MiB", "< 40 MiB", memory < 40,
        f"python3 -m http.server {peer_memory:.1f} MiB", memory / peer_memory,
    )
