"""Progress on a terminal: a line for each node that is drawn anew in place, and lines above it that stay."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Callable, Iterator

import pytest
import solutions
from cli import command, environment
from deployments_api import ID, DeploymentsAPI, Gate, end, event, node, stream
from screens import Screen

Start = Callable[..., Screen]
LONG = "Back-off pulling image \"registry.example/" + "x" * 200 + "\""


@pytest.fixture
def follow(api: DeploymentsAPI) -> Iterator[Start]:
    """Follows the stand-in's deployment on a terminal."""
    screens: list[Screen] = []

    def start(columns: int = 80, lines: int = 24, **env: str) -> Screen:
        variables = {key: value for key, value in environment(api).items() if key not in ("TERM", "NO_COLOR")}
        screens.append(Screen(command("events", ID, "--follow"), variables | env, columns, lines))
        return screens[-1]

    yield start
    for screen in screens:
        screen.close()


def text(screen: Screen) -> str:
    return "\n".join(screen.history)


def test_each_node_has_one_line_that_changes_in_place(api: DeploymentsAPI, follow: Start) -> None:
    gates = [Gate(), Gate()]
    api.on_events(stream(
        event(1, "phase", text="Applying"), event(2, "phase", text="Waiting", time="2026-11-25T11:00:42.000Z"),
        node(3, "model", "progressing", "pulling image"), node(4, "gui", "pending", "not scheduled"), gates[0],
        node(5, "model", "progressing", "container starts"), node(6, "gui", "running", ""), gates[1],
        node(7, "model", "running", "all is well"), event(8, "state", state="running", text="The solution runs."),
        end("running"),
    ))
    screen = follow()
    # The cursor is below the block when all of it is there.
    screen.wait_for(lambda: "not scheduled" in text(screen) and screen.cursor == (4, 0))
    assert screen.lines[0] == "Applying  42 s"
    assert screen.lines[1].startswith("Waiting  ")
    assert screen.lines[2:] == ["  model  progressing  pulling image", "  gui    pending      not scheduled"]
    gates[0].open()
    screen.wait_for(lambda: "gui    running" in text(screen) and screen.cursor == (4, 0))
    assert screen.lines[2:] == ["  model  progressing  container starts", "  gui    running"]
    gates[1].open()
    assert screen.end() == 0
    assert screen.lines[2:] == [
        "  model  running      all is well", "  gui    running", "state    running  The solution runs.",
    ]
    assert screen.cursor == (5, 0) and screen.is_cursor_shown


def test_warnings_stand_above_once_and_in_full(api: DeploymentsAPI, follow: Start) -> None:
    api.on_events(stream(
        event(1, "phase", text="Waiting"), event(2, "warning", text="the quota is small"),
        node(3, "model", "warning", LONG, remedy="Push it"), event(4, "warning", text="the quota is small"),
        node(5, "model", "warning", LONG, remedy="Push it"), end("running"),
    ))
    screen = follow()
    assert screen.end() == 0
    whole = text(screen)
    assert whole.count("the quota is small") == 1
    assert whole.count("Push it") == 1
    assert screen.lines.index("warning  the quota is small") < len(screen.lines) - 2
    assert screen.lines[-1].startswith("  model  warning") and screen.lines[-1].endswith("\u2026")
    assert len(screen.lines[-1]) == 79


def test_long_and_wide_texts_are_cut_to_the_terminal(api: DeploymentsAPI, follow: Start) -> None:
    api.on_events(stream(
        event(1, "phase", text="Waiting " * 20), node(2, "\u6a21\u578b" * 10, "progressing", LONG),
        node(3, "b", "progressing", "\u6a21" * 60), end("running"),
    ))
    screen = follow(columns=40)
    assert screen.end() == 0
    # A wide character takes two cells, and the second one is empty.
    assert len(screen.lines) == 3
    assert all(line.endswith("\u2026") for line in screen.lines)


def test_more_nodes_than_lines_are_counted(api: DeploymentsAPI, follow: Start) -> None:
    gate = Gate()
    states = ["running"] * 20 + ["failed", "progressing"]
    nodes = [node(number, f"n{number:02}", state, "") for number, state in enumerate(states, 2)]
    api.on_events(stream(event(1, "phase", text="Waiting"), *nodes, gate, node(90, "n02", "failed", ""), end("failed")))
    screen = follow(lines=8)
    screen.wait_for(lambda: "and 18 more: 18 running" in text(screen))
    assert [line.split()[0] for line in screen.lines[-6:]] == ["Waiting", "n02", "n03", "n22", "n23", "\u2026"]
    assert screen.lines[-1] == "  \u2026 and 18 more: 18 running"
    gate.open()
    assert screen.end() == 1
    assert sum(line.startswith("Waiting") for line in screen.history) == 1


@pytest.mark.parametrize("columns, lines", [(30, 24), (120, 40), (30, 40)])
def test_a_window_may_change_its_size(api: DeploymentsAPI, follow: Start, columns: int, lines: int) -> None:
    gates = [Gate(), Gate()]
    api.on_events(stream(
        event(1, "warning", text="stays"), event(2, "phase", text="Waiting"), node(3, "a", "progressing", "x" * 60),
        gates[0], node(4, "a", "progressing", "y" * 60), gates[1], node(5, "a", "running", "z"), end("running"),
    ))
    screen = follow()
    screen.wait_for(lambda: "xxx" in text(screen))
    screen.resize(columns, lines)
    gates[0].open()
    screen.wait_for(lambda: "yyy" in text(screen))
    gates[1].open()
    assert screen.end() == 0
    assert sum("stays" in line for line in screen.history) == 1
    assert screen.lines[-1] == "  a  running      z"


def test_states_have_colours_unless_they_are_not_wanted(api: DeploymentsAPI, follow: Start) -> None:
    steps = (node(1, "a", "running", ""), node(2, "b", "failed", "broken"), end("failed"))
    api.on_events(stream(*steps), stream(*steps))
    screen = follow()
    assert screen.end() == 1
    assert screen.colour("running") == "green" and screen.colour("failed       broken") == "red"
    assert screen.colour("broken") == "default"
    screen = follow(NO_COLOR="1")
    screen.end()
    assert screen.colour("running") == "default" and b"\x1b[3" not in screen.output


@pytest.mark.parametrize("terminal", ["dumb", ""])
def test_a_terminal_without_cursor_control_gets_plain_lines(
    api: DeploymentsAPI, follow: Start, terminal: str
) -> None:
    api.on_events(stream(
        event(1, "phase", text="Waiting"), node(2, "a", "progressing", "1 s"), node(3, "a", "progressing", "2 s"),
        node(4, "a", "running", ""), end("running"),
    ))
    screen = follow(TERM=terminal)
    assert screen.end() == 0
    assert screen.lines == ["phase    Waiting", "node     a  progressing  1 s", "node     a  running"]
    assert terminal == "" or b"\x1b" not in screen.output


def test_ctrl_c_leaves_the_terminal_in_order(api: DeploymentsAPI, follow: Start) -> None:
    api.on_events(stream(event(1, "phase", text="Waiting"), node(2, "a", "progressing", "slow"), Gate()))
    screen = follow()
    screen.wait_for(lambda: "slow" in text(screen) and screen.cursor == (2, 0))
    screen.send(b"\x03")
    assert screen.end() == 130
    assert sum("slow" in line for line in screen.lines) == 1
    assert sum(line.startswith("Waiting") for line in screen.lines) == 1
    assert any("stopping" in line for line in screen.lines)
    assert screen.lines[-1].startswith("graphene-deployer: interrupted by Ctrl-C")
    assert screen.cursor == (len(screen.lines), 0) and screen.is_cursor_shown


def test_names_cannot_control_the_terminal(api: DeploymentsAPI, follow: Start) -> None:
    evil = "x\x1b[2J\x1b]0;t\x07\n\ty"
    api.on_events(stream(
        event(1, "phase", text=evil), node(2, evil, evil, evil), event(3, "warning", text=evil), end("running"),
    ))
    screen = follow()
    assert screen.end() == 0
    assert b"\x1b[2J" not in screen.output and b"\x1b]" not in screen.output and b"\x07" not in screen.output
    assert len(screen.lines) == 3


def test_a_deployment_of_the_command_itself_is_shown_in_the_same_way(tmp_path: Path) -> None:
    words = ["deploy", solutions.references()[0], "--target", "local-yaml", "--follow", "-o", str(tmp_path / "x.zip")]
    screen = Screen([str(solutions.EXECUTABLE), *words, "--catalogue", str(solutions.SAMPLES)], dict(os.environ))
    try:
        assert screen.end() == 0
    finally:
        screen.close()
    assert screen.lines[-1] == "completed"
    assert any(line.startswith("Rendering  ") and line.endswith(" s") for line in screen.lines)
