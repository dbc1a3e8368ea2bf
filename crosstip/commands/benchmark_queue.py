"""`crosstip bench queue`: how long a page of the queue takes, at any depth and by any filter."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bench.stores import EMBEDDED, NEO4J
from crosstip.commands.bars import bars
from crosstip.commands.wording import Json
from crosstip.output import print_json, print_table
from crosstip.session import sentences

if TYPE_CHECKING:
    from bench.queue import QueueTimes

_ENGINES = [EMBEDDED, NEO4J]
_COLUMNS = ("engine", "filter", "page", "tips on it", "p50 ms", "p95 ms")


def queue(
    *,
    tips: Annotated[int, typer.Option(min=1000, help="Tips in the queue.")] = 100_000,
    engine: Annotated[list[str], typer.Option(help="Engine; give several times.")] = _ENGINES,
    folder: Annotated[
        Path | None, typer.Option(help="Where to work; a folder for temporary files when not set.")
    ] = None,
    json: Json = False,
) -> None:
    """Measure a page of the queue, at its beginning, middle and end (aim: 200 ms)."""
    # Here: it loads what no other command should wait for.
    from bench.queue import measure_queue

    found: list[QueueTimes] = []
    with (
        sentences(),
        tempfile.TemporaryDirectory(prefix="crosstip-bench-", dir=folder) as made,
        bars() as show,
    ):
        for name in engine:
            place = Path(made) / name
            place.mkdir()
            found += measure_queue(name, place, tips=tips, progress=show)
    if json:
        print_json(found)
        return
    rows = [
        (f.engine, f.filtered, f.depth, f.lines, f"{f.page.p50:.0f}", f"{f.page.p95:.0f}")
        for f in found
    ]
    print_table(f"A page of the queue, {tips:,} tips", _COLUMNS, rows)
