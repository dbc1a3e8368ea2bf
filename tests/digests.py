"""What a store holds as one short text: every node and every edge with all their properties."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import LiteralString

from tests.stores import RunningStore

_NODES: LiteralString = (
    "MATCH (n) WHERE NOT labels(n)[0] IN $without "
    "RETURN labels(n)[0] AS label, n.key AS key, properties(n) AS properties"
)
_EDGES: LiteralString = (
    "MATCH (a)-[r]->(b) WHERE NOT labels(a)[0] IN $without AND NOT labels(b)[0] IN $without "
    "RETURN type(r) AS label, a.key AS one, b.key AS other, properties(r) AS properties"
)


def everything_in(running: RunningStore, *, without: Collection[str] = ()) -> str:
    """Give a digest of all nodes and edges but those of some labels.

    Two stores have the same one when they hold the same, whatever the engine's order is.
    """
    return hashlib.sha256("\n".join(lines_of(running, without=without)).encode()).hexdigest()


def lines_of(running: RunningStore, *, without: Collection[str] = ()) -> list[str]:
    """Give a line for each of these nodes and edges, in order, to see what differs."""
    lines: list[str] = []
    for text in (_NODES, _EDGES):
        for *names, properties in running.rows(text, without=[*without]):
            assert isinstance(properties, dict)
            lines.append(repr((*names, sorted(properties.items()))))
    return sorted(lines)
