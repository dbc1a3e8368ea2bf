"""Tasks: what they are about, where they stand, and which step leads where; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from graph.casework.deeds import Deed
from graph.casework.keys import part
from graph.desk.moves import NONE, Rule

LONGEST_US = 366 * 24 * 3_600_000_000
"""A task is due within a year."""
_LAST = (1 << 62) - 1


class TaskKind(StrEnum):
    """What is to be done; the text says it in full."""

    CALL = "call"
    INTERVIEW = "interview"
    LOOK_UP = "look-up"
    REVIEW_FILES = "review files"
    LEGAL_PROCESS = "legal process"
    REPORT = "report"
    OTHER = "other"


class TaskStage(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    DONE = "done"
    CALLED_OFF = "called off"


class TaskStep(StrEnum):
    """What may happen to a task."""

    GIVE = "give"
    HAND_ON = "hand on"
    """To somebody else, until the same time."""
    POSTPONE = "postpone"
    FINISH = "finish"
    CALL_OFF = "call off"


_SETTLE = Deed.TASK_SETTLE
TASKS: Mapping[tuple[str, str], Rule] = MappingProxyType(
    {
        (NONE, TaskStep.GIVE): Rule(to=TaskStage.OPEN, deed=Deed.TASK_GIVE, needs_why=False),
        (TaskStage.OPEN, TaskStep.HAND_ON): Rule(to=TaskStage.OPEN, deed=_SETTLE),
        (TaskStage.OPEN, TaskStep.POSTPONE): Rule(to=TaskStage.OPEN, deed=_SETTLE),
        (TaskStage.OPEN, TaskStep.FINISH): Rule(to=TaskStage.DONE, deed=_SETTLE, needs_why=False),
        (TaskStage.OPEN, TaskStep.CALL_OFF): Rule(to=TaskStage.CALLED_OFF, deed=_SETTLE),
    }
)
"""What is not in the table cannot be done."""


def person_place(agency: str, person: str, rest: str = "") -> str:
    """Give the place of a person's task, or with no rest where theirs begin."""
    return f"{part(agency)}|p|{part(person)}|{rest}"


def unit_place(agency: str, unit: str, rest: str = "") -> str:
    """Give the place of a unit's task, or with no rest where its begin."""
    return f"{part(agency)}|u|{part(unit)}|{rest}"


def agency_place(agency: str, rest: str = "") -> str:
    """Give the place of an agency's task, or with no rest where its begin."""
    return f"{part(agency)}|{rest}"


def subject_place(agency: str, subject: str, rest: str = "") -> str:
    """Give the place of what is about a tip or investigation, or where all of it begins."""
    return f"{part(agency)}|{part(subject)}|{rest}"


def order_of(due_us: int, key: str) -> str:
    """Give what orders open tasks: whichever is due first."""
    return f"{due_us:019d}|{key}"


def subject_order(stage: str, due_us: int, moved_us: int, key: str) -> str:
    """Give what orders the tasks of one subject: open ones by due time, then the last done."""
    if stage == TaskStage.OPEN:
        return f"0|{order_of(due_us, key)}"
    return f"1|{_LAST - moved_us:019d}|{key}"
