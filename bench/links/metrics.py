"""Figures of merit, as pure functions of counts and ranks.

Pairs: precision, recall and F1 (van Rijsbergen 1979). Groups: B-cubed (Bagga and Baldwin, LREC
1998). Ranks: average precision with ties taken at their expectation (McSherry and Najork, ECIR
2008), so that a coarse score is neither helped nor hurt by an accident of order. Intervals: the
percentile bootstrap (Efron 1979).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from bench.links.linker import Floats
from bench.links.postings import Ints

RESAMPLES = 2_000
_RESAMPLING_SEED = 20_261_122


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Precision and recall of something, from 0 to 1."""

    precision: float
    """1 when nothing was named: nothing of it was wrong."""
    recall: float
    """1 when there was nothing to find."""

    @property
    def f1(self) -> float:
        """Harmonic mean of both; 0 when both are 0."""
        total = self.precision + self.recall
        return 0.0 if total == 0 else 2 * self.precision * self.recall / total


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """What one query's ranking is worth."""

    all_ahead: bool
    """Every true tip stands before every false one. A tie, or a true tip not named, fails."""
    average_precision: float
    """Expected over the orders of tied tips; true tips that are not named count as never found."""
    first_true: float
    """Chance that the first answer is true, over the orders of tied tips; 0 without an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A mean with the interval that holds it in 95 of 100 resamples."""

    mean: float
    low: float
    high: float


def quality(*, hits: float, named: float, wanted: float) -> Quality:
    """Give precision and recall when `hits` of the `named` are among the `wanted`."""
    return Quality(
        precision=1.0 if named == 0 else hits / named,
        recall=1.0 if wanted == 0 else hits / wanted,
    )


def ranked(scores: Floats, is_true: Sequence[bool] | np.ndarray, *, wanted: int) -> Ranked:
    """Give what a ranking is worth.

    Args:
        scores: of the tips that were named; greater is ahead.
        is_true: of the same tips.
        wanted: how many true tips there are, named or not; at least one.
    """
    flags = np.asarray(is_true, dtype=bool)
    if len(scores) == 0 or not flags.any():
        return Ranked(all_ahead=False, average_precision=0.0, first_true=0.0)
    worst_true = scores[flags].min()
    best_false = scores[~flags].max() if not flags.all() else -np.inf
    _, group = np.unique(-scores, return_inverse=True)
    sizes = np.bincount(group)
    trues = np.bincount(group, weights=flags).astype(np.int64)
    return Ranked(
        all_ahead=bool(flags.sum() == wanted and worst_true > best_false),
        average_precision=_expected_precision(sizes, trues) / wanted,
        first_true=float(trues[0] / sizes[0]),
    )


def _expected_precision(sizes: Ints, trues: Ints) -> float:
    """Give the expected sum of precisions at the true tips, for groups of ties from the best on."""
    total, ahead, true_ahead = 0.0, 0, 0
    for size, true in zip(sizes.tolist(), trues.tolist(), strict=True):
        if true > 0:
            place = np.arange(1, size + 1)
            others = 0.0 if size == 1 else (true - 1) / (size - 1)
            found = true_ahead + 1 + (place - 1) * others
            total += true / size * float((found / (ahead + place)).sum())
        ahead += size
        true_ahead += true
    return total


def b_cubed(groups: Sequence[Hashable], truth: Sequence[Hashable]) -> Quality:
    """Give B-cubed precision and recall of a grouping of items against the true one.

    Both give each item's group in the same order; an item alone has a group of its own.
    """
    if len(groups) == 0:
        return Quality(precision=1.0, recall=1.0)
    both = Counter(zip(groups, truth, strict=True))
    found, wanted = Counter(groups), Counter(truth)
    precision = sum(n * n / found[group] for (group, _), n in both.items())
    recall = sum(n * n / wanted[person] for (_, person), n in both.items())
    return Quality(precision=precision / len(groups), recall=recall / len(groups))


def interval(values: Sequence[float]) -> Interval:
    """Give the mean over seeds with its 95 % bootstrap interval; the same for the same values.

    Raises:
        ValueError: there are no values.
    """
    if len(values) == 0:
        raise ValueError("an interval needs at least one value")
    found = np.array(values, dtype=np.float64)
    picks = np.random.default_rng(_RESAMPLING_SEED).integers(
        0, len(found), size=(RESAMPLES, len(found))
    )
    low, high = np.percentile(found[picks].mean(axis=1), (2.5, 97.5))
    return Interval(mean=float(found.mean()), low=float(low), high=float(high))
