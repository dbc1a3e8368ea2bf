"""Urgent tips: who is told, who acknowledges, and what follows when nobody does."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from graph.casework.caller import Caller
from graph.casework.vocabulary import UserRole
from graph.clock import now_us, to_us
from graph.errors import ChangedError, CrosstipError, NotFoundError, RowError
from graph.services.agencies import add_unit
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of
from graph.services.holders import hold_tips, release_tips
from graph.services.notices import list_notices
from graph.services.queue_reading import show_queued
from graph.services.recording import record
from graph.services.triage_places import recount
from graph.services.triage_steps import move, take
from graph.services.urgent_escalation import escalate_urgent
from graph.services.urgent_tips import (
    Acknowledged,
    NewClocks,
    acknowledge_urgent,
    list_urgent,
    set_clocks,
    show_clocks,
)
from graph.services.user_rules import NewUser
from graph.services.users import add_user
from graph.services.withdrawal import withdraw
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move
from graph.triage.priority import Priority
from graph.triage.urgent import MINUTE_US
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email
from tests.graph.services.people import DAY_US, later, staff
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore

WHY = "Because of the test."
RAISE = Wanted(move=Move.PRIORITISE, priority=Priority.AT_ONCE, why=WHY)


def _waiting(caller: Caller, store: Store) -> list[str]:
    """Give the tips that wait, page by page of one."""
    found: list[str] = []
    after = ""
    while True:
        page = list_urgent(caller, store, reads=ReadLog(store), after=after, limit=1)
        found += [line.tip for line in page.lines]
        if page.next_after is None:
            return found
        after = page.next_after


def _told(caller: Caller, store: Store) -> list[tuple[str, str | None]]:
    """Give the kind and tip of the caller's notices, oldest first."""
    rows = list_notices(caller, store, reads=ReadLog(store))
    return [(row.kind, row.object) for row in reversed(rows) if row.kind.startswith("tip.urgent")]


def test_an_urgent_tip_is_told_at_once_and_to_its_agency_alone(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, deputy = people["lead.north"], people["deputy.north"]
    boss, south = people["boss.north"], people["lead.south"]
    take_in(store, 1, urgency=0)
    take_in(store, 2)
    alert = ("tip.urgent", "ncmec:1")
    for told in (lead, deputy, boss, people["chief.north"]):
        assert _told(told, store) == [alert]
    assert _told(south, store) == []
    assert _waiting(lead, store) == ["ncmec:1"]
    assert _waiting(south, store) == []
    _an_administrator_sees_no_more_than_number_and_age(people["admin.north"], store)
    # What changes nothing tells nobody again.
    recount(store, actor="test", at_us=now_us())
    more = delivery("1", [email("a@example.com")], body="more", urgency=0, holder="north")
    record(store, [more], actor="test")
    assert _told(lead, store) == [alert]
    _acknowledged_by_one(store, lead, boss, south)
    _more_that_is_urgent_is_told_though_one_was_acknowledged(store, lead, boss)
    _each_way_of_becoming_urgent(store, people)
    _each_way_of_being_over(store, people)
    logged = running_store.rows(
        "MATCH (e:AuditEntry) WHERE e.action STARTS WITH 'urgent.' AND e.decision IS NULL "
        "RETURN e.agency, e.action, e.object ORDER BY e.agency, e.at_us, e.object LIMIT 100"
    )
    assert ("north", "urgent.raised", "ncmec:1") in logged
    assert [row[2] for row in logged if row[0] == "south"] == ["ncmec:4"]


def _an_administrator_sees_no_more_than_number_and_age(admin: Caller, store: Store) -> None:
    (line,) = list_urgent(admin, store, reads=ReadLog(store)).lines
    assert (line.tip, line.state, line.owner, line.reasons) == ("ncmec:1", None, None, ())


def _acknowledged_by_one(store: Store, lead: Caller, boss: Caller, south: Caller) -> None:
    with pytest.raises(NotFoundError):
        acknowledge_urgent(south, store, tip="ncmec:1")
    with pytest.raises(NotFoundError, match="never"):
        acknowledge_urgent(lead, store, tip="ncmec:2")
    at = replace(lead, as_of_us=now_us() + 5 * MINUTE_US, until_us=None)
    assert acknowledge_urgent(at, store, tip="ncmec:1").waited_s >= 5 * 60
    with pytest.raises(ChangedError, match=r"lead\.north did so"):
        acknowledge_urgent(boss, store, tip="ncmec:1")
    assert _waiting(boss, store) == []
    assert _told(boss, store) == []
    escalate_urgent(store, at_us=now_us() + DAY_US)
    assert _told(boss, store) == []


def _more_that_is_urgent_is_told_though_one_was_acknowledged(
    store: Store, lead: Caller, boss: Caller
) -> None:
    seen = show_queued(lead, store, tip="ncmec:1", reads=ReadLog(store)).line
    assert "NCMEC marks it as imminent danger." in seen.reasons
    for hours, body in enumerate(("graver", "graver still"), start=1):
        said = delivery(
            "1",
            [email("a@example.com")],
            body=body,
            issued_us=MONDAY_US + hours * HOUR_US,
            holder="north",
            urgency=0,
            annotations=("sadisticOnlineExploitation",),
        )
        record(store, [said], actor="test")
        assert _waiting(lead, store) == ["ncmec:1"]
    assert _told(boss, store) == [("tip.urgent", "ncmec:1")]
    acknowledge_urgent(lead, store, tip="ncmec:1")
    assert _waiting(lead, store) == []


def _each_way_of_becoming_urgent(store: Store, people: dict[str, Caller]) -> None:
    lead, boss, south = people["lead.north"], people["boss.north"], people["lead.south"]
    # By a new delivery, by a supervisor's class, by being held.
    more = delivery("2", [email("a@example.com")], body="more", urgency=0, holder="north")
    record(store, [more], actor="test")
    assert _waiting(lead, store) == ["ncmec:2"]
    take_in(store, 3)
    move(boss, store, tip="ncmec:3", expected=0, wanted=RAISE)
    # Whoever waits longest comes first: these callers' clock stands a day back.
    assert _waiting(lead, store) == ["ncmec:3", "ncmec:2"]
    take_in(store, 4, urgency=0, holder=None)
    hold_tips(people["ops"], store, ["ncmec:4"], agency="south")
    assert (_waiting(south, store), len(_waiting(lead, store))) == (["ncmec:4"], 2)


def _each_way_of_being_over(store: Store, people: dict[str, Caller]) -> None:
    lead, boss = people["lead.north"], people["boss.north"]
    # Whoever takes it has seen it; put back it is nobody's, and urgent again.
    take(lead, store, tip="ncmec:2")
    assert _waiting(lead, store) == ["ncmec:3"]
    # Version 2: the delivery that made it urgent raised it as well.
    move(lead, store, tip="ncmec:2", expected=2, wanted=Wanted(move=Move.PUT_BACK, why=WHY))
    assert sorted(_waiting(lead, store)) == ["ncmec:2", "ncmec:3"]
    lower = Wanted(move=Move.LIFT, why=WHY)
    move(boss, store, tip="ncmec:3", expected=1, wanted=lower)
    assert _waiting(lead, store) == ["ncmec:2"]
    release_tips(boss, store, ["ncmec:2"], agency="north")
    assert _waiting(lead, store) == []
    take_in(store, 5, urgency=0)
    withdraw(store, "ncmec:5", why=WHY, actor="boss.north")
    assert _waiting(lead, store) == []
    with pytest.raises(ChangedError, match="withdrawn"):
        acknowledge_urgent(lead, store, tip="ncmec:5")


BEGINS = (
    datetime(2028, 2, 28, 23, 50, tzinfo=ZoneInfo("America/Denver")),
    datetime(2028, 3, 12, 1, 50, tzinfo=ZoneInfo("America/New_York")),
    datetime(2028, 11, 5, 1, 50, tzinfo=ZoneInfo("America/Los_Angeles")),
)
"""Before a leap day, and before the hours that are left out and that come twice."""


def test_clocks_are_real_minutes_whatever_the_wall_says(store: Store) -> None:
    first_us = to_us(BEGINS[0])
    people = staff(store, "north", "south", at_us=first_us - DAY_US)
    for number, begin in enumerate(BEGINS, start=1):
        at_us, tip = to_us(begin), take_in(store, number)
        now = {name: replace(c, as_of_us=at_us, until_us=None) for name, c in people.items()}
        boss, lead = now["boss.north"], now["lead.north"]
        move(boss, store, tip=tip, expected=0, wanted=RAISE)
        assert escalate_urgent(store, at_us=at_us + 15 * MINUTE_US - 1) == 0
        assert escalate_urgent(store, at_us=at_us + 15 * MINUTE_US) == 1
        assert escalate_urgent(store, at_us=at_us + 60 * MINUTE_US - 1) == 0
        raised, late = ("tip.urgent", tip), ("tip.urgent_escalated", tip)
        assert _told(boss, store) == [raised, late]
        assert escalate_urgent(store, at_us=at_us + 60 * MINUTE_US) == 1
        assert escalate_urgent(store, at_us=at_us + 2 * DAY_US) == 0
        assert _told(boss, store) == [raised, late, late]
        assert _told(lead, store) == [raised]
        assert _told(now["boss.south"], store) == []
        admin = later(now["admin.north"], 90 * MINUTE_US)
        (line,) = list_urgent(admin, store, reads=ReadLog(store)).lines
        assert (line.age_s, line.told, line.next_us) == (90 * 60, "administrators", None)
        acknowledge_urgent(lead, store, tip=tip)


def test_an_agency_sets_its_clocks_and_who_is_on_duty(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    admin, boss = people["admin.north"], people["boss.north"]
    lead, deputy = people["lead.north"], people["deputy.north"]
    unit = add_unit(admin, store, name="Night desk", contact=None)
    new = NewUser(
        key="night.north", name="N", agency="north", roles=(UserRole.ANALYST,), units=(unit.key,)
    )
    add_user(admin, store, new=new)
    night = caller_of(store, "night.north")
    usual = show_clocks(lead, store, reads=ReadLog(store))
    assert (usual.supervisors_minutes, usual.administrators_minutes, usual.version) == (15, 60, 0)
    wanted = NewClocks(supervisors_minutes=5, administrators_minutes=20, unit="night desk")
    for wrong in (
        replace(wanted, administrators_minutes=5),
        replace(wanted, supervisors_minutes=0),
        replace(wanted, unit="Day desk"),
    ):
        with pytest.raises(RowError):
            set_clocks(boss, store, expected=0, new=wrong)
    assert set_clocks(boss, store, expected=0, new=wanted).version == 1
    with pytest.raises(ChangedError, match=r"boss\.north"):
        set_clocks(boss, store, expected=0, new=wanted)
    take_in(store, 1, urgency=0)
    told = [bool(_told(each, store)) for each in (night, boss, lead, deputy)]
    assert told == [True, True, False, False]
    assert escalate_urgent(store, at_us=now_us() + 6 * MINUTE_US) == 1
    # What a worker slept through is made up for, step by step.
    take_in(store, 2, urgency=0)
    assert escalate_urgent(store, at_us=now_us() + DAY_US) == 3


def test_of_two_at_once_one_acknowledges_and_each_step_is_taken_once(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    for number in range(1, 4):
        tip = take_in(store, number, urgency=0)
        barrier = threading.Barrier(2)
        got: dict[str, Acknowledged] = {}
        refused: dict[str, CrosstipError] = {}

        def work(name: str, tip: str, barrier: threading.Barrier) -> None:
            barrier.wait()
            try:
                got[name] = acknowledge_urgent(people[name], store, tip=tip)  # noqa: B023
            except CrosstipError as error:
                refused[name] = error  # noqa: B023

        names = ("lead.north", "deputy.north")
        _together(*(threading.Thread(target=work, args=(n, tip, barrier)) for n in names))
        (winner,), (loser,) = got, refused
        assert {winner, loser} == set(names)
        assert isinstance(refused[loser], ChangedError)
        assert f"{winner} did so" in str(refused[loser])
    for number in range(11, 16):
        take_in(store, number, urgency=0)
    barrier, done = threading.Barrier(2), list[int]()

    def escalate() -> None:
        barrier.wait()
        done.append(escalate_urgent(store, at_us=now_us() + 20 * MINUTE_US))

    _together(threading.Thread(target=escalate), threading.Thread(target=escalate))
    assert sum(done) == 5
    late = [kind for kind, _ in _told(people["boss.north"], store)].count("tip.urgent_escalated")
    assert late == 5


def _together(*threads: threading.Thread) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)


def test_an_alert_passes_from_a_provisional_tip_to_the_tip_that_replaces_it(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    lead = people["lead.north"]
    bare = delivery(None, [email("a@example.com")], body="x", holder="north", urgency=0)
    record(store, [bare], actor="test")
    (provisional,) = _waiting(lead, store)
    numbered = delivery("8", [email("a@example.com")], body="x", holder="north", urgency=0)
    record(store, [numbered], actor="test")
    assert provisional != "ncmec:8"
    assert _waiting(lead, store) == ["ncmec:8"]
    assert len(_told(lead, store)) == 1
    assert acknowledge_urgent(lead, store, tip="ncmec:8").by == "lead.north"
