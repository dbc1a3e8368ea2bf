"""`crosstip bench load`: an API under load that comes at a constant rate."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crosstip.commands.bars import bars
from crosstip.commands.engines import Engine
from crosstip.commands.wording import Json
from crosstip.output import print_json, print_table, say
from crosstip.session import sentences

if TYPE_CHECKING:
    from bench.load.measuring import LoadFigures
    from bench.load.tally import Tally


def load(
    *,
    tips: Annotated[int, typer.Option(min=2000, help="Tips in the store.")] = 100_000,
    workers: Annotated[int, typer.Option(min=1, max=8, help="Processes of the API.")] = 1,
    limit_ms: Annotated[
        float, typer.Option(min=1, help="What the 99th percentile stays under at capacity.")
    ] = 1000.0,
    half_s: Annotated[float, typer.Option(min=1, help="Seconds at half the capacity.")] = 60.0,
    over_s: Annotated[float, typer.Option(min=1, help="Seconds at five times it.")] = 30.0,
    step_s: Annotated[float, typer.Option(min=1, help="Seconds at each rate tried.")] = 10.0,
    seed: Annotated[int, typer.Option(help="Seed of the world and of what is asked.")] = 7,
    engine: Annotated[Engine, typer.Option(help="Which engine to measure.")] = Engine.EMBEDDED,
    folder: Annotated[
        Path | None, typer.Option(help="Where to work; a folder for temporary files when not set.")
    ] = None,
    json: Json = False,
) -> None:
    """Measure how much the API bears, how it is at half of that and at five times, and after."""
    # Here: it loads what no other command should wait for.
    from bench.load.measuring import Lengths, measure_load

    with (
        sentences(),
        tempfile.TemporaryDirectory(prefix="crosstip-bench-", dir=folder) as made,
        bars() as show,
    ):
        figures = measure_load(
            engine.value,
            Path(made),
            tips=tips,
            workers=workers,
            limit_ms=limit_ms,
            seed=seed,
            lengths=Lengths(step_s=step_s, half_s=half_s, over_s=over_s),
            progress=show,
        )
    if json:
        print_json(figures)
    else:
        _print(figures)


def _print(figures: LoadFigures) -> None:
    machine = figures.machine
    say(
        f"{figures.tips:,} tips on {figures.engine}, {figures.workers} process(es) of the API, "
        f"{machine.processors} processors, load {machine.load_before:.1f} before and "
        f"{machine.load_after:.1f} after. Capacity: {figures.capacity:.0f} requests a second "
        f"(the most of which 99 in 100 took under {figures.limit_ms:.0f} ms, none refused)."
    )
    columns = ("what", "rate/s", "sent", "admitted", "refused", "failed", "p50 ms", "p99 ms",
               "worst ms", "sent late p99 ms")  # fmt: skip
    rows = [_row("tried", step) for step in figures.steps]
    rows.append(_row("half", figures.half))
    rows.append(_row("half, bare routes", figures.half_bare))
    rows.append(_row("five times", figures.over))
    print_table("Load at a constant rate", columns, rows)
    print_table(
        "At half the capacity, beside bare routes",
        ("kind", "p50 ms", "p99 ms", "bare p50 ms", "bare p99 ms", "ratio of p99"),
        [
            (k.kind, f"{k.p50_ms:.1f}", f"{k.p99_ms:.1f}", f"{k.bare_p50_ms:.1f}",
             f"{k.bare_p99_ms:.1f}", f"{k.ratio:.1f}")
            for k in figures.kinds
        ],
    )  # fmt: skip
    say(
        f"Memory of the API {figures.memory_mib:.0f} MiB before, {figures.memory_over_mib:.0f} MiB "
        f"at most at five times the capacity; as before after {figures.back_s:.1f} s. Checks "
        "leave at full multiples of 250 ms, so that their time tells nothing; the bare one does "
        "not."
    )


def _row(what: str, tally: Tally) -> tuple[object, ...]:
    return (
        what, f"{tally.rate:.0f}", tally.sent, tally.admitted, tally.refused, tally.failed,
        f"{tally.p50_ms:.1f}", f"{tally.p99_ms:.1f}", f"{tally.worst_ms:.0f}",
        f"{tally.late_p99_ms:.1f}",
    )  # fmt: skip
