"""`crosstip bench near`: how long it takes to find near PDQs among very many."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from crosstip.commands.bars import bars
from crosstip.commands.engines import Engine
from crosstip.commands.wording import Json
from crosstip.output import print_json, print_table
from crosstip.session import sentences


def near(
    *,
    engine: Annotated[Engine, typer.Option(help="Which engine to measure.")] = Engine.EMBEDDED,
    hashes: Annotated[int, typer.Option(min=1, help="PDQs in the index.")] = 1_000_000,
    asked: Annotated[int, typer.Option(min=1, help="How many are asked for.")] = 100,
    seed: Annotated[int, typer.Option(help="Seed of the hashes.")] = 1,
    folder: Annotated[
        Path | None, typer.Option(help="Where to work; a folder for temporary files when not set.")
    ] = None,
    json: Json = False,
) -> None:
    """Measure how long near hashes take, and whether each planted one is found."""
    # Here: it takes half a second to load, which no other command should wait for.
    from bench.near import measure_near

    with (
        sentences(),
        tempfile.TemporaryDirectory(prefix="crosstip-bench-", dir=folder) as made,
        bars() as show,
    ):
        found = measure_near(
            engine.value, Path(made), hashes=hashes, asked=asked, seed=seed, progress=show
        )
    if json:
        print_json(found)
        return
    print_table(
        f"{found.hashes:,} PDQs on {found.engine}, ms",
        ("asked", "planted ones found", "p50", "p95"),
        [(found.asked, found.found, f"{found.near.p50:.0f}", f"{found.near.p95:.0f}")],
    )
