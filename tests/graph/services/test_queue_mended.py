"""What begins anew in a queue and what does not: waiting, lateness, versions, whose claim it is."""

from __future__ import annotations

import pytest

from graph.casework.caller import Caller
from graph.casework.vocabulary import ClaimRole
from graph.clock import now_us
from graph.errors import ChangedError
from graph.services.audit_reads import ReadLog
from graph.services.holders import hold_tips, release_tips
from graph.services.queue_lines import QueueLine
from graph.services.queue_reading import show_queued
from graph.services.recording import record
from graph.services.triage_places import recount
from graph.services.triage_steps import move, take
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome, State
from graph.triage.priority import Priority
from tests.deliveries import MONDAY_US, delivery, email
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import DAY_US, later, staff
from tests.graph.services.queueing import kept, listed, take_in
from tests.stores import RunningStore

WHY = "Because of the test."
HOUR_US = DAY_US // 24


def test_a_tip_that_got_its_number_waits_since_it_came(running_store: RunningStore) -> None:
    store = running_store.store
    begun_us = now_us() - 3 * DAY_US
    people = staff(store, "north", at_us=begun_us)
    lead = people["lead.north"]
    said = [email("a@example.com")]
    for at, body in enumerate(("x", "y")):
        one = delivery(None, said, body=body, holder="north")
        record(store, [one], actor="test", at_us=begun_us + at)
    # Of two that turn out to be one, that stays which somebody worked, whichever key is first.
    worked = max(listed(lead, store))
    take(lead, store, tip=worked)
    both = [delivery("8", said, body=body, holder="north") for body in ("x", "y")]
    record(store, both, actor="test")
    assert listed(lead, store) == ["ncmec:8"]
    shown = show_queued(lead, store, tip="ncmec:8", reads=ReadLog(store))
    assert (shown.line.state, shown.line.owner) == ("in review", "lead.north")
    assert shown.line.since_us == begun_us
    before = kept(running_store)
    recount(store, actor="test", at_us=now_us())
    assert kept(running_store) == before


def test_what_becomes_urgent_is_not_late_at_once_and_has_another_version(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    begun_us = now_us() - 300 * DAY_US
    people = staff(store, "north", at_us=begun_us)
    lead, boss, ops = people["lead.north"], people["boss.north"], people["ops"]

    def line() -> QueueLine:
        return show_queued(lead, store, tip="ncmec:1", reads=ReadLog(store)).line

    def late_by(us: int) -> int:
        due_us = line().due_us
        assert due_us is not None
        return us - due_us

    first = delivery("1", [email("a@example.com")], holder="north")
    record(store, [first], actor="test", at_us=begun_us)
    assert line().version == 0
    assert late_by(begun_us + 30 * DAY_US) == 0, "when there is time: 720 h"
    # Put back, held again, and said to be urgent: each is counted from then.
    took_us = begun_us + 40 * DAY_US
    take(later(lead, took_us - lead.as_of_us), store, tip="ncmec:1")
    back_us = took_us + DAY_US
    back = later(lead, back_us - lead.as_of_us)
    move(back, store, tip="ncmec:1", expected=1, wanted=Wanted(move=Move.PUT_BACK, why=WHY))
    assert late_by(back_us + 30 * DAY_US) == 0
    release_tips(later(boss, back_us - boss.as_of_us), store, ["ncmec:1"], agency="north")
    again_us = back_us + 50 * DAY_US
    hold_tips(later(ops, again_us - ops.as_of_us), store, ["ncmec:1"], agency="north")
    assert late_by(again_us + 30 * DAY_US) == 0
    urgent_us = again_us + 50 * DAY_US
    urgent = delivery(
        "1",
        [email("a@example.com")],
        body="two",
        holder="north",
        urgency=0,
        issued_us=MONDAY_US + 1,
    )
    record(store, [urgent], actor="test", at_us=urgent_us)
    assert (line().priority, line().version) == ("at once", 3)
    assert late_by(urgent_us + HOUR_US) == 0
    refer = Wanted(move=Move.REFER, recipient="A desk", why=WHY)
    with pytest.raises(ChangedError, match="version 3"):
        move(lead, store, tip="ncmec:1", expected=2, wanted=refer)
    before = kept(running_store)
    recount(store, actor="test", at_us=now_us())
    assert kept(running_store) == before
    _set_and_closed(store, lead, boss, urgent_us)


def _set_and_closed(store: Store, lead: Caller, boss: Caller, urgent_us: int) -> None:
    lower = Wanted(move=Move.PRIORITISE, priority=Priority.TODAY, why=WHY)
    set_us = urgent_us + 9 * DAY_US
    move(later(boss, set_us - boss.as_of_us), store, tip="ncmec:1", expected=3, wanted=lower)
    line = show_queued(lead, store, tip="ncmec:1", reads=ReadLog(store)).line
    assert line.due_us == set_us + DAY_US
    assert listed(lead, store, unassigned=True, state=State.NEW) == ["ncmec:1"]
    close = Wanted(move=Move.CLOSE, outcome=Outcome.NO_OFFENCE, why=WHY)
    take(lead, store, tip="ncmec:1")
    move(lead, store, tip="ncmec:1", expected=5, wanted=close)
    assert listed(lead, store) == []


def test_a_colleague_sees_nothing_of_an_officers_persona(store: Store) -> None:
    people = staff(store, "north", at_us=now_us())
    boss = people["boss.north"]
    take_in(store, 1, said="persona@example.com")
    before = show_queued(boss, store, tip="ncmec:1", reads=ReadLog(store))
    key = case(boss, store)
    claimed(boss, store, key, draft("persona@example.com", role=ClaimRole.OFFICER_PERSONA))
    after = show_queued(boss, store, tip="ncmec:1", reads=ReadLog(store))
    assert after == before
