"""Claims whose review date comes near: the queue of their agency, and who is to be reminded."""

from __future__ import annotations

from graph.queries.core import Params, Query, Row
from graph.queries.retention import KeyParams
from graph.queries.scope import ScopeParams

TOGETHER = 500


class QueueParams(ScopeParams):
    """The claims of who asks' agency that are due before a time, after one of them."""

    before_us: int
    after_us: int
    after_ref: str
    limit: int


class QueueRow(Row):
    """A claim that is to be validated, or let go."""

    key: str
    ref: str
    reference: str
    investigation: str
    status: str
    role: str
    visibility: str | None
    kind: str
    identifier: str
    agency: str
    sealed_to: str | None
    entered_by: str | None
    review_due_us: int
    validated_us: int | None
    validated_by: str | None
    version: int | None


class NearParams(Params):
    """Claims that are due within a span, after one of them."""

    before_us: int
    after_us: int
    after_key: str


class NearRow(Row):
    """A claim of an open investigation whose review date comes near."""

    key: str
    investigation: str
    agency: str
    visibility: str | None
    sealed_to: str | None
    review_due_us: int


class KeyRow(Row):
    """A record."""

    key: str


NOTICE_THERE = Query(
    name="reviews.notice_there",
    doc="A notice, where it was written.",
    text="MATCH (n:Notification {key: $key}) RETURN n.key AS key LIMIT 1",
    params=KeyParams,
    row=KeyRow,
    public=False,
)

QUEUE = Query(
    name="reviews.queue",
    doc="Claims of the caller's agency by review date: to be validated, or let go.",
    text="""
    MATCH (c:Claim)
    WHERE c.review_due_us >= $after_us AND c.review_due_us <= $before_us
      AND (c.review_due_us > $after_us OR c.ref > $after_ref)
      AND c.agency = $agency AND c.review_due_us > $now_us
      AND (c.visibility <> 'sealed' OR c.sealed_to = $user OR c.entered_by = $user)
    WITH c
    MATCH (c)<-[:HOLDS]-(i:Investigation)
    MATCH (c)-[:CLAIMS]->(x)
    RETURN c.key AS key, c.ref AS ref, i.reference AS reference, c.investigation AS investigation,
           i.status AS status, c.role AS role, c.visibility AS visibility, x.kind AS kind,
           x.key AS identifier, c.agency AS agency, c.sealed_to AS sealed_to,
           c.entered_by AS entered_by, c.review_due_us AS review_due_us,
           c.validated_us AS validated_us, c.validated_by AS validated_by, c.version AS version
    ORDER BY review_due_us, ref LIMIT $limit
    """,
    params=QueueParams,
    row=QueueRow,
    public=False,
)

NEAR = Query(
    name="reviews.near",
    doc="Claims of open investigations whose review date comes near, whoever's.",
    text="""
    MATCH (c:Claim)
    WHERE c.review_due_us >= $after_us AND c.review_due_us <= $before_us
      AND (c.review_due_us > $after_us OR c.key > $after_key)
    WITH c ORDER BY c.review_due_us, c.key LIMIT 500
    MATCH (c)<-[:HOLDS]-(i:Investigation)
    WHERE i.status = 'open'
    RETURN c.key AS key, c.investigation AS investigation, c.agency AS agency,
           c.visibility AS visibility, c.sealed_to AS sealed_to, c.review_due_us AS review_due_us
    ORDER BY review_due_us, key LIMIT 500
    """,
    params=NearParams,
    row=NearRow,
    public=False,
)
