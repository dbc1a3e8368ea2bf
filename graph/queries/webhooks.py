"""Webhooks as those who manage them see them, and their deliveries."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Mode, Params, Query, Row

MOST = 1000


class WebhookParams(Params):
    """A webhook."""

    key: str


class WebhooksOfParams(Params):
    """An agency."""

    agency: str


class ServingParams(Params):
    """Agencies that are told something."""

    agencies: list[str] = Field(max_length=MOST)


class DeliveriesParams(Params):
    """Whose deliveries, in which state (empty: any), and where a page begins."""

    webhook: str
    state: str
    before_us: int
    before_key: str
    limit: int


class StopParams(Params):
    """A webhook whose deliveries are not tried any more, and why."""

    key: str
    failure: str


class RedriveParams(Params):
    """Which dead deliveries of a webhook are tried again, from when on."""

    key: str
    delivery: str
    at_us: int
    limit: int


class WebhookRow(Row):
    """A webhook, all that is known of it."""

    key: str
    agency: str
    url: str
    state: str
    generation: int
    secret_check: str
    previous_until_us: int | None
    made_us: int
    made_by: str
    delivered_us: int | None
    failing_us: int | None
    off_us: int | None
    off_by: str | None
    version: int
    kept_by: str | None
    """Who answers for it, where somebody changed it since it was made."""


class ServingRow(Row):
    """A webhook that an agency's notices go to."""

    key: str
    agency: str
    state: str


class DeliveryRow(Row):
    """A delivery as those who look after it see it; what it tells of is not in it."""

    key: str
    notice: str
    kind: str
    severity: str
    state: str
    at_us: int
    due_us: int | None
    sent_us: int | None
    attempts: int
    failure: str | None


class DeliveryKeyRow(Row):
    """A key of a delivery."""

    key: str


WEBHOOK = Query(
    name="webhooks.by_key",
    doc="A webhook.",
    text="""
    MATCH (w:Webhook {key: $key})
    RETURN w.key AS key, w.agency AS agency, w.url AS url, w.state AS state,
           w.generation AS generation, w.secret_check AS secret_check,
           w.previous_until_us AS previous_until_us, w.made_us AS made_us, w.made_by AS made_by,
           w.delivered_us AS delivered_us, w.failing_us AS failing_us, w.off_us AS off_us,
           w.off_by AS off_by, w.version AS version,
           w.kept_by AS kept_by
    LIMIT 1
    """,
    params=WebhookParams,
    row=WebhookRow,
    max_rows=1,
    public=False,
)

WEBHOOKS_OF = Query(
    name="webhooks.of_agency",
    doc="An agency's webhooks, the last one registered first.",
    text="""
    MATCH (w:Webhook {agency: $agency})
    RETURN w.key AS key, w.agency AS agency, w.url AS url, w.state AS state,
           w.generation AS generation, w.secret_check AS secret_check,
           w.previous_until_us AS previous_until_us, w.made_us AS made_us, w.made_by AS made_by,
           w.delivered_us AS delivered_us, w.failing_us AS failing_us, w.off_us AS off_us,
           w.off_by AS off_by, w.version AS version,
           w.kept_by AS kept_by
    ORDER BY made_us DESC, key LIMIT 1000
    """,
    params=WebhooksOfParams,
    row=WebhookRow,
    public=False,
)

SERVING = Query(
    name="webhooks.serving",
    doc="Webhooks that notices of agencies go to; those switched off have them kept.",
    text="""
    UNWIND $agencies AS a
    MATCH (w:Webhook {agency: a})
    WHERE w.state <> 'ended'
    RETURN w.key AS key, w.agency AS agency, w.state AS state
    ORDER BY key LIMIT 1000
    """,
    params=ServingParams,
    row=ServingRow,
    public=False,
)

LOCK_WEBHOOK = Query(
    name="webhooks.lock",
    doc="Takes the write lock of a webhook before it is read to decide.",
    text="MATCH (w:Webhook {key: $key}) SET w.version = w.version",
    params=WebhookParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DELIVERIES = Query(
    name="webhooks.deliveries",
    doc="Deliveries of a webhook, the newest notice first.",
    text="""
    MATCH (d:WebhookDelivery {webhook: $webhook})
    WHERE ($state = '' OR d.state = $state)
      AND (d.at_us < $before_us OR (d.at_us = $before_us AND d.key > $before_key))
    RETURN d.key AS key, d.notice AS notice, d.kind AS kind, d.severity AS severity,
           d.state AS state, d.at_us AS at_us, d.due_us AS due_us, d.sent_us AS sent_us,
           d.attempts AS attempts, d.failure AS failure
    ORDER BY at_us DESC, key LIMIT $limit
    """,
    params=DeliveriesParams,
    row=DeliveryRow,
    public=False,
)

STOP = Query(
    name="webhooks.stop",
    doc="Makes what waits for a webhook a dead letter.",
    text="""
    MATCH (d:WebhookDelivery {webhook: $key})
    WHERE d.state = 'waiting'
    SET d.state = 'dead', d.due_us = null, d.leased_by = null, d.failure = $failure
    """,
    params=StopParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

REDRIVE = Query(
    name="webhooks.redrive",
    doc="Lets dead deliveries of a webhook be tried again; all where no notice is named.",
    text="""
    MATCH (d:WebhookDelivery {webhook: $key})
    WHERE d.state = 'dead' AND ($delivery = '' OR d.notice = $delivery)
    WITH d ORDER BY d.at_us, d.key LIMIT $limit
    SET d.state = 'waiting', d.due_us = $at_us, d.attempts = 0
    RETURN d.key AS key
    """,
    params=RedriveParams,
    row=DeliveryKeyRow,
    mode=Mode.WRITE,
    public=False,
)
