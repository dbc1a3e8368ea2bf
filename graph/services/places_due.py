"""Places that follow from a change of thousands of tips, computed after it and some at a time.

One change may bear on every tip of a store: a value that half of them state became known as shared.
To place them all in its transaction ended the embedded engine at 100,000 tips, as a transaction is
held in memory. So the tips are noted in that transaction and placed in small ones after it. A kill
between them loses nothing: the note is still there, and whoever comes next works it off.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection

from graph.clock import now_us
from graph.queries.core import NoParams
from graph.queries.places_due import DROP_DUE, DUE, DUE_FIRST, LOCK_DUE, DueKeyParams
from graph.rows import PropertyRow
from graph.services.priority_places import place_by_own_tables
from graph.services.triage_places import refresh_places
from graph.store import Store, WriteUnit

AT_ONCE = 250
"""Tips whose places are computed in one transaction."""
NOTED_TOGETHER = 2000
"""Tips in one note."""


def place_or_note(unit: WriteUnit, tips: Collection[str], *, actor: str, at_us: int) -> None:
    """Compute the places of tips anew in this transaction, or note them when they are many.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    ordered = sorted(set(tips))
    if len(ordered) <= AT_ONCE:
        refresh_places(unit, ordered, actor=actor, at_us=at_us)
        return
    notes: list[PropertyRow] = [
        {
            "key": uuid.uuid4().hex,
            "tips": ordered[start : start + NOTED_TOGETHER],
            "actor": actor,
            "noted_us": at_us,
        }
        for start in range(0, len(ordered), NOTED_TOGETHER)
    ]
    unit.insert_nodes("PlacesDue", notes)


def catch_up(
    store: Store, *, at_most: int | None = None, go_on: Callable[[], None] = lambda: None
) -> int:
    """Work notes off and give how many tips were placed; `at_most`, about: None for all.

    Then what stands by another version of its agency's table of priority than the newest one.

    `go_on` is asked between two transactions and may raise to end it.

    Raises:
        StoreError: the store could not do it; what was placed stays, the rest stays noted.
    """
    done = 0
    while at_most is None or done < at_most:
        first = store.read(DUE_FIRST, NoParams())
        if len(first) == 0:
            break
        go_on()
        done += store.writing(
            lambda unit, key=first[0].key: _some(unit, key),  # type: ignore[misc]
            name="placing tips that were noted",
        )
    left = None if at_most is None else max(0, at_most - done)
    return done + place_by_own_tables(store, at_most=left, go_on=go_on)


def _some(unit: WriteUnit, key: str) -> int:
    params = DueKeyParams(key=key)
    unit.run(LOCK_DUE, params)
    found = unit.read(DUE, params)
    if len(found) == 0:
        # Another one worked it off meanwhile.
        return 0
    due, left = found[0].tips[:AT_ONCE], found[0].tips[AT_ONCE:]
    refresh_places(unit, due, actor=found[0].actor, at_us=now_us())
    if len(left) > 0:
        unit.update_nodes("PlacesDue", [{**found[0].model_dump(), "tips": left}])
    else:
        unit.run(DROP_DUE, params)
    return len(due)
