"""The step by which moves say whether their tip was given away since."""

from __future__ import annotations

from graph.queries.caseload_filling import BREAK_MOVES, UNHELD
from graph.queries.core import NoParams
from graph.queries.triage import PlaceKeysParams
from graph.store import Store


def mark_broken_holdings(store: Store) -> None:
    """Mark moves made before their tip was given away; twice does no harm.

    Of tips that came back, places tell since when once they are computed anew, which marks them.
    """
    while len(rows := store.read(UNHELD, NoParams())) > 0:
        params = PlaceKeysParams(keys=[row.key for row in rows])
        store.writing(
            lambda unit, p=params: unit.run(BREAK_MOVES, p),  # type: ignore[misc]
            name="marking moves of holdings that ended",
        )
