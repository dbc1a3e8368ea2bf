"""Tasks and notes on the wire, and what names a tip or an investigation."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted
from graph.desk.tasks import TaskKind, TaskStep


class OfSubject(Wanted):
    """A tip or an investigation of the own agency: one of both."""

    tip: str | None = Field(default=None, max_length=200, examples=["ncmec:198000001"])
    investigation: str | None = Field(default=None, max_length=200, description="Reference.")


class DeskStep(Part):
    """The record of one step."""

    number: int
    step: str
    from_stage: str
    to_stage: str
    at: str
    made_by: str
    why: str | None


class Task(Part):
    """A task."""

    ref: str
    tip: str | None
    investigation: str | None
    kind: str
    text: str
    person: str | None
    unit: str | None = Field(description="Key of the unit; null: a person is to do it.")
    due_at: str
    is_overdue: bool
    stage: str = Field(description="open, done or called off; `docs/desk.md`.")
    given_at: str
    given_by: str
    moved_at: str
    moved_by: str
    why: str | None
    version: int


class TaskPage(PageAnswer[Task]):
    """Tasks, whichever is due first."""


class TaskAnswer(Answer, Task):
    """A task."""


class TaskStoryAnswer(Answer):
    """A task and its steps."""

    task: Task
    steps: tuple[DeskStep, ...]


class GiveTask(OfSubject):
    """A task, for a person or for a unit of the own agency."""

    kind: TaskKind = Field(examples=["call"])
    text: str = Field(min_length=1, max_length=2000, examples=["Call the reporter."])
    due_at: AwareDatetime
    person: str | None = Field(default=None, max_length=100)
    unit: str | None = Field(default=None, max_length=200, description="Name of a unit.")


class StepTask(Wanted):
    """A step of a task, and what it needs."""

    step: TaskStep = Field(examples=["finish"])
    why: str | None = Field(default=None, max_length=2000)
    person: str | None = Field(default=None, max_length=100)
    unit: str | None = Field(default=None, max_length=200)
    due_at: AwareDatetime | None = None


class Note(Part):
    """A note, which is no evidence."""

    ref: str
    label: str = Field(description="To be shown with it, always.")
    tip: str | None
    investigation: str | None
    text: str
    written_at: str
    written_by: str
    corrects: str | None
    corrected_by: tuple[str, ...]


class NotePage(PageAnswer[Note]):
    """Notes of the own agency, oldest first."""


class NoteAnswer(Answer, Note):
    """A note."""


class WriteNote(OfSubject):
    """A note; it says in words what somebody thinks, and is never overwritten."""

    text: str = Field(min_length=1, max_length=2000)
    corrects: str | None = Field(default=None, max_length=32, description="Name of a note.")
