"""`crosstip bench deconflict`: checks and the standing watch beside bare queries."""

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
    from bench.deconflict.measuring import Beside, Figures

_ENGINES = [EMBEDDED, NEO4J]


def deconflict(
    *,
    tips: Annotated[int, typer.Option(min=2000, help="Tips in the store.")] = 100_000,
    investigations: Annotated[int, typer.Option(min=10, help="Investigations.")] = 5000,
    seed: Annotated[int, typer.Option(help="Seed of the world.")] = 7,
    engine: Annotated[list[str], typer.Option(help="Engine; give several times.")] = _ENGINES,
    folder: Annotated[
        Path | None, typer.Option(help="Where to work; a folder for temporary files when not set.")
    ] = None,
    json: Json = False,
) -> None:
    """Measure single checks, a thousand own claims at once, and what the watch adds to intake."""
    # Here: it loads what no other command should wait for.
    from bench.deconflict.measuring import measure_deconflict

    found: list[Figures] = []
    with (
        sentences(),
        tempfile.TemporaryDirectory(prefix="crosstip-bench-", dir=folder) as made,
        bars() as show,
    ):
        for name in engine:
            place = Path(made) / name
            place.mkdir()
            figures = measure_deconflict(
                name, place, tips=tips, investigations=investigations, seed=seed, progress=show
            )
            found.append(figures)
    if json:
        print_json(found)
        return
    rows = [row for figures in found for row in _rows(figures)]
    title = f"Deconfliction, {tips:,} tips, {investigations:,} investigations"
    print_table(title, ("engine", "what", "p50 ms", "p95 ms", "bare p95 ms", "ratio"), rows)


def _rows(figures: Figures) -> list[tuple[object, ...]]:
    own, bare = figures.own_s * 1000, figures.own_bare_s * 1000
    own_row = (figures.engine, "1,000 own claims", f"{own:.0f}", f"{own:.0f}", f"{bare:.0f}")
    share = f"{figures.watch_share:.2f}"
    return [
        _row(figures.engine, "check, hit", figures.hit),
        _row(figures.engine, "check, miss", figures.miss),
        (*own_row, f"{own / bare:.1f}"),
        _row(figures.engine, "watch of a tip that hits", figures.arriving),
        (figures.engine, "intake with watch / without", "", "", "", share),
    ]


def _row(engine: str, what: str, beside: Beside) -> tuple[object, ...]:
    ours, bare = beside.ours, beside.bare
    return (
        engine, what, f"{ours.p50:.1f}", f"{ours.p95:.1f}", f"{bare.p95:.1f}",
        f"{beside.ratio:.1f}",
    )  # fmt: skip
