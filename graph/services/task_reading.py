"""Lists of tasks: the caller's own, their units', the agency's overdue ones, and of one subject."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of
from graph.desk.tasks import TaskStage, agency_place, person_place, subject_place, unit_place
from graph.errors import RowError
from graph.queries.desk_tasks import (
    FOR_WHOM,
    MOST,
    OF_AGENCY,
    OF_SUBJECT,
    TASKS,
    PlacedRow,
    RangeParams,
    RecordKeysParams,
    StepRow,
    TaskRow,
)
from graph.services.acting import About, Seen, look, named
from graph.services.audit_reads import ReadLog
from graph.services.desk_steps import steps_of
from graph.services.desk_subjects import (
    Subject,
    about_subject,
    reference_of,
    subject_key,
    subject_there,
)
from graph.services.tasks import task_there
from graph.store import ReadUnit, Store

_AFTER_BAR = "}"


class TaskList(StrEnum):
    """Which tasks."""

    MINE = "mine"
    UNIT = "unit"
    """Of the units that the caller belongs to, one unit after the other."""
    OVERDUE = "overdue"
    """Of the whole agency, the longest overdue first."""
    AGENCY = "agency"
    """All open ones of the agency."""
    SUBJECT = "subject"
    """Of one tip or investigation, with those that are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """A task, as the agency's people see it."""

    ref: str
    tip: str | None
    investigation: str | None
    kind: str
    text: str
    person: str | None
    unit: str | None
    due_us: int
    is_overdue: bool
    stage: str
    given_us: int
    given_by: str
    moved_us: int
    moved_by: str
    why: str | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPage:
    """A page of tasks."""

    items: tuple[TaskView, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStory:
    """A task and its steps."""

    task: TaskView
    steps: tuple[StepRow, ...]


def list_tasks(
    caller: Caller,
    store: Store,
    *,
    which: TaskList,
    reads: ReadLog,
    subject: Subject | None = None,
    after: str = "",
    limit: int = 50,
) -> TaskPage:
    """Give a page of tasks, whichever is due first; `after` is `next_after` of the page before.

    Raises:
        RightsError: the caller does not work on tips.
        NotFoundError: the agency neither has the tip or investigation, nor tasks about it.
        RowError: the list of a subject names none, or another list names one.
    """
    size = max(1, min(limit, MOST))
    if (subject is None) is (which is TaskList.SUBJECT):
        raise RowError("A tip or an investigation belongs to the list `subject`, and to no other.")
    about = About() if subject is None else about_subject(caller, subject)

    def work(unit: ReadUnit) -> Seen[TaskPage]:
        placed = _placed(unit, caller, which, subject, after, size + 1)
        if subject is not None and len(placed) == 0:
            # What was typed as a reference is in the log only where it is one.
            subject_there(unit, caller, subject, deed=Deed.TASK_READ)
        rows = _rows(unit, caller, placed[:size])
        head = len(agency_place(agency_of(caller)))
        more = placed[size - 1].place[head:] if len(placed) > size else None
        items = tuple(view_of(row, caller) for row in rows)
        return Seen(
            answer=TaskPage(items=items, next_after=more),
            outcome="listed",
            disclosed=tuple(item.ref for item in items),
        )

    return look(caller, store, deed=Deed.TASK_READ, about=about, reads=reads, work=work)


def show_task(caller: Caller, store: Store, *, key: str, reads: ReadLog) -> TaskStory:
    """Give a task of the own agency with its steps.

    Raises:
        RightsError: the caller does not work on tips.
        NotFoundError: the agency has no such task.
    """

    def work(unit: ReadUnit) -> Seen[TaskStory]:
        row = task_there(unit, caller, key)
        story = TaskStory(task=view_of(row, caller), steps=steps_of(unit, key))
        return Seen(answer=story, outcome="shown", disclosed=(row.subject,))

    about = About(object=named(key))
    return look(caller, store, deed=Deed.TASK_READ, about=about, reads=reads, work=work)


def view_of(row: TaskRow, caller: Caller) -> TaskView:
    """Give a task as it stands at the caller's time."""
    subject = reference_of(row.subject)
    return TaskView(
        ref=row.key,
        tip=subject.tip,
        investigation=subject.investigation,
        kind=row.kind,
        text=row.text,
        person=row.person,
        unit=row.unit,
        due_us=row.due_us,
        is_overdue=row.stage == TaskStage.OPEN and row.due_us <= caller.as_of_us,
        stage=row.stage,
        given_us=row.given_us,
        given_by=row.given_by,
        moved_us=row.moved_us,
        moved_by=row.moved_by,
        why=row.why,
        version=row.version or 0,
    )


def _placed(
    unit: ReadUnit,
    caller: Caller,
    which: TaskList,
    subject: Subject | None,
    after: str,
    limit: int,
) -> list[PlacedRow]:
    agency = agency_of(caller)
    begin = f"{agency_place(agency)}{after}" if after != "" else ""
    heads, query = [agency_place(agency)], OF_AGENCY
    if which is TaskList.MINE:
        heads, query = [person_place(agency, caller.user)], FOR_WHOM
    elif which is TaskList.UNIT:
        heads, query = [unit_place(agency, key) for key in sorted(caller.units)], FOR_WHOM
    elif subject is not None:
        heads, query = [subject_place(agency, subject_key(caller, subject))], OF_SUBJECT
    found: list[PlacedRow] = []
    for head in sorted(heads):
        end = f"{head[:-1]}{_AFTER_BAR}"
        if which is TaskList.OVERDUE:
            end = f"{head}{caller.as_of_us + 1:019d}"
        if begin < end and len(found) < limit:
            # Never before the head: what a caller sends as `after` leads out of no list.
            params = RangeParams(after=max(head, begin), end=end, limit=limit - len(found))
            found += unit.read(query, params)
    return found


def _rows(unit: ReadUnit, caller: Caller, placed: list[PlacedRow]) -> list[TaskRow]:
    keys = [row.key for row in placed]
    found = {row.key: row for row in unit.read(TASKS, RecordKeysParams(keys=keys))}
    own = agency_of(caller)
    return [found[key] for key in keys if key in found and found[key].agency == own]
