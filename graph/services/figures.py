"""How much the store holds: what anybody may know of it, and all of it."""

from __future__ import annotations

from graph.queries.core import NoParams
from graph.queries.links import SNAPSHOT
from graph.queries.meta import (
    COUNTS,
    HELD_COUNTS,
    HOLDINGS,
    STORE_INFO,
    UNHELD,
    CountRow,
    StoreInfoRow,
)
from graph.queries.scope import Seeing
from graph.store import Store


def figures_of(store: Store, *, everything: bool) -> list[CountRow]:
    """Give how many nodes each label has, by label.

    Whoever may not see all tips is told how many their agency holds. Without `everything` only
    what no agency's hidden work is counted in: a claim, a check, a conflict, and an identifier that
    nothing but a claim mentions, each tell whoever compares two counts that somebody works on
    something.

    Raises:
        StoreError: the store could not answer.
    """
    if everything:
        rows = [row for q in (COUNTS, HOLDINGS, UNHELD) for row in store.read(q, NoParams())]
    elif store.scope.everything:
        rows = store.read(COUNTS, NoParams())
    else:
        rows = store.read(HELD_COUNTS, Seeing())
    return sorted(rows, key=lambda row: row.label)


def info_of(store: Store) -> StoreInfoRow:
    """Give what the store is; of tips, how many those may know of who see this store.

    Raises:
        StoreError: the store could not answer.
    """
    info = store.read(STORE_INFO, NoParams())[0]
    if store.scope.everything:
        return info
    return info.model_copy(update={"tip_total": store.read(SNAPSHOT, Seeing())[0].tip_total})
