"""Opaque ids for what is drawn: identifiers never become ids of a page, and an id never changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dashboard.charting.model import Name, Pair


@dataclass(slots=True)
class Ids:
    """Gives each node and each link of one person's charts an id of its own, for good."""

    _nodes: dict[Name, str] = field(default_factory=dict)
    _links: dict[Pair, str] = field(default_factory=dict)
    _named: dict[str, Name] = field(default_factory=dict)
    _joined: dict[str, Pair] = field(default_factory=dict)

    def of_node(self, name: Name) -> str:
        """Give the id of a node."""
        if name not in self._nodes:
            given = f"n{len(self._nodes)}"
            self._nodes[name] = given
            self._named[given] = name
        return self._nodes[name]

    def of_link(self, ends: Pair) -> str:
        """Give the id of a link."""
        if ends not in self._links:
            given = f"e{len(self._links)}"
            self._links[ends] = given
            self._joined[given] = ends
        return self._links[ends]

    def names(self, ids: Iterable[str]) -> tuple[Name, ...]:
        """Give the nodes with these ids; one that was never given is passed over."""
        return tuple(self._named[given] for given in ids if given in self._named)

    def pairs(self, ids: Iterable[str]) -> tuple[Pair, ...]:
        """Give the links with these ids."""
        return tuple(self._joined[given] for given in ids if given in self._joined)
