"""Tasks, notes, assistance and clocks as columns and lines. Pure, from the API's answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from client.resources.assistance import (
    AssistanceRequest,
    HelpPreview,
    HelpReceipt,
    HelpShown,
)
from client.resources.notes import Note
from client.resources.provider_requests import ProviderRequest, RunningOut
from client.resources.tasks import DeskStep, Task
from dashboard.components.csv_file import Columns
from dashboard.desk.times import clock
from dashboard.desk.tip_numbers import tip_key
from dashboard.wording import joined, one_line, visible

_OPEN_HELP = frozenset({"asked", "accepted", "delivered"})


@dataclass(frozen=True, slots=True)
class About:
    """What something on the desk is about: a tip or an investigation."""

    tip: str | None
    investigation: str | None


def about(typed_tip: str, typed_case: str) -> About | None:
    """Give what was typed; None where it is neither or both."""
    tip, case = tip_key(typed_tip), typed_case.strip()
    if (tip == "") == (case == ""):
        return None
    return About(tip or None, case or None)


def at_utc(day: date | None, at: time | None) -> datetime | None:
    """Give a day and a time of UTC as one; with no time the end of the day's 23rd hour, 23:59."""
    if day is None:
        return None
    return datetime.combine(day, at or time(23, 59), tzinfo=UTC)


def subject(tip: str | None, investigation: str | None) -> str:
    """Give in words what something is about."""
    return visible(tip) if tip is not None else f"investigation {visible(investigation)}"


def whose(task: Task) -> str:
    """Give whose a task is."""
    return visible(task.person) if task.person is not None else f"unit {visible(task.unit)}"


def overdue_first(tasks: Sequence[Task]) -> list[Task]:
    """Give overdue tasks first, then open ones, then the rest, each in the order given."""
    return sorted(tasks, key=lambda task: (not task.is_overdue, task.stage != "open"))


def task_due(task: Task, *, as_of: str) -> str:
    """Say until when a task is, and for how long it is overdue; of a done one that it is."""
    if task.stage != "open":
        return visible(task.stage)
    return clock(task.due_at, done=None, as_of=as_of)


def task_columns(tasks: Sequence[Task], *, as_of: str) -> Columns:
    """Give tasks in the order given."""
    return {
        "Due": [task_due(task, as_of=as_of) for task in tasks],
        "Due (UTC)": [task.due_at for task in tasks],
        "What": [visible(task.text) for task in tasks],
        "Kind": [task.kind for task in tasks],
        "About": [subject(task.tip, task.investigation) for task in tasks],
        "Whose": [whose(task) for task in tasks],
        "Stands": [task.stage for task in tasks],
        "Given by": [visible(task.given_by) for task in tasks],
        "Given (UTC)": [task.given_at for task in tasks],
        "Reason of the last step": [visible(task.why) for task in tasks],
        "Name": [visible(task.ref) for task in tasks],
    }


def task_line(task: Task) -> str:
    """Give a task on one line of a box."""
    mark = "OVERDUE: " if task.is_overdue else ""
    return one_line(f"{mark}{task.text} ({subject(task.tip, task.investigation)})", limit=100)


def step_columns(steps: Sequence[DeskStep]) -> Columns:
    """Give the steps of a task or a request to a provider."""
    return {
        "No.": [step.number for step in steps],
        "Step": [step.step for step in steps],
        "Time (UTC)": [step.at for step in steps],
        "Made by": [visible(step.made_by) for step in steps],
        "From": [step.from_stage for step in steps],
        "To": [step.to_stage for step in steps],
        "Reason": [visible(step.why) for step in steps],
    }


def note_columns(notes: Sequence[Note]) -> Columns:
    """Give notes, each with its label: it is no evidence."""
    return {
        "What it is": [visible(note.label) for note in notes],
        "Text": [visible(note.text) for note in notes],
        "Written by": [visible(note.written_by) for note in notes],
        "Written (UTC)": [note.written_at for note in notes],
        "Corrects": [visible(note.corrects) for note in notes],
        "Corrected by": [joined(note.corrected_by) for note in notes],
        "Name": [visible(note.ref) for note in notes],
    }


def help_columns(rows: Sequence[AssistanceRequest], *, as_of: str) -> Columns:
    """Give requests for assistance, what waits first as the API gives them."""
    return {
        "Stands": [row.stage for row in rows],
        "Due": [
            clock(row.due_at, done=None, as_of=as_of) if row.stage in _OPEN_HELP else ""
            for row in rows
        ],
        "Kind": [row.kind for row in rows],
        "What is needed": [visible(row.shown.needed) for row in rows],
        "Asked by agency": [visible(row.asker) for row in rows],
        "Asked of": [visible(row.helper) for row in rows],
        "Asker's reference": [visible(row.shown.reference) for row in rows],
        "Asked (UTC)": [row.asked_at for row in rows],
        "Asked by": [visible(row.asked_by) for row in rows],
        "Last step by": [visible(row.moved_by) for row in rows],
        "Reason": [visible(row.why) for row in rows],
        "Name": [visible(row.ref) for row in rows],
    }


def help_line(row: AssistanceRequest) -> str:
    """Give a request on one line of a box."""
    sides = f"{row.asker} to {row.helper}"
    return one_line(f"{row.kind} {row.shown.reference}, {sides}: {row.stage}", limit=100)


def shown_facts(shown: HelpShown | HelpPreview) -> tuple[tuple[str, str], ...]:
    """Give exactly what the helper reads."""
    return (
        ("From", visible(shown.asker)),
        ("Reference", visible(shown.reference)),
        ("Kind", visible(shown.kind)),
        ("What is needed", visible(shown.needed)),
        ("Whom to call", visible(shown.contact)),
        ("By (UTC)", shown.due_at),
    )


def receipt_columns(rows: Sequence[HelpReceipt]) -> Columns:
    """Give the own side's receipts and whether each holds."""
    return {
        "No.": [row.number for row in rows],
        "Step": [row.step for row in rows],
        "Time (UTC)": [row.at for row in rows],
        "Holds": ["yes" if row.holds else f"NO: {joined(row.faults)}" for row in rows],
        "SHA-256": [row.sha256 for row in rows],
        "Names the one before": [visible(row.prior) for row in rows],
        "Entry of the log": [visible(row.leaf) for row in rows],
        "Text of the receipt": [visible(row.body) for row in rows],
    }


def left_days(row: RunningOut) -> str:
    """Say how many days a clock still has; never more than is known."""
    if row.left_days is None:
        return "not known"
    return "OVER" if row.left_days < 0 else f"{row.left_days} d"


def ends_columns(rows: Sequence[RunningOut]) -> Columns:
    """Give what runs out, the first end first, each with where its time comes from."""
    return {
        "Left": [left_days(row) for row in rows],
        "Ends on": [row.ends_on or "no date" for row in rows],
        "What": [visible(row.kind) for row in rows],
        "Provider": [visible(row.provider) for row in rows],
        "About": [subject(row.tip, row.investigation) for row in rows],
        "Says": [visible(row.says) for row in rows],
        "Where the time comes from": [visible(row.source) for row in rows],
        "Ends (UTC)": [row.ends_at or "" for row in rows],
        "Name": [visible(row.ref) for row in rows],
    }


def request_columns(rows: Sequence[ProviderRequest]) -> Columns:
    """Give requests to providers with their clocks, sources and what to confirm."""
    return {
        "Stands": [row.stage for row in rows],
        "Ends on": [row.ends_on for row in rows],
        "Kind": [row.kind for row in rows],
        "Provider": [visible(row.provider) for row in rows],
        "Reference": [visible(row.reference) for row in rows],
        "Sent on": [row.sent_on for row in rows],
        "Renewed on": [row.renewed_on or "" for row in rows],
        "Answered on": [row.answered_on or "" for row in rows],
        "Says": [visible(row.says) for row in rows],
        "Where the time comes from": [visible(row.source) for row in rows],
        "Days of": [visible(row.zone) for row in rows],
        "Entered by": [visible(row.entered_by) for row in rows],
        "Reason": [visible(row.why) for row in rows],
        "Name": [visible(row.ref) for row in rows],
    }


def end_line(row: RunningOut) -> str:
    """Give something that runs out on one line of a box."""
    what = subject(row.tip, row.investigation)
    return one_line(f"{row.kind} to {row.provider}, {what}: ends {row.ends_on}", limit=100)
