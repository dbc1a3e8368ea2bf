"""Tasks: for whom, until when, who may move them on, and what others see of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.desk.tasks import TaskKind, TaskStep
from graph.errors import ChangedError, CrosstipError, NotFoundError, RightsError, RowError
from graph.queries.desk_tasks import TaskRow
from graph.services.agencies import add_unit
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of
from graph.services.desk_subjects import Subject
from graph.services.notices import list_notices
from graph.services.task_escalation import escalate_tasks
from graph.services.task_reading import TaskList, list_tasks, show_task
from graph.services.tasks import NewTask, TaskChange, give_task, step_task
from graph.services.user_rules import NewUser
from graph.services.users import add_user
from graph.store import Store
from tests.graph.services.casework import case
from tests.graph.services.handing import at_once
from tests.graph.services.people import DAY_US, R, later, staff
from tests.graph.services.queueing import take_in
from tests.graph.services.rights_world import Rehearsal
from tests.stores import RunningStore

WHY = "Because of the test."
CALL = TaskKind.CALL


def _give(caller: Caller, store: Store, subject: Subject, **more: object) -> TaskRow:
    wanted: dict[str, object] = {
        "kind": CALL,
        "text": "Call the reporter.",
        "due_us": caller.as_of_us + DAY_US,
        **more,
    }
    if "unit" not in wanted:
        wanted.setdefault("person", "lead.north")
    return give_task(caller, store, new=NewTask(subject=subject, **wanted))  # type: ignore[arg-type]


def _listed(
    caller: Caller, store: Store, which: TaskList, subject: Subject | None = None
) -> list[str]:
    """Give the texts of a list, page by page of one."""
    found: list[str] = []
    after = ""
    while True:
        page = list_tasks(
            caller, store, which=which, subject=subject, reads=ReadLog(store), after=after, limit=1
        )
        found += [item.text for item in page.items]
        if page.next_after is None:
            return found
        assert caller.agency is not None
        after = page.next_after


def test_tasks_from_giving_to_done(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, boss, south = people["lead.north"], people["boss.north"], people["lead.south"]
    tip = Subject(tip=take_in(store, 1))
    of_case = Subject(investigation="26|7 %")
    case(lead, store, "26|7 %")
    unit = add_unit(people["admin.north"], store, name="Night desk", contact=None)
    new = NewUser(
        key="night.north", name="N", agency="north", roles=(R.ANALYST,), units=(unit.key,)
    )
    add_user(people["admin.north"], store, new=new)
    night = replace(caller_of(store, "night.north"), as_of_us=lead.as_of_us, until_us=None)
    first = _give(boss, store, tip, text="first")
    _give(boss, store, of_case, text="second", due_us=boss.as_of_us + 2 * DAY_US)
    _give(lead, store, tip, text="unit's", unit="night desk", due_us=boss.as_of_us + 3 * DAY_US)
    assert _listed(lead, store, TaskList.MINE) == ["first", "second"]
    assert _listed(night, store, TaskList.UNIT) == ["unit's"]
    assert _listed(lead, store, TaskList.UNIT) == []
    assert _listed(night, store, TaskList.MINE) == []
    assert _listed(boss, store, TaskList.AGENCY) == ["first", "second", "unit's"]
    assert _listed(lead, store, TaskList.SUBJECT, tip) == ["first", "unit's"]
    assert _listed(lead, store, TaskList.SUBJECT, of_case) == ["second"]
    for which in (TaskList.MINE, TaskList.AGENCY, TaskList.OVERDUE):
        assert _listed(south, store, which) == []
    for caller, wanted in ((south, tip), (lead, Subject(investigation="dark.fox@example.com"))):
        with pytest.raises(NotFoundError):
            _listed(caller, store, TaskList.SUBJECT, wanted)
    logged = running_store.rows("MATCH (e:AuditEntry) RETURN e.object, e.investigation")
    assert "dark.fox" not in str(logged)
    with pytest.raises(NotFoundError):
        show_task(south, store, key=first.key, reads=ReadLog(store))
    assert _listed(later(boss, 2 * DAY_US), store, TaskList.OVERDUE) == ["first", "second"]
    _no_list_leads_into_another(lead, south, store)
    _moved_on(store, people, night, first)
    _refused(store, people, tip)


def _no_list_leads_into_another(lead: Caller, south: Caller, store: Store) -> None:
    for after in ("", "0", "p|lead.north|", "|", "}", "p|boss.north|"):
        page = list_tasks(
            south, store, which=TaskList.AGENCY, reads=ReadLog(store), after=f"north|{after}"
        )
        assert page.items == ()
        mine = list_tasks(lead, store, which=TaskList.MINE, reads=ReadLog(store), after=after)
        assert {item.person for item in mine.items} <= {"lead.north"}


def _moved_on(store: Store, people: dict[str, Caller], night: Caller, row: TaskRow) -> None:
    lead, boss, deputy = people["lead.north"], people["boss.north"], people["deputy.north"]
    finish = TaskChange(step=TaskStep.FINISH)
    with pytest.raises(RightsError, match=r"desk\.team"):
        step_task(deputy, store, key=row.key, expected=1, change=finish)
    hand_on = TaskChange(step=TaskStep.HAND_ON, person="deputy.north", why=WHY)
    row = step_task(lead, store, key=row.key, expected=1, change=hand_on)
    assert _listed(lead, store, TaskList.MINE) == ["second"]
    assert _listed(deputy, store, TaskList.MINE) == ["first"]
    with pytest.raises(ChangedError, match=r"moved on by lead\.north"):
        step_task(boss, store, key=row.key, expected=1, change=finish)
    with pytest.raises(RightsError):
        step_task(lead, store, key=row.key, expected=2, change=finish)
    at_us = deputy.as_of_us + 5 * DAY_US
    row = step_task(
        deputy,
        store,
        key=row.key,
        expected=2,
        change=TaskChange(step=TaskStep.POSTPONE, due_us=at_us, why=WHY),
    )
    to_unit = TaskChange(step=TaskStep.HAND_ON, unit="Night desk", why=WHY)
    row = step_task(deputy, store, key=row.key, expected=3, change=to_unit)
    row = step_task(night, store, key=row.key, expected=4, change=finish)
    story = show_task(lead, store, key=row.key, reads=ReadLog(store))
    assert [step.step for step in story.steps] == [
        "give",
        "hand on",
        "postpone",
        "hand on",
        "finish",
    ]
    assert [step.number for step in story.steps] == [1, 2, 3, 4, 5]
    assert (story.task.stage, story.task.moved_by) == ("done", "night.north")
    assert "first" not in _listed(boss, store, TaskList.AGENCY)
    assert _listed(boss, store, TaskList.SUBJECT, Subject(tip="ncmec:1")) == ["unit's", "first"]
    with pytest.raises(RowError, match="nothing leads on"):
        step_task(boss, store, key=row.key, expected=5, change=finish)


def _refused(store: Store, people: dict[str, Caller], tip: Subject) -> None:
    lead, south = people["lead.north"], people["lead.south"]
    for wrong in (
        {"text": " "},
        {"due_us": lead.as_of_us},
        {"due_us": lead.as_of_us + 400 * DAY_US},
        {"person": "lead.south"},
        {"person": "audit.north"},
        {"unit": "Day desk"},
        {"person": "lead.north", "unit": "Night desk"},
    ):
        with pytest.raises(RowError):
            _give(lead, store, tip, **wrong)
    for subject in (
        Subject(),
        Subject(tip="ncmec:1", investigation="x"),
        Subject(tip="a:sha256:b"),
    ):
        with pytest.raises(RowError):
            _give(lead, store, subject)
    for caller, subject in (
        (lead, Subject(tip="ncmec:99")),
        (south, tip),
        (south, Subject(investigation="26|7 %")),
        (lead, Subject(investigation="none")),
    ):
        with pytest.raises(NotFoundError):
            _give(caller, store, subject, person=caller.user)
    with pytest.raises(RightsError):
        _give(people["audit.north"], store, tip)
    row = _give(lead, store, tip)
    for change in (
        TaskChange(step=TaskStep.CALL_OFF),
        TaskChange(step=TaskStep.POSTPONE, why=WHY),
        TaskChange(step=TaskStep.HAND_ON, why=WHY),
        TaskChange(step=TaskStep.FINISH, person="boss.north"),
        TaskChange(step=TaskStep.FINISH, due_us=lead.as_of_us + DAY_US),
        TaskChange(step=TaskStep.GIVE),
    ):
        with pytest.raises(RowError):
            step_task(lead, store, key=row.key, expected=1, change=change)


def test_an_overdue_task_is_told_once_and_again_when_it_was_postponed(store: Store) -> None:
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, boss = people["lead.north"], people["boss.north"]
    row = _give(boss, store, Subject(tip=take_in(store, 1)))
    due_us = row.due_us

    def told(user: str) -> int:
        rows = list_notices(people[user], store, reads=ReadLog(store), with_seen=True)
        return sum(each.kind == "task.overdue" for each in rows)

    assert escalate_tasks(store, at_us=due_us - 1) == 0
    assert escalate_tasks(store, at_us=due_us) == 1
    assert escalate_tasks(store, at_us=due_us + DAY_US) == 0
    found = [told(user) for user in ("lead.north", "boss.north", "deputy.north", "boss.south")]
    assert found == [1, 1, 0, 0]
    at = replace(lead, as_of_us=due_us + DAY_US, until_us=None)
    postpone = TaskChange(step=TaskStep.POSTPONE, due_us=due_us + 2 * DAY_US, why=WHY)
    row = step_task(at, store, key=row.key, expected=1, change=postpone)
    assert escalate_tasks(store, at_us=due_us + DAY_US) == 0
    assert escalate_tasks(store, at_us=due_us + 2 * DAY_US) == 1
    assert told("boss.north") == 2
    _give(boss, store, Subject(tip="ncmec:1"))
    got, _ = at_once(
        {
            name: partial(escalate_tasks, store, at_us=due_us + 9 * DAY_US, actor=name)
            for name in ("a", "b")
        }
    )
    assert sorted(got.values()) == [0, 1]  # type: ignore[type-var]


def test_of_two_who_move_a_task_at_once_one_does_and_the_other_is_told_who(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    for number in (1, 2, 3):
        row = _give(people["boss.north"], store, Subject(tip=take_in(store, number)))
        steps = {
            "lead.north": TaskChange(step=TaskStep.FINISH),
            "boss.north": TaskChange(step=TaskStep.CALL_OFF, why=WHY),
        }
        got, told = at_once(
            {
                user: partial(
                    step_task, people[user], store, key=row.key, expected=1, change=change
                )
                for user, change in steps.items()
            }
        )
        (winner,), (loser,) = got, told
        assert f"moved on by {winner}" in told[loser]
        story = show_task(people["boss.north"], store, key=row.key, reads=ReadLog(store))
        assert [step.number for step in story.steps] == [1, 2]


MAY = {"lead.north": True, "boss.north": True, "chief.north": True}
"""Of a task that `boss.north` gave to `lead.north`: whoever else supervises may as well."""
LEADS = {
    ("open", "hand on"): "open",
    ("open", "postpone"): "open",
    ("open", "finish"): "done",
    ("open", "call off"): "called off",
}


def test_every_step_by_everybody_at_every_stage(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    tip = Subject(tip=take_in(store, 1))
    boss = people["boss.north"]
    rows = {"open": _give(boss, store, tip)}
    for stage, step in (("done", TaskStep.FINISH), ("called off", TaskStep.CALL_OFF)):
        made = _give(boss, store, tip)
        change = TaskChange(step=step, why=WHY)
        rows[stage] = step_task(boss, store, key=made.key, expected=1, change=change)
    trying = Rehearsal(store)
    count = "MATCH (s:DeskStep) RETURN COUNT(s)"
    before = running_store.rows(count)
    for stage, row in rows.items():
        for step in TaskStep:
            change = TaskChange(
                step=step,
                why=WHY,
                person="chief.north" if step is TaskStep.HAND_ON else None,
                due_us=boss.as_of_us + DAY_US if step is TaskStep.POSTPONE else None,
            )
            for user, caller in people.items():
                try:
                    after = step_task(
                        caller, trying, key=row.key, expected=row.version or 0, change=change
                    )
                    found: str | None = after.stage
                except CrosstipError:
                    found = None
                expected = LEADS.get((stage, step.value)) if MAY.get(user, False) else None
                assert found == expected, (stage, step, user)
    assert running_store.rows(count) == before
