"""What an agency holds in one state, and its alerts that nobody acknowledged."""

from __future__ import annotations

from graph.queries.caseload import SpanParams
from graph.queries.caseload_rows import MOST_ROWS, HeldRow, RowsParams
from graph.queries.core import Query, Row


class TotalRow(Row):
    """How many."""

    total: int


class AlertAgesParams(SpanParams):
    """A range of open alerts, and the instants that part it."""

    hour_us: int
    day_us: int


class AlertAgesRow(Row):
    """How many alerts are open for so long; 0 is the shortest."""

    part: int
    total: int


IN_STATE = Query(
    name="caseload_kept.in_state",
    doc="How many tips an agency holds in one state.",
    text="""
    MATCH (q:Triage)
    WHERE q.state_place > $after AND q.state_place < $end
    RETURN COUNT(*) AS total LIMIT 1
    """,
    params=SpanParams,
    row=TotalRow,
    max_rows=1,
    public=False,
)

ALERTS = Query(
    name="caseload_kept.alerts",
    doc="How many urgent tips of an agency nobody acknowledged, by how long.",
    text="""
    MATCH (a:UrgentAlert)
    WHERE a.open_order > $after AND a.open_order < $end
    WITH CASE WHEN a.at_us > $hour_us THEN 0 WHEN a.at_us > $day_us THEN 1 ELSE 2 END AS part
    RETURN part, COUNT(*) AS total ORDER BY part LIMIT 3
    """,
    params=AlertAgesParams,
    row=AlertAgesRow,
    max_rows=3,
    public=False,
)

BY_ALERT = Query(
    name="caseload_kept.by_alert",
    doc="Places of urgent tips that nobody acknowledged, whoever waited longest first.",
    text="""
    MATCH (a:UrgentAlert)
    WHERE a.open_order > $after AND a.open_order < $end
    WITH a.open_order AS place, a.place AS key ORDER BY place LIMIT $limit
    MATCH (q:Triage {key: key})
    RETURN place, q.tip AS tip, q.state AS state,
           coalesce(q.set_priority, q.priority) AS priority, q.owner AS owner,
           q.since_us AS since_us, q.stood_us AS stood_us, q.due_us AS due_us,
           q.provider AS provider, q.lacks AS lacks
    ORDER BY place LIMIT $limit
    """,
    params=RowsParams,
    row=HeldRow,
    max_rows=MOST_ROWS,
    public=False,
)
