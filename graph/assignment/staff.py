"""What is kept of an agency's people, and which of it bears on a tip."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from graph.queries.assignments import StaffRow


class RecordKind(StrEnum):
    """What is kept."""

    LISTED = "listed skill"
    """A skill that the agency knows; the list is closed but for this."""
    SKILL = "skill"
    """That somebody has one of them."""
    ABSENCE = "absence"
    CONFLICT = "conflict"
    """A conflict of interest."""


class Subject(StrEnum):
    """What a conflict of interest is with. Never an identifier."""

    TIP = "tip"
    INVESTIGATION = "investigation"
    RELATION = "relation"
    """A relation in words; no program can say whether it bears on a tip."""


def conflicts_with(
    rows: Iterable[StaffRow], user: str, *, tip: str, cases: Collection[str]
) -> tuple[str, ...]:
    """Give in words the conflicts of interest of somebody with a tip."""
    return tuple(
        f"{row.about} {row.subject}, declared by {row.entered_by}: {row.why}"
        for row in rows
        if row.kind == RecordKind.CONFLICT
        and row.user == user
        and (
            (row.about == Subject.TIP and row.subject == tip)
            or (row.about == Subject.INVESTIGATION and row.subject in cases)
        )
    )


def relations_of(rows: Iterable[StaffRow], user: str) -> tuple[str, ...]:
    """Give the relations that were declared of somebody."""
    return tuple(
        f"{row.subject}, declared by {row.entered_by}: {row.why}"
        for row in rows
        if row.kind == RecordKind.CONFLICT and row.user == user and row.about == Subject.RELATION
    )


def skills_of(rows: Iterable[StaffRow], user: str) -> tuple[str, ...]:
    """Give the skills of somebody, in order."""
    return tuple(
        sorted(
            row.subject
            for row in rows
            if row.kind == RecordKind.SKILL and row.user == user and row.subject is not None
        )
    )


def away_until(rows: Iterable[StaffRow], user: str, *, at_us: int) -> int | None:
    """Give until when somebody is away who is away at a time."""
    found = [
        row.until_us
        for row in rows
        if row.kind == RecordKind.ABSENCE
        and row.user == user
        and row.until_us is not None
        and (row.from_us or 0) <= at_us < row.until_us
    ]
    return max(found) if len(found) > 0 else None
