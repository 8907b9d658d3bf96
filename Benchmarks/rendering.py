"""CPU time from a blueprint to solution.zip, beside packing the same files."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import table


def run(release: Path) -> None:
    result = subprocess.run([release / "rendering-benchmark"], check=True, capture_output=True, text=True)
    small, large = json.loads(result.stdout)
    table.row(
        "blueprint of 50 nodes -> zip", f"{small['whole']:.1f} ms CPU", "< 30 ms", small["whole"] < 30,
        f"packing the same files {small['packing']:.1f} ms", small["whole"] / small["packing"],
    )
    each, few = (size["whole"] / size["nodes"] for size in (large, small))
    table.row(
        "blueprint of 1000 nodes -> zip, per node", f"{each:.3f} ms CPU", "<= 1.5x", each / few <= 1.5,
        f"per node of 50 {few:.3f} ms", each / few,
    )
