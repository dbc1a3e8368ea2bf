"""Webhooks and their deliveries as columns. Pure, from the API's answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from client.resources.webhooks import DeliveryLine, WebhookLine
from dashboard.components.csv_file import Columns
from dashboard.wording import visible

MANAGES: Final = frozenset({"agency administrator"})
"""Who registers and ends webhooks; supervisors and auditors read."""
ENDED: Final = "ended"


def webhook_columns(hooks: Sequence[WebhookLine]) -> Columns:
    """Give every webhook of the agency, the last one registered first."""
    return {
        "Webhook": [visible(hook.key) for hook in hooks],
        "Address": [visible(hook.url) for hook in hooks],
        "State": [visible(hook.state) for hook in hooks],
        "Last delivered": [hook.delivered_at or "never" for hook in hooks],
        "Failing since": [hook.failing_at or "" for hook in hooks],
        "Secret before holds until": [hook.previous_until_at or "" for hook in hooks],
        "Off": [_off(hook) for hook in hooks],
        "Made": [f"{hook.made_at} by {visible(hook.made_by)}" for hook in hooks],
    }


def _off(hook: WebhookLine) -> str:
    return "" if hook.off_at is None else f"{hook.off_at} by {visible(hook.off_by)}"


def delivery_columns(items: Sequence[DeliveryLine]) -> Columns:
    """Give deliveries, the newest notice first; what they tell of is not in them."""
    return {
        "Notice": [visible(item.notice) for item in items],
        "Kind": [visible(item.kind) for item in items],
        "State": [visible(item.state) for item in items],
        "Of": [item.at for item in items],
        "Due": [item.due_at or "" for item in items],
        "Sent": [item.sent_at or "" for item in items],
        "Tries": [item.attempts for item in items],
        "Why not": [visible(item.failure) for item in items],
    }
