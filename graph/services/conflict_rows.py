"""A conflict's row: made, its clocks set, its sides read from it. Nothing here touches a store."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, Literal, TypeAlias

from graph.casework.conflict_life import Standing
from graph.casework.severity import CLOCK_US, Found, Severity, severity_of
from graph.casework.telling import Told
from graph.queries.conflicts import ConflictRow, ReasonRow
from graph.queries.core import Row
from graph.rows import PropertyRow
from graph.services.sides import Met, Side, digest

Name: TypeAlias = Literal["first", "second"]
NAMES: Final[tuple[Name, Name]] = ("first", "second")
WATCH = "standing watch"
"""Who opened or extended a conflict, where no step of a person did."""


def new_row(met: Met, *, at_us: int) -> ConflictRow:
    """Give a conflict that is not there yet; its clocks do not run yet."""
    first, second = met.sides
    return ConflictRow(
        key=met.conflict_key,
        ref=digest(f"conflict|{met.conflict_key}"),
        first_agency=first.agency,
        first_case=first.case,
        first_told=first.told,
        first_sealed_to=first.sealed_to,
        first_hidden=first.is_hidden,
        first_due_us=None,
        first_seen_us=None,
        first_seen_by=None,
        first_late_us=None,
        second_agency=second.agency,
        second_case=second.case,
        second_told=second.told,
        second_sealed_to=second.sealed_to,
        second_hidden=second.is_hidden,
        second_due_us=None,
        second_seen_us=None,
        second_seen_by=None,
        second_late_us=None,
        status=Standing.OPEN,
        severity=Severity.NORMAL,
        severity_why=[],
        opened_us=at_us,
        since_us=at_us,
        clock_us=None,
        resolution=None,
        resolved_us=None,
        resolved_by=None,
        resolved_why=None,
        reopenings=0,
        notice_count=0,
        message_count=0,
        changed_us=at_us,
        changed_by=WATCH,
        version=0,
    )


def stored(row: Row) -> PropertyRow:
    """Give a row as it is stored: members of closed lists as their text."""
    values = row.model_dump(exclude={"conflict"})
    return {k: v.value if isinstance(v, StrEnum) else v for k, v in values.items()}


def side_of(row: ConflictRow, name: Name, *, at_once: bool = False) -> Side:
    """Give one side of a conflict."""
    is_first = name == "first"
    sealed_to = row.first_sealed_to if is_first else row.second_sealed_to
    return Side(
        agency=row.first_agency if is_first else row.second_agency,
        case=row.first_case if is_first else row.second_case,
        told=Told(row.first_told if is_first else row.second_told),
        supervisors_at_once=at_once,
        is_hidden=bool(row.first_hidden if is_first else row.second_hidden),
        sealed_to=sealed_to,
    )


def other_of(name: Name) -> Name:
    """Give the name of the other side."""
    return "second" if name == "first" else "first"


def told_of(row: ConflictRow) -> list[Name]:
    """Give the sides that are told."""
    return [name for name in NAMES if side_of(row, name).told is not Told.NONE]


def has_seen(row: ConflictRow, name: Name) -> bool:
    """Tell whether a side has acknowledged."""
    return (row.first_seen_us if name == "first" else row.second_seen_us) is not None


def opened_anew(row: ConflictRow, *, at_us: int) -> ConflictRow:
    """Give a conflict that was resolved as one that is open: both sides acknowledge again."""
    return row.model_copy(
        update={
            "status": Standing.OPEN,
            "since_us": at_us,
            "reopenings": (row.reopenings or 0) + 1,
            "resolution": None,
            "resolved_us": None,
            "resolved_by": None,
            "resolved_why": None,
            **{f"{name}_{what}": None for name in NAMES for what in _OF_CLOCK},
        }
    )


def unseen(row: ConflictRow) -> ConflictRow:
    """Give a conflict that is more urgent now than when sides acknowledged it: they do so again.

    What the sides agreed on stays: one on which they coordinate stays so.
    """
    update: dict[str, str | None] = {
        f"{name}_{what}": None for name in NAMES if has_seen(row, name) for what in _OF_CLOCK
    }
    if len(update) > 0 and row.status == Standing.ACKNOWLEDGED:
        update["status"] = Standing.OPEN
    return row.model_copy(update=update)


def weighed(row: ConflictRow, reasons: Sequence[ReasonRow], *, at_us: int) -> ConflictRow:
    """Give a conflict with its severity, and with the clocks that follow from it."""
    found = [
        Found(
            kind=reason.kind,
            roles=(reason.first_role, reason.second_role),
            urgency=reason.urgency,
            last_us=reason.last_us if reason.last_us is not None else reason.first_us,
        )
        for reason in reasons
    ]
    severity, why = severity_of(found, at_us=at_us)
    return clocked(
        row.model_copy(update={"severity": severity, "severity_why": list(why)}), at_us=at_us
    )


def clocked(row: ConflictRow, *, at_us: int) -> ConflictRow:
    """Give a conflict with a clock for each side that is told and has not acknowledged.

    A clock that runs is shortened by a higher severity and never lengthened.
    """
    update: dict[str, int | None] = {}
    running: list[int] = []
    due_us = at_us + CLOCK_US[Severity(row.severity)]
    for name in told_of(row):
        if row.status == Standing.RESOLVED or has_seen(row, name):
            continue
        before = row.first_due_us if name == "first" else row.second_due_us
        late = row.first_late_us if name == "first" else row.second_late_us
        at = due_us if before is None else min(before, due_us)
        update[f"{name}_due_us"] = at
        if late is None:
            running.append(at)
    update["clock_us"] = min(running, default=None)
    return row.model_copy(update=update)


def changed(row: ConflictRow, *, actor: str, at_us: int) -> ConflictRow:
    """Give a conflict as changed by somebody."""
    return row.model_copy(
        update={"changed_us": at_us, "changed_by": actor, "version": (row.version or 0) + 1}
    )


_OF_CLOCK = ("due_us", "seen_us", "seen_by", "late_us")
