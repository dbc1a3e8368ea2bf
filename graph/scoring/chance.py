"""How many pairs of strangers a corpus holds that are as strong as a link.

A score is a log-likelihood ratio, so with the share of pairs that truly belong together it says how
likely each pair is to be of strangers. That share differs from corpus to corpus; it is found from
the scores themselves by expectation-maximisation (Saerens, Latinne and Decaestecker 2002, Adjusting
the outputs of a classifier to new a priori probabilities). What is expected is then a sum over
pairs (Efron 2004: local false discovery rates).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.scoring.bands import LEAST_COUNT, band_of
from graph.scoring.weights import BITS, Calibration

_STEPS = 500
_CLOSE = 1e-7
_MOST_BITS = 60.0
"""Beyond this the odds are no estimate any more, and their powers of two grow too large."""
_LEAST_SHARE = 1e-6

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Pairs of a corpus from one score on, in the bands that may be told."""

    score: int
    """Thousandths of a bit."""
    pairs: int
    """Band of how many pairs are at least so strong."""
    strangers: int
    """Band of how many of them are expected to be of strangers."""


def share_of_same(scores: Sequence[int], calibration: Calibration) -> float:
    """Give the share of pairs that belong together, as the scores of all of them tell it."""
    if len(scores) == 0:
        return calibration.share
    share = calibration.share
    for _ in range(_STEPS):
        found = float((1 - strangers(scores, calibration, share=share)).mean())
        found = min(max(found, _LEAST_SHARE), 1 - _LEAST_SHARE)
        if abs(found - share) < _CLOSE:
            break
        share = found
    return share


def strangers(scores: Sequence[int], calibration: Calibration, *, share: float) -> Floats:
    """Give for each pair how likely it is to be of strangers, from 0 to 1."""
    moved = _odds_bits(share) - _odds_bits(calibration.share)
    bits = (np.asarray(scores, dtype=np.float64) - calibration.even) / BITS + moved
    result: Floats = 1 / (1 + np.exp2(np.clip(bits, -_MOST_BITS, _MOST_BITS)))
    return result


def levels_of(
    scores: Sequence[int], calibration: Calibration, *, least: int, scale: float
) -> tuple[Level, ...]:
    """Give how many pairs are at least so strong, and how many of them are of strangers.

    Args:
        scores: of every compared pair of a sample, those below any grade included.
        calibration: what the weights table was estimated with.
        least: the lowest score that is told.
        scale: how many pairs of the corpus each of the sample stands for.
    """
    if len(scores) == 0:
        return ()
    share = share_of_same(scores, calibration)
    ordered = np.sort(np.asarray(scores, dtype=np.int64))[::-1]
    expected = np.cumsum(strangers(ordered.tolist(), calibration, share=share)) * scale
    found: list[Level] = []
    for score in range(least, int(ordered[0]) + BITS, BITS):
        count = int(np.searchsorted(-ordered, -score, side="right"))
        if count == 0:
            break
        level = Level(
            score=score,
            pairs=band_of(round(count * scale)),
            strangers=band_of(round(float(expected[count - 1]))),
        )
        found.append(level)
    return tuple(found)


def level_at(levels: Sequence[Level], score: int) -> Level | None:
    """Give the level of a score; None below the lowest one that is told."""
    return max((x for x in levels if x.score <= score), key=lambda x: x.score, default=None)


def count_words(band: int) -> str:
    """Give a banded count of pairs in words."""
    if band == 0:
        return f"fewer than {LEAST_COUNT}"
    low, high = max(1 << band, LEAST_COUNT), (1 << (band + 1)) - 1
    return f"{low:,} to {high:,}"


def _odds_bits(share: float) -> float:
    return float(np.log2(share / (1 - share)))
