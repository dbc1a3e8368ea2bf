"""The scoreboard: every system on the same tips in the same run, over seeds, sizes and shares."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from bench.links.board import CorpusFigures, GroupFigures, Scoreboard, SystemFigures
from bench.links.corpus import Corpus, read_corpus
from bench.links.exact import MISP_LIMIT, ExactMatch
from bench.links.groupings import groupings
from bench.links.linker import Decision, Linker
from bench.links.measuring import Measured, figures_of, measure, sample
from bench.links.oracle import Oracle
from bench.links.ours import ours
from bench.links.stored import StoreLinker
from bench.links.variants import BASE, FIT_SEEDS, SEEDS, Variant, write_variant
from bench.progress import Progress, silent
from graph.clock import iso, now_us
from world.truth import WORLD_VERSION

ALL_PAIRS = 20_000
"""Up to so many tips each is asked for its links; of larger corpora a sample is."""
SAMPLE = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to measure."""

    seeds: Sequence[int] = SEEDS
    sizes: Sequence[int] = (10_000,)
    variants: Sequence[Variant] = (BASE,)
    fit_seeds: Sequence[int] = FIT_SEEDS
    """Thresholds are fitted on these, at the same size and the assumed shares."""
    workers: int = 2
    """Processes that read the world."""


@dataclass(slots=True, kw_only=True)
class _Run:
    plan: Plan
    folder: Path
    linkers: Sequence[Linker]
    progress: Progress
    thresholds: dict[tuple[str, int], float] = field(default_factory=dict)
    """By system and size."""

    def fit(self, tips: int) -> None:
        """Choose the thresholds for corpora of this size, on seeds that are not measured."""
        fitted = [each for each in self.linkers if each.decision is Decision.THRESHOLD]
        found: dict[str, list[float]] = {}
        for seed in self.plan.fit_seeds if len(fitted) > 0 else ():
            with self.corpus(seed, tips, BASE) as corpus:
                for linker in fitted:
                    measured = self.measured(linker, corpus, f"fit, seed {seed}")
                    found.setdefault(linker.name, []).append(measured.tally.best_threshold())
        for name, thresholds in found.items():
            self.thresholds[(name, tips)] = float(np.mean(thresholds))

    def measure(self, seed: int, tips: int, variant: Variant) -> CorpusFigures:
        """Measure every system on one corpus."""
        label = f"{tips:,} tips, seed {seed}, {variant.name}"
        systems: list[SystemFigures] = []
        found: dict[str, GroupFigures] | None = None
        with self.corpus(seed, tips, variant) as corpus:
            for linker in self.linkers:
                measured = self.measured(linker, corpus, label)
                threshold = self.thresholds.get((linker.name, tips))
                systems.append(figures_of(linker, measured, threshold=threshold))
                if linker.decision is Decision.MODERATE and measured.tally.keep_edges:
                    found = groupings(corpus, measured.tally.edges())
        return CorpusFigures(
            seed=seed,
            tips=tips,
            variant=variant.name,
            queries=len(queries_of(corpus)),
            true_pairs=corpus.true_pair_count,
            hub_only_pairs=sum(map(len, corpus.hub_only.values())) // 2,
            systems=tuple(systems),
            groupings=found,
        )

    def measured(self, linker: Linker, corpus: Corpus, label: str) -> Measured:
        """Measure one system, saying on which corpus."""
        progress = partial(_labelled, self.progress, label)
        return measure(linker, corpus, queries_of(corpus), progress=progress)

    @contextmanager
    def corpus(self, seed: int, tips: int, variant: Variant) -> Iterator[Corpus]:
        """Write a world and read it; its files go when it has been measured."""
        label = f"{tips:,} tips, seed {seed}, {variant.name}"
        folder = self.folder / f"world-{seed}-{tips}"
        self.progress(f"{label}: writing the world", 0, 0)
        write_variant(folder, seed=seed, tips=tips, variant=variant)
        progress = partial(_labelled, self.progress, label)
        try:
            yield read_corpus(folder, workers=self.plan.workers, progress=progress)
        finally:
            shutil.rmtree(folder)


def queries_of(corpus: Corpus) -> np.ndarray:
    """Give the tips of a corpus that are asked for their links."""
    return sample(corpus, SAMPLE) if corpus.size > ALL_PAIRS else corpus.everyone


def standard_linkers(engines: Sequence[str] = (), *, splink: bool = True) -> tuple[Linker, ...]:
    """Give the systems that are compared; Splink where wanted and there, ours on engines as asked.

    Documents come in in another order on each engine after the first.
    """
    found: list[Linker] = [ExactMatch(most_holders=MISP_LIMIT), ExactMatch(most_holders=None)]
    if splink and find_spec("splink") is not None:
        # Here, as the package may be missing.
        from bench.links.splink_linker import SplinkLinker

        found.append(SplinkLinker())
    stores = [
        StoreLinker(engine=engine, order=place if place > 0 else None)
        for place, engine in enumerate(engines)
    ]
    return (*found, ours(), *stores, Oracle())


def run_scoreboard(
    folder: Path,
    plan: Plan,
    *,
    linkers: Sequence[Linker] | None = None,
    progress: Progress = silent,
) -> Scoreboard:
    """Measure in an empty folder, which holds one world at a time.

    Raises:
        CorpusError: a world cannot be read whole.
        WorldError: a size is too small for a world.
        ValueError: a seed is to be both fitted on and measured.
    """
    if not set(plan.seeds).isdisjoint(plan.fit_seeds):
        raise ValueError("thresholds are fitted on seeds that are not measured: choose others")
    compared = standard_linkers() if linkers is None else tuple(linkers)
    run = _Run(plan=plan, folder=folder, linkers=compared, progress=progress)
    corpora: list[CorpusFigures] = []
    for tips in plan.sizes:
        run.fit(tips)
        corpora += [
            run.measure(seed, tips, variant) for variant in plan.variants for seed in plan.seeds
        ]
    return Scoreboard(
        made=iso(now_us()),
        machine=f"{platform.system()} {platform.machine()}",
        python=sys.version.split()[0],
        world_version=WORLD_VERSION,
        notes={linker.name: linker.note for linker in compared},
        fit_seeds=tuple(plan.fit_seeds),
        corpora=tuple(corpora),
    )


def _labelled(progress: Progress, label: str, doing: str, done: int, total: int) -> None:
    progress(f"{label}: {doing}", done, total)
