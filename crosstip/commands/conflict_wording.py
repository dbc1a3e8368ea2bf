"""Conflicts in words: how the commands about them say where one stands."""

from __future__ import annotations

from collections.abc import Sequence

from crosstip.commands.wording import minute
from graph.casework.terms import DAY_US
from graph.queries.conflict_views import MatrixRow
from graph.services.conflict_reading import ConflictView, ReasonView


def other_side(row: ConflictView) -> str:
    """Give who the other side is, as far as the own side may know."""
    if row.is_protected:
        name = f"{row.other_agency} (protected: only a supervisor)"
    else:
        name = f"{row.other_agency} {row.other_reference or 'held tips'}"
    return name if row.is_other_told else f"{name}, NOT told"


def in_the_list(row: ConflictView) -> Sequence[str]:
    """Give the lines of a conflict in a list; its name stands whole, to be copied."""
    own = row.own_reference or "Tips that your agency holds"
    return (
        f"{row.severity.upper()}, {row.status}, since {minute(row.since_us)}",
        f"  {own} meets {other_side(row)}; call {row.other_contact}",
        f"  Your side: {_clock_of(row)}",
        f"  Open it: crosstip conflicts show {row.ref}",
    )


def standing_of(row: ConflictView) -> Sequence[str]:
    """Give how a conflict stands, in sentences."""
    if not row.is_other_told:
        told = "it sees nothing of this"
    elif row.other_seen_us is None:
        told = "they have not acknowledged it yet"
    else:
        told = f"they acknowledged it at {minute(row.other_seen_us)}"
    lines = [
        f"Conflict {row.ref}: {row.status}, {row.severity}; version {row.version}.",
        f"Why {row.severity}: {' '.join(row.severity_why)}",
        f"Your side: {row.own_reference or 'tips that your agency holds'}; {_clock_of(row)}.",
        f"The other side: {other_side(row)}; call {row.other_contact}; {told}.",
    ]
    if row.resolution is not None:
        lines.append(
            f"Resolved ({row.resolution}) at {minute(row.resolved_us)} by {row.resolved_by}: "
            f"{row.resolved_why}"
        )
    return lines


def reason_cells(row: ReasonView) -> tuple[object, ...]:
    """Give what the sides meet in, as cells of a table."""
    return (
        row.kind,
        row.identifier_kind,
        row.own_ref,
        row.own_role,
        row.asked_by if row.purpose is None else f"{row.asked_by}, for {row.purpose}",
        minute(row.first_us),
        row.times,
    )


def mean_days(row: MatrixRow) -> str:
    """Give how long resolving took in the mean, a dash where nothing was resolved."""
    resolved = row.total - row.unresolved
    return "-" if resolved == 0 else f"{row.resolving_us / resolved / DAY_US:.1f}"


def _clock_of(row: ConflictView) -> str:
    if row.seen_us is not None:
        return f"acknowledged by {row.seen_by} at {minute(row.seen_us)}"
    if row.status == "resolved":
        return "never acknowledged"
    late = "LATE, " if row.late_us is not None else ""
    return f"{late}to be acknowledged by {minute(row.due_us)}"
