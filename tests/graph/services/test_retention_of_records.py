"""What a purge does to records that are partly somebody else's: feedback, hand-offs, holds."""

from __future__ import annotations

import pytest

from graph.clock import now_us
from graph.errors import NotFoundError
from graph.feedback.lines import FeedbackFormat
from graph.handoff.steps import HandoffStep
from graph.retention.classes import RecordClass
from graph.services.audit_reads import ReadLog
from graph.services.desk_notes import write_note
from graph.services.desk_subjects import Subject
from graph.services.feedback_reading import feedback_file, show_feedback
from graph.services.holders import release_tips
from graph.services.legal_holds import HeldKind, NewHold, end_hold, place_hold
from graph.services.retention_purge import run_purge
from graph.services.retention_views import dry_run
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome
from tests.graph.services import rights_feedback
from tests.graph.services.handing import County, county
from tests.graph.services.people import later, staff
from tests.graph.services.queueing import take_in
from tests.graph.services.retaining import closed, in_force, years_later
from tests.graph.services.test_feedback import SECOND_US, WHY, step, told
from tests.stores import RunningStore

TIPS = RecordClass.TIPS
LETTER = {"why": "A suit.", "reference": "Letter 1"}


def test_a_line_to_ncmec_goes_with_its_tip_and_the_hashes_stay(
    running_store: RunningStore,
) -> None:
    store, start = running_store.store, now_us()
    people = staff(store, "north", "south", at_us=start)
    boss, reads = people["boss.north"], ReadLog(store)
    tips = [rights_feedback.closed(boss, store, n, Outcome.ARREST) for n in (1, 2)]
    first = told(later(boss, SECOND_US), store)
    after = later(boss, 2 * SECOND_US)
    step(after, store, tips[0], Wanted(move=Move.REOPEN, why=WHY))
    step(after, store, tips[0], Wanted(move=Move.CLOSE, outcome=Outcome.NO_OFFENCE, why=WHY))
    second = told(later(boss, 3 * SECOND_US), store)
    assert second.corrections == 1
    hold = place_hold(boss, store, new=NewHold(about=HeldKind.TIP, subject=tips[1], **LETTER))
    in_force(people, store, "north", TIPS)
    feedback_file(boss, store, key=first.key, kind=FeedbackFormat.CSV, reads=reads)
    assert run_purge(years_later(people["ops"]), store).purged == 1
    view = show_feedback(boss, store, key=first.key, reads=reads)
    assert [line.tip for line in view.lines] == [tips[1]]
    assert (view.row.line_total, view.row.purged_lines) == (2, 1)
    assert view.row.csv_sha256 == first.csv_sha256
    with pytest.raises(NotFoundError, match="1 of this feedback's lines were purged"):
        feedback_file(boss, store, key=first.key, kind=FeedbackFormat.CSV, reads=reads)
    corrected = show_feedback(boss, store, key=second.key, reads=reads)
    assert (corrected.lines, corrected.row.purged_lines) == ((), 1)
    left = running_store.rows("MATCH (l:FeedbackLast) RETURN l.key")
    assert [row[0] for row in left] == [f"north|{tips[1]}"]
    end_hold(boss, store, hold=hold.key, why="Settled")


def test_a_tip_that_is_offered_stays_until_the_hand_off_is_over(
    running_store: RunningStore,
) -> None:
    at: County = county(running_store)
    tip = take_in(at.store, 1)
    row = at.new(tip)
    closed(at.people["lead.north"], at.store, tip)
    in_force(at.people, at.store, "north", TIPS)
    boss, ops = years_later(at.people["boss.north"]), years_later(at.people["ops"])
    page = dry_run(boss, at.store, kind=TIPS, reads=ReadLog(at.store))
    assert [(line.key, line.fate) for line in page.lines] == [(tip, "offered")]
    assert run_purge(ops, at.store).purged == 0
    at.step("boss.south", row, HandoffStep.DECLINE)
    assert run_purge(ops, at.store).purged == 1


def test_what_a_former_holder_wrote_stays_apart_while_its_hold_lasts(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    tip = take_in(store, 1, holder="north")
    take_in(store, 1, holder="south")
    for agency in ("north", "south"):
        write_note(people[f"lead.{agency}"], store, subject=Subject(tip=tip), text=f"Of {agency}.")
    held = NewHold(about=HeldKind.TIP, subject=tip, **LETTER)
    hold = place_hold(people["boss.south"], store, new=held)
    release_tips(people["boss.south"], store, [tip], agency="south")
    closed(people["lead.north"], store, tip)
    in_force(people, store, "north", TIPS)
    ops = years_later(people["ops"])
    assert run_purge(ops, store).removed == 1
    assert running_store.rows("MATCH (t:Tip) RETURN t.key") == []
    assert _notes(running_store) == ["Of south."]
    assert run_purge(ops, store).purged == 0
    assert _notes(running_store) == ["Of south."]
    end_hold(people["boss.south"], store, hold=hold.key, why="Settled")
    run_purge(ops, store)
    assert _notes(running_store) == []
    assert running_store.rows("MATCH (k:KeptApart) RETURN k.key") == []


def _notes(running: RunningStore) -> list[str]:
    return [str(row[0]) for row in running.rows("MATCH (n:DeskNote) RETURN n.text")]
