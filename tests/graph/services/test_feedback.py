"""Feedback to NCMEC: what was told is remembered, corrected, and told once."""

from __future__ import annotations

import json

import pytest

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.errors import ChangedError, NotFoundError, RightsError, RowError
from graph.feedback.lines import FeedbackFormat, digest
from graph.queries.feedback import FeedbackRow
from graph.queries.triage import PLACES, PlaceKeysParams
from graph.services.audit_ledger import ledger
from graph.services.audit_reads import ReadLog
from graph.services.feedback import NewFeedback, make_feedback
from graph.services.feedback_reading import feedback_file, list_feedback, show_feedback
from graph.services.feedback_trials import try_feedback
from graph.services.holders import release_tips
from graph.services.triage_steps import move
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome
from graph.triage.places import triage_key
from tests.graph.services.handing import at_once
from tests.graph.services.people import DAY_US, later, staff
from tests.graph.services.rights_feedback import closed
from tests.stores import RunningStore

WHY = "Because of the test."
SECOND_US = 1_000_000


def told(caller: Caller, store: Store, *, from_us: int = 0) -> FeedbackRow:
    """Tell of everything until a caller's time."""
    new = NewFeedback(from_us=from_us, until_us=caller.as_of_us, synthetic=True)
    return make_feedback(caller, store, new=new)


def lines(caller: Caller, store: Store, row: FeedbackRow) -> list[tuple[str, str, str | None]]:
    """Give tip, kind and outcome of each line, page by page of one."""
    found: list[tuple[str, str, str | None]] = []
    after: str | None = ""
    while after is not None:
        view = show_feedback(caller, store, key=row.key, reads=ReadLog(store), after=after, limit=1)
        found += [(line.tip, line.kind, line.outcome) for line in view.lines]
        after = view.next_after
    return found


def step(caller: Caller, store: Store, tip: str, wanted: Wanted) -> None:
    """Make a move from wherever a tip stands."""
    keys = [triage_key(caller.agency or "", tip)]
    (row,) = store.read(PLACES, PlaceKeysParams(keys=keys))
    move(caller, store, tip=tip, expected=row.version or 0, wanted=wanted)


def test_what_was_told_is_corrected_and_retracted_and_never_told_twice(store: Store) -> None:
    start = now_us() - DAY_US
    people = staff(store, "north", "south", at_us=start)
    boss, south = people["boss.north"], people["boss.south"]
    for number, outcome in ((1, Outcome.CHILD_SAFEGUARDED), (2, Outcome.ARREST), (3, Outcome.SPAM)):
        closed(boss, store, number, outcome)
    closed(south, store, 4, Outcome.ARREST)
    late = later(boss, SECOND_US)
    everything = NewFeedback(from_us=0, until_us=late.as_of_us, synthetic=True)
    trial = try_feedback(late, store, new=everything, reads=ReadLog(store))
    assert (trial.line_total, trial.corrections, len(trial.lines)) == (3, 0, 3)
    first = told(late, store)
    assert try_feedback(late, store, new=everything, reads=ReadLog(store)).line_total == 0
    assert lines(boss, store, first) == [
        ("ncmec:1", "first", "child safeguarded"),
        ("ncmec:2", "first", "arrest"),
        ("ncmec:3", "first", "spam"),
    ]
    assert (first.line_total, first.corrections, first.synthetic) == (3, 0, True)
    with pytest.raises(RowError, match=r"nothing new to tell.*3 were told already"):
        told(later(boss, 2 * SECOND_US), store)
    # One is closed otherwise, one is worked again, one stays.
    hour = later(boss, 3600 * SECOND_US)
    step(hour, store, "ncmec:2", Wanted(move=Move.REOPEN, why=WHY))
    step(hour, store, "ncmec:2", Wanted(move=Move.CLOSE, outcome=Outcome.PROSECUTION, why=WHY))
    step(hour, store, "ncmec:3", Wanted(move=Move.REOPEN, why=WHY))
    second = told(later(hour, SECOND_US), store)
    assert lines(boss, store, second) == [
        ("ncmec:2", "correction", "prosecution"),
        ("ncmec:3", "retraction", None),
    ]
    assert second.corrections == 2
    assert second.left_out == ["1 were told already, and nothing is otherwise since."]
    said = json.loads(file_of(boss, store, second, FeedbackFormat.JSON))
    assert {line["corrects"] for line in said["lines"]} == {first.key}
    # Closed as it was: what was taken back is told again.
    two = later(boss, 7200 * SECOND_US)
    step(two, store, "ncmec:3", Wanted(move=Move.CLOSE, outcome=Outcome.SPAM, why=WHY))
    third = told(later(two, SECOND_US), store, from_us=hour.as_of_us)
    assert lines(boss, store, third) == [("ncmec:3", "correction", "spam")]
    page = list_feedback(boss, store, reads=ReadLog(store), limit=2)
    assert [row.key for row in page.items] == [third.key, second.key]
    rest = list_feedback(boss, store, reads=ReadLog(store), after=page.next_after or "", limit=2)
    assert ([row.key for row in rest.items], rest.next_after) == ([first.key], None)
    _only_the_own_agency_knows(store, people, first)


def file_of(caller: Caller, store: Store, row: FeedbackRow, kind: FeedbackFormat) -> bytes:
    """Give a file, which is what was written."""
    found = feedback_file(caller, store, key=row.key, kind=kind, reads=ReadLog(store))
    assert digest(found.data) == found.sha256
    return found.data


def _only_the_own_agency_knows(store: Store, people: dict[str, Caller], row: FeedbackRow) -> None:
    south = people["boss.south"]
    with pytest.raises(NotFoundError):
        show_feedback(south, store, key=row.key, reads=ReadLog(store))
    with pytest.raises(NotFoundError):
        file_of(south, store, row, FeedbackFormat.CSV)
    assert list_feedback(south, store, reads=ReadLog(store)).items == ()
    for user in ("lead.north", "audit.north", "ops"):
        with pytest.raises(RightsError):
            told(people[user], store)
    lines_about = [line for line in ledger(store, "ncmec:2") if line.action == "feedback.make"]
    assert {(line.actor, line.capacity) for line in lines_about} == {
        ("boss.north", "shown with the answer")
    }
    assert all(line.outcome.startswith("feedback to NCMEC") for line in lines_about)


def test_what_is_left_out_is_said(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    boss = people["boss.north"]
    closed(boss, store, 1, Outcome.ARREST)
    closed(boss, store, 2, Outcome.ARREST)
    release_tips(people["lead.north"], store, ["ncmec:2"], agency="north")
    row = told(later(boss, SECOND_US), store)
    assert lines(boss, store, row) == [("ncmec:1", "first", "arrest")]
    assert row.left_out == ["1 closings are of tips that the agency holds no longer."]
    for wrong in (
        NewFeedback(from_us=5, until_us=5, synthetic=True),
        NewFeedback(from_us=0, until_us=boss.as_of_us + DAY_US, synthetic=True),
    ):
        with pytest.raises(RowError, match="has ended"):
            make_feedback(boss, store, new=wrong)


def test_of_two_at_once_one_tells(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    boss, chief = later(people["boss.north"], SECOND_US), later(people["chief.north"], SECOND_US)
    closed(people["boss.north"], store, 1, Outcome.ARREST)
    refused: list[str] = []

    def tell(caller: Caller) -> object:
        try:
            return told(caller, store)
        except RowError as error:
            refused.append(str(error))
            return None

    got, _ = at_once({"boss": lambda: tell(boss), "chief": lambda: tell(chief)})
    assert sum(isinstance(row, FeedbackRow) for row in got.values()) == 1
    assert len(refused) == 1


def test_a_changed_record_is_found_out(running_store: RunningStore) -> None:
    store = running_store.store
    boss = staff(store, "north", at_us=now_us() - DAY_US)["boss.north"]
    closed(boss, store, 1, Outcome.ARREST)
    row = told(later(boss, SECOND_US), store)
    running_store.rows("MATCH (l:FeedbackLine) SET l.outcome = 'spam'")
    with pytest.raises(ChangedError):
        file_of(boss, store, row, FeedbackFormat.CSV)
