"""What chance alone gives: right where the truth is known, told in bands, never below five."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.scoring.bands import band_of
from graph.scoring.chance import (
    count_words,
    level_at,
    levels_of,
    share_of_same,
    strangers,
)
from graph.scoring.weights import Calibration

CALIBRATION = Calibration(even=10_000, same_per_million=250_000)
SPREAD = 6.0
"""Bits between the means: scores of two such normal curves are their own log-likelihood ratio."""


def _corpus(share: float, *, pairs: int = 20_000) -> tuple[list[int], list[bool]]:
    """Give scores that are true log-likelihood ratios, shifted to the calibration's even score."""
    dice = random.Random(7)
    nat = 0.6931471805599453
    deviation = (2 * SPREAD / nat) ** 0.5
    shift = CALIBRATION.even / 1000 - 1.584962500721156
    found = []
    for _ in range(pairs):
        is_same = dice.random() < share
        bits = dice.gauss(SPREAD if is_same else -SPREAD, deviation)
        found.append((round(1000 * (bits + shift)), is_same))
    return [score for score, _ in found], [same for _, same in found]


@pytest.mark.parametrize("share", [0.02, 0.25, 0.6])
def test_the_share_of_true_pairs_is_found_from_the_scores_alone(share: float) -> None:
    scores, _ = _corpus(share)
    assert share_of_same(scores, CALIBRATION) == pytest.approx(share, rel=0.15)


@pytest.mark.parametrize("share", [0.02, 0.25, 0.6])
def test_as_many_strangers_are_expected_as_there_are(share: float) -> None:
    scores, same = _corpus(share)
    found = strangers(scores, CALIBRATION, share=share_of_same(scores, CALIBRATION))
    for least in (8_000, 10_000, 12_000):
        chosen = [at for at, score in enumerate(scores) if score >= least]
        true = sum(not same[at] for at in chosen)
        assert float(found[chosen].sum()) == pytest.approx(true, rel=0.35, abs=12)


@given(st.lists(st.integers(-40_000, 60_000), min_size=1, max_size=60), st.floats(0.5, 50))
def test_stronger_levels_never_hold_more(scores: list[int], scale: float) -> None:
    levels = levels_of(scores, CALIBRATION, least=6_000, scale=scale)
    assert [x.score for x in levels] == sorted({x.score for x in levels})
    for weaker, stronger in pairwise(levels):
        assert weaker.pairs >= stronger.pairs
        assert weaker.strangers >= stronger.strangers
    for level in levels:
        assert level.strangers <= level.pairs
        assert level.pairs == band_of(round(sum(s >= level.score for s in scores) * scale))


def test_a_score_has_the_level_below_it_and_none_below_the_lowest() -> None:
    levels = levels_of([9_500] * 40, CALIBRATION, least=6_000, scale=1.0)
    assert level_at(levels, 5_999) is None
    found = level_at(levels, 9_700)
    assert found is not None
    assert found.score == 9_000
    assert levels_of([], CALIBRATION, least=6_000, scale=1.0) == ()


def test_counts_are_told_in_bands_and_none_below_five() -> None:
    assert count_words(band_of(4)) == "fewer than 5"
    assert count_words(band_of(5)) == "5 to 7"
    assert count_words(band_of(1500)) == "1,024 to 2,047"
