"""One webhook of the caller's agency: found, locked, changed."""

from __future__ import annotations

from collections.abc import Callable

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.errors import ChangedError, NotFoundError, RowError
from graph.queries.webhooks import LOCK_WEBHOOK, WEBHOOK, WebhookParams, WebhookRow
from graph.services.acting import About, act, leaf, named, note
from graph.services.webhook_telling import ENDED
from graph.store import ReadUnit, Store, WriteUnit


def webhook_there(unit: ReadUnit, caller: Caller, ref: str) -> WebhookRow:
    """Give a webhook of the caller's agency.

    Raises:
        NotFoundError: the agency has no such webhook.
    """
    rows = unit.read(WEBHOOK, WebhookParams(key=ref))
    if len(rows) == 0 or rows[0].agency != caller.agency:
        raise NotFoundError("Your agency has no such webhook.")
    return rows[0]


def locked_webhook(unit: WriteUnit, caller: Caller, ref: str) -> WebhookRow:
    """Give a webhook under its write lock.

    Raises:
        NotFoundError: the agency has no such webhook.
        RowError: it has ended.
    """
    unit.run(LOCK_WEBHOOK, WebhookParams(key=ref))
    row = webhook_there(unit, caller, ref)
    if row.state == ENDED:
        raise RowError("This webhook was ended; register another one.")
    return row


def change_webhook(
    caller: Caller,
    store: Store,
    *,
    ref: str,
    expected: int,
    outcome: str,
    changed: Callable[[WebhookRow], WebhookRow],
) -> WebhookRow:
    """Change a webhook as one transaction, from the version that was looked at.

    Whoever changes it answers for it from now on.

    Raises:
        RightsError: the caller does not manage this agency.
        NotFoundError: the agency has no such webhook.
        ChangedError: somebody changed it meanwhile.
        RowError: it has ended, or `changed` refuses.
    """
    about = About(object=named(ref))

    def work(unit: WriteUnit) -> WebhookRow:
        found = locked_webhook(unit, caller, ref)
        if found.version != expected:
            raise ChangedError(
                f"The webhook has version {found.version}, not {expected}: it was changed "
                "meanwhile. Look at it again; nothing was overwritten."
            )
        row = changed(found).model_copy(update={"version": expected + 1, "kept_by": caller.user})
        unit.update_nodes("Webhook", [row.model_dump()])
        note(unit, caller, [leaf(caller, Deed.WEBHOOK_MANAGE, about, outcome=outcome)])
        return row

    return act(caller, store, deed=Deed.WEBHOOK_MANAGE, about=about, work=work)
