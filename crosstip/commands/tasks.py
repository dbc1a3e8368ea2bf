"""Commands about tasks and notes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from crosstip.commands.desk_words import (
    OfCase,
    OfTip,
    Version,
    Why,
    print_steps,
    said,
    subject_of,
)
from crosstip.commands.wording import Json, banner, minute
from crosstip.identity import As, desk
from crosstip.output import print_json, say
from graph.clock import to_us
from graph.desk.tasks import TaskKind, TaskStep
from graph.queries.desk_tasks import MOST
from graph.services.desk_notes import LABEL, read_notes, write_note
from graph.services.task_reading import TaskList, TaskView, list_tasks, show_task, view_of
from graph.services.tasks import NewTask, TaskChange, give_task, step_task
from graph.services.upkeep import run_task_clock

task_app = typer.Typer(
    help="What people of your agency are to do, and by when.", no_args_is_help=True
)
note_app = typer.Typer(help="Notes for colleagues. They are no evidence.", no_args_is_help=True)
_Ref = Annotated[str, typer.Argument(help="Name of the task, see `list`.")]
_Person = Annotated[str | None, typer.Option("--for", help="User who is to do it.")]
_Unit = Annotated[str | None, typer.Option("--unit", help="Unit that is to do it.")]
Due = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d"], help="Until when (UTC)."),
]
_After = Annotated[str, typer.Option(help="Where the page before ended.")]
_Limit = Annotated[int, typer.Option(min=1, max=MOST, help="How many.")]


def time_us(text: datetime | None) -> int | None:
    """Give a time that was typed, as UTC."""
    return None if text is None else to_us(text.replace(tzinfo=UTC))


@task_app.command()
def give(
    text: Annotated[str, typer.Argument(help="What is to be done.")],
    *,
    due: Annotated[
        datetime,
        typer.Option(formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d"], help="Until when (UTC)."),
    ],
    kind: Annotated[TaskKind, typer.Option(help="What kind of task.")] = TaskKind.OTHER,
    tip: OfTip = None,
    investigation: OfCase = None,
    person: _Person = None,
    unit: _Unit = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Give a person or a unit something to do about a tip or an investigation."""
    with desk(user) as at:
        new = NewTask(
            subject=subject_of(tip, investigation),
            kind=kind,
            text=text,
            due_us=time_us(due) or 0,
            person=person,
            unit=unit,
        )
        found = view_of(give_task(at.caller, at.store, new=new), at.caller)
    if json:
        print_json(found)
        return
    say(f"Given as {found.ref}, due at {minute(found.due_us)}.")


@task_app.command("list")
def list_all(
    which: Annotated[TaskList, typer.Argument(help="Which list.")] = TaskList.MINE,
    *,
    tip: OfTip = None,
    investigation: OfCase = None,
    after: _After = "",
    limit: _Limit = 50,
    user: As = None,
    json: Json = False,
) -> None:
    """List tasks, whichever is due first: mine, my units', overdue, of the agency, of a subject."""
    named = tip is not None or investigation is not None
    with desk(user) as at:
        page = list_tasks(
            at.caller,
            at.store,
            which=which,
            subject=subject_of(tip, investigation) if named else None,
            reads=at.reads,
            after=after,
            limit=limit,
        )
        synthetic = at.synthetic
    if json:
        print_json(page)
        return
    banner(synthetic=synthetic)
    if len(page.items) == 0:
        say("No task is in this list.")
    for item in page.items:
        say(_line(item))
        say(f"  {item.text}")
    if page.next_after is not None:
        say(f"There are more: --after '{page.next_after}'")


@task_app.command()
def show(ref: _Ref, *, user: As = None, json: Json = False) -> None:
    """Show a task and its steps."""
    with desk(user) as at:
        story = show_task(at.caller, at.store, key=ref, reads=at.reads)
        synthetic = at.synthetic
    if json:
        print_json(story)
        return
    banner(synthetic=synthetic)
    say(_line(story.task))
    say(f"  {story.task.text}")
    say(f"  given by {story.task.given_by}; version {story.task.version}")
    print_steps(story.steps)


@task_app.command()
def step(
    ref: _Ref,
    what: Annotated[TaskStep, typer.Argument(help="Which step.")],
    *,
    version: Version,
    why: Why = None,
    person: _Person = None,
    unit: _Unit = None,
    due: Due = None,
    user: As = None,
) -> None:
    """Finish, postpone (--due), hand on (--for, --unit) or call off a task."""
    change = TaskChange(step=what, why=why, person=person, unit=unit, due_us=time_us(due))
    with desk(user) as at:
        row = step_task(at.caller, at.store, key=ref, expected=version, change=change)
    say(f"The task is {row.stage}, version {row.version}.")


@task_app.command()
def escalate(*, user: As = None) -> None:
    """Tell supervisors of tasks that are overdue."""
    with desk(user) as at:
        total = run_task_clock(at.caller, at.store)
    say(f"{total} overdue tasks told.")


@note_app.command()
def write(
    text: Annotated[str, typer.Argument(help="What you want to say, up to 2,000 characters.")],
    *,
    tip: OfTip = None,
    investigation: OfCase = None,
    corrects: Annotated[str | None, typer.Option(help="Name of a note to correct.")] = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Write a note about a tip or an investigation. It is never overwritten."""
    with desk(user) as at:
        found = write_note(
            at.caller,
            at.store,
            subject=subject_of(tip, investigation),
            text=text,
            corrects=corrects,
        )
    if json:
        print_json(found)
        return
    say(f"Written as {found.ref}. Your agency alone sees it.")


@note_app.command("list")
def list_notes(
    *,
    tip: OfTip = None,
    investigation: OfCase = None,
    after: _After = "",
    limit: _Limit = 50,
    user: As = None,
    json: Json = False,
) -> None:
    """List the notes about a tip or an investigation, oldest first."""
    with desk(user) as at:
        page = read_notes(
            at.caller,
            at.store,
            subject=subject_of(tip, investigation),
            reads=at.reads,
            after=after,
            limit=limit,
        )
        synthetic = at.synthetic
    if json:
        print_json(page)
        return
    banner(synthetic=synthetic)
    say(LABEL)
    for item in page.items:
        of = "" if item.corrects is None else f", corrects {item.corrects}"
        by = "" if len(item.corrected_by) == 0 else f"; CORRECTED by {item.corrected_by[-1]}"
        say(f"{item.ref}  {item.written_by} at {minute(item.written_us)}{of}{by}")
        say(f"  {item.text}")
    if page.next_after is not None:
        say(f"There are more: --after '{page.next_after}'")


def _line(item: TaskView) -> str:
    late = "OVERDUE  " if item.is_overdue else ""
    whose = item.person if item.person is not None else f"unit {item.unit}"
    return (
        f"{item.ref}  {late}{item.kind} on {said(item.tip, item.investigation)}, {item.stage}; "
        f"{whose}, due {minute(item.due_us)}"
    )
