"""Tasks: somebody gives one, passes it on, postpones it, finishes it or calls it off."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import optional_text, text_of
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms, require
from graph.desk.moves import NONE, rule_of
from graph.desk.tasks import (
    LONGEST_US,
    TASKS,
    TaskKind,
    TaskStage,
    TaskStep,
    agency_place,
    order_of,
    person_place,
    subject_order,
    subject_place,
    unit_place,
)
from graph.errors import NotFoundError, RowError
from graph.queries.desk_tasks import LOCK, RecordKeyParams, RecordKeysParams, TaskRow
from graph.queries.desk_tasks import TASKS as TASKS_BY_KEY
from graph.queries.people import PAGE, UNITS, OfAgencyParams
from graph.services.acting import About, act, leaf, named, note
from graph.services.assignment_checks import workers_of
from graph.services.desk_steps import Step, keep_step, require_version
from graph.services.desk_subjects import Subject, about_subject, subject_there
from graph.store import ReadUnit, Store, WriteUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A task as somebody gives it: to a person or to a unit of the own agency."""

    subject: Subject
    kind: TaskKind
    text: str
    due_us: int
    person: str | None = None
    unit: str | None = None
    """Name or key of a unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskChange:
    """A step of a task, and what it needs."""

    step: TaskStep
    why: str | None = None
    person: str | None = None
    unit: str | None = None
    due_us: int | None = None


def give_task(caller: Caller, store: Store, *, new: NewTask) -> TaskRow:
    """Give somebody of the own agency a task about a tip or an investigation.

    Raises:
        RightsError: the caller does not work on tips.
        NotFoundError: the tip or investigation is not the agency's.
        RowError: nobody of the agency is so named, or it is due in the past.
    """
    about = about_subject(caller, new.subject)
    key = uuid.uuid4().hex

    def work(unit: WriteUnit) -> TaskRow:
        subject = subject_there(unit, caller, new.subject, deed=Deed.TASK_GIVE)
        person, of_unit = _for_whom(unit, caller, new.person, new.unit)
        at_us = caller.as_of_us
        row = TaskRow(
            key=key,
            agency=agency_of(caller),
            subject=subject,
            kind=new.kind.value,
            text=text_of(new.text, "What is to be done"),
            person=person,
            unit=of_unit,
            due_us=_due(new.due_us, at_us),
            given_us=at_us,
            given_by=caller.user,
            told_us=None,
            for_place=None,
            agency_place=None,
            subject_place=None,
            stage=TaskStage.OPEN.value,
            moved_us=at_us,
            moved_by=caller.user,
            why=None,
            steps=1,
            clock_us=None,
            version=1,
        )
        row = placed(row)
        unit.insert_nodes("DeskTask", [row.model_dump()])
        keep_step(unit, _step(row, NONE, TaskStep.GIVE))
        note(unit, caller, [leaf(caller, Deed.TASK_GIVE, about, outcome="given")])
        return row

    return act(caller, store, deed=Deed.TASK_GIVE, about=about, work=work)


def step_task(
    caller: Caller, store: Store, *, key: str, expected: int, change: TaskChange
) -> TaskRow:
    """Take a step from the version of a task that the caller looked at.

    Raises:
        RightsError: the task is neither the caller's nor given by them, and they supervise nobody.
        NotFoundError: the agency has no such task.
        ChangedError: somebody moved it on meanwhile; the sentence says who.
        RowError: it is no step from there, or something that it needs is missing.
    """
    about = About(object=named(key))

    def work(unit: WriteUnit) -> TaskRow:
        task_there(unit, caller, key)
        unit.run(LOCK, RecordKeyParams(key=key))
        before = task_there(unit, caller, key)
        require_version(
            "The task",
            expected=expected,
            version=before.version,
            stage=before.stage,
            moved_by=before.moved_by,
            moved_us=before.moved_us,
        )
        rule = rule_of(TASKS, before.stage, change.step, what="The task", kind=before.kind)
        team = _team(before, caller)
        require(caller, rule.deed, resource=Resource(owner=before.agency, team=team))
        why = optional_text(change.why, "A reason")
        if rule.needs_why and why is None:
            raise RowError(f"`{change.step}` needs a reason. Nothing was changed.")
        row = _after(unit, caller, before, change, to=rule.to.value, why=why)
        unit.update_nodes("DeskTask", [row.model_dump()])
        keep_step(unit, _step(row, before.stage, change.step))
        note(unit, caller, [leaf(caller, rule.deed, about, outcome=change.step.value)])
        return row

    return act(caller, store, deed=Deed.TASK_SETTLE, about=about, work=work)


def task_there(unit: ReadUnit, caller: Caller, key: str) -> TaskRow:
    """Give a task of the caller's agency.

    Raises:
        NotFoundError: there is none, or it is another agency's: the same answer.
    """
    rows = unit.read(TASKS_BY_KEY, RecordKeysParams(keys=[key]))
    if (
        len(rows) == 0
        or rows[0].agency != agency_of(caller)
        or not confirms(caller, Deed.TASK_READ, resource=Resource(owner=rows[0].agency))
    ):
        raise NotFoundError("There is no such task of your agency's.")
    return rows[0]


def placed(row: TaskRow) -> TaskRow:
    """Give a task with what orders it in each list, and when the clock looks at it."""
    is_open = row.stage == TaskStage.OPEN
    order = order_of(row.due_us, row.key)
    whose = (
        person_place(row.agency, row.person, order)
        if row.person is not None
        else unit_place(row.agency, row.unit or "", order)
    )
    rest = subject_order(row.stage, row.due_us, row.moved_us, row.key)
    return row.model_copy(
        update={
            "for_place": whose if is_open else None,
            "agency_place": agency_place(row.agency, order) if is_open else None,
            "subject_place": subject_place(row.agency, row.subject, rest),
            "clock_us": row.due_us if is_open and row.told_us is None else None,
        }
    )


def _after(
    unit: ReadUnit, caller: Caller, row: TaskRow, change: TaskChange, *, to: str, why: str | None
) -> TaskRow:
    update: dict[str, object] = {
        "stage": to,
        "moved_us": caller.as_of_us,
        "moved_by": caller.user,
        "why": why,
        "steps": row.steps + 1,
        "version": (row.version or 0) + 1,
    }
    is_passed, is_postponed = change.step is TaskStep.HAND_ON, change.step is TaskStep.POSTPONE
    if not is_passed and (change.person is not None or change.unit is not None):
        raise RowError("Whom a task is for changes by handing it on. Nothing was changed.")
    if not is_postponed and change.due_us is not None:
        raise RowError("When a task is due changes by postponing it. Nothing was changed.")
    if is_passed:
        update["person"], update["unit"] = _for_whom(unit, caller, change.person, change.unit)
    if is_postponed:
        if change.due_us is None:
            raise RowError("Say until when it is postponed. Nothing was changed.")
        update |= {"due_us": _due(change.due_us, caller.as_of_us), "told_us": None}
    return placed(row.model_copy(update=update))


def _team(row: TaskRow, caller: Caller) -> frozenset[str]:
    """Give who may settle a task: who is to do it, and who gave it."""
    people = {row.given_by} | ({row.person} if row.person is not None else set())
    is_units = row.unit is not None and row.unit in caller.units
    return frozenset(people | ({caller.user} if is_units else set()))


def _for_whom(
    unit: ReadUnit, caller: Caller, person: str | None, of_unit: str | None
) -> tuple[str | None, str | None]:
    """Give a user in service who works on tips, or a unit; of the own agency.

    Raises:
        RowError: both or neither are named, or there is none of that name.
    """
    if (person is None) is (of_unit is None):
        raise RowError("A task is for a person or for a unit, one of both. Nothing was changed.")
    agency = agency_of(caller)
    if of_unit is not None:
        folded = of_unit.strip().casefold()
        for each in unit.read(UNITS, OfAgencyParams(agency=agency, after="", limit=PAGE)):
            if folded in {each.name.casefold(), each.key.casefold()}:
                return None, each.key
        raise RowError(f"{agency} has no such unit. Nothing was changed.")
    wanted = (person or "").strip().casefold()
    if wanted in {row.key for row in workers_of(unit, agency, at_us=caller.as_of_us)}:
        return wanted, None
    raise RowError(
        f"{agency} has nobody in service of that name who works on tips. Nothing was changed."
    )


def _due(due_us: int, at_us: int) -> int:
    if not at_us < due_us <= at_us + LONGEST_US:
        raise RowError("A task is due in the future, within a year. Nothing was changed.")
    return due_us


def _step(row: TaskRow, before: str, step: TaskStep) -> Step:
    return Step(
        record=row.key,
        number=row.steps,
        step=step.value,
        from_stage=before,
        to_stage=row.stage,
        at_us=row.moved_us,
        made_by=row.moved_by,
        why=row.why,
    )
