"""Places that pass from provisional tips to those that take their place."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.triage import PlaceKeysParams


class CarryItem(Params):
    """A place, and the tip whose it is to be."""

    key: str
    new_key: str
    new_tip: str


class CarryParams(Params):
    """Places that pass to other tips."""

    rows: list[CarryItem]


CARRY = Query(
    name="carried.places",
    doc="Lets places be those of other tips.",
    text="""
    UNWIND $rows AS r
    MATCH (q:Triage {key: r.key})
    SET q.key = r.new_key, q.tip = r.new_tip
    """,
    params=CarryParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

GIVE_MOVES = Query(
    name="carried.moves",
    doc="Lets the moves of places be those of other places too.",
    text="""
    UNWIND $rows AS r
    MATCH (q:Triage {key: r.key})
    MATCH (o:Triage {key: r.new_key})
    WITH q, o
    MATCH (q)-[:HAS_MOVE]->(m:TriageMove)
    CREATE (o)-[:HAS_MOVE]->(m)
    """,
    params=CarryParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

GIVE_UP = Query(
    name="carried.given_up",
    doc="Takes away places whose tip stands at the agency under another key.",
    text="""
    UNWIND $keys AS k
    MATCH (q:Triage {key: k})
    DETACH DELETE q
    """,
    params=PlaceKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
