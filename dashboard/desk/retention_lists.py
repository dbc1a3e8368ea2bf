"""Retention as columns and sentences, and who does what of it. Pure, from the API's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from client.resources.log_on import WhoAnswer
from client.resources.retention import (
    CountsFrom,
    LegalHold,
    PurgeRecord,
    RecordClass,
    RetentionClass,
    RetentionLine,
    RetentionPolicy,
)
from dashboard.components.csv_file import Columns
from dashboard.wording import one_line, visible

READS: Final = frozenset(
    {"analyst", "investigator", "supervisor", "agency administrator", "auditor"}
)
PROPOSES: Final = frozenset({"agency administrator"})
LEADS: Final = frozenset({"supervisor"})
"""Whoever confirms a policy, and places and ends a legal hold."""
ALLOWED: Final[Mapping[RecordClass, tuple[CountsFrom, ...]]] = MappingProxyType(
    {
        "tips": ("closing", "last activity", "receipt"),
        "investigations": ("closing", "last activity"),
        "checks": ("receipt",),
        "notices": ("receipt",),
    }
)
"""By class: what its days may be counted from."""


def kept(days: int | None) -> str:
    """Say how long records are kept."""
    return "for good" if days is None else f"{days} days"


def class_columns(rows: Sequence[RetentionClass]) -> Columns:
    """Give every class: its policy or rule, and how much is due, on hold and open as of now."""
    return {
        "Records": [row.kind for row in rows],
        "Kept": ["by a rule" if row.is_fixed else kept(row.days) for row in rows],
        "Version of the policy": [
            "" if row.is_fixed else "none" if row.version is None else str(row.version)
            for row in rows
        ],
        "Due": [_count(row, row.due) for row in rows],
        "On hold": [_count(row, row.held) for row in rows],
        "Open": [_count(row, row.open) for row in rows],
        "What they are, or the rule": [visible(row.meaning) for row in rows],
    }


def _count(row: RetentionClass, number: int) -> str:
    if row.is_fixed:
        return ""
    return f"{number} or more" if row.is_cut_off else str(number)


def policy_columns(rows: Sequence[RetentionPolicy]) -> Columns:
    """Give every version for a class, the newest first as the API gives them."""
    return {
        "Version": [row.number for row in rows],
        "Kept": [kept(row.days) for row in rows],
        "Counted from": [row.counts_from for row in rows],
        "Schedule or order": [visible(row.name) for row in rows],
        "Dated": [row.dated for row in rows],
        "Why": [visible(row.why) for row in rows],
        "Proposed by": [visible(row.proposed_by) for row in rows],
        "Proposed (UTC)": [row.proposed_at for row in rows],
        "Confirmed by": [visible(row.confirmed_by) or "nobody: no effect" for row in rows],
        "Confirmed (UTC)": [row.confirmed_at or "" for row in rows],
        "Counts from (UTC)": [row.from_at or "" for row in rows],
    }


def newest(rows: Sequence[RetentionPolicy]) -> RetentionPolicy | None:
    """Give the newest version."""
    return max(rows, key=lambda row: row.number, default=None)


def why_not_confirmed(who: WhoAnswer | None, row: RetentionPolicy | None) -> str:
    """Say why somebody cannot confirm a version; nothing where they can."""
    if row is None or row.confirmed_by is not None:
        return "No version waits to be confirmed. An administrator proposes one."
    if who is not None and LEADS.isdisjoint(who.roles):
        return f"Version {row.number} waits for a supervisor to confirm it."
    if who is not None and who.user == row.proposed_by:
        return "You proposed it: another person confirms it (CJIS AC-5)."
    return ""


def line_columns(rows: Sequence[RetentionLine]) -> Columns:
    """Give a page of a dry run: what becomes of each record, and why."""
    return {
        "Record": [visible(row.key) for row in rows],
        "What becomes of it": [row.fate for row in rows],
        "Why": [visible(row.why) for row in rows],
        "Due by its age (UTC)": [row.due_at or "" for row in rows],
    }


def hold_columns(rows: Sequence[LegalHold]) -> Columns:
    """Give legal holds, ended ones too."""
    return {
        "Counts": ["yes" if row.ended_at is None else "ended" for row in rows],
        "About": [subject(row) for row in rows],
        "Why": [visible(row.why) for row in rows],
        "Order or letter": [visible(row.reference) for row in rows],
        "Placed by": [visible(row.placed_by) for row in rows],
        "Placed (UTC)": [row.placed_at for row in rows],
        "Ended by": [visible(row.ended_by) for row in rows],
        "Ended (UTC)": [row.ended_at or "" for row in rows],
        "Why it ended": [visible(row.ended_why) for row in rows],
        "Name": [visible(row.key) for row in rows],
    }


def subject(row: LegalHold) -> str:
    """Give in words what a hold is about."""
    if row.about == "agency":
        return "everything of the agency"
    return one_line(f"{row.about} {row.subject}")


def running(rows: Sequence[LegalHold]) -> dict[str, str]:
    """Give the holds that count, by name, each on one line of a box."""
    return {
        row.key: one_line(f"{subject(row)}: {row.reference}", limit=100)
        for row in rows
        if row.ended_at is None
    }


def record_columns(rows: Sequence[PurgeRecord]) -> Columns:
    """Give records of purges: counts and digests, and never what went."""
    return {
        "Records": [row.kind for row in rows],
        "Policy": [visible(row.name) for row in rows],
        "Began (UTC)": [row.began_at for row in rows],
        "Last (UTC)": [row.last_at for row in rows],
        "Purged": [row.total for row in rows],
        "Left the store": [row.removed for row in rows],
        "Stayed on hold": [row.held for row in rows],
        "Digest": [row.digest or "" for row in rows],
        "Salt": [row.salt for row in rows],
        "Name": [visible(row.key) for row in rows],
    }
