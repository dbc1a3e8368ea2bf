"""Hand-offs of tips between agencies: each query is one agency's, or the clock's."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.scope import Seeing

MOST = 200
_ALL = 1000


class HandoffKeyParams(Params):
    """A hand-off."""

    key: str


class OwnHandoffParams(Params):
    """A hand-off, and the agency that asks."""

    agency: str
    key: str


class TipHandoffsParams(Params):
    """A tip."""

    tip: str


class PlaceRangeParams(Params):
    """An agency's part of one list: after a place, before another one. Places begin with it."""

    after: str
    end: str
    limit: int


class ClockParams(Params):
    """As of when, and how many are wanted."""

    at_us: int
    limit: int


class ReceiptsParams(Params):
    """A hand-off, and whose receipts."""

    key: str
    agency: str


class StatedParams(Seeing):
    """A tip."""

    tip: str


class HandoffRow(Row):
    """A hand-off, all that is known of it."""

    key: str
    tip: str
    giver: str
    receiver: str
    kind: str
    stage: str
    level: str
    purpose: str
    offered_us: int
    offered_by: str
    due_us: int
    until_us: int | None
    answered_us: int | None
    answered_by: str | None
    answered_why: str | None
    held_before: bool | None
    shown: str
    shown_sha256: str
    permitted: str
    agreement: str | None
    steps: int
    clock_us: int | None
    giver_place: str | None
    receiver_place: str | None
    version: int | None


class PlacedRow(Row):
    """A hand-off, and where it stands in a list."""

    key: str
    place: str


class ReceiptRow(Row):
    """A receipt, and the leaf that vouches for it."""

    agency: str
    number: int
    step: str
    at_us: int
    body: str
    body_sha256: str
    prior: str | None
    disclosed: str | None
    disclosed_sha256: str | None
    leaf: str


class StatedRow(Row):
    """An identifier that a tip states of the reported person."""

    kind: str
    identifier: str


class VersionKeyRow(Row):
    """A version of a tip."""

    key: str


class DueRow(Row):
    """A hand-off whose clock ran out."""

    key: str
    tip: str
    giver: str


LOCK = Query(
    name="handoffs.lock",
    doc="Takes the write lock of a hand-off before it is read to decide.",
    text="""
    MATCH (h:Handoff {key: $key})
    SET h.version = coalesce(h.version, 0)
    """,
    params=HandoffKeyParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

ONE = Query(
    name="handoffs.one",
    doc="A hand-off of an agency, as giver or as receiver.",
    text="""
    MATCH (h:Handoff {key: $key})
    WHERE $agency IN [h.giver, h.receiver]
    RETURN h.key AS key, h.tip AS tip, h.giver AS giver, h.receiver AS receiver, h.kind AS kind,
           h.stage AS stage, h.level AS level, h.purpose AS purpose, h.offered_us AS offered_us,
           h.offered_by AS offered_by, h.due_us AS due_us, h.until_us AS until_us,
           h.answered_us AS answered_us, h.answered_by AS answered_by,
           h.answered_why AS answered_why, h.held_before AS held_before, h.shown AS shown,
           h.shown_sha256 AS shown_sha256, h.permitted AS permitted, h.agreement AS agreement,
           h.steps AS steps, h.clock_us AS clock_us, h.giver_place AS giver_place,
           h.receiver_place AS receiver_place, h.version AS version
    LIMIT 1
    """,
    params=OwnHandoffParams,
    row=HandoffRow,
    max_rows=1,
    public=False,
)

OF_TIP = Query(
    name="handoffs.of_tip",
    doc="The hand-offs of a tip that are offered or in force, whosever: to decide about one more.",
    text="""
    MATCH (h:Handoff {tip: $tip})
    WHERE h.stage IN ['offered', 'accepted']
    RETURN h.key AS key, h.tip AS tip, h.giver AS giver, h.receiver AS receiver, h.kind AS kind,
           h.stage AS stage, h.level AS level, h.purpose AS purpose, h.offered_us AS offered_us,
           h.offered_by AS offered_by, h.due_us AS due_us, h.until_us AS until_us,
           h.answered_us AS answered_us, h.answered_by AS answered_by,
           h.answered_why AS answered_why, h.held_before AS held_before, h.shown AS shown,
           h.shown_sha256 AS shown_sha256, h.permitted AS permitted, h.agreement AS agreement,
           h.steps AS steps, h.clock_us AS clock_us, h.giver_place AS giver_place,
           h.receiver_place AS receiver_place, h.version AS version
    ORDER BY offered_us, key LIMIT 1000
    """,
    params=TipHandoffsParams,
    row=HandoffRow,
    max_rows=_ALL,
    public=False,
)

GIVEN = Query(
    name="handoffs.given",
    doc="What an agency offered: what waits first, the oldest first; then the newest.",
    text="""
    MATCH (h:Handoff)
    WHERE h.giver_place > $after AND h.giver_place < $end
    RETURN h.key AS key, h.giver_place AS place
    ORDER BY h.giver_place LIMIT $limit
    """,
    params=PlaceRangeParams,
    row=PlacedRow,
    max_rows=MOST + 1,
    public=False,
)

RECEIVED = Query(
    name="handoffs.received",
    doc="What an agency was offered, in the same order.",
    text="""
    MATCH (h:Handoff)
    WHERE h.receiver_place > $after AND h.receiver_place < $end
    RETURN h.key AS key, h.receiver_place AS place
    ORDER BY h.receiver_place LIMIT $limit
    """,
    params=PlaceRangeParams,
    row=PlacedRow,
    max_rows=MOST + 1,
    public=False,
)

DUE = Query(
    name="handoffs.due",
    doc="Hand-offs that the clock moves on: for a timer, which sees all of them.",
    text="""
    MATCH (h:Handoff)
    WHERE h.clock_us <= $at_us
    RETURN h.key AS key, h.tip AS tip, h.giver AS giver
    ORDER BY h.clock_us, key LIMIT $limit
    """,
    params=ClockParams,
    row=DueRow,
    max_rows=MOST,
    public=False,
)

RECEIPTS = Query(
    name="handoffs.receipts",
    doc="One agency's receipts of a hand-off, in their order.",
    text="""
    MATCH (h:Handoff {key: $key})
    WITH h
    MATCH (h)-[:HAS_RECEIPT]->(r:HandoffReceipt)
    WHERE r.agency = $agency
    RETURN r.agency AS agency, r.number AS number, r.step AS step, r.at_us AS at_us,
           r.body AS body, r.body_sha256 AS body_sha256, r.prior AS prior,
           r.disclosed AS disclosed,
           r.disclosed_sha256 AS disclosed_sha256, r.leaf AS leaf
    ORDER BY number, at_us LIMIT 1000
    """,
    params=ReceiptsParams,
    row=ReceiptRow,
    max_rows=_ALL,
    public=False,
)

STATED = Query(
    name="handoffs.stated",
    doc="The identifiers that a tip states of the reported person, as far as they link.",
    text="""
    MATCH (t:Tip {key: $tip})
    WHERE ($everything OR $holder IN t.holders)
    WITH t
    MATCH (t)-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL AND a.linking AND a.role = 'reported'
    RETURN DISTINCT x.kind AS kind, x.key AS identifier ORDER BY kind, identifier LIMIT 101
    """,
    params=StatedParams,
    row=StatedRow,
    max_rows=101,
    public=False,
)

VERSIONS = Query(
    name="handoffs.versions",
    doc="The keys of a tip's versions: which documents whoever holds it can read.",
    text="""
    MATCH (t:Tip {key: $tip})
    WHERE ($everything OR $holder IN t.holders)
    WITH t
    MATCH (t)-[:HAS_VERSION]->(v)
    RETURN v.key AS key ORDER BY key LIMIT 1000
    """,
    params=StatedParams,
    row=VersionKeyRow,
    max_rows=_ALL,
    public=False,
)
