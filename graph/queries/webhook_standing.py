"""What a delivery rests on, looked at again right before it leaves."""

from __future__ import annotations

from pydantic import Field

from graph.queries.conflicts import ConflictKeyRow
from graph.queries.core import Mode, Params, Query, Row
from graph.queries.scope import AsOf

MOST = 1000


class NoticeParams(Params):
    """A notice."""

    key: str


class RefParams(Params):
    """A conflict by its ref."""

    ref: str


class RefsParams(AsOf):
    """Claims by their names, as of a time."""

    refs: list[str] = Field(max_length=MOST)


class NamedParams(AsOf):
    """A tip, and the investigation that claims something in it."""

    tip: str
    investigation: str


class WithdrawParams(Params):
    """A delivery that does not leave any more, and why."""

    key: str
    failure: str


class StandingNoticeRow(Row):
    """A notice, as far as it decides whether its delivery may leave."""

    key: str
    agency: str
    investigation: str | None
    sealed_to: str | None


class ClaimRefRow(Row):
    """A claim's name."""

    ref: str


NOTICE = Query(
    name="webhook_standing.notice",
    doc="Whom a notice tells.",
    text="""
    MATCH (n:Notification {key: $key})
    RETURN n.key AS key, n.agency AS agency, n.investigation AS investigation,
           n.sealed_to AS sealed_to
    LIMIT 1
    """,
    params=NoticeParams,
    row=StandingNoticeRow,
    max_rows=1,
    public=False,
)

CONFLICT = Query(
    name="webhook_standing.conflict",
    doc="A conflict by its ref, whoever is told of it.",
    text="MATCH (f:Conflict {ref: $ref}) RETURN f.key AS key LIMIT 1",
    params=RefParams,
    row=ConflictKeyRow,
    max_rows=1,
    public=False,
)

CLAIMS = Query(
    name="webhook_standing.claims",
    doc="Those of some claims that are in force and not sealed.",
    text="""
    UNWIND $refs AS r
    MATCH (c:Claim {ref: r})
    WHERE c.review_due_us > $now_us AND c.visibility <> 'sealed'
    RETURN c.ref AS ref
    ORDER BY ref LIMIT 1000
    """,
    params=RefsParams,
    row=ClaimRefRow,
    public=False,
)

NAMED = Query(
    name="webhook_standing.named",
    doc="A claim of an investigation on something that a tip states, in force and not sealed.",
    text="""
    MATCH (t:Tip {key: $tip})-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL AND x.claim_count > 0
    WITH DISTINCT x
    MATCH (x)<-[:CLAIMS]-(c)
    WHERE c.investigation = $investigation AND c.review_due_us > $now_us
      AND c.visibility <> 'sealed'
    RETURN c.ref AS ref
    ORDER BY ref LIMIT 1
    """,
    params=NamedParams,
    row=ClaimRefRow,
    max_rows=1,
    public=False,
)

WITHDRAW = Query(
    name="webhook_standing.withdraw",
    doc="Notes that a delivery does not leave any more; its try is not counted.",
    text="""
    MATCH (d:WebhookDelivery {key: $key})
    SET d.state = 'withdrawn', d.due_us = null, d.leased_by = null, d.failure = $failure,
        d.attempts = d.attempts - 1
    """,
    params=WithdrawParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
