"""`crosstip bench caseload`: all supervisors' figures, at one size and at twice that."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bench.stores import EMBEDDED, NEO4J
from crosstip.commands.bars import bars
from crosstip.commands.wording import Json
from crosstip.output import print_json, print_table, say
from crosstip.session import sentences

if TYPE_CHECKING:
    from bench.caseload.measuring import CaseloadTimes

_ENGINES = [EMBEDDED, NEO4J]


def caseload(
    *,
    tips: Annotated[int, typer.Option(min=200, help="Tips of one agency.")] = 100_000,
    engine: Annotated[list[str], typer.Option(help="Engine; give several times.")] = _ENGINES,
    folder: Annotated[
        Path | None, typer.Option(help="Where to work; a folder for temporary files when not set.")
    ] = None,
    json: Json = False,
) -> None:
    """Measure all caseload figures for 200 people, at half the tips and at all of them."""
    # Here: it loads what no other command should wait for.
    from bench.caseload.measuring import measure_caseload

    found: list[CaseloadTimes] = []
    with (
        sentences(),
        tempfile.TemporaryDirectory(prefix="crosstip-bench-", dir=folder) as made,
        bars() as show,
    ):
        for name in engine:
            place = Path(made) / name
            place.mkdir()
            found.append(measure_caseload(name, place, tips=tips, progress=show))
    if json:
        print_json(found)
        return
    for times in found:
        _print(times)


def _print(times: CaseloadTimes) -> None:
    rows = [(each.name, f"{each.at_n:.0f}", f"{each.at_2n:.0f}") for each in times.each]
    rows += [("all of them at once", f"{times.all_at_n:.0f}", f"{times.all_at_2n:.0f}")]
    rows += [("a page of 200 rows", "", f"{times.rows_at_2n:.0f}")]
    title = f"Caseload, {times.engine}, {times.people} people; milliseconds, medians"
    print_table(title, ("figure", f"{times.tips // 2:,} tips", f"{times.tips:,} tips"), rows)
    say(f"Twice the tips take {times.ratio:.2f} times as long; 2 is linear.")
