"""One system on one corpus."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bench.links.board import (
    GroupFigures,
    Overlaps,
    PairFigures,
    RankFigures,
    SystemFigures,
)
from bench.links.causes import by_cause
from bench.links.clusters import grouping_quality
from bench.links.corpus import Corpus
from bench.links.linker import Decision, Grade, Linker
from bench.links.metrics import Quality
from bench.links.overlaps import overlaps
from bench.links.postings import Ints
from bench.links.tally import STEP, Edges, Tally
from bench.meter import Meter
from bench.progress import Progress

_PROGRESS_EVERY = 100
_SAMPLING_SEED = 4_711


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A system's answers, counted, with what they took."""

    tally: Tally
    seconds: float
    peak_mib: float | None


def sample(corpus: Corpus, most: int) -> Ints:
    """Give every tip, or a random sample of so many in ascending order: the same one each time."""
    if corpus.size <= most:
        return corpus.everyone
    dice = np.random.default_rng(_SAMPLING_SEED)
    return np.sort(dice.choice(corpus.size, size=most, replace=False)).astype(np.int64)


def measure(linker: Linker, corpus: Corpus, queries: Ints, *, progress: Progress) -> Measured:
    """Ask a linker for the links of each query and count what it answers."""
    meter = Meter(os.getpid())
    meter.forget_peak()
    tally = Tally(corpus=corpus, queries=queries, keep_edges=len(queries) == corpus.size)
    # Preparing may take long and says nothing: the bar appears all the same.
    progress(linker.name, 0, len(queries))
    began = time.perf_counter()
    for done, answer in enumerate(linker.answers(corpus, queries), start=1):
        tally.add(answer)
        if done % _PROGRESS_EVERY == 0 or done == len(queries):
            progress(linker.name, done, len(queries))
    seconds = time.perf_counter() - began
    return Measured(tally=tally, seconds=seconds, peak_mib=meter.mark(corpus.size).python_mib)


def figures_of(linker: Linker, measured: Measured, *, threshold: float | None) -> SystemFigures:
    """Give the figures; `threshold` is the one fitted elsewhere, for linkers that need one."""
    tally = measured.tally
    is_link = _rule(linker.decision, threshold)
    graded = linker.decision is Decision.MODERATE
    return SystemFigures(
        name=linker.name,
        decision=linker.decision.value,
        threshold=threshold if linker.decision is Decision.THRESHOLD else None,
        pairs=_pair_figures(_decided(linker.decision, tally, threshold)),
        grades={
            grade.name.lower(): _pair_figures(tally.at_grade(grade))
            for grade in (Grade.STRONG, Grade.MODERATE, Grade.WEAK)
        }
        if graded
        else {},
        best_f1=tally.at_score(tally.best_threshold()).f1,
        ranks=_rank_figures(tally),
        groups=_groups(tally, is_link),
        overlaps=_overlaps(tally, is_link),
        false_by_cause=_causes(tally, is_link),
        digest=tally.digest() if graded and tally.keep_edges else None,
        seconds=measured.seconds,
        peak_mib=measured.peak_mib,
    )


def _decided(decision: Decision, tally: Tally, threshold: float | None) -> Quality:
    if decision is Decision.MODERATE:
        return tally.at_grade(Grade.MODERATE)
    if decision is Decision.NAMED:
        return tally.at_grade(Grade.NONE)
    return tally.at_score(0.0 if threshold is None else threshold)


def _rule(decision: Decision, threshold: float | None) -> Callable[[Edges], np.ndarray]:
    def is_link(edges: Edges) -> np.ndarray:
        if decision is Decision.MODERATE:
            return edges.grades >= int(Grade.MODERATE)
        if decision is Decision.NAMED:
            return np.ones(len(edges.first), dtype=bool)
        return np.round(edges.scores / STEP) >= round((threshold or 0.0) / STEP)

    return is_link


def _pair_figures(quality: Quality) -> PairFigures:
    return PairFigures(precision=quality.precision, recall=quality.recall, f1=quality.f1)


def _rank_figures(tally: Tally) -> RankFigures:
    ranks = tally.ranks()
    return RankFigures(
        queries=ranks.queries,
        all_ahead=ranks.all_ahead,
        all_ahead_no_hubs=ranks.all_ahead_no_hubs,
        mean_average_precision=ranks.mean_average_precision,
        first_true=ranks.first_true,
    )


def _groups(tally: Tally, is_link: Callable[[Edges], np.ndarray]) -> GroupFigures | None:
    if not tally.keep_edges:
        return None
    edges = tally.edges()
    chosen = is_link(edges)
    quality = grouping_quality(tally.corpus, edges.first[chosen], edges.second[chosen])
    return GroupFigures(precision=quality.precision, recall=quality.recall, f1=quality.f1)


def _overlaps(tally: Tally, is_link: Callable[[Edges], np.ndarray]) -> Overlaps | None:
    if not tally.keep_edges:
        return None
    edges = tally.edges()
    chosen = is_link(edges)
    found = overlaps(tally.corpus, edges.first[chosen], edges.second[chosen])
    if found is None:
        return None
    return Overlaps(wanted=found.wanted, missed=found.missed, named=found.named, false=found.false)


def _causes(tally: Tally, is_link: Callable[[Edges], np.ndarray]) -> dict[str, int] | None:
    if not tally.keep_edges:
        return None
    edges = tally.edges()
    chosen = is_link(edges)
    return by_cause(tally.corpus, edges.first[chosen], edges.second[chosen])
