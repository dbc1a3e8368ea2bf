"""Notes: no evidence, corrected by notes, and seen by the own agency alone."""

from __future__ import annotations

from functools import partial

import pytest

from graph.clock import now_us
from graph.errors import NotFoundError, RightsError, RowError
from graph.services.audit_reads import ReadLog
from graph.services.desk_notes import LABEL, read_notes, write_note
from graph.services.desk_subjects import Subject
from graph.services.holders import release_tips
from tests.graph.services.people import DAY_US, later, staff
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore


def test_notes_are_corrected_by_notes_and_seen_by_the_own_agency_alone(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, south = people["lead.north"], people["lead.south"]
    deputy = later(people["deputy.north"], 1)
    tip, said = Subject(tip=take_in(store, 1)), "Says he is dark.fox@example.com, 555-0100."
    values = "MATCH (x:Email) RETURN x.key ORDER BY x.key"
    before = running_store.rows(values)
    first = write_note(lead, store, subject=tip, text=said)
    second = write_note(deputy, store, subject=tip, text="It was his brother.", corrects=first.ref)
    page = read_notes(lead, store, subject=tip, reads=ReadLog(store), limit=1)
    rest = read_notes(
        lead, store, subject=tip, reads=ReadLog(store), after=page.next_after or "", limit=1
    )
    assert [(note.text, note.written_by, note.corrected_by) for note in page.items] == [
        (said, "lead.north", (second.ref,))
    ]
    assert [(note.corrects, note.label) for note in rest.items] == [(first.ref, LABEL)]
    assert rest.next_after is None
    # What a note says makes no assertion, and no log holds it.
    assert running_store.rows(values) == before
    logged = running_store.rows("MATCH (e:AuditEntry) RETURN e.object, e.outcome, e.disclosed")
    assert "dark.fox" not in str(logged)
    assert "brother" not in str(logged)
    for refused in (
        partial(read_notes, south, store, subject=tip, reads=ReadLog(store)),
        partial(write_note, south, store, subject=tip, text="x"),
        partial(read_notes, lead, store, subject=Subject(tip="ncmec:9"), reads=ReadLog(store)),
        partial(write_note, lead, store, subject=tip, text="x", corrects="0" * 32),
    ):
        with pytest.raises(NotFoundError):
            refused()
    with pytest.raises(RightsError):
        write_note(people["admin.north"], store, subject=tip, text="x")
    for text in ("", " ", "x" * 2001):
        with pytest.raises(RowError):
            write_note(lead, store, subject=tip, text=text)
    other = Subject(tip=take_in(store, 2))
    with pytest.raises(RowError):
        write_note(lead, store, subject=other, text="x", corrects=first.ref)
    # What was written stays readable when the tip is another agency's, and is not told to it.
    release_tips(people["boss.north"], store, ["ncmec:1"], agency="north")
    assert len(read_notes(lead, store, subject=tip, reads=ReadLog(store)).items) == 2
    with pytest.raises(NotFoundError):
        write_note(lead, store, subject=tip, text="x")
