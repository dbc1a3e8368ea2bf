"""Commands that measure."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bench.figures import IngestFigures, MemoryMark, Spent
from bench.folders import measure_folder
from bench.format_intake import measure_intake
from bench.formats import measure_formats
from bench.ingest import measure_ingest
from crosstip.commands.bars import bars
from crosstip.commands.benchmark_caseload import caseload
from crosstip.commands.benchmark_chance import chance
from crosstip.commands.benchmark_deconflict import deconflict
from crosstip.commands.benchmark_formats import (
    formats,
    machine_words,
    plain_formats,
    plain_intake,
    print_folder,
    print_formats,
    print_intake,
)
from crosstip.commands.benchmark_links import link_times, links, weights
from crosstip.commands.benchmark_load import load
from crosstip.commands.benchmark_near import near
from crosstip.commands.benchmark_queue import queue
from crosstip.commands.benchmark_states import states
from crosstip.commands.engines import Engine
from crosstip.commands.wording import Json
from crosstip.output import as_plain, complain, print_json, print_table, say
from crosstip.session import sentences
from ingest.settings import IntakeSettings
from world.generate import smallest_world

bench_app = typer.Typer(help="Measure this version on this machine.", no_args_is_help=True)
_BAD_USE = 2
_FORMAT_TIPS = 200
"""Tips with which opening and reading of each format is measured."""


@bench_app.callback()
def bench() -> None:
    """Measure this version on this machine."""


bench_app.command()(links)
bench_app.command()(weights)
bench_app.command()(link_times)
bench_app.command()(chance)
bench_app.command()(states)
bench_app.command()(deconflict)
bench_app.command()(load)
bench_app.command()(near)
bench_app.command()(queue)
bench_app.command()(formats)
bench_app.command()(caseload)


@bench_app.command()
def ingest(
    *,
    engine: Annotated[Engine, typer.Option(help="Which engine to measure.")] = Engine.EMBEDDED,
    tips: Annotated[int, typer.Option(min=1, help="Size of the synthetic world.")] = 20_000,
    files: Annotated[
        int | None,
        typer.Option(min=10, help="Instead: a folder of so many files, and the memory on the way."),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(help="Where to work; a folder for temporary files when not set.")
    ] = None,
    json: Json = False,
) -> None:
    """Measure intake: each step apart, the whole, the bare loop beside it, and each format."""
    if tips < smallest_world():
        complain(f"crosstip: a world has at least {smallest_world()} tips. Give --tips.")
        raise typer.Exit(_BAD_USE)
    batch = IntakeSettings().batch_tips
    with (
        sentences(),
        tempfile.TemporaryDirectory(prefix="crosstip-bench-", dir=folder) as made,
        bars() as show,
    ):
        place = Path(made)
        if files is not None:
            many = measure_folder(engine.value, place, files=files, batch_tips=batch, progress=show)
            print_json(as_plain(many)) if json else print_folder(many)
            return
        figures = measure_ingest(engine.value, place, tips=tips, batch_tips=batch, progress=show)
        few = min(tips, _FORMAT_TIPS)
        read = measure_formats(tips=few)
        taken = measure_intake(engine.value, place, tips=few, batch_tips=batch, progress=show)
    if json:
        more = {"formats": plain_formats(read), "intake_of_formats": plain_intake(taken)}
        print_json({**as_plain(figures), **more})
    else:
        print_figures(figures)
        print_formats(read)
        print_intake(taken)


def print_figures(figures: IngestFigures) -> None:
    """Print a measurement of intake for people."""
    whole, machine = figures.whole, figures.machine
    say(
        f"{figures.tips:,} tips in {whole.documents:,} documents on {figures.engine}: "
        f"{sum(whole.sizes.nodes.values()):,} nodes and {sum(whole.sizes.edges.values()):,} edges. "
        f"{machine_words(machine)}"
    )
    print_table(
        "Speed",
        ("what", "tips/s", "documents/s", "rows/s", "s", "CPU s, Python", "CPU s, engine"),
        [
            *(
                (s.name, *_rates(s.tips_per_s, s.documents_per_s, s.rows_per_s), *_spent(s.spent))
                for s in figures.stages
            ),
            (
                "whole pipeline",
                *_rates(whole.tips_per_s, whole.documents_per_s, whole.rows_per_s),
                *_spent(whole.spent),
            ),
            *(
                (
                    f"bare loop, batches of {b.batch_rows:,}",
                    *_rates(b.tips_per_s, None, b.rows_per_s),
                    *_spent(b.spent),
                )
                for b in figures.bare
            ),
        ],
    )
    print_table(
        "Highest memory during the whole pipeline, MiB",
        ("tips in, about", "Python", "engine"),
        [_memory(mark) for mark in whole.memory],
    )
    by_processor = figures.processor_ratio
    say(
        f"The whole pipeline runs at {figures.ratio:.2f} of the best bare loop by the clock"
        + (f", at {by_processor:.2f} by processor time." if by_processor is not None else ".")
    )


def _rates(*rates: float | None) -> tuple[str, ...]:
    return tuple("-" if rate is None else f"{rate:,.0f}" for rate in rates)


def _spent(spent: Spent) -> tuple[str, str, str]:
    engine = "-" if spent.engine_s is None else f"{spent.engine_s:.1f}"
    return (f"{spent.seconds:.1f}", f"{spent.python_s:.1f}", engine)


def _memory(mark: MemoryMark) -> tuple[str, ...]:
    return (f"{mark.tips:,}", *_rates(mark.python_mib, mark.engine_mib))
