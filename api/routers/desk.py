"""Tasks and notes of the own agency."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import After, PageLimit, Ref
from api.schemas.common import micro, one, page, some
from api.schemas.desk import (
    GiveTask,
    NoteAnswer,
    NotePage,
    StepTask,
    TaskAnswer,
    TaskPage,
    TaskStoryAnswer,
    WriteNote,
)
from api.schemas.wire import wire
from graph.clock import to_us
from graph.queries.desk_notes import OF_SUBJECT
from graph.queries.desk_tasks import TASKS
from graph.services.desk_notes import read_notes, write_note
from graph.services.desk_subjects import Subject
from graph.services.task_reading import TaskList, list_tasks, show_task, view_of
from graph.services.tasks import NewTask, TaskChange, give_task, step_task

router = APIRouter(route_class=OnceRoute)
OfTip = Annotated[str | None, Query(max_length=200, description="Key of a tip.")]
OfCase = Annotated[str | None, Query(max_length=200, description="Reference of an investigation.")]


@router.get("/tasks", tags=["tasks"])
def tasks(
    at: At,
    *,
    which: Annotated[TaskList, Query(description="Which list.")] = TaskList.MINE,
    tip: OfTip = None,
    investigation: OfCase = None,
    after: After = "",
    limit: PageLimit = 50,
) -> TaskPage:
    """Tasks of the own agency, whichever is due first."""
    start = place(after, str)
    named = tip is not None or investigation is not None
    found = list_tasks(
        at.caller,
        at.store,
        which=which,
        subject=Subject(tip=tip, investigation=investigation) if named else None,
        reads=at.reads,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    following = None if found.next_after is None else cursor(found.next_after)
    return page(TaskPage, found.items, at, query=TASKS.name, next_after=following)


@router.post("/tasks", status_code=HTTPStatus.CREATED, tags=["tasks"])
def give_one_task(at: AtOnce, wanted: GiveTask) -> TaskAnswer:
    """Give somebody of your agency something to do about a tip or an investigation."""
    new = NewTask(
        subject=Subject(tip=wanted.tip, investigation=wanted.investigation),
        kind=wanted.kind,
        text=wanted.text,
        due_us=to_us(wanted.due_at),
        person=wanted.person,
        unit=wanted.unit,
    )
    row = give_task(at.caller, at.store, new=new)
    at.tag(row.version)
    return one(TaskAnswer, view_of(row, at.caller), at, query=TASKS.name)


@router.get("/tasks/{task}", tags=["tasks"])
def task(at: At, task: Ref) -> TaskStoryAnswer:
    """A task and its steps."""
    found = show_task(at.caller, at.store, key=task, reads=at.reads)
    at.tag(found.task.version)
    return some(
        TaskStoryAnswer, at, query=TASKS.name, task=wire(found.task), steps=wire(found.steps)
    )


@router.post("/tasks/{task}/steps", tags=["tasks"])
def step_one_task(at: AtOnce, task: Ref, expected: Expected, wanted: StepTask) -> TaskAnswer:
    """Finish, postpone, hand on or call off a task, from the version that you looked at."""
    change = TaskChange(
        step=wanted.step,
        why=wanted.why,
        person=wanted.person,
        unit=wanted.unit,
        due_us=micro(wanted.due_at),
    )
    row = step_task(at.caller, at.store, key=task, expected=expected, change=change)
    at.tag(row.version)
    return one(TaskAnswer, view_of(row, at.caller), at, query=TASKS.name)


@router.get("/notes", tags=["notes"])
def notes(
    at: At,
    *,
    tip: OfTip = None,
    investigation: OfCase = None,
    after: After = "",
    limit: PageLimit = 50,
) -> NotePage:
    """What colleagues wrote about a tip or an investigation. It is no evidence."""
    start = place(after, str)
    found = read_notes(
        at.caller,
        at.store,
        subject=Subject(tip=tip, investigation=investigation),
        reads=at.reads,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    following = None if found.next_after is None else cursor(found.next_after)
    return page(NotePage, found.items, at, query=OF_SUBJECT.name, next_after=following)


@router.post("/notes", status_code=HTTPStatus.CREATED, tags=["notes"])
def write_one_note(at: AtOnce, wanted: WriteNote) -> NoteAnswer:
    """Write a note; a correction is a new note that names the old one."""
    found = write_note(
        at.caller,
        at.store,
        subject=Subject(tip=wanted.tip, investigation=wanted.investigation),
        text=wanted.text,
        corrects=wanted.corrects,
    )
    return one(NoteAnswer, found, at, query=OF_SUBJECT.name)
