"""`crosstip bench states`: how well counting finds what strangers share, beside a world's truth."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bench.links.variants import BASE, SEEDS, write_variant
from crosstip.commands.bars import bars
from crosstip.commands.wording import Json
from crosstip.output import print_json, print_table
from crosstip.session import sentences

_SEEDS = list(SEEDS)


def states(
    *,
    tips: Annotated[int, typer.Option(min=1, help="Size of the worlds.")] = 10_000,
    seed: Annotated[list[int], typer.Option(help="Seeds; give several times.")] = _SEEDS,
    folder: Annotated[
        Path | None, typer.Option(help="Where to work; a folder for temporary files when not set.")
    ] = None,
    json: Json = False,
) -> None:
    """Measure which shared values and viral files counting finds in synthetic worlds."""
    # Here: they take half a second to load, which no other command should wait for.
    from bench.links.corpus import read_corpus
    from bench.links.states import StateFigures, measured

    found: dict[int, tuple[StateFigures, ...]] = {}
    with (
        sentences(),
        tempfile.TemporaryDirectory(prefix="crosstip-bench-", dir=folder) as made,
        bars() as show,
    ):
        for number in seed:
            world = Path(made) / f"world-{number}"
            write_variant(world, seed=number, tips=tips, variant=BASE)
            found[number] = measured(read_corpus(world, progress=show))
    if json:
        print_json(found)
        return
    rows = [
        (number, f.state, f.right, f.wrong, f.missed, f.one_person, "; ".join(f.names))
        for number, figures in found.items()
        for f in figures
    ]
    names = ("seed", "state", "right", "wrong", "missed", "of one person", "which")
    print_table(f"States found by counting, {tips:,} tips", names, rows)
