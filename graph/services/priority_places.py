"""Places that stand by another version of their agency's table than its newest one.

A place says by which version it stands (`rules_place`), so nothing is noted when a table changes:
what is still to be computed is found by an index, a tip that was recorded meanwhile included. A
kill loses nothing, and whoever comes next goes on.
"""

from __future__ import annotations

from collections.abc import Callable

from graph.clock import now_us
from graph.queries.core import NoParams
from graph.queries.priority_tables import (
    BY_OTHERS,
    COUNT_BY_OTHERS,
    COUNTED,
    EVERY_NEWEST,
    SpanParams,
    VersionRow,
)
from graph.services.triage_places import refresh_some
from graph.store import ReadUnit, Store
from graph.triage.own_table import version_name
from graph.triage.places import other_tables
from graph.triage.priority import shipped_priority_table

AT_ONCE = 250
"""Tips whose places are computed in one transaction."""


def left_to_place(unit: ReadUnit, agency: str, *, number: int) -> int:
    """Give how many held tips of an agency stand by another table, at most one over `COUNTED`."""
    total = 0
    for after, end in _spans(agency, number):
        limit = COUNTED + 1 - total
        if limit > 0:
            params = SpanParams(after=after, end=end, limit=limit)
            total += unit.read(COUNT_BY_OTHERS, params)[0].total
    return total


def place_by_own_tables(
    store: Store, *, at_most: int | None = None, go_on: Callable[[], None] = lambda: None
) -> int:
    """Compute places anew where an agency's table changed, some at a time; give how many.

    `at_most`, about: None for all. `go_on` is asked between two transactions and may raise.

    Raises:
        StoreError: the store could not do it; what was placed stays, the rest is still found.
    """
    done = 0
    for row in store.read(EVERY_NEWEST, NoParams()):
        for after, end in _spans(row.agency, row.number):
            left = None if at_most is None else at_most - done
            if left is None or left > 0:
                done += _place(store, row, (after, end), at_most=left, go_on=go_on)
    return done


def _place(
    store: Store,
    row: VersionRow,
    span: tuple[str, str],
    *,
    at_most: int | None,
    go_on: Callable[[], None],
) -> int:
    after, end = span
    done = 0
    while at_most is None or done < at_most:
        rows = store.read(BY_OTHERS, SpanParams(after=after, end=end, limit=AT_ONCE))
        if len(rows) == 0:
            break
        go_on()
        tips = sorted({found.tip for found in rows})
        refresh_some(store, tips, actor=row.made_by, at_us=now_us())
        # Behind those that were looked at: what could not be placed is not met for ever.
        after, done = rows[-1].place, done + len(rows)
    return done


def _spans(agency: str, number: int) -> tuple[tuple[str, str], tuple[str, str]]:
    return other_tables(agency, version_name(shipped_priority_table().version, number))
