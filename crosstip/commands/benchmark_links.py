"""`crosstip bench links`: how good links are, beside what is used today and beside the ceiling."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bench.links.variants import BASE, FIT_SEEDS, SEEDS, VARIANTS
from crosstip.commands.bars import bars
from crosstip.commands.engines import Engine
from crosstip.commands.wording import Json
from crosstip.output import complain, print_json, print_table, say
from crosstip.session import sentences
from graph.clock import iso, now_us
from graph.scoring.weights import DEFAULT_VERSION, shipped_weights, written
from world.generate import smallest_world

if TYPE_CHECKING:
    from bench.links.board import Scoreboard
    from bench.links.scoreboard import Plan
    from bench.links.speed import Speed

_BAD_USE = 2
Shares = StrEnum("Shares", {name.upper().replace(" ", "_"): name for name in VARIANTS})  # type: ignore[misc]
"""Which shares of the world are multiplied."""
_AS_ASSUMED = [Shares(BASE.name)]
_SIZES = [10_000]
_SEEDS = list(SEEDS)
_FIT_SEEDS = list(FIT_SEEDS)


_Page = Annotated[
    Path | None, typer.Option(help="Also write the Markdown page, with the JSON beside it.")
]
_Folder = Annotated[
    Path | None, typer.Option(help="Where to work; a folder for temporary files when not set.")
]


def links(
    *,
    tips: Annotated[
        list[int], typer.Option(min=1, help="Size of the worlds; give several times for several.")
    ] = _SIZES,
    seed: Annotated[
        list[int], typer.Option(help="Seeds to measure; give several times for several.")
    ] = _SEEDS,
    fit_seed: Annotated[
        list[int], typer.Option(help="Seeds on which thresholds are chosen; others than --seed.")
    ] = _FIT_SEEDS,
    shares: Annotated[
        list[Shares], typer.Option(help="Worlds with these shares; give several times.")
    ] = _AS_ASSUMED,
    engine: Annotated[
        list[Engine] | None,
        typer.Option(help="Also ask a store on this engine; give both to compare them."),
    ] = None,
    splink: Annotated[
        bool, typer.Option(help="Measure Splink too; it fails on very small worlds.")
    ] = True,
    page: _Page = None,
    folder: _Folder = None,
    json: Json = False,
) -> None:
    """Measure links: exact rules, Splink, our own and an oracle on the same synthetic tips."""
    _require(tips, seed, fit_seed)
    # Here and below: they take half a second to load, which no other command should wait for.
    from bench.links.scoreboard import Plan

    plan = Plan(
        seeds=seed,
        sizes=tips,
        variants=[VARIANTS[name.value] for name in shares],
        fit_seeds=fit_seed,
    )
    with sentences(), tempfile.TemporaryDirectory(prefix="crosstip-bench-", dir=folder) as made:
        board = _measured(
            Path(made), plan, engines=[each.value for each in engine or ()], splink=splink
        )
    if page is not None:
        _write_page(page, board)
    if json:
        print_json(board)
    else:
        print_board(board)


def _require(tips: Sequence[int], seed: Sequence[int], fit_seed: Sequence[int]) -> None:
    if min(tips) < smallest_world():
        complain(f"crosstip: a world has at least {smallest_world()} tips. Give --tips.")
        raise typer.Exit(_BAD_USE)
    if not set(seed).isdisjoint(fit_seed):
        complain("crosstip: a seed cannot be both fitted on and measured. Change --fit-seed.")
        raise typer.Exit(_BAD_USE)


def weights(
    out: Annotated[Path, typer.Argument(help="File of the new table (TOML).")],
    *,
    version: Annotated[str, typer.Option(help="Its version.")] = DEFAULT_VERSION,
    folder: Annotated[
        Path | None, typer.Option(help="Where to work; a folder for temporary files when not set.")
    ] = None,
) -> None:
    """Estimate a weights table on synthetic worlds that `bench links` never measures."""
    from bench.links.training import train

    with (
        sentences(),
        tempfile.TemporaryDirectory(prefix="crosstip-bench-", dir=folder) as made,
        bars() as show,
    ):
        today = iso(now_us())[:10]
        table = train(Path(made), shipped_weights("1"), version=version, made=today, progress=show)
    out.write_text(written(table), encoding="utf-8")
    say(f"Wrote {out}.")


def link_times(
    *,
    engine: Annotated[Engine, typer.Option(help="Which engine to measure.")] = Engine.EMBEDDED,
    tips: Annotated[int, typer.Option(min=1, help="Size of the synthetic world.")] = 10_000,
    seed: Annotated[int, typer.Option(help="Seed of the world.")] = SEEDS[0],
    crowd: Annotated[
        int, typer.Option(min=0, help="Strangers who come onto one file and one address.")
    ] = 0,
    around: Annotated[
        int, typer.Option(min=0, help="Tips whose groups and chains are measured too.")
    ] = 0,
    folder: Annotated[
        Path | None, typer.Option(help="Where to work; a folder for temporary files when not set.")
    ] = None,
    json: Json = False,
) -> None:
    """Measure how long links take, beside the bare walk over the same tips."""
    from bench.links.speed import measure_speed

    with (
        sentences(),
        tempfile.TemporaryDirectory(prefix="crosstip-bench-", dir=folder) as made,
        bars() as show,
    ):
        speed = measure_speed(
            engine.value,
            Path(made),
            tips=tips,
            seed=seed,
            crowd=crowd,
            around=around,
            progress=show,
        )
    if json:
        print_json(speed)
        return
    _print_speed(speed)


def _print_speed(speed: Speed) -> None:
    measured = [("links of one tip", speed.links), ("the bare walk", speed.two_hops)]
    if speed.around is not None:
        measured.append((f"group of a tip ({speed.around.tips} tips)", speed.around.groups))
        measured.append(("chains to another tip of the same person", speed.around.paths))
    if speed.crowd is not None:
        measured.append((f"links after {speed.crowd.tips:,} strangers", speed.crowd.links))
    rows = [(what, f"{times.p50:.1f}", f"{times.p95:.1f}") for what, times in measured]
    print_table(f"{speed.tips:,} tips on {speed.engine}, ms", ("what", "p50", "p95"), rows)
    say(
        f"Links take {speed.ratio:.1f} times the bare walk (p95). A thousand at once take "
        f"{speed.together_ms:.2f} ms each, {speed.gain:.1f} times faster than one by one."
    )
    if speed.crowd is not None:
        say(
            f"Of {speed.crowd.true_pairs} true pairs {speed.crowd.moved} have another place among "
            f"the links than before the strangers came; {speed.crowd.unexplained} of them are of "
            "a tip none of whose links rested on that file or that address."
        )


def _write_page(page: Path, board: Scoreboard) -> None:
    from bench.links.report import page_of

    page.write_text(page_of(board), encoding="utf-8")
    page.with_suffix(".json").write_text(board.model_dump_json(indent=1), encoding="utf-8")


def _measured(folder: Path, plan: Plan, *, engines: Sequence[str], splink: bool) -> Scoreboard:
    from bench.links.scoreboard import run_scoreboard, standard_linkers

    with bars() as show:
        linkers = standard_linkers(engines, splink=splink)
        return run_scoreboard(folder, plan, linkers=linkers, progress=show)


def print_board(board: Scoreboard) -> None:
    """Print a scoreboard for people."""
    from bench.links.report import (
        COLUMNS,
        agreement_of,
        causes_of,
        groupings_of,
        rows_of,
        title_of,
    )

    for corpus in board.corpora:
        print_table(title_of(corpus), COLUMNS, rows_of(corpus))
        for line in (*causes_of(corpus), *agreement_of(corpus), *groupings_of(corpus)):
            say(line)
    for name, note in board.notes.items():
        say(f"{name}: {note}")
