"""How urgent a tip is, from what the documents state, with the reasons in words.

NCMEC marks reports of children in imminent danger with priority 1 or E; providers escalate by
giving a reason in `escalateToHighPriority`, whose presence alone escalates (NCMEC reporting API).
Other priority codes are kept as received and do not change the order.
"""

from __future__ import annotations

from enum import IntEnum

from ingest.records import TipRecord

_IMMINENT = frozenset({"1", "E", "P1", "PRIORITY 1", "EMERGENCY", "IMMINENT", "IMMINENT DANGER"})


class Urgency(IntEnum):
    """The order of every list; smaller comes first."""

    IMMINENT = 0
    ESCALATED = 1
    NORMAL = 2


def urgency_of(record: TipRecord) -> tuple[Urgency, tuple[str, ...]]:
    """Give the urgency that a document states, and a sentence for each reason."""
    urgency = Urgency.NORMAL
    reasons: list[str] = []
    if record.ncmec_priority is not None and record.ncmec_priority.strip().upper() in _IMMINENT:
        urgency = Urgency.IMMINENT
        reasons.append(
            f"NCMEC's priority is {record.ncmec_priority.strip()}: a child may be in danger."
        )
    if record.incident.escalation is not None and record.incident.escalation.strip() != "":
        urgency = min(urgency, Urgency.ESCALATED)
        reasons.append("The provider asked for high priority; its reason is among the notes.")
    return urgency, tuple(reasons)
