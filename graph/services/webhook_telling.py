"""Notices put on their way to an agency's webhooks, in the transaction that writes them.

A webhook's receiver is a program of the agency, and whoever looks after it sees what comes. So it
is sent what officers are told, which any analyst's program may fetch; what is told to supervisors
alone, or sealed to one of them, is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.queries.webhooks import SERVING, ServingParams
from graph.rows import PropertyRow
from graph.store import WriteUnit

WAITING, SENT, DEAD = "waiting", "sent", "dead"
ON, OFF, ENDED = "on", "off", "ended"
WITHDRAWN = "withdrawn"
TEST = "webhook.test"
SWITCHED_OFF = "The webhook is switched off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A notice as webhooks carry it: names, kind and time."""

    agency: str
    notice: str
    stream: str
    number: int
    kind: str
    severity: str
    object: str | None


def spread(unit: WriteUnit, events: Sequence[Event], *, at_us: int) -> None:
    """Put events on their way to the webhooks of their agencies.

    What comes while a webhook is switched off is a dead letter at once, so that it can be sent
    when it is switched on again.
    """
    if len(events) == 0:
        return
    agencies = sorted({event.agency for event in events})
    rows: list[PropertyRow] = [
        delivery_row(webhook.key, event, at_us=at_us, is_on=webhook.state == ON)
        for webhook in unit.read(SERVING, ServingParams(agencies=agencies))
        for event in events
        if event.agency == webhook.agency
    ]
    if len(rows) > 0:
        unit.insert_nodes("WebhookDelivery", rows)


def delivery_row(webhook: str, event: Event, *, at_us: int, is_on: bool = True) -> PropertyRow:
    """Give the row of a delivery."""
    return {
        "key": f"{webhook}|{event.notice}",
        "webhook": webhook,
        "notice": event.notice,
        "stream": f"{webhook}|{event.stream}",
        "number": event.number,
        "kind": event.kind,
        "severity": event.severity,
        "object": event.object,
        "at_us": at_us,
        "state": WAITING if is_on else DEAD,
        "due_us": at_us if is_on else None,
        "attempts": 0,
        "failure": None if is_on else SWITCHED_OFF,
    }
