"""Commands about whom tips are given to, and what is kept of an agency's people."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import Json, banner, minute
from crosstip.identity import As, Day, day_us, desk
from crosstip.output import complain, print_json, print_table, say
from crosstip.session import tip_key
from graph.assignment.proposing import why as reasons_of
from graph.assignment.staff import RecordKind, Subject
from graph.queries.assignments import StaffRow
from graph.services.assignment_staff import (
    NewRecord,
    declare_conflict,
    end_record,
    keep_record,
    list_staff,
)
from graph.services.assignment_steps import Given, assign_tips, candidates

assign_app = typer.Typer(
    help="Whom tips are given to: people and units, with what bears on it.", no_args_is_help=True
)
_Why = Annotated[str, typer.Option(help="Reason.")]
_LEFT = 5
"""Exit code where some tips were left as they were."""


@assign_app.command("candidates")
def show_candidates(
    tip: Annotated[str, typer.Argument(help="Tip number.")],
    *,
    skill: Annotated[list[str] | None, typer.Option(help="A skill that is asked for.")] = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Show everybody whom a tip may be given to, in the order in which they are proposed."""
    with desk(user) as at:
        found = candidates(
            at.caller, at.store, tip=tip_key(tip), skills=skill or (), reads=at.reads
        )
        synthetic = at.synthetic
    if json:
        print_json(found)
        return
    banner(synthetic=synthetic)
    for one in found:
        load = ", ".join(f"{each.total} {each.priority}" for each in one.load) or "nothing"
        oldest = "" if one.oldest_us is None else f"; oldest held since {minute(one.oldest_us)}"
        say(f"{one.key}  {'unit of ' + ', '.join(one.members) if one.is_unit else one.name}")
        say(f"    carries {load}{oldest}")
        say(f"    {'; '.join(reasons_of(one))}")
        if len(one.skills) > 0:
            say(f"    skills: {', '.join(one.skills)}")
        if one.away_until_us is not None:
            say(f"    away until {minute(one.away_until_us)}")
        for text in one.relations:
            say(f"    relation, for you to weigh: {text}")
    say("Nothing was assigned: `crosstip assign give`.")


@assign_app.command("give")
def give(
    assignee: Annotated[str, typer.Argument(help="User or unit, see `candidates`.")],
    tips: Annotated[list[str], typer.Argument(help="Tips, each as NUMBER@VERSION.")],
    *,
    why: _Why,
    override: Annotated[
        str | None, typer.Option(help="Supervisors: why, over a conflict of interest.")
    ] = None,
    user: As = None,
    json: Json = False,
) -> None:
    """Give tips to somebody. One that was moved meanwhile is left as it was, and said."""
    with desk(user) as at:
        wanted = [_given(text) for text in tips]
        done = assign_tips(
            at.caller, at.store, tips=wanted, assignee=assignee, why=why, override=override
        )
    if json:
        print_json(done)
    for row in done:
        if row.is_done and not json:
            say(f"{row.tip} is {row.said} now; version {row.version}.")
        elif not row.is_done:
            complain(f"{row.tip} was left: {row.said}")
    if not all(row.is_done for row in done):
        raise typer.Exit(_LEFT)


@assign_app.command()
def staff(*, user: As = None, json: Json = False) -> None:
    """List what counts of your agency's people: skills, absences, conflicts of interest."""
    with desk(user) as at:
        rows = list_staff(at.caller, at.store, reads=at.reads)
        synthetic = at.synthetic
    if json:
        print_json(rows)
        return
    banner(synthetic=synthetic)
    print_table(
        "What is kept",
        ("kind", "whose", "what", "from", "until", "reason", "by", "key"),
        [
            (
                row.kind,
                row.user or "-",
                " ".join(text for text in (row.about, row.subject) if text is not None) or "-",
                minute(row.from_us),
                minute(row.until_us),
                row.why or "-",
                row.entered_by,
                row.key,
            )
            for row in rows
        ],
    )


@assign_app.command()
def skill(
    name: Annotated[str, typer.Argument(help="Name of the skill.")],
    *,
    of: Annotated[str | None, typer.Option(help="User who has it; else it joins the list.")] = None,
    user: As = None,
) -> None:
    """Put a skill on your agency's list, or say that somebody has one of the list."""
    kind = RecordKind.LISTED if of is None else RecordKind.SKILL
    _keep(NewRecord(kind=kind, user=of, subject=name), user)


@assign_app.command()
def absence(
    of: Annotated[str, typer.Argument(help="User who is away.")],
    *,
    since: Day,
    until: Day,
    why: Annotated[str | None, typer.Option(help="Reason.")] = None,
    user: As = None,
) -> None:
    """Say that somebody is away."""
    new = NewRecord(
        kind=RecordKind.ABSENCE, user=of, from_us=day_us(since), until_us=day_us(until), why=why
    )
    _keep(new, user)


@assign_app.command()
def conflict(
    about: Annotated[Subject, typer.Argument(help="With what.")],
    subject: Annotated[str, typer.Argument(help="Tip number, reference, or the relation.")],
    *,
    why: _Why,
    of: Annotated[str | None, typer.Option(help="Supervisors: whose; else your own.")] = None,
    user: As = None,
) -> None:
    """Declare a conflict of interest: of your own, or as a supervisor of somebody's."""
    what = tip_key(subject) if about is Subject.TIP else subject
    if of is not None:
        kind = RecordKind.CONFLICT
        _keep(NewRecord(kind=kind, user=of, about=about, subject=what, why=why), user)
        return
    with desk(user) as at:
        row = declare_conflict(at.caller, at.store, about=about, subject=what, why=why)
    _say(row)


@assign_app.command()
def end(
    key: Annotated[str, typer.Argument(help="What is kept, see `staff`.")],
    *,
    why: _Why,
    user: As = None,
) -> None:
    """End something that is kept; it stays on record."""
    with desk(user) as at:
        row = end_record(at.caller, at.store, key=key, why=why)
    say(f"Ended: {row.kind} {row.key}.")


def _keep(new: NewRecord, user: str | None) -> None:
    with desk(user) as at:
        row = keep_record(at.caller, at.store, new=new)
    _say(row)


def _say(row: StaffRow) -> None:
    say(f"Kept as {row.key}: {row.kind}{'' if row.user is None else f' of {row.user}'}.")


def _given(text: str) -> Given:
    number, _, version = text.rpartition("@")
    if number == "" or not version.isdecimal():
        raise typer.BadParameter(f"{text} is no NUMBER@VERSION, such as 198000001@0.")
    return Given(tip=tip_key(number), version=int(version))
