"""Records of one incident: which fold, and what their row says."""

from __future__ import annotations

import pytest

from graph.clock import now_us
from graph.errors import QuestionError
from graph.services.audit_reads import ReadLog
from graph.services.holders import hold_tips, release_tips
from graph.services.queue_reading import queue_tally, show_queued
from graph.services.triage_places import recount
from graph.services.triage_steps import move
from graph.services.withdrawal import withdraw
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, State
from graph.triage.priority import Priority
from tests.deliveries import MONDAY_US
from tests.graph.services.folds import WHY, page, rows, shown, take_in, together
from tests.graph.services.people import DAY_US, staff


def test_what_is_the_same_incident_is_one_row(store: Store) -> None:
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, south = people["lead.north"], people["lead.south"]
    for number in (1, 2):
        take_in(store, number)
    # Each of these lacks one of the four: account, file, time, provider.
    take_in(store, 3, accounts=("u-2",))
    take_in(store, 4, hashes=("b",))
    take_in(store, 5, incident_us=MONDAY_US + 1)
    take_in(store, 6, provider="mailbox")
    take_in(store, 7, incident_us=None)
    take_in(store, 8, holder="south")
    take_in(store, 9, holder=None)
    first = "ncmec:1", "ncmec:2"
    alone = [(f"ncmec:{number}",) for number in (3, 4, 5, 6, 7)]
    assert together(lead, store) == {first, *alone}
    # What the agency does not hold is no record of it there, and holding it makes it one.
    assert together(south, store) == {("ncmec:8",)}
    hold_tips(people["ops"], store, ["ncmec:8"], agency="north")
    assert together(lead, store) == {(*first, "ncmec:8"), *alone}
    assert together(south, store) == {("ncmec:8",)}
    release_tips(lead, store, ["ncmec:1"], agency="north")
    assert together(lead, store) == {("ncmec:2", "ncmec:8"), *alone}
    withdraw(store, "ncmec:8", why=WHY, actor="test")
    assert together(lead, store) == {("ncmec:2",), *alone}
    assert shown(lead, store, "ncmec:2").more == ()
    assert {row.rows - row.total for row in queue_tally(lead, store, reads=ReadLog(store))} == {0}


def test_the_most_urgent_record_is_shown_and_the_oldest_decides_its_place(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    lead, boss = people["lead.north"], people["boss.north"]
    for number in (1, 2):
        take_in(store, number)
    between = take_in(store, 3, accounts=("u-2",), annotations=("sextortion",))
    assert rows(lead, store) == [(between,), ("ncmec:1", "ncmec:2")]
    take_in(store, 4, annotations=("sextortion",))
    # As urgent as the one between, and its incident has waited longer.
    assert rows(lead, store) == [("ncmec:4", "ncmec:1", "ncmec:2"), (between,)]
    top = page(lead, store)[0]
    assert top.priority == "today"
    assert {one.priority for one in top.more}.isdisjoint({"at once", "today"})
    assert rows(lead, store, before_us=shown(lead, store, between).since_us) == [
        ("ncmec:4", "ncmec:1", "ncmec:2")
    ]
    # A person's class of a record that lay below shows too, and is the row's.
    wanted = Wanted(move=Move.PRIORITISE, priority=Priority.AT_ONCE, why=WHY)
    move(boss, store, tip="ncmec:2", expected=0, wanted=wanted)
    assert rows(lead, store)[0] == ("ncmec:2", "ncmec:4", "ncmec:1")
    line = page(lead, store)[0]
    assert line.is_set
    assert line.more[0].says == ("The provider marks sextortion: victims have died of it.",)
    assert shown(lead, store, "ncmec:1").under == "ncmec:2"
    tallied = queue_tally(lead, store, reads=ReadLog(store))
    assert (sum(r.total for r in tallied), sum(r.rows for r in tallied)) == (4, 2)


def test_a_bundle_folds_with_one_of_its_users_only(store: Store) -> None:
    lead = staff(store, "north", at_us=now_us() - DAY_US)["lead.north"]
    take_in(store, 1, accounts=("u-1", "u-2", "u-3"), batched_reason="VIRAL_POTENTIAL_MEME")
    take_in(store, 2, accounts=("u-2",))
    take_in(store, 3, accounts=("u-3",))
    # Who is in one bundle is no record of the other's incident.
    assert together(lead, store) == {("ncmec:1", "ncmec:2"), ("ncmec:3",)}
    take_in(store, 4, accounts=("u-1",))
    assert together(lead, store) == {("ncmec:1", "ncmec:4"), ("ncmec:2",), ("ncmec:3",)}


def test_records_in_a_chain_of_files_are_one_and_fall_apart_without_the_middle(
    store: Store,
) -> None:
    lead = staff(store, "north", at_us=now_us() - DAY_US)["lead.north"]
    take_in(store, 1, hashes=("a",))
    take_in(store, 2, hashes=("b",))
    assert rows(lead, store) == [("ncmec:1",), ("ncmec:2",)]
    take_in(store, 3, hashes=("a", "b"))
    assert rows(lead, store) == [("ncmec:1", "ncmec:2", "ncmec:3")]
    # Until a person says otherwise, which stays so whatever comes in.
    apart = Wanted(move=Move.APART, why="Another child.")
    move(lead, store, tip="ncmec:3", expected=0, wanted=apart)
    assert rows(lead, store) == [("ncmec:1",), ("ncmec:2",), ("ncmec:3",)]
    take_in(store, 3, hashes=("a", "b"), body="more")
    recount(store, actor="test", at_us=now_us())
    assert rows(lead, store) == [("ncmec:1",), ("ncmec:2",), ("ncmec:3",)]
    line = shown(lead, store, "ncmec:3")
    assert (line.apart_by, line.apart_why) == ("lead.north", "Another child.")
    again = Wanted(move=Move.FOLD, why=WHY)
    move(lead, store, tip="ncmec:3", expected=line.version, wanted=again)
    assert rows(lead, store) == [("ncmec:1", "ncmec:2", "ncmec:3")]
    moves = show_queued(lead, store, tip="ncmec:3", reads=ReadLog(store)).moves
    assert [(m.move, m.why) for m in moves] == [
        ("keep apart", "Another child."),
        ("fold again", WHY),
    ]


def test_a_crowd_at_one_instant_folds_not(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.services.triage_folds.MOST_AT_ONCE", 3)
    lead = staff(store, "north", at_us=now_us() - DAY_US)["lead.north"]
    for number in (1, 2, 3):
        take_in(store, number)
    assert rows(lead, store) == [("ncmec:1", "ncmec:2", "ncmec:3")]
    for number in (4, 5):
        take_in(store, number, accounts=(f"u-{number}",))
    recount(store, actor="test", at_us=now_us())
    assert rows(lead, store) == [(f"ncmec:{number}",) for number in (1, 2, 3, 4, 5)]


def test_what_changed_is_asked_for_by_class_and_age_alone(store: Store) -> None:
    lead = staff(store, "north", at_us=now_us() - DAY_US)["lead.north"]
    for more in ({"owner": "lead.north"}, {"unassigned": True}, {"state": State.CLOSED}):
        with pytest.raises(QuestionError, match="class and age alone"):
            page(lead, store, news=True, **more)
