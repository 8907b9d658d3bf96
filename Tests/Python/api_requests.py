"""Requests to a Kubernetes API, in the words of its permissions: verb, resource, namespace, name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable
from urllib.parse import parse_qs, urlsplit

Matching = Callable[["Request"], bool]
_VERBS = {"POST": "create", "PUT": "update", "PATCH": "patch", "DELETE": "delete"}
_QUESTIONS = ("selfsubjectaccessreviews", "selfsubjectrulesreviews")


@dataclass(frozen=True)
class Request:
    """One request as it came; `number` counts from 1, `moment` is of the monotonic clock."""

    method: str
    target: str
    number: int = 0
    moment: float = 0

    @property
    def _segments(self) -> list[str]:
        segments = urlsplit(self.target).path.strip("/").split("/")
        rest = segments[2 if segments[0] == "api" else 3 :]
        # `namespaces/NAME` alone is an object itself.
        return rest[2:] if rest[:1] == ["namespaces"] and len(rest) > 2 else rest

    @property
    def resource(self) -> str:
        """For instance `deployments` or `pods/portforward`."""
        segments = self._segments
        return "/".join(segments[:1] + segments[2:3])

    @property
    def name(self) -> str:
        """Of the object; empty for a collection."""
        return "".join(self._segments[1:2])

    @property
    def verb(self) -> str:
        """As in a Role."""
        if self.method in _VERBS:
            return _VERBS[self.method]
        if self.name:
            return "get"
        query = parse_qs(urlsplit(self.target).query)
        return "watch" if query.get("watch", ["false"])[0] in ("true", "1") else "list"

    @property
    def writes(self) -> bool:
        """Whether it may change something; reviews of permissions are questions."""
        return self.method in _VERBS and self.resource not in _QUESTIONS

    @property
    def streams(self) -> bool:
        """Whether its answer may take for ever."""
        return self.verb == "watch" or self.resource in ("pods/portforward", "pods/log")

    def __str__(self) -> str:
        return f"{self.verb} {self.resource} {self.name}".rstrip()


def matching(verb: str = "*", resource: str = "*", name: str = "*") -> Matching:
    """Requests of a verb for a resource, or for one object; `*` is any."""
    wanted = (verb, resource, name)

    def fits(request: Request) -> bool:
        found = (request.verb, request.resource, request.name)
        return all(want in ("*", have) for want, have in zip(wanted, found))

    return fits


def from_the_first(fits: Matching) -> Matching:
    """The first request that fits, and all that come after it, whatever they are."""
    met: list[Request] = []

    def applies(request: Request) -> bool:
        if fits(request):
            met.append(request)
        return bool(met)

    return applies


def since(number: int) -> Matching:
    """The n-th request and all after it."""
    return lambda request: request.number >= number
