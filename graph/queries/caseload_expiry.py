"""Open tips by the presumed end of their provider's duty to preserve: how many, and which."""

from __future__ import annotations

from graph.queries.caseload import SpanParams
from graph.queries.caseload_rows import MOST_ROWS, HeldRow, RowsParams
from graph.queries.core import Query, Row


class ExpiringParams(SpanParams):
    """A range of ends, and the instants that part it: the first begins what is still ahead."""

    now_us: int
    day_us: int
    week_us: int
    fortnight_us: int


class ExpiringRow(Row):
    """How many tips end in one part of it."""

    part: int
    total: int


EXPIRING = Query(
    name="caseload_expiry.expiring",
    doc="Open tips whose presumed end lies in a range, in five parts of it.",
    text="""
    MATCH (q:Triage)
    WHERE q.expiry_place > $after AND q.expiry_place < $end
    WITH CASE WHEN q.expires_us <= $now_us THEN 0 WHEN q.expires_us <= $day_us THEN 1
              WHEN q.expires_us <= $week_us THEN 2 WHEN q.expires_us <= $fortnight_us THEN 3
              ELSE 4 END AS part
    RETURN part, COUNT(*) AS total ORDER BY part LIMIT 5
    """,
    params=ExpiringParams,
    row=ExpiringRow,
    max_rows=5,
    public=False,
)

BY_EXPIRY = Query(
    name="caseload_expiry.by_end",
    doc="Open places of an agency by their presumed end, the first end first.",
    text="""
    MATCH (q:Triage)
    WHERE q.expiry_place > $after AND q.expiry_place < $end
    RETURN q.expiry_place AS place, q.tip AS tip, q.state AS state,
           coalesce(q.set_priority, q.priority) AS priority, q.owner AS owner,
           q.since_us AS since_us, q.stood_us AS stood_us, q.due_us AS due_us,
           q.provider AS provider, q.lacks AS lacks
    ORDER BY q.expiry_place LIMIT $limit
    """,
    params=RowsParams,
    row=HeldRow,
    max_rows=MOST_ROWS,
    public=False,
)
