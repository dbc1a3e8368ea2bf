"""The rows behind what supervisors count: each list is one range of one index."""

from __future__ import annotations

from graph.queries.caseload import SpanParams
from graph.queries.core import Params, Query, Row

MOST_ROWS = 1001


class RowsParams(SpanParams):
    """A part of a range."""

    limit: int


class HeldRow(Row):
    """A place, as drill-downs show it."""

    place: str
    tip: str
    state: str
    priority: str
    owner: str | None
    since_us: int
    stood_us: int
    due_us: int | None
    provider: str | None
    lacks: str | None


class MovedTipRow(Row):
    """A move, as drill-downs show it."""

    place: str
    tip: str | None
    """None: the agency holds it no longer."""
    move: str
    from_state: str
    to_state: str
    made_by: str
    at_us: int
    stayed_us: int | None
    outcome: str | None


class PartnerRowsParams(Params):
    """The conflicts with one other agency, after one of them."""

    agency: str
    user: str
    other: str
    after: str
    limit: int


class PartnerConflictRow(Row):
    """A conflict by its ref."""

    place: str
    since_us: int
    severity: str
    status: str


PARTNER_ROWS = Query(
    name="caseload_rows.of_partner",
    doc="The conflicts with one other agency that are not resolved, by ref.",
    text="""
    CALL () {
      MATCH (f:Conflict {first_agency: $agency})
      WHERE f.first_told <> 'none' AND f.status <> 'resolved'
        AND (f.first_sealed_to IS NULL OR f.first_sealed_to = $user)
      RETURN f, f.second_agency AS other
      UNION ALL
      MATCH (f:Conflict {second_agency: $agency})
      WHERE f.second_told <> 'none' AND f.status <> 'resolved'
        AND (f.second_sealed_to IS NULL OR f.second_sealed_to = $user)
      RETURN f, f.first_agency AS other
    }
    WITH f, other
    WHERE other = $other AND f.ref > $after
    RETURN f.ref AS place, f.since_us AS since_us, f.severity AS severity, f.status AS status
    ORDER BY place LIMIT $limit
    """,
    params=PartnerRowsParams,
    row=PartnerConflictRow,
    max_rows=MOST_ROWS,
    public=False,
)

BY_STATE = Query(
    name="caseload_rows.by_state",
    doc="Places of an agency in one state, the most urgent and oldest first.",
    text="""
    MATCH (q:Triage)
    WHERE q.state_place > $after AND q.state_place < $end
    RETURN q.state_place AS place, q.tip AS tip, q.state AS state,
           coalesce(q.set_priority, q.priority) AS priority, q.owner AS owner,
           q.since_us AS since_us, q.stood_us AS stood_us, q.due_us AS due_us,
           q.provider AS provider, q.lacks AS lacks
    ORDER BY q.state_place LIMIT $limit
    """,
    params=RowsParams,
    row=HeldRow,
    max_rows=MOST_ROWS,
    public=False,
)

BY_OWNER = Query(
    name="caseload_rows.by_owner",
    doc="Open places of an agency that are one person's, or nobody's.",
    text="""
    MATCH (q:Triage)
    WHERE q.owner_place > $after AND q.owner_place < $end
    RETURN q.owner_place AS place, q.tip AS tip, q.state AS state,
           coalesce(q.set_priority, q.priority) AS priority, q.owner AS owner,
           q.since_us AS since_us, q.stood_us AS stood_us, q.due_us AS due_us,
           q.provider AS provider, q.lacks AS lacks
    ORDER BY q.owner_place LIMIT $limit
    """,
    params=RowsParams,
    row=HeldRow,
    max_rows=MOST_ROWS,
    public=False,
)

BY_COMING = Query(
    name="caseload_rows.by_coming",
    doc="Places of an agency by when it came to hold the tips.",
    text="""
    MATCH (q:Triage)
    WHERE q.since_place > $after AND q.since_place < $end
    RETURN q.since_place AS place, q.tip AS tip, q.state AS state,
           coalesce(q.set_priority, q.priority) AS priority, q.owner AS owner,
           q.since_us AS since_us, q.stood_us AS stood_us, q.due_us AS due_us,
           q.provider AS provider, q.lacks AS lacks
    ORDER BY q.since_place LIMIT $limit
    """,
    params=RowsParams,
    row=HeldRow,
    max_rows=MOST_ROWS,
    public=False,
)

BY_NEWS = Query(
    name="caseload_rows.by_news",
    doc="Places of an agency whose tips say more since they were last moved.",
    text="""
    MATCH (q:Triage)
    WHERE q.news_place > $after AND q.news_place < $end
    RETURN q.news_place AS place, q.tip AS tip, q.state AS state,
           coalesce(q.set_priority, q.priority) AS priority, q.owner AS owner,
           q.since_us AS since_us, q.stood_us AS stood_us, q.due_us AS due_us,
           q.provider AS provider, q.lacks AS lacks
    ORDER BY q.news_place LIMIT $limit
    """,
    params=RowsParams,
    row=HeldRow,
    max_rows=MOST_ROWS,
    public=False,
)

MADE_ROWS = Query(
    name="caseload_rows.by_move",
    doc="Moves of one kind that an agency made, oldest first.",
    text="""
    MATCH (m:TriageMove)
    WHERE m.kind_place > $after AND m.kind_place < $end
    WITH m ORDER BY m.kind_place LIMIT $limit
    MATCH (m)<-[:HAS_MOVE]-(q)
    RETURN m.kind_place AS place, min(CASE WHEN q.held THEN q.tip ELSE null END) AS tip,
           m.move AS move, m.from_state AS from_state, m.to_state AS to_state,
           m.made_by AS made_by, m.at_us AS at_us,
           m.stayed_us AS stayed_us, m.outcome AS outcome
    ORDER BY place LIMIT $limit
    """,
    params=RowsParams,
    row=MovedTipRow,
    max_rows=MOST_ROWS,
    public=False,
)

LEFT_ROWS = Query(
    name="caseload_rows.by_stage",
    doc="Moves out of one state that an agency made, oldest first.",
    text="""
    MATCH (m:TriageMove)
    WHERE m.stage_place > $after AND m.stage_place < $end
    WITH m ORDER BY m.stage_place LIMIT $limit
    MATCH (m)<-[:HAS_MOVE]-(q)
    RETURN m.stage_place AS place, min(CASE WHEN q.held THEN q.tip ELSE null END) AS tip,
           m.move AS move, m.from_state AS from_state, m.to_state AS to_state,
           m.made_by AS made_by, m.at_us AS at_us,
           m.stayed_us AS stayed_us, m.outcome AS outcome
    ORDER BY place LIMIT $limit
    """,
    params=RowsParams,
    row=MovedTipRow,
    max_rows=MOST_ROWS,
    public=False,
)
