"""Webhooks as the outbox serves them: deliveries taken, settled, listed, sent again, given up.

The steps are those of mail (`outbox`): a lease, a settlement, at least once, in order within a
stream. A stream is one conflict of one webhook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.clock import iso
from graph.errors import NotFoundError
from graph.queries.outbox import SettledParams
from graph.queries.webhook_outbox import (
    ANY_DUE,
    BEGIN,
    DUE,
    FAILING,
    FREE,
    LEASE,
    LOCK_DELIVERIES,
    NOTE_HEALTH,
    SETTLE,
    FailingParams,
    FailingRow,
    HealthItem,
    HealthParams,
    PostRow,
)
from graph.queries.webhook_standing import WITHDRAW, WithdrawParams
from graph.queries.webhooks import (
    DELIVERIES,
    LOCK_WEBHOOK,
    REDRIVE,
    STOP,
    WEBHOOK,
    DeliveriesParams,
    DeliveryRow,
    RedriveParams,
    StopParams,
    WebhookParams,
)
from graph.services.acting import About, Seen, act, leaf, look, named, note
from graph.services.agency_notices import tell_administrators
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.audit_reads import ReadLog
from graph.services.outbox import SECOND_US, Channel, Patience, Sending, Tried
from graph.services.webhook_access import locked_webhook, webhook_there
from graph.services.webhook_standing import why_withdrawn
from graph.services.webhook_telling import OFF, ON, SWITCHED_OFF
from graph.store import ReadUnit, Store, WriteUnit

PAGE = 200
_FAR_FUTURE_US = 1 << 62
FIRST = (_FAR_FUTURE_US, "")
"""Where a list of deliveries begins: time and key."""
_MOST_AGAIN = 1000
_HOUR_US = 3600 * SECOND_US
PATIENCE = Patience(longest_us=4 * _HOUR_US, attempts=20)
"""Twenty tries in about two days; then a delivery is a dead letter."""
WEBHOOKS = Channel(
    any_due=ANY_DUE,
    due=DUE,
    lock=LOCK_DELIVERIES,
    lease=LEASE,
    begin=BEGIN,
    free=FREE,
    settle=SETTLE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted(Tried):
    """What became of a delivery."""

    webhook: str
    is_gone: bool = False
    """The receiver said that it takes nothing any more (HTTP 410)."""
    was_tried: bool = True
    """False where nothing was sent, for a reason that is not the receiver's."""


@dataclass(slots=True, kw_only=True)
class WebhookOutbox(Sending[PostRow]):
    """One worker's way to what leaves by webhooks."""

    channel: Channel[PostRow] = WEBHOOKS
    patience: Patience = field(default_factory=lambda: PATIENCE)
    actor: str = "delivery worker"
    """Under whose name it works, as the log says it."""

    def is_withdrawn(self, unit: WriteUnit, mail: PostRow, *, at_us: int) -> bool:
        """Say whether a delivery is not to leave any more, and note it, in its agency's log too."""
        found = why_withdrawn(unit, mail, at_us=at_us)
        if found is None:
            return False
        agency, why = found
        unit.run(WITHDRAW, WithdrawParams(key=mail.key, failure=why))
        written = Leaf(action="webhook.withdrawn", object=mail.notice, outcome=why, agency=agency)
        add_leaves(unit, [written], actor=self.actor, at_us=at_us)
        return True

    def settled(
        self, unit: WriteUnit, params: SettledParams, tried: Sequence[Tried], *, at_us: int
    ) -> None:
        """Write what became of deliveries, and how their webhooks do."""
        unit.run(SETTLE, params)
        posted = [one for one in tried if isinstance(one, Posted) and one.was_tried]
        health = [
            HealthItem(
                key=key,
                is_taken=any(one.failure is None for one in posted if one.webhook == key),
                is_gone=any(one.is_gone for one in posted if one.webhook == key),
            )
            for key in sorted({one.webhook for one in posted})
        ]
        if len(health) > 0:
            unit.run(NOTE_HEALTH, HealthParams(rows=health, at_us=at_us))


def give_up(store: Store, *, days: float, at_us: int, actor: str) -> int:
    """Switch off the webhooks that took nothing for so many days, and give how many.

    Each agency's administrators are told, and its log says so.

    Raises:
        StoreError: the store could not; those that were switched off stay so.
    """
    before_us = at_us - round(days * 24 * _HOUR_US)
    found = store.read(FAILING, FailingParams(before_us=before_us))
    for row in found:
        store.writing(
            lambda unit, r=row: _switch_off(unit, r, before_us, at_us, actor),  # type: ignore[misc]
            name="giving up a webhook",
        )
    return len(found)


def list_deliveries(
    caller: Caller,
    store: Store,
    *,
    ref: str,
    reads: ReadLog,
    state: str = "",
    before_us: int = _FAR_FUTURE_US,
    before_key: str = "",
    limit: int = PAGE,
) -> tuple[DeliveryRow, ...]:
    """Give a webhook's deliveries, the newest notice first; of a state, or of any (empty).

    Raises:
        RightsError: the caller does not manage, supervise or audit the agency.
        NotFoundError: the agency has no such webhook.
    """
    params = DeliveriesParams(
        webhook=ref,
        state=state,
        before_us=before_us,
        before_key=before_key,
        limit=min(limit, PAGE),
    )

    def work(unit: ReadUnit) -> Seen[tuple[DeliveryRow, ...]]:
        webhook_there(unit, caller, ref)
        rows = tuple(unit.read(DELIVERIES, params))
        return Seen(answer=rows, outcome="listed", disclosed=(ref, *(row.notice for row in rows)))

    about = About(object=named(ref))
    return look(caller, store, deed=Deed.WEBHOOK_READ, about=about, reads=reads, work=work)


def redrive(caller: Caller, store: Store, *, ref: str, notice: str = "") -> int:
    """Have dead deliveries tried again, all of the webhook where no notice is named.

    Raises:
        RightsError: the caller does not manage this agency.
        NotFoundError: the agency has no such webhook, or the webhook no such dead delivery.
        RowError: the webhook has ended.
    """
    about = About(object=named(ref))

    def work(unit: WriteUnit) -> int:
        locked_webhook(unit, caller, ref)
        params = RedriveParams(key=ref, delivery=notice, at_us=caller.as_of_us, limit=_MOST_AGAIN)
        total = len(unit.run(REDRIVE, params))
        if notice != "" and total == 0:
            raise NotFoundError("The webhook has no dead delivery of that notice.")
        note(unit, caller, [leaf(caller, Deed.WEBHOOK_MANAGE, about, outcome=f"{total} retried")])
        return total

    return act(caller, store, deed=Deed.WEBHOOK_MANAGE, about=about, work=work)


def _switch_off(
    unit: WriteUnit, failing: FailingRow, before_us: int, at_us: int, actor: str
) -> None:
    unit.run(LOCK_WEBHOOK, WebhookParams(key=failing.key))
    rows = unit.read(WEBHOOK, WebhookParams(key=failing.key))
    since_us = rows[0].failing_us if len(rows) > 0 else None
    if since_us is None or since_us > before_us or rows[0].state != ON:
        return  # It works again, or somebody was quicker.
    off = {"state": OFF, "off_us": at_us, "version": rows[0].version + 1}
    unit.update_nodes("Webhook", [rows[0].model_copy(update=off).model_dump()])
    unit.run(STOP, StopParams(key=failing.key, failure=SWITCHED_OFF))
    why = "said that it is gone" if since_us == 0 else f"took nothing since {iso(since_us)}"
    tell_administrators(
        unit,
        agency=failing.agency,
        kind="webhook.off",
        about=failing.key,
        subject="A webhook was switched off",
        text=(
            f"The webhook {failing.key} was switched off: its receiver {why}. What could not be "
            "delivered, and what comes meanwhile, is kept.\nMend the receiver, then: crosstip "
            f"webhook resume {failing.key}, and crosstip webhook retry {failing.key}"
        ),
        at_us=at_us,
    )
    written = Leaf(
        action="webhook.off", object=failing.key, outcome=f"it {why}", agency=failing.agency
    )
    add_leaves(unit, [written], actor=actor, at_us=at_us)
