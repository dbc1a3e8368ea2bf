"""Whom tips are given to: people and units, with load, skills, absence, conflicts of interest."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from graph.assignment.proposing import Candidate
from graph.assignment.staff import RecordKind, Subject
from graph.casework.caller import Caller
from graph.clock import now_us
from graph.errors import ChangedError, NotFoundError, RightsError, RowError
from graph.services.agencies import add_unit
from graph.services.assignment_staff import (
    NewRecord,
    declare_conflict,
    end_record,
    keep_record,
    list_staff,
)
from graph.services.assignment_steps import Given, assign_tips, candidates
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of
from graph.services.triage_steps import move, take
from graph.services.users import UserChange, change_user
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.handing import WHY, at_once
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore

UNIT = "north|icac"
ASSIGN = {"assignee": "deputy.north", "why": WHY}


def proposed(store: Store, boss: Caller, tip: str, *skills: str) -> list[Candidate]:
    """Give whom a tip may be given to, in their order."""
    return list(candidates(boss, store, tip=tip, skills=skills, reads=ReadLog(store)))


def test_who_is_proposed_and_what_is_given(running_store: RunningStore) -> None:
    store, at_us = running_store.store, now_us() - DAY_US
    people = staff(store, "north", "south", at_us=at_us)
    _unit(store, people)
    tips = [take_in(store, n, said=f"{n}@example.com") for n in (1, 2, 3, 4)]
    _shown(store, people, tips[0])
    _given(running_store, people, tips)
    _conflicts(running_store, people, tips)
    _started_by_one_of_the_unit(store, people, take_in(store, 5))


def _unit(store: Store, people: dict[str, Caller]) -> None:
    admin, at_us = people["admin.north"], people["ops"].as_of_us
    assert add_unit(admin, store, name="ICAC", contact=None).key == UNIT
    for user in ("lead.north", "deputy.north"):
        change_user(admin, store, key=user, expected=1, change=UserChange(units=(UNIT,)))
        people[user] = caller_of(store, user, at_us=at_us)


def _shown(store: Store, people: dict[str, Caller], tip: str) -> None:
    boss, lead = people["boss.north"], people["lead.north"]
    keep = partial(keep_record, boss, store)
    skill = NewRecord(kind=RecordKind.SKILL, user="chief.north", subject="Phones")
    with pytest.raises(RowError, match="no skill of your agency's list"):
        keep(new=skill)
    keep(new=NewRecord(kind=RecordKind.LISTED, subject="phones"))
    keep(new=skill)
    with pytest.raises(RowError, match="already"):
        keep(new=skill)
    away = NewRecord(
        kind=RecordKind.ABSENCE,
        user="lead.north",
        from_us=boss.as_of_us - 1,
        until_us=boss.as_of_us + DAY_US,
    )
    keep(new=away)
    keys = [one.key for one in proposed(store, boss, tip, "phones")]
    assert keys == ["chief.north", "boss.north", "deputy.north", UNIT, "lead.north"]
    by_key = {one.key: one for one in proposed(store, boss, tip)}
    assert by_key["chief.north"].skills == ("phones",)
    assert by_key["lead.north"].away_until_us == away.until_us
    assert by_key[UNIT].members == ("deputy.north", "lead.north")
    kinds = {row.kind for row in list_staff(lead, store, reads=ReadLog(store))}
    assert kinds == {"listed skill", "skill", "absence"}
    assert list_staff(people["boss.south"], store, reads=ReadLog(store)) == ()
    for wrong in (
        NewRecord(kind=RecordKind.ABSENCE, user="lead.north", from_us=2, until_us=1),
        NewRecord(kind=RecordKind.LISTED, user="lead.north", subject="x"),
        NewRecord(kind=RecordKind.CONFLICT, user="lead.north", subject="x", why=WHY),
        NewRecord(
            kind=RecordKind.CONFLICT,
            user="lead.north",
            about=Subject.RELATION,
            subject="knows dark.fox@example.com",
            why=WHY,
        ),
    ):
        with pytest.raises(RowError):
            keep(new=wrong)
    with pytest.raises(NotFoundError):
        keep(new=replace(away, user="lead.south"))
    with pytest.raises(RightsError):
        keep_record(lead, store, new=skill)


def _given(running: RunningStore, people: dict[str, Caller], tips: list[str]) -> None:
    store, boss = running.store, people["boss.north"]
    take(people["chief.north"], store, tip=tips[1])
    wanted = [Given(tip=tip, version=0) for tip in (*tips[:3], "ncmec:99")]
    first, stale, third, unknown = assign_tips(boss, store, tips=wanted, **ASSIGN)
    assert (first.is_done, third.is_done) == (True, True)
    assert "moved by chief.north" in stale.said
    assert unknown.said == "Your agency holds no tip ncmec:99. Check the number."
    carried = {one.key: one for one in proposed(store, boss, tips[3])}["deputy.north"]
    assert (carried.total, sum(each.total for each in carried.load)) == (2, 2)
    assert carried.oldest_us is not None
    made = running.rows(
        "MATCH (q:Triage)-[:HAS_MOVE]->(m:TriageMove) WHERE m.move = 'assign' "
        "RETURN q.tip, m.owner, m.why ORDER BY q.tip"
    )
    assert made == [(tips[0], "deputy.north", WHY), (tips[2], "deputy.north", WHY)]
    for wrong in ([], [wanted[0]] * 2, [Given(tip=f"ncmec:{n}", version=0) for n in range(101)]):
        with pytest.raises(RowError, match="at once"):
            assign_tips(boss, store, tips=wrong, **ASSIGN)
    with pytest.raises(RightsError):
        assign_tips(people["deputy.north"], store, tips=wanted, **ASSIGN)
    (again,) = assign_tips(
        people["lead.north"], store, tips=[Given(tip=tips[0], version=1)], **ASSIGN
    )
    assert not again.is_done
    assert "duties.team" in again.said


def _conflicts(running: RunningStore, people: dict[str, Caller], tips: list[str]) -> None:
    store, boss, deputy = running.store, people["boss.north"], people["deputy.north"]
    tip = tips[3]
    declare = partial(declare_conflict, deputy, store)
    key = case(people["lead.north"], store, "26-9")
    claimed(people["lead.north"], store, key, draft("4@example.com"))
    declared = declare(about=Subject.INVESTIGATION, subject="26-9", why="A cousin.")
    declare(about=Subject.RELATION, subject="Works at Chatterbox", why="A brother.")
    last = proposed(store, boss, tip)[-1]
    assert last.key == "deputy.north"
    assert "A cousin." in last.conflicts[0]
    assert last.relations[0].startswith("Works at Chatterbox")
    with pytest.raises(RowError, match="conflict of interest"):
        take(deputy, store, tip=tip)
    given = [Given(tip=tip, version=0)]
    (refused,) = assign_tips(boss, store, tips=given, **ASSIGN)
    assert "A supervisor may override" in refused.said
    (by_lead,) = assign_tips(
        people["lead.north"], store, tips=given, **ASSIGN, override="Nobody else."
    )
    assert not by_lead.is_done
    (done,) = assign_tips(boss, store, tips=given, **ASSIGN, override="Nobody else.")
    assert done.is_done
    logged = running.rows(
        "MATCH (e:AuditEntry) WHERE e.outcome CONTAINS 'over a conflict of interest' "
        "RETURN e.action, e.actor, e.object, e.decision"
    )
    assert logged == [("triage.lead", "boss.north", tip, "permit")]
    with pytest.raises(RightsError):
        end_record(deputy, store, key=declared.key, why=WHY)
    with pytest.raises(NotFoundError):
        end_record(people["boss.south"], store, key=declared.key, why=WHY)
    end_record(boss, store, key=declared.key, why=WHY)
    assert {one.key: one for one in proposed(store, boss, tip)}["deputy.north"].conflicts == ()


def _started_by_one_of_the_unit(store: Store, people: dict[str, Caller], tip: str) -> None:
    boss = people["boss.north"]
    (given,) = assign_tips(boss, store, tips=[Given(tip=tip, version=0)], assignee=UNIT, why=WHY)
    assert given.said == f"assigned, {UNIT}'s"
    with pytest.raises(NotFoundError, match="nobody in service"):
        move(
            boss,
            store,
            tip=tip,
            expected=1,
            wanted=Wanted(move=Move.ASSIGN, assignee="north|none", why=WHY),
        )
    start = Wanted(move=Move.START)
    got, told = at_once(
        {
            user: partial(move, people[user], store, tip=tip, expected=1, wanted=start)
            for user in ("lead.north", "deputy.north")
        }
    )
    (winner,), (loser,) = got, told
    assert f"moved by {winner}" in told[loser]
    with pytest.raises(ChangedError, match=f"{winner}'s"):
        take(boss, store, tip=tip)
