"""`crosstip bench states`: how well counting finds what strangers share, beside a world's truth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crosstip.commands.bars import bars
from crosstip.commands.wording import Json
from crosstip.output import print_json, print_table
from crosstip.session import sentences


def states(
    worlds: Annotated[
        list[Path],
        typer.Argument(exists=True, file_okay=False, help="Folders that `crosstip world` wrote."),
    ],
    *,
    json: Json = False,
) -> None:
    """Measure which shared values and viral files counting finds in synthetic worlds."""
    from bench.links.corpus import read_corpus
    from bench.links.states import measured

    with sentences(), bars() as show:
        found = {
            str(world): figures
            for world in worlds
            for figures in [measured(read_corpus(world, progress=show))]
        }
    if json:
        print_json(found)
        return
    rows = [
        (world, f.state, f.right, f.wrong, f.missed, f.one_person, "; ".join(f.names))
        for world, figures in found.items()
        for f in figures
    ]
    names = ("world", "state", "right", "wrong", "missed", "of one person", "which")
    print_table("States found by counting", names, rows)
