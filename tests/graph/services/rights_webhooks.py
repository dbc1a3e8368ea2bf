"""Webhooks, for the matrix of rights."""

from __future__ import annotations

from collections.abc import Mapping

from graph.casework.caller import Caller
from graph.services.upkeep import webhook_outbox_for
from graph.services.webhook_outbox import list_deliveries, redrive
from graph.services.webhooks import (
    add_webhook,
    end_webhook,
    list_webhooks,
    resume_webhook,
    rotate_webhook,
    try_webhook,
)
from graph.store import Store
from graph.webhooks.keys import WebhookKey
from graph.webhooks.settings import WebhookSettings
from tests.graph.services.rights_trying import At, Operation

KEY = WebhookKey(secret=bytes(32))
URL = "https://hooks.example.org/in"


def _resume(at: At) -> object:
    """Switch on what is off: `own webhook` resolved is one that is."""
    return resume_webhook(at.caller, at.store, ref=at.resolved, expected=2)


WEBHOOKS: Mapping[str, Operation] = {
    "webhooks.add_webhook": lambda at: add_webhook(
        at.caller, at.store, url=URL, key=KEY, settings=WebhookSettings()
    ),
    "webhooks.list_webhooks": lambda at: list_webhooks(at.caller, at.store, reads=at.reads),
    "webhooks.try_webhook": lambda at: try_webhook(at.caller, at.store, ref=at.key),
    "webhooks.rotate_webhook": lambda at: rotate_webhook(
        at.caller, at.store, ref=at.key, expected=1, key=KEY
    ),
    "webhooks.resume_webhook": _resume,
    "webhooks.end_webhook": lambda at: end_webhook(at.caller, at.store, ref=at.key),
    "webhook_outbox.list_deliveries": lambda at: list_deliveries(
        at.caller, at.store, ref=at.key, reads=at.reads
    ),
    "webhook_outbox.redrive": lambda at: redrive(at.caller, at.store, ref=at.key),
    "upkeep.webhook_outbox_for": lambda at: webhook_outbox_for(at.caller, at.store, worker="test"),
}


def webhook_keys(store: Store, people: Mapping[str, Caller]) -> dict[str, str]:
    """Register two webhooks for each of two agencies, one of them switched off; give their refs."""
    found: dict[str, str] = {}
    for name, agency in (("own webhook", "north"), ("another agency's webhook", "south")):
        admin = people[f"admin.{agency}"]
        on, off = (
            add_webhook(admin, store, url=URL, key=KEY, settings=WebhookSettings()).webhook
            for _ in range(2)
        )
        found |= {name: on.key, f"{name} resolved": off.key}
        off = off.model_copy(update={"state": "off", "version": 2})
        store.writing(
            lambda unit, row=off: unit.update_nodes("Webhook", [row.model_dump()]),  # type: ignore[misc]
            name="switching off",
        )
    return found
