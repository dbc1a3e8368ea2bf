"""Bands: what hidden tips may say about a value, and nothing finer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.scoring.bands import band_of, band_words, steps_of


@pytest.mark.parametrize(
    ("tips", "band", "words"),
    [
        (0, 0, "fewer than 5 tips held it when last counted, as far as may be told"),
        (4, 0, "fewer than 5 tips held it when last counted, as far as may be told"),
        (5, 2, "between 5 and 7 tips held it when last counted"),
        (7, 2, "between 5 and 7 tips held it when last counted"),
        (8, 3, "between 8 and 15 tips held it when last counted"),
        (1000, 9, "between 512 and 1,023 tips held it when last counted"),
    ],
)
def test_a_band_is_a_power_of_two_and_none_below_five(tips: int, band: int, words: str) -> None:
    assert (band_of(tips), band_words(band_of(tips))) == (band, words)


@given(st.integers(5, 10**9))
def test_a_band_holds_its_count_and_steps_grow_by_one_for_each_doubling(tips: int) -> None:
    band = band_of(tips)
    assert 1 << band <= tips < 1 << (band + 1)
    assert steps_of(band_of(2 * tips)) == steps_of(band) + 1


def test_what_is_not_told_counts_as_rare() -> None:
    assert steps_of(0) == steps_of(band_of(7)) == 0
