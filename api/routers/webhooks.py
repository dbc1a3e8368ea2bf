"""Webhooks: where an agency's notices are delivered to, and what became of each delivery."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce, AtOnceUnkept
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import After, PageLimit, Ref
from api.schemas.common import page
from api.schemas.webhooks import (
    DeliveriesPage,
    RedrivenAnswer,
    RedriveWebhook,
    RegisterWebhook,
    RotateWebhook,
    TestWritten,
    WebhookLine,
    WebhooksAnswer,
    WebhookSigned,
)
from graph.queries.webhooks import DELIVERIES
from graph.services.webhook_outbox import FIRST, list_deliveries, redrive
from graph.services.webhooks import (
    add_webhook,
    end_webhook,
    list_webhooks,
    resume_webhook,
    rotate_webhook,
    try_webhook,
)
from graph.webhooks.keys import WebhookKey, key_file, load_or_create_key
from graph.webhooks.settings import WebhookSettings

router = APIRouter(tags=["webhooks"], route_class=OnceRoute)
State = Literal["", "waiting", "sent", "dead", "withdrawn"]


def _key() -> WebhookKey:
    return load_or_create_key(key_file())


Key = Annotated[WebhookKey, Depends(_key)]


@router.get("/webhooks")
def webhooks(at: At) -> WebhooksAnswer:
    """Your agency's webhooks, and how each is doing."""
    rows = list_webhooks(at.caller, at.store, reads=at.reads)
    return WebhooksAnswer(webhooks=tuple(WebhookLine.of(row) for row in rows))


@router.post("/webhooks")
def register_webhook(at: AtOnceUnkept, wanted: RegisterWebhook, key: Key) -> WebhookSigned:
    """Register an address that your agency's notices go to; its secret is shown once."""
    made = add_webhook(at.caller, at.store, url=wanted.url, key=key, settings=WebhookSettings())
    at.tag(made.webhook.version)
    return WebhookSigned.of(made)


@router.post("/webhooks/{webhook}/test")
def test_webhook(at: AtOnce, webhook: Ref) -> TestWritten:
    """Put a test delivery on its way."""
    return TestWritten(notice=try_webhook(at.caller, at.store, ref=webhook))


@router.post("/webhooks/{webhook}/rotate")
def rotate_webhook_secret(
    at: AtOnceUnkept, webhook: Ref, expected: Expected, wanted: RotateWebhook, key: Key
) -> WebhookSigned:
    """Make a new secret, which is shown once; for some hours the one before signs as well."""
    made = rotate_webhook(
        at.caller,
        at.store,
        ref=webhook,
        expected=expected,
        key=key,
        overlap_hours=wanted.overlap_hours,
    )
    at.tag(made.webhook.version)
    return WebhookSigned.of(made)


@router.post("/webhooks/{webhook}/resume")
def switch_webhook_on(at: AtOnce, webhook: Ref, expected: Expected) -> WebhookLine:
    """Switch a webhook on again that was switched off as it took nothing."""
    row = resume_webhook(at.caller, at.store, ref=webhook, expected=expected)
    at.tag(row.version)
    return WebhookLine.of(row)


@router.delete("/webhooks/{webhook}")
def withdraw_webhook(at: At, webhook: Ref) -> WebhookLine:
    """End a webhook for good."""
    return WebhookLine.of(end_webhook(at.caller, at.store, ref=webhook))


@router.get("/webhooks/{webhook}/deliveries")
def webhook_deliveries(
    at: At,
    webhook: Ref,
    *,
    state: Annotated[State, Query(description="In this state; any when not given.")] = "",
    after: After = "",
    limit: PageLimit = 50,
) -> DeliveriesPage:
    """A webhook's deliveries, the newest notice first."""
    found = place(after, int, str)
    at_us, key = found if found is not None else FIRST
    rows = list_deliveries(
        at.caller,
        at.store,
        ref=webhook,
        reads=at.reads,
        state=state,
        before_us=int(at_us),
        before_key=str(key),
        limit=limit,
    )
    following = cursor(rows[-1].at_us, rows[-1].key) if len(rows) == limit else None
    return page(DeliveriesPage, rows, at, query=DELIVERIES.name, next_after=following)


@router.post("/webhooks/{webhook}/deliveries/retry")
def retry_webhook_deliveries(at: AtOnce, webhook: Ref, wanted: RedriveWebhook) -> RedrivenAnswer:
    """Have deliveries that were given up tried again."""
    total = redrive(at.caller, at.store, ref=webhook, notice=wanted.notice)
    return RedrivenAnswer(retried=total)
