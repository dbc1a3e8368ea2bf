"""What the page Conflicts shows, as columns and lines: pure, from the API's answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from client.resources.conflicts import (
    AgencyConflicts,
    Conflict,
    ConflictAnswer,
    ConflictMessage,
    ConflictReason,
)
from client.resources.notifications import Notice
from dashboard.components.csv_file import Columns
from dashboard.desk.times import age, clock, span
from dashboard.wording import joined, visible

RESOLUTIONS = {
    "joined": "joined: both work it together",
    "transferred": "transferred: one side gives its work to the other",
    "split": "split: it is agreed who does what",
    "no conflict": "no conflict: both looked, and do not work the same",
}
"""How a conflict may end, in words."""
_PROTECTED = "protected: call the contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Which steps a conflict offers; the API decides."""

    acknowledge: bool
    coordinate: bool
    resolve: bool
    reopen: bool


def moves_of(conflict: ConflictAnswer) -> Moves:
    """Give what may be done from where a conflict stands."""
    is_resolved = conflict.status == "resolved"
    return Moves(
        acknowledge=not is_resolved and conflict.seen_at is None,
        coordinate=conflict.status in ("open", "acknowledged"),
        resolve=not is_resolved,
        reopen=is_resolved,
    )


def conflict_columns(items: Sequence[Conflict], *, as_of: str) -> Columns:
    """Give the list of conflicts in the API's order: what waits first, urgent first."""
    return {
        "Severity": [visible(item.severity) for item in items],
        "State": [visible(item.status) for item in items],
        "Our clock": [clock(item.due_at, done=item.seen_at, as_of=as_of) for item in items],
        "Age": [age(item.since_at, as_of=as_of) for item in items],
        "Our investigation": [own_side(item.own_reference) for item in items],
        "Other agency": [visible(item.other_agency) for item in items],
        "Their investigation": [other_side(item) for item in items],
        "Call": [visible(item.other_contact) for item in items],
        "They acknowledged": [item.other_seen_at or "" for item in items],
        "Why so severe": [joined(item.severity_why) for item in items],
        "Conflict": [visible(item.ref) for item in items],
    }


def own_side(reference: str | None) -> str:
    """Give the name of the own side."""
    return "tips that we hold" if reference is None else visible(reference)


def other_side(item: Conflict | ConflictAnswer) -> str:
    """Give the name of the other side, as far as it is told."""
    if item.other_reference is not None:
        return visible(item.other_reference)
    return _PROTECTED if item.is_protected else "tips that they hold"


def name_of(item: Conflict) -> str:
    """Give a conflict on one line, as it is chosen by."""
    return (
        f"{item.severity} · {item.status} · {own_side(item.own_reference)} and "
        f"{visible(item.other_agency)} {other_side(item)} · {item.ref[:8]}"
    )


def facts_of(conflict: ConflictAnswer) -> list[tuple[str, str]]:
    """Give what one conflict says of itself, label and text; what it lacks is left out."""
    lines = [
        ("State", visible(conflict.status)),
        ("Severity", f"{visible(conflict.severity)}: {joined(conflict.severity_why)}"),
        ("Our clock", clock(conflict.due_at, done=conflict.seen_at, as_of=conflict.as_of)),
        ("Acknowledged by", visible(conflict.seen_by)),
        ("Escalated to our supervisors", conflict.late_at or ""),
        ("Opened", f"{conflict.opened_at} ({age(conflict.opened_at, as_of=conflict.as_of)} ago)"),
        ("Opened again", conflict.since_at if conflict.since_at != conflict.opened_at else ""),
        ("Our investigation", own_side(conflict.own_reference)),
        ("Other agency", visible(conflict.other_agency)),
        ("Their investigation", other_side(conflict)),
        ("Call", visible(conflict.other_contact)),
        ("They acknowledged", conflict.other_seen_at or _not_yet(conflict)),
        ("Resolved", _resolved(conflict)),
    ]
    return [(label, text) for label, text in lines if text != ""]


def _not_yet(conflict: ConflictAnswer) -> str:
    return "not yet" if conflict.is_other_told else "their side is not told of this conflict"


def _resolved(conflict: ConflictAnswer) -> str:
    if conflict.status != "resolved":
        return ""
    return (
        f"{visible(conflict.resolution)}, {conflict.resolved_at}, by "
        f"{visible(conflict.resolved_by)}: {visible(conflict.resolved_why)}"
    )


def reason_columns(reasons: Sequence[ConflictReason]) -> Columns:
    """Give through what the sides meet. The identifier is the own side's record to look up."""
    return {
        "Met by": [visible(reason.kind) for reason in reasons],
        "Kind": [visible(reason.identifier_kind) for reason in reasons],
        "Our record": [visible(reason.own_ref) for reason in reasons],
        "Our role for it": [visible(reason.own_role) for reason in reasons],
        "Asked by": [visible(reason.asked_by) for reason in reasons],
        "Purpose": [visible(reason.purpose) for reason in reasons],
        "First": [reason.first_at for reason in reasons],
        "Last": [reason.last_at or "" for reason in reasons],
        "Times": [reason.times for reason in reasons],
        "Taken back": [reason.taken_back_at or "" for reason in reasons],
    }


def message_columns(messages: Sequence[ConflictMessage]) -> Columns:
    """Give what the sides wrote, in order."""
    return {
        "Number": [message.number for message in messages],
        "At": [message.at for message in messages],
        "Agency": [visible(message.agency) for message in messages],
        "By": [visible(message.written_by) for message in messages],
        "Message": [visible(message.text) for message in messages],
    }


def notice_columns(notices: Sequence[Notice]) -> Columns:
    """Give notices, newest first."""
    return {
        "Severity": [visible(notice.severity) for notice in notices],
        "At": [notice.at for notice in notices],
        "Notice": [visible(notice.subject) for notice in notices],
        "What happened": [visible(notice.text) for notice in notices],
        "About": [visible(notice.object) for notice in notices],
        "Investigation": [visible(notice.investigation) for notice in notices],
        "Acknowledged": [notice.seen_at or "" for notice in notices],
        "By": [visible(notice.seen_by) for notice in notices],
        "Mail": [visible(notice.mail) for notice in notices],
    }


def matrix_columns(rows: Sequence[AgencyConflicts]) -> Columns:
    """Give how conflicts with each other agency stand."""
    return {
        "Agency": [visible(row.other) for row in rows],
        "Conflicts": [row.total for row in rows],
        "Not resolved": [row.unresolved for row in rows],
        "Urgent": [row.urgent for row in rows],
        "Oldest not resolved": [row.oldest_at or "" for row in rows],
        "Mean time to resolve": [span(row.resolving_s) for row in rows],
    }
