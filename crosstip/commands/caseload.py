"""Commands about the caseload: what waits, how old it is, who carries it, and the rows behind."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from crosstip.commands.wording import Json, banner, minute
from crosstip.identity import As, desk
from crosstip.output import print_json, print_table, say
from graph.caseload.cells import Cell
from graph.caseload.periods import PeriodStep
from graph.casework.deeds import Deed
from graph.clock import from_us
from graph.services.caseload import (
    Caseload,
    Counted,
    caseload_rows,
    own_caseload,
    show_caseload,
)
from graph.services.caseload_asked import Wanted
from graph.services.caseload_rows import PAGE
from graph.services.caseload_table import FIGURES

caseload_app = typer.Typer(
    help="Supervisors' figures: what waits, how old it is, who carries it.", no_args_is_help=True
)
_Zone = Annotated[
    str | None,
    typer.Option(help="Time zone of days and weeks, such as America/Denver; else your agency's."),
]
_Step = Annotated[PeriodStep, typer.Option(help="What the period is cut into.")]
_Back = Annotated[int, typer.Option(min=1, max=400, help="Days or weeks of the period.")]
_DAY_S, _HOUR_S = 86_400, 3600


@caseload_app.command("list")
def list_figures(*, user: As = None, json: Json = False) -> None:
    """List the figures that there are, each with its definition."""
    with desk(user, Deed.CASELOAD_OWN):
        found = [(f.name, f.unit, ", ".join(f.by), f.definition) for f in FIGURES.values()]
    if json:
        print_json(
            [dict(zip(("name", "unit", "by", "definition"), row, strict=True)) for row in found]
        )
        return
    print_table("Caseload figures", ("figure", "counts", "by", "definition"), found)


@caseload_app.command("show")
def show_figures(
    figures: Annotated[list[str] | None, typer.Argument(help="Names; none: all of them.")] = None,
    *,
    zone: _Zone = None,
    step: _Step = PeriodStep.DAY,
    back: _Back = 28,
    shared: Annotated[
        bool, typer.Option("--shared", help="For somebody outside: counts below 5 withheld.")
    ] = False,
    user: As = None,
    json: Json = False,
) -> None:
    """Show figures of your agency, each with its definition, time and zone."""
    wanted = Wanted(zone=zone, step=step, back=back, shared=shared)
    with desk(user) as at:
        found = show_caseload(
            at.caller, at.store, reads=at.reads, names=figures or [], wanted=wanted
        )
        synthetic = at.synthetic
    _print(found, json=json, synthetic=synthetic)


@caseload_app.command()
def mine(*, user: As = None, json: Json = False) -> None:
    """Show how much you have: open tips by class, and the oldest of each."""
    with desk(user) as at:
        found = own_caseload(at.caller, at.store, reads=at.reads)
        synthetic = at.synthetic
    _print(found, json=json, synthetic=synthetic)


@caseload_app.command()
def rows(
    figure: Annotated[str, typer.Argument(help="Name of a figure.")],
    labels: Annotated[
        list[str], typer.Argument(help="Labels of the number, as `show` gives them.")
    ],
    *,
    zone: _Zone = None,
    step: _Step = PeriodStep.DAY,
    back: _Back = 28,
    after: Annotated[str, typer.Option(help="Where the page before ended.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=PAGE, help="How many.")] = 50,
    user: As = None,
    json: Json = False,
) -> None:
    """List the rows behind one number, exactly those that it counts."""
    wanted = Wanted(zone=zone, step=step, back=back)
    with desk(user) as at:
        page = caseload_rows(
            at.caller,
            at.store,
            figure=figure,
            labels=labels,
            reads=at.reads,
            wanted=wanted,
            after=after,
            limit=limit,
        )
        synthetic = at.synthetic
    if json:
        print_json(page)
        return
    banner(synthetic=synthetic)
    print_table(
        f"{figure}: {', '.join(labels)}",
        ("record", "state", "class", "whose", "since or when", "move", "outcome"),
        [
            (
                row.record or "held no longer",
                row.state,
                row.priority or "-",
                row.owner or "nobody's",
                "-" if (at_us := row.at_us or row.since_us) is None else minute(at_us),
                row.move or "-",
                row.outcome or "-",
            )
            for row in page.rows
        ],
    )
    if page.next_after is not None:
        say(f"There are more: --after '{page.next_after}'")


def _print(found: Caseload, *, json: bool, synthetic: bool) -> None:
    if json:
        print_json(found)
        return
    banner(synthetic=synthetic)
    zone = ZoneInfo(found.zone)
    said = "Counts below 5 are withheld: it may be shared." if found.shared else "Not to be shared."
    say(
        f"{found.agency}, as of {_local(found.as_of_us, zone)}; {found.step}s of {found.zone}, "
        f"from {_local(found.begin_us, zone)}. {said}"
    )
    for figure in found.figures:
        _print_figure(figure, stamp=f"{_local(found.as_of_us, zone)}, days of {found.zone}")


def _print_figure(figure: Counted, *, stamp: str) -> None:
    say("")
    said = f"{figure.definition} Left out: {figure.leaves_out} As of {stamp}."
    say(f"{figure.name} ({figure.unit}): {said}")
    if figure.cut_off is not None:
        say(f"  {figure.cut_off}")
    is_timed = any(cell.oldest_us is not None for cell in figure.cells)
    is_part = any(cell.of is not None for cell in figure.cells)
    shown = [cell for cell in figure.cells if cell.value != 0] or list(figure.cells[:1])
    header = [*figure.by, "time" if figure.unit == "seconds" else figure.unit]
    header += (["of"] if is_part else []) + (["oldest since"] if is_timed else [])
    print_table(
        "",
        header,
        [_row(figure, cell, is_part=is_part, is_timed=is_timed) for cell in shown],
    )


def _row(figure: Counted, cell: Cell, *, is_part: bool, is_timed: bool) -> tuple[object, ...]:
    values: list[object] = [*cell.labels, _value(figure, cell)]
    if is_part:
        values.append("-" if cell.of is None else cell.of)
    if is_timed:
        values.append("-" if cell.oldest_us is None else minute(cell.oldest_us))
    return tuple(values)


def _value(figure: Counted, cell: Cell) -> str:
    if cell.shown is not None:
        return cell.shown
    if cell.value is None:
        return "-"
    if figure.unit != "seconds":
        return str(cell.value)
    days, hours = cell.value // _DAY_S, cell.value % _DAY_S / _HOUR_S
    return f"{days} d {hours:.1f} h"


def _local(us: int, zone: ZoneInfo) -> str:
    local: datetime = from_us(us).astimezone(zone)
    return f"{local:%Y-%m-%d %H:%M %Z}"
