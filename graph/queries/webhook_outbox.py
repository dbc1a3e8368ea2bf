"""The outbox as webhooks are served from it: the steps of `outbox`, on deliveries."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.outbox import (
    AnyDueParams,
    DueParams,
    FreeParams,
    LeasedRow,
    LeaseParams,
    NoticeKeyRow,
    NoticeKeysParams,
    SettledParams,
)


class PostRow(LeasedRow):
    """A delivery as it is sent: what it says, where to, and what signs it."""

    webhook: str
    notice: str
    kind: str
    severity: str
    object: str | None
    at_us: int
    url: str
    state: str
    """Of the webhook."""
    generation: int
    secret_check: str
    previous_until_us: int | None


class HealthItem(Params):
    """How a webhook did in one round."""

    key: str
    is_taken: bool
    is_gone: bool
    """Its receiver said that it takes nothing any more."""


class HealthParams(Params):
    """How webhooks did, and when."""

    rows: list[HealthItem]
    at_us: int


class FailingParams(Params):
    """Since when a webhook must have failed."""

    before_us: int


class FailingRow(Row):
    """A webhook that failed for long."""

    key: str
    agency: str
    failing_us: int


ANY_DUE = Query(
    name="webhook_outbox.any_due",
    doc="Some delivery that is due, whether it is the first of its stream or not.",
    text="""
    MATCH (d:WebhookDelivery)
    WHERE d.due_us <= $at_us
    RETURN d.key AS key LIMIT 1
    """,
    params=AnyDueParams,
    row=NoticeKeyRow,
    max_rows=1,
    public=False,
)

DUE = Query(
    name="webhook_outbox.due",
    doc="Deliveries that are due; of a stream only the first that has not left.",
    text="""
    MATCH (d:WebhookDelivery)
    WHERE d.due_us >= 0
    WITH d ORDER BY d.stream, d.number, d.key
    WITH d.stream AS stream, collect(d.key)[0] AS key, collect(d.due_us)[0] AS due_us
    WHERE due_us <= $at_us
    RETURN key
    ORDER BY due_us, key LIMIT $limit
    """,
    params=DueParams,
    row=NoticeKeyRow,
    public=False,
)

LOCK_DELIVERIES = Query(
    name="webhook_outbox.lock",
    doc="Takes the write lock of deliveries before they are read to decide.",
    text="""
    UNWIND $keys AS k
    MATCH (d:WebhookDelivery {key: k})
    SET d.attempts = coalesce(d.attempts, 0)
    """,
    params=NoticeKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

LEASE = Query(
    name="webhook_outbox.lease",
    doc="Gives due deliveries to a worker until a time; after that they are due again.",
    text="""
    UNWIND $keys AS k
    MATCH (d:WebhookDelivery {key: k})
    WHERE d.due_us <= $at_us
    MATCH (w:Webhook {key: d.webhook})
    SET d.due_us = $until_us, d.leased_by = $worker
    RETURN d.key AS key, d.attempts AS attempts, d.webhook AS webhook, d.notice AS notice,
           d.kind AS kind, d.severity AS severity, d.object AS object, d.at_us AS at_us,
           w.url AS url, w.state AS state, w.generation AS generation,
           w.secret_check AS secret_check, w.previous_until_us AS previous_until_us
    """,
    params=LeaseParams,
    row=PostRow,
    mode=Mode.WRITE,
    public=False,
)

BEGIN = Query(
    name="webhook_outbox.begin",
    doc="Counts a try of a delivery that a worker still has, and gives it more time.",
    text="""
    UNWIND $keys AS k
    MATCH (d:WebhookDelivery {key: k})
    WHERE d.leased_by = $worker AND d.due_us > $at_us
    SET d.due_us = $until_us, d.attempts = 1 + coalesce(d.attempts, 0)
    RETURN d.key AS key, d.attempts AS attempts
    """,
    params=LeaseParams,
    row=LeasedRow,
    mode=Mode.WRITE,
    public=False,
)

FREE = Query(
    name="webhook_outbox.free",
    doc="Lets go of deliveries that a worker has and did not try: they are due.",
    text="""
    UNWIND $keys AS k
    MATCH (d:WebhookDelivery {key: k})
    WHERE d.leased_by = $worker
    SET d.due_us = $at_us, d.leased_by = null
    """,
    params=FreeParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

SETTLE = Query(
    name="webhook_outbox.settle",
    doc="Notes what became of deliveries, where the worker still has them.",
    text="""
    UNWIND $rows AS r
    MATCH (d:WebhookDelivery {key: r.key})
    WHERE d.leased_by = $worker
    SET d.state = r.mail, d.due_us = r.due_us, d.sent_us = r.sent_us, d.failure = r.failure,
        d.leased_by = null
    """,
    params=SettledParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

NOTE_HEALTH = Query(
    name="webhook_outbox.note_health",
    doc="Notes of webhooks when something was last taken, and since when nothing was.",
    text="""
    UNWIND $rows AS r
    MATCH (w:Webhook {key: r.key})
    SET w.delivered_us = CASE WHEN r.is_taken THEN $at_us ELSE w.delivered_us END,
        w.failing_us = CASE WHEN r.is_taken THEN null WHEN r.is_gone THEN 0
                            ELSE coalesce(w.failing_us, $at_us) END
    """,
    params=HealthParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

FAILING = Query(
    name="webhook_outbox.failing",
    doc="Webhooks that took nothing since a time, though something was delivered.",
    text="""
    MATCH (w:Webhook)
    WHERE w.state = 'on' AND w.failing_us <= $before_us
    RETURN w.key AS key, w.agency AS agency, w.failing_us AS failing_us
    ORDER BY key LIMIT 1000
    """,
    params=FailingParams,
    row=FailingRow,
    public=False,
)
