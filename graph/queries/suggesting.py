"""Suggestions: own tips by the beginning of their numbers, and what the first of them state.

Everything is read along the agency's own places. A range of all identifiers, cut by whose they are
afterwards, would take as long, or end as early, as others' data let it.
"""

from __future__ import annotations

from typing import Final

from graph.queries.core import Params, Query, Row
from graph.queries.scope import Seeing

MOST_TIPS: Final = 2000
"""Tips of an agency whose identifiers are suggested."""
MOST_STATED: Final = 40_000
MOST_NUMBERS: Final = 50
"""Places that are looked at for one beginning of a number."""
_MOST_LIVE: Final = 100


class RangeParams(Params):
    """Places of one agency, and how many of them."""

    after: str
    end: str
    limit: int


class HeldTipRow(Row):
    """A tip that an agency holds or held."""

    tip: str


class StatedParams(Seeing):
    """Tips."""

    tips: list[str]


class StatedRow(Row):
    """An identifier, and a tip that states it."""

    kind: str
    key: str
    tip: str


class StatedItem(Params):
    """An identifier, and the tip by which it is suggested."""

    kind: str
    key: str
    tip: str


class LiveParams(Seeing):
    """What is about to be suggested."""

    rows: list[StatedItem]


FIRST_TIPS = Query(
    name="suggesting.first_tips",
    doc="Which tips come first in an agency's list.",
    text="""
    MATCH (q:Triage)
    WHERE q.list_place > $after AND q.list_place < $end
    RETURN q.tip AS tip ORDER BY q.list_place LIMIT $limit
    """,
    params=RangeParams,
    row=HeldTipRow,
    max_rows=MOST_TIPS,
    # Whose tips is a range here, which nobody outside may choose.
    public=False,
)

NUMBERED = Query(
    name="suggesting.numbered",
    doc="Which tips an agency has a place for in a range of numbers.",
    text="""
    MATCH (q:Triage)
    WHERE q.key >= $after AND q.key < $end
    RETURN q.tip AS tip ORDER BY q.key LIMIT $limit
    """,
    params=RangeParams,
    row=HeldTipRow,
    max_rows=MOST_NUMBERS,
    public=False,
)

STATED = Query(
    name="suggesting.stated",
    doc="Identifiers that tips state.",
    text="""
    UNWIND $tips AS k
    MATCH (t:Tip {key: k})-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL AND ($everything OR $holder IN t.holders)
    RETURN DISTINCT x.kind AS kind, x.key AS key, t.key AS tip
    LIMIT 40000
    """,
    params=StatedParams,
    row=StatedRow,
    max_rows=MOST_STATED,
    public=False,
)

LIVE = Query(
    name="suggesting.live",
    doc="Which identifiers the tips by which they are suggested state still.",
    text="""
    UNWIND $rows AS r
    MATCH (t:Tip {key: r.tip})-[a:ASSERTS]->(x)
    WHERE x.key = r.key AND x.kind = r.kind AND a.ended_us IS NULL
      AND ($everything OR $holder IN t.holders)
    RETURN DISTINCT x.kind AS kind, x.key AS key, t.key AS tip
    ORDER BY kind, key LIMIT 100
    """,
    params=LiveParams,
    row=StatedRow,
    max_rows=_MOST_LIVE,
    public=False,
)
