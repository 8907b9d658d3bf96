"""Runs a guide in Markdown: its listings are written, its commands run one by one, what they print is compared.

A fence with the language `sh` has commands, with `sh fails` commands that must be refused; one with `text` has lines that
the commands before it printed, in that order; any other fence with a path behind its language is the listing of that file.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Step:
    """A fence of a guide."""

    line: int
    language: str
    argument: str
    text: str


def steps(guide: Path) -> list[Step]:
    """The fences of a guide, in their order."""
    content = guide.read_text("utf-8")
    found = []
    for match in FENCE.finditer(content):
        language, _, argument = match["info"].strip().partition(" ")
        found.append(Step(content.count("\n", 0, match.start()) + 1, language, argument, match["text"]))
    return found


class Reader:
    """Somebody who does what a guide says, in a folder and with an environment."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        self.commands = 0
        self.listings = 0
        self.comparisons = 0
        self._printed = ""

    def follow(self, guide: Path) -> None:
        """Takes all steps."""
        for step in steps(guide):
            place = f"{guide.name}:{step.line}"
            if step.language == "sh":
                self._run(step, place)
            elif step.language == "text":
                self._compare(step, place)
            elif step.argument:
                path = self.folder / step.argument
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(step.text, "utf-8")
                self.listings += 1

    def _run(self, step: Step, place: str) -> None:
        self._printed = ""
        for command in step.text.splitlines():
            with tempfile.TemporaryFile() as place_after:
                place_file = place_after.fileno()
                # Where the command leaves the shell is where the next one begins.
                script = f'{command}\ncode=$?; pwd >&{place_file}; exit $code'
                result = subprocess.run(
                    ["bash", "-c", script], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300, pass_fds=[place_file],
                    check=False,
                )
                place_after.seek(0)
                self.folder = Path(place_after.read().decode().rstrip("\n") or self.folder)
            self._printed += result.stdout
            assert (result.returncode != 0) == (step.argument == "fails"), f"{place}: {command}\n{result.stdout}"
            self.commands += 1

    def _compare(self, step: Step, place: str) -> None:
        rest = self._printed
        for line in step.text.splitlines():
            found = rest.find(line)
            assert found >= 0, f"{place}: {line!r} was not printed, or not in this order:\n{self._printed}"
            rest = rest[found + len(line):]
            self.comparisons += 1
