"""What tests find out and nobody asserts, for the end of the output."""

from __future__ import annotations

from typing import Callable

import pytest

FACT = "fact"
Tell = Callable[[str], None]


def summarize(reporter: pytest.TerminalReporter) -> None:
    """Writes all facts; they come from the processes that ran the tests."""
    reports = [report for name in ("passed", "failed") for report in reporter.stats.get(name, [])]
    told = [str(value) for report in reports for name, value in report.user_properties if name == FACT]
    if not told:
        return
    reporter.section("facts")
    for text in sorted(set(told)):
        reporter.line(text)
