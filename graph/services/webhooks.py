"""Webhooks of an agency: registered, listed, tried, rotated, switched on again and ended.

An agency's administrator manages them. The secret is shown once and not stored
(`graph.webhooks.keys`); no leaf and no error repeats an address, whose path may hold a secret of
the receiver's.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of
from graph.clock import iso
from graph.errors import RowError
from graph.queries.webhooks import (
    STOP,
    WEBHOOKS_OF,
    StopParams,
    WebhookRow,
    WebhooksOfParams,
)
from graph.services.acting import About, Seen, act, leaf, look, named, note
from graph.services.audit_reads import ReadLog
from graph.services.webhook_access import change_webhook, locked_webhook
from graph.services.webhook_telling import ENDED, OFF, ON, TEST, Event, delivery_row
from graph.store import ReadUnit, Store, WriteUnit
from graph.webhooks.addresses import target_of
from graph.webhooks.keys import Secret, WebhookKey
from graph.webhooks.settings import WebhookSettings

MOST = 10
"""Webhooks of one agency that have not ended."""
OVERLAP_HOURS, MOST_OVERLAP_HOURS = 24, 168
_HOUR_US = 3_600_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A webhook and its secret, which is shown this once."""

    webhook: WebhookRow
    secret: Secret = field(repr=False)


def add_webhook(
    caller: Caller, store: Store, *, url: str, key: WebhookKey, settings: WebhookSettings
) -> Signed:
    """Register an address; the agency's notices go there from now on.

    Raises:
        RightsError: the caller does not manage this agency.
        RowError: the address may not be one, or the agency has too many.
    """
    target_of(url, http=settings.http, networks=settings.networks)
    ref = secrets.token_hex(16)
    secret = key.secret_of(ref, 1)
    row = WebhookRow(
        key=ref,
        agency=agency_of(caller),
        url=url,
        state=ON,
        generation=1,
        secret_check=secret.check,
        previous_until_us=None,
        made_us=caller.as_of_us,
        made_by=caller.user,
        delivered_us=None,
        failing_us=None,
        off_us=None,
        off_by=None,
        version=1,
        kept_by=None,
    )
    about = About(object=ref)

    def work(unit: WriteUnit) -> Signed:
        rows = unit.read(WEBHOOKS_OF, WebhooksOfParams(agency=row.agency))
        if sum(other.state != ENDED for other in rows) >= MOST:
            raise RowError(f"An agency has at most {MOST} webhooks: end one first.")
        unit.insert_nodes("Webhook", [row.model_dump()])
        note(unit, caller, [leaf(caller, Deed.WEBHOOK_MANAGE, about, outcome="registered")])
        return Signed(webhook=row, secret=secret)

    return act(caller, store, deed=Deed.WEBHOOK_MANAGE, about=about, work=work)


def list_webhooks(caller: Caller, store: Store, *, reads: ReadLog) -> tuple[WebhookRow, ...]:
    """Give the webhooks of the caller's agency, the last one registered first; ended ones too.

    Raises:
        RightsError: the caller does not manage, supervise or audit the agency.
    """
    params = WebhooksOfParams(agency=agency_of(caller))

    def work(unit: ReadUnit) -> Seen[tuple[WebhookRow, ...]]:
        rows = tuple(unit.read(WEBHOOKS_OF, params))
        return Seen(answer=rows, outcome="listed", disclosed=tuple(row.key for row in rows))

    return look(caller, store, deed=Deed.WEBHOOK_READ, about=About(), reads=reads, work=work)


def try_webhook(caller: Caller, store: Store, *, ref: str) -> str:
    """Put a test on its way, and give the key of its notice: the deliveries say how it went.

    Raises:
        RightsError: the caller does not manage this agency.
        NotFoundError: the agency has no such webhook.
        RowError: it has ended, or is switched off.
    """
    about = About(object=named(ref))

    def work(unit: WriteUnit) -> str:
        row = locked_webhook(unit, caller, ref)
        if row.state != ON:
            raise RowError("This webhook is switched off: switch it on again first.")
        test = secrets.token_hex(16)
        event = Event(
            agency=row.agency,
            notice=test,
            stream=test,
            number=1,
            kind=TEST,
            severity="normal",
            object=None,
        )
        made = delivery_row(row.key, event, at_us=caller.as_of_us)
        unit.insert_nodes("WebhookDelivery", [made])
        note(unit, caller, [leaf(caller, Deed.WEBHOOK_MANAGE, about, outcome="test written")])
        return test

    return act(caller, store, deed=Deed.WEBHOOK_MANAGE, about=about, work=work)


def rotate_webhook(
    caller: Caller,
    store: Store,
    *,
    ref: str,
    expected: int,
    key: WebhookKey,
    overlap_hours: int = OVERLAP_HOURS,
) -> Signed:
    """Give a webhook a new secret; for some hours the one before signs as well.

    With 0 hours it signs nothing from now on: for a secret that somebody else has.

    Raises:
        RightsError: the caller does not manage this agency.
        NotFoundError: the agency has no such webhook.
        ChangedError: somebody changed it meanwhile.
        RowError: it has ended, or the hours are not as they must be.
    """
    if not 0 <= overlap_hours <= MOST_OVERLAP_HOURS:
        raise RowError(f"Two secrets hold together for 0 to {MOST_OVERLAP_HOURS} hours.")

    def changed(row: WebhookRow) -> WebhookRow:
        secret = key.secret_of(row.key, row.generation + 1)
        until_us = caller.as_of_us + overlap_hours * _HOUR_US
        return row.model_copy(
            update={
                "generation": row.generation + 1,
                "secret_check": secret.check,
                "previous_until_us": until_us if overlap_hours > 0 else None,
            }
        )

    outcome = f"rotated, both secrets hold for {overlap_hours} hours"
    row = change_webhook(
        caller, store, ref=ref, expected=expected, outcome=outcome, changed=changed
    )
    return Signed(webhook=row, secret=key.secret_of(row.key, row.generation))


def resume_webhook(caller: Caller, store: Store, *, ref: str, expected: int) -> WebhookRow:
    """Switch a webhook on again; what came meanwhile is a dead letter, to be sent by `redrive`.

    Raises:
        RightsError: the caller does not manage this agency.
        NotFoundError: the agency has no such webhook.
        ChangedError: somebody changed it meanwhile.
        RowError: it has ended, or is on.
    """

    def changed(row: WebhookRow) -> WebhookRow:
        if row.state == ON:
            raise RowError("This webhook is on.")
        return row.model_copy(
            update={"state": ON, "failing_us": None, "off_us": None, "off_by": None}
        )

    return change_webhook(
        caller, store, ref=ref, expected=expected, outcome="switched on", changed=changed
    )


def end_webhook(caller: Caller, store: Store, *, ref: str) -> WebhookRow:
    """End a webhook for good: nothing goes there any more, and its secret signs nothing.

    Raises:
        RightsError: the caller does not manage this agency.
        NotFoundError: the agency has no such webhook.
        RowError: it had ended before.
    """
    about = About(object=named(ref))

    def work(unit: WriteUnit) -> WebhookRow:
        before = locked_webhook(unit, caller, ref)
        row = before.model_copy(
            update={
                "state": ENDED,
                "off_us": caller.as_of_us,
                "off_by": caller.user,
                "version": before.version + 1,
            }
        )
        unit.update_nodes("Webhook", [row.model_dump()])
        unit.run(STOP, StopParams(key=row.key, failure="The webhook was ended"))
        note(unit, caller, [leaf(caller, Deed.WEBHOOK_MANAGE, about, outcome="ended")])
        return row

    return act(caller, store, deed=Deed.WEBHOOK_MANAGE, about=about, work=work)


def said_of(row: WebhookRow) -> str:
    """Give in words how a webhook is doing."""
    if row.state == ENDED:
        return "ended"
    if row.state == OFF:
        return "switched off: it took nothing for too long"
    if row.failing_us is not None:
        return f"failing since {iso(row.failing_us)}"
    return "on"
