"""Notes: what people of an agency write about a tip or an investigation for each other.

A note is no evidence: no identifier in it is asserted, counted or searched, and no log holds any
of it. It is never overwritten; a correction is one more note, which names the one that it corrects.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import text_of
from graph.casework.rights import agency_of
from graph.desk.tasks import subject_place
from graph.errors import NotFoundError, RowError
from graph.queries.desk_notes import CORRECTIONS, OF_SUBJECT, ONE, NoteRow
from graph.queries.desk_tasks import MOST, OwnRecordParams, RangeParams, RecordKeysParams
from graph.services.acting import Seen, act, leaf, look, note
from graph.services.audit_reads import ReadLog
from graph.services.desk_subjects import (
    Subject,
    about_subject,
    reference_of,
    subject_key,
    subject_there,
)
from graph.store import ReadUnit, Store, WriteUnit

LABEL = "NOTE, NOT EVIDENCE"
"""Stands beside each note wherever it is shown."""
MOST_TEXT = 2000
_AFTER_BAR = "}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """A note, as the agency's people see it."""

    ref: str
    label: str
    tip: str | None
    investigation: str | None
    text: str
    written_us: int
    written_by: str
    corrects: str | None
    corrected_by: tuple[str, ...]
    """Notes that correct it, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePage:
    """A page of notes."""

    items: tuple[NoteView, ...]
    next_after: str | None


def write_note(
    caller: Caller, store: Store, *, subject: Subject, text: str, corrects: str | None = None
) -> NoteView:
    """Write a note about a tip or an investigation of the own agency.

    Raises:
        RightsError: the caller does not work on investigations, or is no named person.
        NotFoundError: the tip or investigation is not the agency's, or has no note to correct.
        RowError: it says nothing, or more than 2,000 characters.
    """
    about = about_subject(caller, subject)

    def work(unit: WriteUnit) -> NoteView:
        key = uuid.uuid4().hex
        agency = agency_of(caller)
        found = subject_there(unit, caller, subject, deed=Deed.NOTE_WRITE)
        if corrects is not None:
            _require_same(unit, agency, found, corrects)
        row = NoteRow(
            key=key,
            agency=agency,
            subject=found,
            text=text_of(text, "A note", most=MOST_TEXT),
            written_us=caller.as_of_us,
            written_by=caller.user,
            corrects=corrects,
            subject_place=subject_place(agency, found, f"{caller.as_of_us:019d}|{key}"),
        )
        unit.insert_nodes("DeskNote", [row.model_dump()])
        outcome = "written" if corrects is None else "written as a correction"
        done = leaf(caller, Deed.NOTE_WRITE, about, outcome=outcome, disclosed=(key,))
        note(unit, caller, [done])
        return _view(row, ())

    return act(caller, store, deed=Deed.NOTE_WRITE, about=about, work=work)


def read_notes(
    caller: Caller,
    store: Store,
    *,
    subject: Subject,
    reads: ReadLog,
    after: str = "",
    limit: int = 50,
) -> NotePage:
    """Give a page of the own agency's notes about a tip or an investigation, oldest first.

    Of a tip that the agency gave away its notes stay readable; without any it is not there.

    Raises:
        RightsError: the caller does not work on investigations.
        NotFoundError: the agency neither has the tip or investigation, nor notes about it.
    """
    size = max(1, min(limit, MOST))

    def work(unit: ReadUnit) -> Seen[NotePage]:
        head = subject_place(agency_of(caller), subject_key(caller, subject))
        params = RangeParams(after=f"{head}{after}", end=f"{head[:-1]}{_AFTER_BAR}", limit=size + 1)
        rows = unit.read(OF_SUBJECT, params)
        if len(rows) == 0:
            subject_there(unit, caller, subject, deed=Deed.NOTE_READ)
        keys = RecordKeysParams(keys=[row.key for row in rows[:size]])
        corrected: dict[str, list[str]] = {}
        for each in unit.read(CORRECTIONS, keys):
            corrected.setdefault(each.corrects, []).append(each.key)
        items = tuple(_view(row, tuple(corrected.get(row.key, ()))) for row in rows[:size])
        more = rows[size - 1].subject_place[len(head) :] if len(rows) > size else None
        return Seen(
            answer=NotePage(items=items, next_after=more),
            outcome="listed",
            disclosed=tuple(item.ref for item in items),
        )

    about = about_subject(caller, subject)
    return look(caller, store, deed=Deed.NOTE_READ, about=about, reads=reads, work=work)


def _require_same(unit: ReadUnit, agency: str, subject: str, corrects: str) -> None:
    rows = unit.read(ONE, OwnRecordParams(agency=agency, key=corrects))
    if len(rows) == 0:
        raise NotFoundError("There is no such note of your agency's to correct.")
    if rows[0].subject != subject:
        raise RowError("A correction is about what the note is about. Nothing was written.")


def _view(row: NoteRow, corrected_by: tuple[str, ...]) -> NoteView:
    subject = reference_of(row.subject)
    return NoteView(
        ref=row.key,
        label=LABEL,
        tip=subject.tip,
        investigation=subject.investigation,
        text=row.text,
        written_us=row.written_us,
        written_by=row.written_by,
        corrects=row.corrects,
        corrected_by=corrected_by,
    )
