"""The one event queue of an orchestrator process."""

from __future__ import annotations

import collections
import re
import threading
from dataclasses import dataclass, field
from typing import Callable, Iterator, Optional


@dataclass
class Event:
    """Something that happened, as `observe` tells it."""

    name: str
    component: str
    detail: dict[str, str] = field(default_factory=dict)


class EventQueue:
    """Keeps events until an observer takes them; each goes to one observer only."""

    def __init__(self) -> None:
        self._events: collections.deque[Event] = collections.deque()
        self._changed = threading.Condition()

    def emit(self, name: str, component: str = "orchestrator", **detail: str) -> None:
        """Adds an event."""
        with self._changed:
            self._events.append(Event(name, component, detail))
            self._changed.notify()

    def _take(self, seconds: float) -> Optional[Event]:
        with self._changed:
            if not self._events:
                self._changed.wait(seconds)
            return self._events.popleft() if self._events else None

    def observe(self, name_regex: str, component_regex: str, is_wanted: Callable[[], bool]) -> Iterator[Event]:
        """Takes events as long as somebody listens; those that do not match are thrown away.

        An invalid regular expression ends the stream without any event.
        """
        try:
            name, component = re.compile(name_regex), re.compile(component_regex)
        except re.error:
            return
        while is_wanted():
            event = self._take(0.1)
            if event and name.match(event.name) and component.match(event.component):
                yield event
