"""Who may register what, and which notices go to an agency's webhooks."""

from __future__ import annotations

from typing import Any

import pytest

from graph.casework.vocabulary import ClaimRole, Visibility
from graph.errors import ChangedError, NotFoundError, RowError
from graph.services.audit_reads import ReadLog
from graph.services.conflict_reading import list_conflicts
from graph.services.conflict_steps import write_message
from graph.services.webhook_outbox import WebhookOutbox, list_deliveries
from graph.services.webhooks import (
    MOST,
    add_webhook,
    end_webhook,
    list_webhooks,
    resume_webhook,
    rotate_webhook,
    try_webhook,
)
from graph.webhooks.keys import WebhookKey
from graph.webhooks.settings import WebhookSettings
from tests.deliveries import MONDAY_US
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import DAY_US, staff
from tests.stores import RunningStore

KEY = WebhookKey(secret=bytes(32))
URL = "https://hooks.example.org/in?token=of-the-receiver"
CLOSED = WebhookSettings()


def sent_to(running: RunningStore, agency: str) -> list[tuple[object, ...]]:
    """Give what is on its way to an agency's webhooks."""
    return running.rows(
        "MATCH (d:WebhookDelivery) MATCH (w:Webhook {key: d.webhook}) WHERE w.agency = $agency "
        "RETURN d.kind, d.state ORDER BY d.at_us, d.kind, d.number LIMIT 100",
        agency=agency,
    )


def test_what_officers_are_told_goes_out_and_nothing_else(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", "west")
    for agency in ("north", "south", "west"):
        add_webhook(people[f"admin.{agency}"], store, url=URL, key=KEY, settings=CLOSED)
    north, south = people["lead.north"], people["lead.south"]
    ours, theirs = case(north, store), case(south, store)
    # Open on both sides: both are told, the third agency is not.
    claimed(north, store, ours, draft("a@example.com"))
    claimed(south, store, theirs, draft("a@example.com"))
    assert sent_to(running_store, "north") == [("conflict.opened", "waiting")]
    assert sent_to(running_store, "south") == [("conflict.opened", "waiting")]
    (row,) = list_conflicts(north, store, reads=ReadLog(store))
    write_message(north, store, ref=row.ref, text="Call me about a@example.com.")
    after = sent_to(running_store, "south")
    assert ("conflict.message", "waiting") in after
    # Sealed: one supervisor is told. A persona that meets a silent claim: supervisors alone.
    sealed: dict[str, Any] = {"visibility": Visibility.SEALED, "sealed_to": "chief.north"}
    silent: dict[str, Any] = {
        "visibility": Visibility.SILENT,
        "silent_until_us": MONDAY_US + DAY_US,
    }
    claimed(people["boss.north"], store, ours, draft("b@example.com", **sealed))
    claimed(south, store, theirs, draft("b@example.com"))
    claimed(people["boss.north"], store, ours, draft("c@example.com", **silent))
    claimed(
        people["boss.south"],
        store,
        theirs,
        draft("c@example.com", role=ClaimRole.OFFICER_PERSONA, **silent),
    )
    notices = running_store.rows("MATCH (n:Notification) RETURN count(n) AS n")
    assert int(str(notices[0][0])) > 5
    assert sent_to(running_store, "south") == after
    assert sent_to(running_store, "west") == []
    kept = running_store.rows("MATCH (d:WebhookDelivery) RETURN d")
    assert "@example.com" not in str(kept)


def test_a_webhook_from_its_registration_to_its_end(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south")
    admin, reads = people["admin.north"], ReadLog(running_store.store)
    for url in ("http://hooks.example.org/", "https://127.0.0.1/", "https://[::1]/"):
        with pytest.raises(RowError):
            add_webhook(admin, store, url=url, key=KEY, settings=CLOSED)
    made = add_webhook(admin, store, url=URL, key=KEY, settings=CLOSED)
    ref = made.webhook.key
    assert made.secret.text not in repr(made)
    (listed,) = list_webhooks(people["audit.north"], store, reads=reads)
    assert (listed.url, listed.state, listed.version) == (URL, "on", 1)
    with pytest.raises(NotFoundError):
        end_webhook(people["admin.south"], store, ref=ref)
    with pytest.raises(ChangedError, match="version 1, not 7"):
        rotate_webhook(admin, store, ref=ref, expected=7, key=KEY)
    with pytest.raises(RowError, match="0 to 168 hours"):
        rotate_webhook(admin, store, ref=ref, expected=1, key=KEY, overlap_hours=169)
    new = rotate_webhook(admin, store, ref=ref, expected=1, key=KEY)
    assert new.secret != made.secret
    with pytest.raises(RowError, match="is on"):
        resume_webhook(admin, store, ref=ref, expected=2)
    tested = try_webhook(admin, store, ref=ref)
    (row,) = list_deliveries(people["audit.north"], store, ref=ref, reads=reads)
    assert (row.notice, row.kind, row.state) == (tested, "webhook.test", "waiting")
    end_webhook(admin, store, ref=ref)
    (row,) = list_deliveries(admin, store, ref=ref, reads=reads, state="dead")
    assert (row.due_us, row.failure) == (None, "The webhook was ended")
    box = WebhookOutbox(store=store, worker="a")
    assert box.take(at_us=admin.as_of_us + DAY_US) == []
    for change in (end_webhook, try_webhook):
        with pytest.raises(RowError, match="was ended"):
            change(admin, store, ref=ref)
    for _ in range(MOST):
        add_webhook(admin, store, url=URL, key=KEY, settings=CLOSED)
    with pytest.raises(RowError, match=f"at most {MOST}"):
        add_webhook(admin, store, url=URL, key=KEY, settings=CLOSED)
    # The address may hold a secret of the receiver's, and is in no log.
    log = str(running_store.rows("MATCH (a:AuditEntry) RETURN a"))
    assert "webhook.manage" in log
    for canary in ("of-the-receiver", made.secret.text, new.secret.text):
        assert canary not in log
    stored = str(running_store.rows("MATCH (w:Webhook) RETURN w"))
    assert made.secret.text not in stored
    assert new.secret.text.removeprefix("whsec_") not in stored
