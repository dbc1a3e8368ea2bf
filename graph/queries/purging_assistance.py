"""Requests for assistance that are over, and the step that leaves nothing of them."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.desk_tasks import RecordKeyParams
from graph.queries.purging_conflicts import NoticeKeyRow, OverParams


class SettledRow(Row):
    """A request that is settled."""

    key: str
    asker: str
    helper: str
    moved_us: int


class ReceiptSpanParams(Params):
    """A request, and the range of its receipts."""

    key: str
    head: str
    end: str


SETTLED = Query(
    name="purging_assistance.settled",
    doc="Requests for assistance that wait for nobody and were last moved before a time, by key.",
    text="""
    MATCH (a:Assistance)
    WHERE a.key > $after AND a.moved_us <= $before_us
      AND NOT a.stage IN ['asked', 'accepted', 'delivered']
    RETURN a.key AS key, a.asker AS asker, a.helper AS helper, a.moved_us AS moved_us
    ORDER BY key LIMIT $limit
    """,
    params=OverParams,
    row=SettledRow,
    public=False,
)

STILL_SETTLED = Query(
    name="purging_assistance.still_settled",
    doc="One request, where it waits for nobody.",
    text="""
    MATCH (a:Assistance {key: $key})
    WHERE NOT a.stage IN ['asked', 'accepted', 'delivered']
    RETURN a.key AS key, a.asker AS asker, a.helper AS helper, a.moved_us AS moved_us LIMIT 1
    """,
    params=RecordKeyParams,
    row=SettledRow,
    max_rows=1,
    public=False,
)

NOTICES_ABOUT = Query(
    name="purging_assistance.notices_about",
    doc="Notices about a request, of both sides.",
    text="""
    MATCH (n:Notification {object: $key})
    RETURN n.key AS key ORDER BY key LIMIT 10000
    """,
    params=RecordKeyParams,
    row=NoticeKeyRow,
    max_rows=10_000,
    public=False,
)

DROP_ASSISTANCE = Query(
    name="purging_assistance.drop",
    doc="Deletes a request with both sides' receipts.",
    text="""
    MATCH (a:Assistance {key: $key})
    OPTIONAL MATCH (r:AssistanceReceipt)
    WHERE r.place >= $head AND r.place < $end
    WITH collect(DISTINCT a) AS requests, collect(DISTINCT r) AS receipts
    FOREACH (r IN receipts | DETACH DELETE r)
    FOREACH (a IN requests | DETACH DELETE a)
    """,
    params=ReceiptSpanParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
