"""The API's tasks: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read

TaskList: TypeAlias = Literal["mine", "unit", "overdue", "agency", "subject"]


class Task(Part):
    """A task."""

    ref: str
    tip: str | None
    investigation: str | None
    kind: str
    text: str
    person: str | None
    unit: str | None
    due_at: str
    is_overdue: bool
    stage: str
    given_at: str
    given_by: str
    moved_at: str
    moved_by: str
    why: str | None
    version: int


class TaskPage(Answer):
    """Tasks, whichever is due first."""

    items: tuple[Task, ...]
    next_after: str | None


TaskKind: TypeAlias = Literal[
    "call", "interview", "look-up", "review files", "legal process", "report", "other"
]


class GiveTask(Asked):
    """A task, for a person or for a unit of the own agency."""

    tip: str | None = None
    investigation: str | None = None
    kind: TaskKind
    text: str
    due_at: datetime
    person: str | None = None
    unit: str | None = None


class TaskAnswer(Answer):
    """A task."""

    ref: str
    tip: str | None
    investigation: str | None
    kind: str
    text: str
    person: str | None
    unit: str | None
    due_at: str
    is_overdue: bool
    stage: str
    given_at: str
    given_by: str
    moved_at: str
    moved_by: str
    why: str | None
    version: int


class DeskStep(Part):
    """The record of one step."""

    number: int
    step: str
    from_stage: str
    to_stage: str
    at: str
    made_by: str
    why: str | None


class TaskStoryAnswer(Answer):
    """A task and its steps."""

    task: Task
    steps: tuple[DeskStep, ...]


TaskStep: TypeAlias = Literal["give", "hand on", "postpone", "finish", "call off"]


class StepTask(Asked):
    """A step of a task, and what it needs."""

    step: TaskStep
    why: str | None = None
    person: str | None = None
    unit: str | None = None
    due_at: datetime | None = None


class Tasks(Calls):
    """Calls about tasks."""

    def tasks(
        self,
        *,
        which: TaskList = "mine",
        tip: str | None = None,
        investigation: str | None = None,
        after: str = "",
        limit: int = 50,
    ) -> TaskPage:
        """Tasks of the own agency, whichever is due first."""
        return read(
            self._call(
                "GET",
                "tasks",
                params={
                    "which": which,
                    "tip": tip,
                    "investigation": investigation,
                    "after": after,
                    "limit": limit,
                },
            ),
            TaskPage,
        )

    def give_one_task(self, wanted: GiveTask, *, key: str | None = None) -> TaskAnswer:
        """Give somebody of your agency something to do about a tip or an investigation."""
        return read(self._call("POST", "tasks", body=wanted, key=once(key)), TaskAnswer)

    def task(self, task: str) -> TaskStoryAnswer:
        """A task and its steps."""
        return read(self._call("GET", f"tasks/{part(task)}"), TaskStoryAnswer)

    def step_one_task(
        self, task: str, wanted: StepTask, *, version: int, key: str | None = None
    ) -> TaskAnswer:
        """Finish, postpone, hand on or call off a task, from the version that you looked at."""
        return read(
            self._call(
                "POST", f"tasks/{part(task)}/steps", body=wanted, version=version, key=once(key)
            ),
            TaskAnswer,
        )
