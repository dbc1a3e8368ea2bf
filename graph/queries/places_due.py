"""Tips whose places in queues are to be computed anew, noted with the change that asks for it."""

from __future__ import annotations

from graph.queries.core import Mode, NoParams, Params, Query, Row


class DueKeyParams(Params):
    """Key of a note."""

    key: str


class DueKeyRow(Row):
    """Key of a note."""

    key: str


class DueRow(Row):
    """A note: the tips, in whose name their places were to change, and since when."""

    key: str
    tips: list[str]
    actor: str
    noted_us: int


DUE_FIRST = Query(
    name="places_due.first",
    doc="The note that is to be worked off next.",
    text="MATCH (d:PlacesDue) RETURN d.key AS key ORDER BY key LIMIT 1",
    params=NoParams,
    row=DueKeyRow,
    max_rows=1,
    public=False,
)

LOCK_DUE = Query(
    name="places_due.lock",
    doc="Takes the write lock of a note before its tips are read.",
    text="MATCH (d:PlacesDue {key: $key}) SET d.noted_us = d.noted_us",
    params=DueKeyParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DUE = Query(
    name="places_due.one",
    doc="A note with its tips.",
    text="""
    MATCH (d:PlacesDue {key: $key})
    RETURN d.key AS key, d.tips AS tips, d.actor AS actor, d.noted_us AS noted_us
    ORDER BY key LIMIT 1
    """,
    params=DueKeyParams,
    row=DueRow,
    max_rows=1,
    public=False,
)

DROP_DUE = Query(
    name="places_due.drop",
    doc="Deletes a note that was worked off.",
    text="MATCH (d:PlacesDue {key: $key}) DELETE d",
    params=DueKeyParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
