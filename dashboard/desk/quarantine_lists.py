"""What could not be taken in, as columns and lines. Pure, from the API's answers."""

from __future__ import annotations

from collections.abc import Sequence

from client.resources.quarantine import ProviderTally, QuarantineAnswer, QuarantineLine
from dashboard.components.csv_file import Columns
from dashboard.wording import visible

UNKNOWN = "not known: the document names none, or cannot be read so far"


def quarantine_columns(items: Sequence[QuarantineLine]) -> Columns:
    """Give the list, the oldest first as the API gives it."""
    return {
        "Document": [visible(item.name) for item in items],
        "State": [visible(item.state) for item in items],
        "Reason": [visible(item.reason) for item in items],
        "Where in it": [visible(item.where) for item in items],
        "Provider named in it": [visible(item.provider) for item in items],
        "Report number": [visible(item.report_number) for item in items],
        "Tries": [item.attempts for item in items],
        "Came": [item.deliveries for item in items],
        "First": [item.first_at for item in items],
        "Last": [item.last_at for item in items],
        "Entry": [visible(item.id) for item in items],
    }


def tally_columns(items: Sequence[ProviderTally]) -> Columns:
    """Give how many wait and were dismissed by provider, most waiting first."""
    return {
        "Provider named": [visible(item.provider) or UNKNOWN for item in items],
        "Waiting": [item.waiting for item in items],
        "Oldest waiting since": [item.oldest_at or "" for item in items],
        "Dismissed": [item.dismissed for item in items],
    }


def record_of(entry: QuarantineAnswer) -> list[tuple[str, str]]:
    """Give everything that is kept of one document but its text, label and value."""
    said = [
        ("Document", visible(entry.name)),
        ("State", visible(entry.state)),
        ("Reason, at the last try", visible(entry.reason)),
        ("Where in it", visible(entry.where)),
        ("Place in its archive or list", "" if entry.position is None else str(entry.position)),
        ("Provider named in it, unchecked", visible(entry.provider)),
        ("Report number", visible(entry.report_number)),
        ("Came by", visible(entry.channel)),
        ("Bytes", str(entry.size)),
        ("SHA-256", visible(entry.sha256)),
        ("Tries", str(entry.attempts)),
        ("Came so often", str(entry.deliveries)),
        ("First", entry.first_at),
        ("Last", entry.last_at),
        ("Dismissed by", visible(entry.dismissed_by)),
        ("Dismissed at", entry.dismissed_at or ""),
        ("Dismissed because", visible(entry.dismissed_why)),
        ("Entry", visible(entry.id)),
    ]
    return [(label, text) for label, text in said if text != ""]
