"""Says of places that are there by which version of the table they stand."""

from __future__ import annotations

from graph.queries.priority_tables import (
    BARE_PLACES,
    FILL_PLACES,
    TOGETHER,
    RulesPlaceItem,
    RulesPlacesParams,
    SpanParams,
)
from graph.store import Store
from graph.triage.places import rules_place

_LAST = "\U0010ffff"
"""After every place."""


def name_tables(store: Store) -> None:
    """Fill in what orders held tips by their table, some at a time; twice does no harm."""
    after = ""
    while True:
        rows = store.read(BARE_PLACES, SpanParams(after=after, end=_LAST, limit=TOGETHER))
        if len(rows) == 0:
            return
        items = [
            RulesPlaceItem(key=row.key, rules_place=rules_place(row.agency, row.rules, row.tip))
            for row in rows
        ]
        params = RulesPlacesParams(rows=items)
        store.writing(
            lambda unit, p=params: unit.run(FILL_PLACES, p),  # type: ignore[misc]
            name="naming tables of places",
        )
        after = rows[-1].place
