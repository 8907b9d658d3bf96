"""The lines of the table: what, how much, beside what, how many times that, the goal, and whether it is met."""

from __future__ import annotations

WIDTHS = (49, 14, 46, 6, 18)
_VERDICTS = {True: "PASS", False: "MISSED", None: ""}


def header() -> None:
    _print("benchmark", "figure", "beside", "ratio", "goal", "")


def row(what: str, figure: str, goal: str, met: bool | None, peer: str = "", ratio: float | None = None) -> None:
    """One line. `peer` is what is measured beside it, with its figure; None: there is no goal."""
    _print(what, figure, peer, "" if ratio is None else f"{ratio:.2f}x", goal, _VERDICTS[met])


def _print(*columns: str) -> None:
    cells = [text.ljust(width) for text, width in zip(columns, WIDTHS)] + list(columns[len(WIDTHS):])
    print("  ".join(cells).rstrip(), flush=True)
