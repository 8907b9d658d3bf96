"""Runs all benchmarks, or those whose names are given, and prints a table of figures."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
RELEASE = REPOSITORY / ".build" / "release"
os.environ["GRAPHENE_DEPLOYER"] = str(RELEASE / "graphene-deployer")
os.environ["GRPC_ENABLE_FORK_SUPPORT"] = "0"
sys.dont_write_bytecode = True
ORCHESTRATOR_CLIENT = REPOSITORY / "Sources" / "DeploymentKit" / "Sources" / "Packaging" / "Bundle" / "orchestrator_client"
sys.path[:0] = map(str, (
    REPOSITORY / "Benchmarks" / "cluster", REPOSITORY / "Benchmarks" / "host", REPOSITORY / "Tests" / "Python",
    ORCHESTRATOR_CLIENT,
))

import applying  # noqa: E402
import concurrency  # noqa: E402
import crash_loop  # noqa: E402
import drawing  # noqa: E402
import isolation  # noqa: E402
import magnum  # noqa: E402
import rendering  # noqa: E402
import second_run  # noqa: E402
import start  # noqa: E402
import streams  # noqa: E402
import table  # noqa: E402

BENCHMARKS = {
    "rendering": rendering, "drawing": drawing, "start": start, "streams": streams, "isolation": isolation,
    "applying": applying, "second-run": second_run, "crash-loop": crash_loop, "concurrency": concurrency,
    "magnum": magnum,
}


def main() -> int:
    """Exit code 1 if something did not run."""
    names = sys.argv[1:] or list(BENCHMARKS)
    strangers = [name for name in names if name not in BENCHMARKS]
    if strangers:
        print(f"there is no benchmark {strangers[0]}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; medians")
    table.header()
    broken = False
    for name in names:
        try:
            BENCHMARKS[name].run(RELEASE)
        except Exception:
            traceback.print_exc()
            print(f"{name} did not run", flush=True)
            broken = True
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
