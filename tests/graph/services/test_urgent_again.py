"""What a person decided does not silence what comes after it; who hands a hundred out saw none."""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.services.audit_reads import ReadLog
from graph.services.queue_reading import show_queued
from graph.services.recording import record
from graph.services.triage_steps import move
from graph.services.urgent_tips import list_urgent
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move
from graph.triage.priority import Priority
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import take_in

WHY = "Because of the test."


def _waiting(caller: Caller, store: Store) -> list[str]:
    return [line.tip for line in list_urgent(caller, store, reads=ReadLog(store)).lines]


def _moved(caller: Caller, store: Store, tip: str, wanted: Wanted) -> None:
    version = show_queued(caller, store, tip=tip, reads=ReadLog(store)).line.version
    move(caller, store, tip=tip, expected=version, wanted=wanted)


def test_new_urgent_facts_alert_over_a_persons_lower_class(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    lead, boss = people["lead.north"], people["boss.north"]
    tip = take_in(store, 1, annotations=("sadisticOnlineExploitation",))
    assert _waiting(lead, store) == [tip]
    _moved(boss, store, tip, Wanted(move=Move.PRIORITISE, why=WHY, priority=Priority.THIS_WEEK))
    assert _waiting(lead, store) == [], "a supervisor looked, and set another class"
    said = [email("a@example.com")]
    later_us = MONDAY_US + HOUR_US
    graver = delivery("1", said, body="graver", holder="north", urgency=0, issued_us=later_us)
    record(store, [graver], actor="test")
    assert _waiting(lead, store) == [tip]
    shown = show_queued(lead, store, tip=tip, reads=ReadLog(store)).line
    assert shown.priority == Priority.THIS_WEEK, "the class stays a person's; they are told"
    _moved(lead, store, tip, Wanted(move=Move.TAKE))
    assert _waiting(lead, store) == []


def test_who_assigns_an_urgent_tip_has_not_looked_at_it(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    lead, boss = people["lead.north"], people["boss.north"]
    tip = take_in(store, 1, urgency=0)
    _moved(boss, store, tip, Wanted(move=Move.ASSIGN, why=WHY, assignee=lead.user))
    assert _waiting(lead, store) == [tip]
    _moved(lead, store, tip, Wanted(move=Move.START))
    assert _waiting(lead, store) == []
