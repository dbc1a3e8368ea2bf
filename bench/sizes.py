"""How much a store holds."""

from __future__ import annotations

from bench.figures import Sizes
from graph.queries.core import NoParams
from graph.queries.dumps import NODE_SIZES, REL_SIZES
from graph.store import Store


def sizes_of(store: Store) -> Sizes:
    """Count all nodes and edges."""
    return Sizes(
        nodes={row.name: row.total for row in store.read(NODE_SIZES, NoParams())},
        edges={row.name: row.total for row in store.read(REL_SIZES, NoParams())},
    )
