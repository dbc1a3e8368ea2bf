"""What people do about a conflict: acknowledge, coordinate, write, resolve, open it again.

Each step is one transaction with a leaf in the logs of both agencies, where both are told, and a
notice for the other side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from graph.casework.caller import Caller
from graph.casework.conflict_life import ConflictStep, Resolution, Standing, standing_after
from graph.casework.deeds import Deed
from graph.casework.keys import text_of
from graph.casework.rights import agency_of, require
from graph.casework.telling import Told
from graph.errors import ChangedError, NotFoundError
from graph.queries.conflicts import ConflictRow
from graph.queries.notices import MARK_SEEN_OF, SeenOfParams
from graph.rows import PropertyRow
from graph.services.acting import About, act, leaf, named, note
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.conflict_access import as_record, locked_conflict
from graph.services.conflict_rows import (
    Name,
    changed,
    clocked,
    has_seen,
    opened_anew,
    other_of,
    side_of,
    stored,
    told_of,
)
from graph.services.notice_writing import conflict_notice, write_notices
from graph.services.sides import Facts, digest, facts_about
from graph.store import ReadUnit, Store, WriteUnit

_Changed: TypeAlias = Callable[[ConflictRow, Name], tuple[ConflictRow, ConflictStep]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped:
    """Where a conflict stands after a step."""

    ref: str
    status: str
    version: int


def acknowledge(caller: Caller, store: Store, *, ref: str) -> Stepped:
    """Say that the caller's side knows of a conflict: its clock ends. Twice does no harm.

    Raises:
        RightsError: the caller neither works on the investigation nor supervises.
        NotFoundError: there is no such conflict that the caller may see.
        RowError: it is resolved.
    """

    def done(row: ConflictRow, mine: Name) -> tuple[ConflictRow, ConflictStep]:
        row = _seen(row, mine, caller)
        is_last = all(has_seen(row, name) for name in told_of(row))
        return row, ConflictStep.ACKNOWLEDGE_LAST if is_last else ConflictStep.ACKNOWLEDGE

    return _step(caller, store, ref, None, said="The other side has acknowledged", done=done)


def coordinate(caller: Caller, store: Store, *, ref: str, expected: int) -> Stepped:
    """Say that the sides talk. That the caller's side knows follows from it.

    Raises:
        RightsError, NotFoundError, RowError: as for `acknowledge`.
        ChangedError: somebody changed it meanwhile.
    """

    def done(row: ConflictRow, mine: Name) -> tuple[ConflictRow, ConflictStep]:
        return _seen(row, mine, caller), ConflictStep.COORDINATE

    return _step(caller, store, ref, expected, said="The other side coordinates", done=done)


def resolve(
    caller: Caller, store: Store, *, ref: str, expected: int, resolution: Resolution, why: str
) -> Stepped:
    """End a conflict; the other side is told, and may open it again.

    Raises:
        RightsError, NotFoundError, ChangedError, RowError: as for `coordinate`.
    """

    def done(row: ConflictRow, mine: Name) -> tuple[ConflictRow, ConflictStep]:
        update = {
            "resolution": resolution.value,
            "resolved_us": caller.as_of_us,
            "resolved_by": caller.user,
            "resolved_why": text_of(why, "A reason"),
        }
        return _seen(row, mine, caller).model_copy(update=update), ConflictStep.RESOLVE

    said = f"The other side resolved a conflict ({resolution.value})"
    return _step(caller, store, ref, expected, said=said, done=done)


def reopen(caller: Caller, store: Store, *, ref: str, expected: int, why: str) -> Stepped:
    """Open a conflict again that was resolved too soon; the reason is kept as a message.

    Raises:
        RightsError, NotFoundError, ChangedError, RowError: as for `coordinate`.
    """

    def done(row: ConflictRow, mine: Name) -> tuple[ConflictRow, ConflictStep]:
        standing_after(row.status, ConflictStep.REOPEN, what="The conflict")
        fresh = opened_anew(row, at_us=caller.as_of_us)
        fresh = fresh.model_copy(update={"status": row.status})
        return _seen(fresh, mine, caller), ConflictStep.REOPEN

    said = "The other side opened a resolved conflict again"
    return _step(caller, store, ref, expected, said=said, done=done, text=why)


def write_message(caller: Caller, store: Store, *, ref: str, text: str) -> Stepped:
    """Write to the other side; the message stays with the conflict.

    Raises:
        RightsError, NotFoundError: as for `acknowledge`.
        RowError: there is no text, or nobody on the other side may know of the conflict.
    """

    def done(row: ConflictRow, mine: Name) -> tuple[ConflictRow, ConflictStep]:
        if side_of(row, other_of(mine)).told is Told.NONE:
            raise NotFoundError(
                "The other side was not told of this conflict: nobody there could read it. "
                "Nothing was written."
            )
        return row, ConflictStep.WRITE

    said = "The other side wrote to you"
    return _step(caller, store, ref, None, said=said, done=done, text=text)


def _seen(row: ConflictRow, mine: Name, caller: Caller) -> ConflictRow:
    if has_seen(row, mine):
        return row
    return row.model_copy(
        update={f"{mine}_seen_us": caller.as_of_us, f"{mine}_seen_by": caller.user}
    )


def _step(
    caller: Caller,
    store: Store,
    ref: str,
    expected: int | None,
    *,
    said: str,
    done: _Changed,
    text: str | None = None,
) -> Stepped:
    def work(unit: WriteUnit) -> Stepped:
        before, mine = locked_conflict(unit, caller, ref)
        facts = _facts(unit, before, at_us=caller.as_of_us)
        _require_team(caller, before, mine, facts)
        _require_version(before, expected)
        row, step = done(before, mine)
        status = standing_after(before.status, step, what="The conflict")
        row = row.model_copy(update={"status": status})
        if status is not Standing.RESOLVED or step is ConflictStep.RESOLVE:
            row = clocked(row, at_us=caller.as_of_us)
        if text is not None:
            row = _written(unit, caller, row, text)
        row = changed(row, actor=caller.user, at_us=caller.as_of_us)
        row = _tell_other(unit, caller, row, mine, facts, step=step, said=said)
        unit.update_nodes("Conflict", [stored(row)])
        _note(unit, caller, row, mine, step)
        return Stepped(ref=ref, status=str(row.status), version=row.version or 0)

    about = About(object=named(ref))
    return act(caller, store, deed=Deed.CONFLICT_STEP, about=about, work=work)


def _facts(unit: ReadUnit, row: ConflictRow, *, at_us: int) -> Facts:
    cases = {case for case in (row.first_case, row.second_case) if case is not None}
    agencies = {row.first_agency, row.second_agency}
    return facts_about(unit, cases=cases, agencies=agencies, at_us=at_us)


def _require_team(caller: Caller, row: ConflictRow, mine: Name, facts: Facts) -> None:
    """Come back when the caller is of the side's team or supervises it: `duties.team`."""
    team = frozenset(facts.team_of(side_of(row, mine)))
    require(caller, Deed.CONFLICT_STEP, resource=as_record(row, mine, team=team))


def _require_version(row: ConflictRow, expected: int | None) -> None:
    if expected is not None and (row.version or 0) != expected:
        raise ChangedError(
            f"The conflict has version {row.version or 0}, not {expected}: it was changed "
            "meanwhile. Look at it again; nothing was overwritten."
        )


def _written(unit: WriteUnit, caller: Caller, row: ConflictRow, text: str) -> ConflictRow:
    number = (row.message_count or 0) + 1
    message: PropertyRow = {
        "key": digest(f"message|{row.key}|{number}"),
        "number": number,
        "agency": agency_of(caller),
        "written_by": caller.user,
        "at_us": caller.as_of_us,
        "text": text_of(text, "A text"),
    }
    unit.insert_nodes("Message", [message])
    unit.insert_rels("HAS_MESSAGE", ("Conflict", "Message"), [(row.key, str(message["key"]), {})])
    return row.model_copy(update={"message_count": number})


def _tell_other(
    unit: WriteUnit,
    caller: Caller,
    row: ConflictRow,
    mine: Name,
    facts: Facts,
    *,
    step: ConflictStep,
    said: str,
) -> ConflictRow:
    """Write the other side's notice, and note that this side has seen its own."""
    if has_seen(row, mine):
        seen = SeenOfParams(
            object=row.ref, agency=agency_of(caller), user=caller.user, at_us=caller.as_of_us
        )
        unit.run(MARK_SEEN_OF, seen)
    other = other_of(mine)
    if side_of(row, other).told is Told.NONE:
        return row
    number = (row.notice_count or 0) + 1
    kind = f"conflict.{_KINDS[step]}"
    notice = conflict_notice(row, other, facts, kind=kind, said=said, number=number)
    write_notices(unit, [notice], facts, at_us=caller.as_of_us)
    return row.model_copy(update={"notice_count": number})


def _note(
    unit: WriteUnit, caller: Caller, row: ConflictRow, mine: Name, step: ConflictStep
) -> None:
    own = side_of(row, mine)
    about = About(object=row.ref, investigation=own.case)
    note(unit, caller, [leaf(caller, Deed.CONFLICT_STEP, about, outcome=step.value)])
    other = side_of(row, other_of(mine))
    if other.told is Told.NONE:
        return
    theirs = Leaf(
        action=Deed.CONFLICT_STEP.value,
        object=row.ref,
        outcome=f"{step.value}, by the other side",
        agency=other.agency,
        investigation=other.case,
    )
    add_leaves(unit, [theirs], actor=caller.user, at_us=caller.as_of_us)


_KINDS = {
    ConflictStep.ACKNOWLEDGE: "acknowledged",
    ConflictStep.ACKNOWLEDGE_LAST: "acknowledged",
    ConflictStep.COORDINATE: "coordinating",
    ConflictStep.RESOLVE: "resolved",
    ConflictStep.REOPEN: "reopened",
    ConflictStep.WRITE: "message",
}
