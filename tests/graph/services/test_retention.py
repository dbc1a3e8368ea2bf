"""How long records are kept: who sets it, what is due, what is held, what a purge leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.clock import now_us
from graph.errors import ChangedError, NotFoundError, RightsError, RowError
from graph.retention.classes import DAY_US, CountsFrom, RecordClass
from graph.services.audit_reads import ReadLog
from graph.services.legal_holds import HeldKind, NewHold, end_hold, list_holds, place_hold
from graph.services.retention_policies import confirm_policy, list_policies, propose_policy
from graph.services.retention_purge import run_purge
from graph.store import Store
from tests.graph.services.people import staff
from tests.graph.services.queueing import take_in
from tests.graph.services.retaining import closed, in_force, wanted, years_later
from tests.stores import RunningStore

TIPS = RecordClass.TIPS
LETTER = "Letter 12 of the court"


def _tips(running: RunningStore) -> list[object]:
    return [row[0] for row in running.rows("MATCH (t:Tip) RETURN t.key ORDER BY t.key")]


def test_one_proposes_and_another_confirms(store: Store) -> None:
    people = staff(store, "north", "south", at_us=now_us())
    admin, boss = people["admin.north"], people["boss.north"]
    assert list_policies(boss, store, reads=ReadLog(store)) == ()
    row = propose_policy(admin, store, expected=0, new=wanted())
    assert (row.number, row.confirmed_by, row.from_us) == (1, None, None)
    with pytest.raises(RightsError):
        propose_policy(boss, store, expected=1, new=wanted())
    with pytest.raises(RightsError):
        confirm_policy(admin, store, kind=TIPS, number=1)
    with pytest.raises(NotFoundError):
        confirm_policy(people["boss.south"], store, kind=TIPS, number=1)
    both = replace(admin, roles=admin.roles | boss.roles)
    with pytest.raises(RightsError, match="AC-5"):
        confirm_policy(both, store, kind=TIPS, number=1)
    done = confirm_policy(boss, store, kind=TIPS, number=1)
    assert done.from_us == boss.as_of_us + 7 * DAY_US
    with pytest.raises(ChangedError):
        confirm_policy(boss, store, kind=TIPS, number=1)
    with pytest.raises(ChangedError):
        propose_policy(admin, store, expected=0, new=wanted())
    for wrong in (
        wanted(days=29),
        wanted(dated="soon"),
        wanted(name=" "),
        wanted(RecordClass.CHECKS, counts_from=CountsFrom.CLOSING),
    ):
        with pytest.raises(RowError):
            propose_policy(admin, store, expected=0 if wrong.kind != TIPS else 1, new=wrong)
    assert list_policies(people["boss.south"], store, reads=ReadLog(store)) == ()


def test_nothing_goes_where_nobody_set_a_policy_or_before_it_counts(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", at_us=now_us())
    closed(people["lead.north"], store, take_in(store, 1))
    assert run_purge(years_later(people["ops"], 4000), store).purged == 0
    propose_policy(people["admin.north"], store, expected=0, new=wanted())
    assert run_purge(years_later(people["ops"], 4000), store).purged == 0
    confirm_policy(people["boss.north"], store, kind=TIPS, number=1)
    assert run_purge(years_later(people["ops"], 6), store).purged == 0
    assert run_purge(years_later(people["ops"], 364), store).purged == 0
    assert _tips(running_store) == ["ncmec:1"]
    with pytest.raises(RightsError):
        run_purge(years_later(people["boss.north"], 366), store)
    assert run_purge(years_later(people["ops"], 366), store).purged == 1
    assert _tips(running_store) == []


def test_open_and_held_tips_stay_and_a_hold_ends_by_a_person_alone(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    lead, boss, ops = people["lead.north"], people["boss.north"], years_later(people["ops"])
    in_force(people, store, "north", TIPS)
    take_in(store, 1)
    for number in (2, 3):
        closed(lead, store, take_in(store, number, said=f"{number}@example.com"))
    tip = NewHold(about=HeldKind.TIP, subject="ncmec:2", why="A suit.", reference=LETTER)
    with pytest.raises(RightsError):
        place_hold(lead, store, new=tip)
    with pytest.raises(NotFoundError):
        place_hold(people["boss.south"], store, new=tip)
    with pytest.raises(RowError):
        place_hold(boss, store, new=replace(tip, reference=" "))
    hold = place_hold(boss, store, new=tip)
    done = run_purge(ops, store)
    assert (done.purged, done.removed, done.held) == (1, 1, 1)
    assert _tips(running_store) == ["ncmec:1", "ncmec:2"]
    assert list_holds(people["boss.south"], store, reads=ReadLog(store)) == ()
    whole = NewHold(about=HeldKind.AGENCY, why="All of it.", reference=LETTER)
    wider = place_hold(boss, store, new=whole)
    end_hold(boss, store, hold=hold.key, why="Settled")
    assert run_purge(ops, store).purged == 0
    with pytest.raises(NotFoundError):
        end_hold(people["boss.south"], store, hold=wider.key, why="Settled")
    end_hold(boss, store, hold=wider.key, why="Settled")
    with pytest.raises(ChangedError, match=r"boss\.north"):
        end_hold(boss, store, hold=wider.key, why="Settled")
    assert run_purge(ops, store).purged == 1
    assert _tips(running_store) == ["ncmec:1"]


def test_of_several_holders_the_last_one_lets_it_go(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    for agency in ("north", "south"):
        take_in(store, 1, holder=agency)
        closed(people[f"lead.{agency}"], store, "ncmec:1")
    in_force(people, store, "north", TIPS)
    ops = years_later(people["ops"])
    done = run_purge(ops, store)
    assert (done.purged, done.removed) == (1, 0)
    held = running_store.rows("MATCH (:Tip)-[:HELD_BY]->(g:Agency) RETURN g.key")
    assert [row[0] for row in held] == ["south"]
    kept = running_store.rows("MATCH (q:Triage) RETURN q.agency")
    assert [row[0] for row in kept] == ["south"]
    totals = running_store.rows("MATCH (g:Agency) RETURN g.key, g.tip_total ORDER BY g.key")
    assert [tuple(row) for row in totals] == [("north", 0), ("south", 1)]
    in_force(people, store, "south", TIPS)
    assert run_purge(ops, store).removed == 1
    assert _tips(running_store) == []
