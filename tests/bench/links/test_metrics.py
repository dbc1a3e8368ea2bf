"""Figures of merit against examples worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.links.metrics import Quality, b_cubed, interval, quality, ranked


def test_precision_recall_and_f1() -> None:
    found = quality(hits=6, named=8, wanted=12)
    assert (found.precision, found.recall) == (0.75, 0.5)
    assert found.f1 == pytest.approx(0.6)


def test_naming_nothing_is_never_wrong_and_finds_nothing() -> None:
    assert quality(hits=0, named=0, wanted=5) == Quality(precision=1.0, recall=0.0)
    assert quality(hits=0, named=0, wanted=5).f1 == 0.0
    assert quality(hits=0, named=3, wanted=0) == Quality(precision=0.0, recall=1.0)


def test_a_ranking_without_ties() -> None:
    # true, false, true: precisions 1/1 and 2/3; a third true tip was not named.
    found = ranked(np.array([9.0, 5.0, 7.0]), [True, True, False], wanted=3)
    assert found.average_precision == pytest.approx((1 + 2 / 3) / 3)
    assert (found.all_ahead, found.first_true) == (False, 1.0)


def test_all_true_ahead_needs_every_true_tip_and_no_tie() -> None:
    scores = np.array([9.0, 8.0, 3.0])
    assert ranked(scores, [True, True, False], wanted=2).all_ahead
    assert not ranked(scores, [True, True, False], wanted=3).all_ahead
    assert not ranked(np.array([9.0, 3.0, 3.0]), [True, True, False], wanted=2).all_ahead
    assert ranked(np.array([9.0, 3.0]), [True, True], wanted=2).all_ahead


def test_ties_count_by_their_expectation() -> None:
    # One true and one false in a tie: found first (1) or second (1/2), each half of the time.
    found = ranked(np.array([4.0, 4.0]), [True, False], wanted=1)
    assert found.average_precision == pytest.approx(0.75)
    assert found.first_true == 0.5
    assert not found.all_ahead


def test_no_answer_is_worth_nothing() -> None:
    found = ranked(np.empty(0), [], wanted=2)
    assert (found.all_ahead, found.average_precision, found.first_true) == (False, 0.0, 0.0)


@given(
    st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=5).filter(
        lambda rows: any(is_true for _, is_true in rows)
    )
)
def test_expected_precision_is_the_mean_over_all_orders_of_ties(
    rows: list[tuple[int, bool]],
) -> None:
    wanted = sum(is_true for _, is_true in rows)
    precisions: list[Fraction] = []
    for order in permutations(rows):
        if all(a[0] >= b[0] for a, b in pairwise(order)):
            hits, total = 0, Fraction(0)
            for place, (_, is_true) in enumerate(order, start=1):
                hits += is_true
                total += Fraction(hits, place) if is_true else 0
            precisions.append(total / wanted)
    found = ranked(np.array([float(s) for s, _ in rows]), [t for _, t in rows], wanted=wanted)
    assert found.average_precision == pytest.approx(float(sum(precisions) / len(precisions)))


def test_b_cubed_by_hand() -> None:
    # Found: {a b c} {d}; true: {a b} {c d}.
    # Precision: a 2/3, b 2/3, c 1/3, d 1; recall: a 1, b 1, c 1/2, d 1/2.
    found = b_cubed([1, 1, 1, 2], ["x", "x", "y", "y"])
    assert found.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert found.recall == pytest.approx(3 / 4)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8))
def test_b_cubed_is_the_mean_over_items(rows: list[tuple[int, int]]) -> None:
    groups, truth = [g for g, _ in rows], [t for _, t in rows]
    found = b_cubed(groups, truth)
    for value, own, other in ((found.precision, groups, truth), (found.recall, truth, groups)):
        shares = [
            sum(own[j] == own[i] and other[j] == other[i] for j in range(len(rows)))
            / own.count(own[i])
            for i in range(len(rows))
        ]
        assert value == pytest.approx(sum(shares) / len(shares) if shares else 1.0)


def test_an_interval_holds_the_mean_and_says_the_same_again() -> None:
    values = [0.5, 0.7, 0.6, 0.9]
    found = interval(values)
    assert found.mean == pytest.approx(0.675)
    assert min(values) <= found.low < found.mean < found.high <= max(values)
    assert interval(values) == found
    assert interval([0.4]).low == interval([0.4]).high == 0.4
    with pytest.raises(ValueError, match="at least one"):
        interval([])
