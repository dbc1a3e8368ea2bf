"""How much the store holds: what anybody may know of it, and all of it."""

from __future__ import annotations

from graph.queries.core import NoParams
from graph.queries.meta import COUNTS, HOLDINGS, CountRow
from graph.store import Store


def figures_of(store: Store, *, everything: bool) -> list[CountRow]:
    """Give how many nodes each label has, by label.

    Without `everything` only what no agency's hidden work is counted in: a claim, a check, a
    conflict, and an identifier that nothing but a claim mentions, each tell whoever compares two
    counts that somebody works on something.

    Raises:
        StoreError: the store could not answer.
    """
    rows = store.read(COUNTS, NoParams())
    if everything:
        rows = [*rows, *store.read(HOLDINGS, NoParams())]
    return sorted(rows, key=lambda row: row.label)
