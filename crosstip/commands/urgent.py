"""Commands about urgent tips: which wait for somebody, acknowledging one, and the clocks."""

from __future__ import annotations

from typing import Annotated

import typer

from crosstip.commands.wording import Json, banner, minute
from crosstip.identity import As, desk
from crosstip.output import print_json, say
from crosstip.session import tip_key
from graph.queries.urgent import MOST, ClocksRow
from graph.services.upkeep import run_urgent_escalation
from graph.services.urgent_tips import (
    NewClocks,
    UrgentLine,
    acknowledge_urgent,
    list_urgent,
    set_clocks,
    show_clocks,
)

clocks_app = typer.Typer(
    help="How long urgent tips wait until further people are told.", no_args_is_help=True
)
_MINUTE_S, _HOUR_S = 60, 3600


def add_urgent(app: typer.Typer) -> None:
    """Give the commands of the queue those about urgent tips."""
    app.command("urgent")(list_waiting)
    app.command("acknowledge")(acknowledge)
    app.command("escalate")(escalate)
    app.add_typer(clocks_app, name="clocks")


def list_waiting(
    *,
    after: Annotated[str, typer.Option(help="Where the page before ended.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="How many.")] = 50,
    user: As = None,
    json: Json = False,
) -> None:
    """List urgent tips that nobody acknowledged, whoever waits longest first."""
    with desk(user) as at:
        page = list_urgent(at.caller, at.store, reads=at.reads, after=after, limit=limit)
        synthetic = at.synthetic
    if json:
        print_json(page)
        return
    banner(synthetic=synthetic)
    if len(page.lines) == 0:
        say("No urgent tip of your agency waits to be acknowledged.")
        return
    for line in page.lines:
        for text in _texts(line):
            say(text)
    if page.next_after is not None:
        say(f"There are more: --after '{page.next_after}'")


def acknowledge(
    tip: Annotated[str, typer.Argument(help="Tip number.")], *, user: As = None
) -> None:
    """Say that you have seen an urgent tip. Of two people at once one does."""
    with desk(user) as at:
        done = acknowledge_urgent(at.caller, at.store, tip=tip_key(tip))
    say(f"{done.tip} is acknowledged by {done.by}, after {_span(done.waited_s)}. It is nobody's")
    say(f"until somebody takes it: crosstip queue take {done.tip}")


def escalate(*, user: As = None) -> None:
    """Tell further people of urgent tips that nobody acknowledged in time."""
    with desk(user) as at:
        total = run_urgent_escalation(at.caller, at.store)
    say(f"{total} urgent tips brought before further people.")


@clocks_app.command("show")
def show_one(*, user: As = None, json: Json = False) -> None:
    """Show your agency's clocks for urgent tips."""
    with desk(user) as at:
        row = show_clocks(at.caller, at.store, reads=at.reads)
    if json:
        print_json(row)
        return
    _say_clocks(row)


@clocks_app.command("set")
def set_all(
    *,
    supervisors: Annotated[int, typer.Option(help="Minutes until supervisors are told again.")],
    administrators: Annotated[int, typer.Option(help="Minutes until administrators are told.")],
    unit: Annotated[
        str | None, typer.Option(help="Unit that is on duty [default: all who work on tips].")
    ] = None,
    version: Annotated[int, typer.Option(help="Version that you looked at, see `show`.")],
    user: As = None,
) -> None:
    """Set the clocks, for tips that come to be urgent from now on."""
    new = NewClocks(
        supervisors_minutes=supervisors, administrators_minutes=administrators, unit=unit
    )
    with desk(user) as at:
        row = set_clocks(at.caller, at.store, expected=version, new=new)
    _say_clocks(row)


def _texts(line: UrgentLine) -> tuple[str, ...]:
    stands = "" if line.state is None else f"  {line.state}, {_whose(line.owner)}"
    then = "all were told" if line.next_us is None else f"further people at {minute(line.next_us)}"
    return (
        f"{line.tip}  URGENT, UNACKNOWLEDGED for {_span(line.age_s)}{stands}",
        f"    since {minute(line.at_us)}; told: {line.told}; {then}",
        *(f"    {reason}" for reason in line.reasons),
    )


def _whose(owner: str | None) -> str:
    return "nobody's" if owner is None else f"{owner}'s"


def _span(seconds: int) -> str:
    if seconds < _MINUTE_S:
        return f"{seconds} s"
    if seconds < _HOUR_S:
        return f"{seconds // _MINUTE_S} min"
    return f"{seconds // _HOUR_S} h {seconds % _HOUR_S // _MINUTE_S} min"


def _say_clocks(row: ClocksRow) -> None:
    duty = "everybody who works on tips" if row.unit is None else f"the unit {row.unit}"
    say(f"Told at once: {duty}, and all supervisors.")
    say(
        f"Unacknowledged, supervisors are told again after {row.supervisors_minutes} min and "
        f"administrators after {row.administrators_minutes} min, day and night; version "
        f"{row.version or 0}."
    )
