"""Skills, absences and conflicts of interest: kept by supervisors, the last declared by anybody."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from graph.assignment.staff import RecordKind, Subject
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import folded, optional_text, text_of
from graph.casework.log_text import require_none
from graph.casework.rights import agency_of
from graph.errors import NotFoundError, RowError
from graph.queries.assignments import RECORD, RecordParams, StaffRow
from graph.queries.core import NoParams
from graph.queries.people import LOCK_PEOPLE
from graph.services.acting import About, Seen, act, leaf, look, named, note
from graph.services.assignment_checks import staff_of, workers_of
from graph.services.audit_reads import ReadLog
from graph.services.case_access import case_there, own_key
from graph.services.triage_steps import place_there
from graph.store import ReadUnit, Store, WriteUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """What is to be kept."""

    kind: RecordKind
    user: str | None = None
    about: Subject | None = None
    subject: str | None = None
    """Name of a skill; number of a tip; reference of an investigation; a relation in words."""
    from_us: int | None = None
    until_us: int | None = None
    why: str | None = None


def list_staff(caller: Caller, store: Store, *, reads: ReadLog) -> tuple[StaffRow, ...]:
    """Give what counts of the own agency's people.

    Raises:
        RightsError: the caller does not work on tips.
    """

    def work(unit: ReadUnit) -> Seen[tuple[StaffRow, ...]]:
        rows = tuple(staff_of(unit, caller))
        return Seen(answer=rows, outcome="listed", disclosed=tuple(row.key for row in rows))

    return look(caller, store, deed=Deed.STAFF_READ, about=About(), reads=reads, work=work)


def keep_record(caller: Caller, store: Store, *, new: NewRecord) -> StaffRow:
    """Keep a skill, an absence or a conflict of interest of somebody of the own agency.

    Raises:
        RightsError: the caller does not supervise.
        NotFoundError: nobody of that name works on tips; there is no such tip or investigation.
        RowError: something is missing, the skill is not of the list, or it is kept already.
    """
    return _keep(caller, store, new, deed=Deed.STAFF_KEEP)


def declare_conflict(
    caller: Caller, store: Store, *, about: Subject, subject: str, why: str
) -> StaffRow:
    """Declare a conflict of interest of one's own.

    Raises:
        RightsError: the caller does not work on tips.
        NotFoundError, RowError: as for `keep_record`.
    """
    new = NewRecord(
        kind=RecordKind.CONFLICT, user=caller.user, about=about, subject=subject, why=why
    )
    return _keep(caller, store, new, deed=Deed.STAFF_DECLARE)


def end_record(caller: Caller, store: Store, *, key: str, why: str) -> StaffRow:
    """End something that is kept; it stays on record.

    Raises:
        RightsError: the caller does not supervise.
        NotFoundError: the agency keeps nothing of that name.
        RowError: it was ended before, or there is no reason.
    """

    def work(unit: WriteUnit) -> StaffRow:
        unit.run(LOCK_PEOPLE, NoParams())
        rows = unit.read(RECORD, RecordParams(agency=agency_of(caller), key=key))
        if len(rows) == 0:
            raise NotFoundError("Your agency keeps nothing of that name.")
        if rows[0].ended_us is not None:
            raise RowError("It was ended before. Nothing was changed.")
        ended = {
            "ended_us": caller.as_of_us,
            "ended_by": caller.user,
            "ended_why": text_of(why, "A reason"),
        }
        row = rows[0].model_copy(update=ended)
        unit.update_nodes("StaffRecord", [row.model_dump()])
        note(unit, caller, [leaf(caller, Deed.STAFF_KEEP, about, outcome=f"{row.kind} ended")])
        return row

    about = About(object=named(key))
    return act(caller, store, deed=Deed.STAFF_KEEP, about=about, work=work)


def _keep(caller: Caller, store: Store, new: NewRecord, *, deed: Deed) -> StaffRow:
    key = uuid.uuid4().hex
    about = About(object=key)

    def work(unit: WriteUnit) -> StaffRow:
        unit.run(LOCK_PEOPLE, NoParams())
        row = _row(unit, caller, new, key=key)
        if _same(row) in {_same(other) for other in staff_of(unit, caller)}:
            raise RowError("It is kept already. Nothing was changed.")
        unit.insert_nodes("StaffRecord", [row.model_dump()])
        note(unit, caller, [leaf(caller, deed, about, outcome=f"{row.kind} entered")])
        return row

    return act(caller, store, deed=deed, about=about, work=work)


def _same(row: StaffRow) -> tuple[object, ...]:
    return (row.kind, row.user, row.about, row.subject, row.from_us)


def _row(unit: ReadUnit, caller: Caller, new: NewRecord, *, key: str) -> StaffRow:
    is_listed = new.kind is RecordKind.LISTED
    if is_listed is not (new.user is None):
        raise RowError("A listed skill is the agency's; everything else is somebody's.")
    if new.user is not None:
        workers = workers_of(unit, agency_of(caller), at_us=caller.as_of_us)
        if new.user not in {row.key for row in workers}:
            raise NotFoundError(f"{caller.agency} has nobody in service as {new.user}.")
    if (new.kind is RecordKind.CONFLICT) is not (new.about is not None):
        raise RowError("A conflict of interest is with a tip, an investigation or a relation.")
    is_away = new.kind is RecordKind.ABSENCE
    if is_away and (new.from_us is None or new.until_us is None or new.until_us <= new.from_us):
        raise RowError("An absence is from one time until a later one.")
    why = optional_text(new.why, "A reason")
    if new.kind is RecordKind.CONFLICT and why is None:
        raise RowError("A conflict of interest needs a reason.")
    require_none(why, "The reason")
    return StaffRow(
        key=key,
        agency=agency_of(caller),
        kind=new.kind.value,
        user=new.user,
        about=None if new.about is None else new.about.value,
        subject=_subject(unit, caller, new),
        from_us=new.from_us if is_away else None,
        until_us=new.until_us if is_away else None,
        why=why,
        entered_by=caller.user,
        entered_us=caller.as_of_us,
        ended_us=None,
        ended_by=None,
        ended_why=None,
    )


def _subject(unit: ReadUnit, caller: Caller, new: NewRecord) -> str | None:
    """Give what a record is about; tips and investigations are the agency's own."""
    if new.kind is RecordKind.ABSENCE:
        return None
    text = text_of(new.subject or "", "A name", most=200)
    if new.about is Subject.TIP:
        return place_there(unit, caller, text).tip
    if new.about is Subject.INVESTIGATION:
        return case_there(unit, caller, own_key(caller, text)).key
    if new.about is Subject.RELATION:
        require_none(text, "The relation")
        return text
    skill = folded(text)
    listed = {row.subject for row in staff_of(unit, caller) if row.kind == RecordKind.LISTED.value}
    if new.kind is RecordKind.SKILL and skill not in listed:
        known = ", ".join(sorted(name for name in listed if name is not None)) or "none yet"
        raise RowError(f"{skill} is no skill of your agency's list: {known}.")
    return skill
