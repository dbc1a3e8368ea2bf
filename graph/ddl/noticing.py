"""Gives notices that wait, of an older Crosstip, their places among those that do."""

from __future__ import annotations

from graph.casework.notice_places import unseen_place
from graph.queries.notices import (
    GIVE_PLACES,
    UNPLACED,
    PlaceItem,
    PlacesParams,
    UnplacedParams,
)
from graph.store import Store


def place_notices(store: Store) -> None:
    """Give every notice that nobody acknowledged its place; twice does no harm."""
    after = ""
    while len(rows := store.read(UNPLACED, UnplacedParams(after=after))) > 0:
        items = [
            PlaceItem(key=row.key, place=unseen_place(row.agency, row.at_us, row.key))
            for row in rows
        ]
        store.writing(
            lambda unit, some=items: unit.run(  # type: ignore[misc]
                GIVE_PLACES, PlacesParams(rows=some)
            ),
            name="placing notices",
        )
        after = rows[-1].key
