"""The queue: what stands where, in which order, for whom, and what is kept of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.errors import ChangedError, CrosstipError, NotFoundError, RowError
from graph.services.audit_reads import ReadLog
from graph.services.holders import hold_tips, release_tips
from graph.services.queue_reading import queue_tally, show_queued
from graph.services.recording import record
from graph.services.triage_steps import Moved, move, take
from graph.services.withdrawal import withdraw
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome, State
from graph.triage.priority import Priority
from tests.deliveries import delivery, email
from tests.graph.services.people import DAY_US, later, staff
from tests.graph.services.queueing import listed, take_in
from tests.stores import RunningStore

WHY = "Because of the test."
HISTORIES = 3
"""How many random histories there are on each engine."""


@dataclass(frozen=True, slots=True)
class County:
    """Two agencies and their people; one tip of each kind."""

    running: RunningStore
    store: Store
    people: dict[str, Caller]
    lead: Caller
    boss: Caller
    south: Caller


ORDERED = [f"ncmec:{n}" for n in (3, 2, 1, 4)]


def test_the_queue_and_what_is_done_with_it(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, boss, south = people["lead.north"], people["boss.north"], people["lead.south"]
    take_in(store, 1)
    take_in(store, 2, annotations=("sextortion",))
    take_in(store, 3, urgency=0)
    take_in(store, 4, annotations=("spam",))
    take_in(store, 5, holder="south", urgency=0)
    take_in(store, 6, holder=None, urgency=0)
    assert listed(lead, store) == ORDERED
    assert listed(south, store) == ["ncmec:5"]
    at = County(running_store, store, people, lead, boss, south)
    _each_holder_for_itself(at)
    _filters(at)
    _moves(at)
    _a_persons_class(at)
    _late_and_gone(at)
    _logged(at)
    _withdrawn_stays_closed(at)


def _each_holder_for_itself(at: County) -> None:
    store, lead, boss, south = at.store, at.lead, at.boss, at.south
    # Whoever holds a tip too has it for themselves: nothing that one does shows to the other.
    hold_tips(at.people["ops"], store, ["ncmec:1"], agency="south")
    taken = take(lead, store, tip="ncmec:1")
    assert (taken.state, taken.owner, taken.version) == ("in review", "lead.north", 1)
    theirs = show_queued(south, store, tip="ncmec:1", reads=ReadLog(store))
    assert (theirs.line.state, theirs.line.owner, theirs.moves) == ("new", None, ())
    for tip in ("ncmec:5", "ncmec:6", "ncmec:9"):
        for deed in (
            lambda t=tip: take(lead, store, tip=t),
            lambda t=tip: show_queued(lead, store, tip=t, reads=ReadLog(store)),
        ):
            with pytest.raises(NotFoundError) as refused:
                deed()
            assert str(refused.value).replace(tip, "x") == (
                "Your agency holds no tip x. Check the number."
            )
    with pytest.raises(ChangedError, match=r"moved by lead\.north"):
        take(boss, store, tip="ncmec:1")


def _filters(at: County) -> None:
    store, lead = at.store, at.lead
    # The answer to a filter is the same however deep a page begins.
    assert listed(lead, store, owner="lead.north") == ["ncmec:1"]
    assert listed(lead, store, unassigned=True) == ["ncmec:3", "ncmec:2", "ncmec:4"]
    assert listed(lead, store, state=State.NEW) == ["ncmec:3", "ncmec:2", "ncmec:4"]
    assert listed(lead, store, unassigned=True, state=State.IN_REVIEW) == []
    assert listed(lead, store, priority=Priority.TODAY) == ["ncmec:2"]
    assert listed(lead, store, before_us=now_us()) == ORDERED
    assert listed(lead, store, before_us=lead.as_of_us) == []


def _moves(at: County) -> None:
    store, lead, boss = at.store, at.lead, at.boss
    assigned = move(
        boss,
        store,
        tip="ncmec:1",
        expected=1,
        wanted=Wanted(move=Move.ASSIGN, assignee="deputy.north", why=WHY),
    )
    assert (assigned.state, assigned.owner) == ("assigned", "deputy.north")
    for nobody in ("lead.south", "audit.north", "nobody"):
        wanted = Wanted(move=Move.ASSIGN, assignee=nobody, why=WHY)
        with pytest.raises(NotFoundError, match="nobody in service"):
            move(boss, store, tip="ncmec:1", expected=2, wanted=wanted)
    close = Wanted(move=Move.CLOSE, outcome=Outcome.NO_OFFENCE, why=WHY)
    with pytest.raises(ChangedError, match="version 2"):
        move(boss, store, tip="ncmec:1", expected=1, wanted=close)
    move(boss, store, tip="ncmec:1", expected=2, wanted=close)
    assert listed(lead, store) == ["ncmec:3", "ncmec:2", "ncmec:4"]
    assert listed(lead, store, state=State.CLOSED) == ["ncmec:1"]
    shown = show_queued(lead, store, tip="ncmec:1", reads=ReadLog(store))
    assert [(m.number, m.move, m.made_by, m.owner, m.outcome) for m in shown.moves] == [
        (1, "take", "lead.north", "lead.north", None),
        (2, "assign", "boss.north", "deputy.north", None),
        (3, "close", "boss.north", "deputy.north", "no offence"),
    ]


def _a_persons_class(at: County) -> None:
    store, lead, boss = at.store, at.lead, at.boss
    # A person's class stands over the table's, also when the tip says something else later.
    raised = Wanted(move=Move.PRIORITISE, priority=Priority.AT_ONCE, why="The mother called.")
    move(boss, store, tip="ncmec:4", expected=0, wanted=raised)
    more = delivery("4", [email("a@example.com")], body="more", annotations=("informational",))
    record(store, [more], actor="test")
    assert listed(lead, store) == ["ncmec:3", "ncmec:4", "ncmec:2"]
    spam = show_queued(lead, store, tip="ncmec:4", reads=ReadLog(store)).line
    assert (spam.priority, spam.by_rule, spam.set_by) == ("at once", "not for action", "boss.north")


def _late_and_gone(at: County) -> None:
    store, lead = at.store, at.lead
    # What nobody looked at in time is late, and is counted.
    tomorrow = later(lead, 4 * DAY_US)
    late = {r.priority: r.late for r in queue_tally(tomorrow, store, reads=ReadLog(store))}
    assert late == {"at once": 2, "today": 1}
    assert sum(r.total for r in queue_tally(lead, store, reads=ReadLog(store))) == 3
    withdraw(store, "ncmec:3", why=WHY, actor="boss.north")
    release_tips(lead, store, ["ncmec:2"], agency="north")
    assert listed(lead, store) == ["ncmec:4"]
    assert listed(lead, store, state=State.WITHDRAWN) == ["ncmec:3"]


def _logged(at: County) -> None:
    logged = at.running.rows(
        "MATCH (e:AuditEntry) WHERE e.action STARTS WITH 'triage.' AND e.agency = 'north' "
        "AND e.object = 'ncmec:1' AND e.decision = 'permit' AND e.outcome <> 'shown' "
        "RETURN e.action, e.outcome ORDER BY e.at_us, e.action, e.outcome"
    )
    assert sorted(logged) == [
        ("triage.assign", "assign"),
        ("triage.work", "close"),
        ("triage.work", "take"),
    ]


def _withdrawn_stays_closed(at: County) -> None:
    withdraw(at.store, "ncmec:1", why=WHY, actor="boss.north")
    place = show_queued(at.boss, at.store, tip="ncmec:1", reads=ReadLog(at.store)).line
    again = Wanted(move=Move.REOPEN, why=WHY)
    with pytest.raises(RowError, match="was withdrawn"):
        move(at.boss, at.store, tip="ncmec:1", expected=place.version, wanted=again)


def test_of_two_who_take_a_tip_at_once_one_gets_it(store: Store) -> None:
    people = staff(store, "north", at_us=now_us())
    for number in range(1, 5):
        tip = take_in(store, number)
        barrier = threading.Barrier(2)
        got: dict[str, Moved] = {}
        told: dict[str, CrosstipError] = {}

        def work(name: str, tip: str, barrier: threading.Barrier) -> None:
            barrier.wait()
            try:
                got[name] = take(people[name], store, tip=tip)  # noqa: B023
            except CrosstipError as error:
                told[name] = error  # noqa: B023

        names = ("lead.north", "deputy.north")
        threads = [threading.Thread(target=work, args=(n, tip, barrier)) for n in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        (winner,), (loser,) = got, told
        assert {winner, loser} == set(names)
        assert isinstance(told[loser], ChangedError)
        assert f"moved by {winner}" in str(told[loser])
        moves = show_queued(people[loser], store, tip=tip, reads=ReadLog(store)).moves
        assert [m.made_by for m in moves] == [winner]
