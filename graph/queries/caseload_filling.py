"""What moves from before the caseload figures are given."""

from __future__ import annotations

from graph.queries.core import Mode, NoParams, Params, Query, Row
from graph.queries.triage import PlaceKeysParams

TOGETHER = 2000


class BareMoveRow(Row):
    """A move that says no agency yet, and when the one before it at its place was made."""

    key: str
    agency: str
    move: str
    from_state: str
    to_state: str
    at_us: int
    since_us: int
    before_us: int | None


class MoveItem(Params):
    """A move, and what figures count it by."""

    key: str
    agency: str
    stayed_us: int | None
    kind_place: str
    stage_place: str | None


class MovesParams(Params):
    """Moves to fill in."""

    rows: list[MoveItem]


class LackItem(Params):
    """A tip, and what nothing of it states."""

    key: str
    lacks: list[str]


class UnheldRow(Row):
    """A place by its key."""

    key: str


class LacksParams(Params):
    """Tips to fill in."""

    rows: list[LackItem]


BARE_MOVES = Query(
    name="caseload_filling.bare_moves",
    doc="Moves that say no agency yet.",
    text="""
    MATCH (m:TriageMove)
    WHERE m.agency IS NULL
    WITH m ORDER BY m.key LIMIT 2000
    MATCH (m)<-[:HAS_MOVE]-(q)
    OPTIONAL MATCH (q)-[:HAS_MOVE]->(p)
    WHERE p.number < m.number AND p.from_state <> p.to_state
    RETURN m.key AS key, min(q.agency) AS agency, m.move AS move, m.from_state AS from_state,
           m.to_state AS to_state, m.at_us AS at_us, min(q.since_us) AS since_us,
           max(p.at_us) AS before_us
    ORDER BY key LIMIT 2000
    """,
    params=NoParams,
    row=BareMoveRow,
    max_rows=TOGETHER,
    public=False,
)

FILL_MOVES = Query(
    name="caseload_filling.moves",
    doc="Gives moves what figures count them by.",
    text="""
    UNWIND $rows AS r
    MATCH (m:TriageMove {key: r.key})
    SET m.agency = r.agency, m.stayed_us = r.stayed_us, m.kind_place = r.kind_place,
        m.stage_place = r.stage_place
    """,
    params=MovesParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

BREAK_MOVES = Query(
    name="caseload_filling.broken",
    doc="Marks the moves of places that were made before the tip was given away.",
    text="""
    UNWIND $keys AS k
    MATCH (q:Triage {key: k})-[:HAS_MOVE]->(m)
    WHERE q.held = false OR m.at_us < q.since_us
    SET m.broken = true
    """,
    params=PlaceKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

UNHELD = Query(
    name="caseload_filling.unheld",
    doc="Places with a move that lacks the mark of a holding that ended or began again.",
    text="""
    MATCH (q:Triage)-[:HAS_MOVE]->(m)
    WHERE m.broken IS NULL AND (q.held = false OR m.at_us < q.since_us)
    RETURN DISTINCT q.key AS key ORDER BY key LIMIT 2000
    """,
    params=NoParams,
    row=UnheldRow,
    max_rows=TOGETHER,
    public=False,
)

FILL_LACKS = Query(
    name="caseload_filling.lacks",
    doc="Writes what tips do not state.",
    text="""
    UNWIND $rows AS r
    MATCH (t:Tip {key: r.key})
    SET t.lacks = r.lacks
    """,
    params=LacksParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
