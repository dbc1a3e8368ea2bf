"""`crosstip bench chance`: is it right how many links of strangers are expected?"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bench.links.variants import BASE, SEEDS, VARIANTS
from crosstip.commands.bars import bars
from crosstip.commands.wording import Json
from crosstip.output import print_json, print_table
from crosstip.session import sentences
from graph.scoring.weights import shipped_weights

if TYPE_CHECKING:
    from bench.links.chance import ChanceFigures

_AS_ASSUMED = [BASE.name]
_COLUMNS = (
    "at least",
    "pairs",
    "of strangers",
    "expected",
    "by several reasons",
    "the same, shuffled",
)


def chance(
    *,
    tips: Annotated[int, typer.Option(min=1, help="Size of the worlds.")] = 10_000,
    seed: Annotated[int, typer.Option(help="Seed of the worlds.")] = SEEDS[0],
    shares: Annotated[
        list[str], typer.Option(help="Worlds with these shares; give several times.")
    ] = _AS_ASSUMED,
    folder: Annotated[
        Path | None, typer.Option(help="Where to work; a folder for temporary files when not set.")
    ] = None,
    json: Json = False,
) -> None:
    """Measure the chance estimate beside what is true, and beside shuffled data."""
    # Here: it takes half a second to load, which no other command should wait for.
    from bench.links.chance import measure_chance

    found: list[ChanceFigures] = []
    with (
        sentences(),
        tempfile.TemporaryDirectory(prefix="crosstip-bench-", dir=folder) as made,
        bars() as show,
    ):
        for name in shares:
            variant = VARIANTS.get(name)
            if variant is None:
                raise typer.BadParameter(f"{name} is none of {', '.join(VARIANTS)}.")
            found.append(
                measure_chance(
                    Path(made),
                    shipped_weights(),
                    seed=seed,
                    tips=tips,
                    variant=variant,
                    progress=show,
                )
            )
    if json:
        print_json(found)
        return
    for corpus in found:
        _print(corpus)


def _print(corpus: ChanceFigures) -> None:
    print_table(
        f"{corpus.tips:,} tips, seed {corpus.seed}, shares {corpus.variant}: {corpus.share:.3f} of "
        f"the pairs are of one person, {corpus.share_estimated:.3f} estimated",
        _COLUMNS,
        [
            (
                each.grade,
                each.pairs,
                each.strangers,
                f"{each.expected:.1f}",
                each.together,
                each.together_shuffled,
            )
            for each in corpus.grades
        ],
    )
