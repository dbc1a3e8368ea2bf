"""The queue of one agency: ranges of places, and how a tip came to stand where it does."""

from __future__ import annotations

from graph.queries.core import Params, Query, Row

MOST = 200


class RangeParams(Params):
    """An agency's part of one index: after a place, before another one; both begin with it."""

    after: str
    end: str
    limit: int


class StateRangeParams(RangeParams):
    """The same, of one state."""

    state: str


class PlaceKeyRow(Row):
    """A place, and what orders it in the index that was asked."""

    key: str
    place: str


class TallyRow(Row):
    """How many places of one kind there are."""

    state: str
    priority: str
    total: int
    late: int
    rows: int
    """In how many rows the queue shows them."""


class TallyParams(Params):
    """An agency, and as of when."""

    agency: str
    after: str
    end: str
    now_us: int


class OnePlaceParams(Params):
    """A place of the caller's agency."""

    agency: str
    key: str


class MoveRow(Row):
    """One move of a tip."""

    number: int
    move: str
    from_state: str
    to_state: str
    made_by: str
    at_us: int
    why: str | None
    outcome: str | None
    owner: str | None
    recipient: str | None
    priority: str | None


# The agency is in the range alone: with an equality beside it ArcadeDB reads the whole range and
# sorts it, which took 25 ms and not 2 at 12,000 tips, and more with each of them.
QUEUE = Query(
    name="queue.page",
    doc="An agency's open tips, the most urgent class first, in it whoever waited longest.",
    text="""
    MATCH (q:Triage)
    WHERE q.queue_row > $after AND q.queue_row < $end
    RETURN q.key AS key, q.queue_row AS place
    ORDER BY q.queue_row LIMIT $limit
    """,
    params=RangeParams,
    row=PlaceKeyRow,
    max_rows=MOST + 1,
    public=False,
)

BY_OWNER = Query(
    name="queue.by_owner",
    doc="The same of one person, or of nobody.",
    text="""
    MATCH (q:Triage)
    WHERE q.owner_row > $after AND q.owner_row < $end
    RETURN q.key AS key, q.owner_row AS place
    ORDER BY q.owner_row LIMIT $limit
    """,
    params=RangeParams,
    row=PlaceKeyRow,
    max_rows=MOST + 1,
    public=False,
)

BY_OWNER_AND_STATE = Query(
    name="queue.by_owner_and_state",
    doc="The same of one person, in one state: as many are read as the person has.",
    text="""
    MATCH (q:Triage)
    WHERE q.owner_row > $after AND q.owner_row < $end
    WITH q ORDER BY q.owner_row LIMIT 100000
    WHERE q.state = $state
    RETURN q.key AS key, q.owner_row AS place
    ORDER BY place LIMIT $limit
    """,
    params=StateRangeParams,
    row=PlaceKeyRow,
    max_rows=MOST + 1,
    public=False,
)

BY_STATE = Query(
    name="queue.by_state",
    doc="An agency's tips that stand in one state, closed ones too.",
    text="""
    MATCH (q:Triage)
    WHERE q.state_row > $after AND q.state_row < $end
    RETURN q.key AS key, q.state_row AS place
    ORDER BY q.state_row LIMIT $limit
    """,
    params=RangeParams,
    row=PlaceKeyRow,
    max_rows=MOST + 1,
    public=False,
)

WITH_NEWS = Query(
    name="queue.with_news",
    doc="An agency's tips whose report says more since they were last moved, closed ones too.",
    text="""
    MATCH (q:Triage)
    WHERE q.news_place > $after AND q.news_place < $end
    RETURN q.key AS key, q.news_place AS place
    ORDER BY q.news_place LIMIT $limit
    """,
    params=RangeParams,
    row=PlaceKeyRow,
    max_rows=MOST + 1,
    public=False,
)

TALLY = Query(
    name="queue.tally",
    doc="How many open tips of an agency stand where, and how many wait too long for a look.",
    text="""
    MATCH (q:Triage)
    WHERE q.queue_place > $after AND q.queue_place < $end AND q.agency = $agency
    WITH q.state AS state, coalesce(q.set_priority, q.priority) AS priority, count(q) AS total,
         sum(CASE WHEN q.due_us < $now_us THEN 1 ELSE 0 END) AS late,
         sum(CASE WHEN q.queue_row IS NULL THEN 0 ELSE 1 END) AS rows
    RETURN state, priority, total, late, rows ORDER BY state, priority LIMIT 100
    """,
    params=TallyParams,
    row=TallyRow,
    max_rows=100,
    public=False,
)

MOVES_OF = Query(
    name="queue.moves",
    doc="How a tip came to stand where it does at an agency, oldest first.",
    text="""
    MATCH (q:Triage {key: $key})
    WHERE q.agency = $agency
    WITH q
    MATCH (q)-[:HAS_MOVE]->(m:TriageMove)
    RETURN m.number AS number, m.move AS move, m.from_state AS from_state,
           m.to_state AS to_state, m.made_by AS made_by, m.at_us AS at_us, m.why AS why,
           m.outcome AS outcome, m.owner AS owner, m.recipient AS recipient,
           m.priority AS priority
    ORDER BY number, at_us, move LIMIT 1000
    """,
    params=OnePlaceParams,
    row=MoveRow,
    public=False,
)
