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


def own_clock(row: ConflictView) -> str:
    """Give who acknowledged it on the own side, or until when somebody has to."""
    if row.seen_us is not None:
        return f"acknowledged by {row.seen_by}"
    if row.status == "resolved":
        return "-"
    return f"{'LATE, was due' if row.late_us is not None else 'due'} {minute(row.due_us)}"


def standing_of(row: ConflictView) -> Sequence[str]:
    """Give how a conflict stands, in sentences."""
    if not row.is_other_told:
        told = "it sees nothing of this"
    elif row.other_seen_us is None:
        told = "they have not acknowledged it yet"
    else:
        told = f"they acknowledged it at {minute(row.other_seen_us)}"
    clock = own_clock(row)
    if row.seen_us is None and row.status != "resolved":
        clock = f"acknowledgement {clock}"
    lines = [
        f"Conflict {row.ref}: {row.status}, {row.severity}; version {row.version}.",
        f"Why {row.severity}: {' '.join(row.severity_why)}",
        f"Your side: {row.own_reference or 'tips that your agency holds'}; {clock}.",
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
        row.other_role,
        row.asked_by if row.purpose is None else f"{row.asked_by}, for {row.purpose}",
        minute(row.first_us),
        row.times,
    )


def mean_days(row: MatrixRow) -> str:
    """Give how long resolving took in the mean, a dash where nothing was resolved."""
    resolved = row.total - row.unresolved
    return "-" if resolved == 0 else f"{row.resolving_us / resolved / DAY_US:.1f}"
