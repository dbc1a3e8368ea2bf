"""Assistance that agencies ask of each other: each query is one agency's."""

from __future__ import annotations

from graph.queries.core import Mode, Query, Row
from graph.queries.desk_tasks import (
    MOST,
    OwnRecordParams,
    PlacedRow,
    RangeParams,
    RecordKeyParams,
)


class AssistanceRow(Row):
    """A request for assistance, all that is known of it."""

    key: str
    asker: str
    helper: str
    kind: str
    asked_us: int
    asked_by: str
    due_us: int
    shown: str
    shown_sha256: str
    asker_place: str | None
    helper_place: str | None
    stage: str
    moved_us: int
    moved_by: str
    why: str | None
    steps: int
    clock_us: int | None
    version: int | None


class HelpReceiptRow(Row):
    """A receipt, and the leaf that vouches for it."""

    agency: str
    number: int
    step: str
    at_us: int
    body: str
    body_sha256: str
    prior: str | None
    leaf: str


LOCK = Query(
    name="assistance.lock",
    doc="Takes the write lock of a request before it is read to decide.",
    text="""
    MATCH (a:Assistance {key: $key})
    SET a.version = coalesce(a.version, 0)
    """,
    params=RecordKeyParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

ONE = Query(
    name="assistance.one",
    doc="A request of an agency's, as asker or as helper.",
    text="""
    MATCH (a:Assistance {key: $key})
    WHERE $agency IN [a.asker, a.helper]
    RETURN a.key AS key, a.asker AS asker, a.helper AS helper, a.kind AS kind,
           a.asked_us AS asked_us, a.asked_by AS asked_by, a.due_us AS due_us,
           a.shown AS shown, a.shown_sha256 AS shown_sha256, a.asker_place AS asker_place,
           a.helper_place AS helper_place, a.stage AS stage, a.moved_us AS moved_us,
           a.moved_by AS moved_by, a.why AS why, a.steps AS steps, a.clock_us AS clock_us,
           a.version AS version
    LIMIT 1
    """,
    params=OwnRecordParams,
    row=AssistanceRow,
    max_rows=1,
    public=False,
)

ASKED = Query(
    name="assistance.asked",
    doc="What an agency asked of others: what waits first, the oldest first.",
    text="""
    MATCH (a:Assistance)
    WHERE a.asker_place > $after AND a.asker_place < $end
    RETURN a.key AS key, a.asker_place AS place
    ORDER BY a.asker_place LIMIT $limit
    """,
    params=RangeParams,
    row=PlacedRow,
    max_rows=MOST + 1,
    public=False,
)

HELPED = Query(
    name="assistance.helped",
    doc="What an agency was asked, in the same order.",
    text="""
    MATCH (a:Assistance)
    WHERE a.helper_place > $after AND a.helper_place < $end
    RETURN a.key AS key, a.helper_place AS place
    ORDER BY a.helper_place LIMIT $limit
    """,
    params=RangeParams,
    row=PlacedRow,
    max_rows=MOST + 1,
    public=False,
)

RECEIPTS = Query(
    name="assistance.receipts",
    doc="One agency's receipts of a request, in their order.",
    text="""
    MATCH (r:AssistanceReceipt)
    WHERE r.place > $after AND r.place < $end
    RETURN r.agency AS agency, r.number AS number, r.step AS step, r.at_us AS at_us,
           r.body AS body, r.body_sha256 AS body_sha256, r.prior AS prior, r.leaf AS leaf
    ORDER BY r.place LIMIT $limit
    """,
    params=RangeParams,
    row=HelpReceiptRow,
    max_rows=1000,
    public=False,
)
