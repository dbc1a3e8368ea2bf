"""The one table of how common things are: complete, sourced, and what the draws follow."""

from __future__ import annotations

from collections import Counter

import phonenumbers
from hypothesis import given
from hypothesis import strategies as st

from tests.world.conftest import Written
from world import distributions
from world.dice import Dice, Weighted, mix
from world.distributions import FEATURES, Amount, Numbers, Providers, Rate, Share
from world.features import Feature
from world.reserved import PHONES, phone


def test_every_line_of_the_table_has_a_source() -> None:
    entries = [*FEATURES.values()]
    rates = [each for each in vars(distributions).values() if isinstance(each, Rate)]
    tables = [
        each for each in vars(distributions).values() if isinstance(each, Numbers | Providers)
    ]
    amounts = [each for each in vars(distributions).values() if isinstance(each, Amount)]
    others = (distributions.TIPS_PER_EXIT, distributions.ANONYMISERS)
    assert len(rates) > 15
    assert len(tables) > 8
    assert len(amounts) > 2
    sources = [each.source for group in (entries, rates, tables, amounts) for each in group]
    for source in [*sources, *(each.source for each in others)]:
        assert len(source) >= len("assumption")
    for share in [*entries, *rates]:
        assert isinstance(share, Share | Rate)
        assert 0 <= share.share <= 1


def test_every_feature_is_in_the_table() -> None:
    assert set(FEATURES) == set(Feature)


def test_common_features_come_out_as_often_as_the_table_says(written: Written) -> None:
    if len(written.truth.formats) == 1:
        return
    count = {feature.name: feature.tips for feature in written.truth.features}
    for feature in (Feature.VIRAL_FILE, Feature.INTENDED_RECIPIENT, Feature.MISSING_CAPTURE_TIME):
        expected = FEATURES[feature].share
        # The showcase and the samples take up to 40 % of a small world and follow no table.
        assert 0.4 * expected < count[feature.value] / written.truth.tips < 1.6 * expected


def test_weighted_draws_follow_the_weights() -> None:
    dice, table = Dice(1), Weighted(("a", 3), ("b", 1))
    counts = Counter(dice.draw(table) for _ in range(4_000))
    assert 2_800 < counts["a"] < 3_200


def test_streams_of_one_name_are_equal_and_of_two_names_are_not() -> None:
    assert Dice(1, "a").hexadecimal(32) == Dice(1, "a").hexadecimal(32)
    assert Dice(1, "a").hexadecimal(32) != Dice(1, "b").hexadecimal(32)
    assert Dice(1, 23).hexadecimal(32) != Dice(12, 3).hexadecimal(32)


FIXED_DRAWS = (650, "501508", "e50e98f0")
FIXED_MIX = 12174095428247697372


def test_a_stream_is_the_same_on_every_machine() -> None:
    dice = Dice(7, "fixed")
    assert (dice.below(1_000), dice.digits(6), dice.hexadecimal(8)) == FIXED_DRAWS
    assert mix(1, 2, 3) == FIXED_MIX


@given(st.integers(0, 10 * PHONES))
def test_every_phone_is_fiction_and_possible(index: int) -> None:
    number = phonenumbers.parse(phone(index), None)
    assert phonenumbers.is_possible_number(number)
    assert str(number.national_number)[3:8] == "55501"


def test_phones_repeat_only_after_all_are_used() -> None:
    assert len({phone(index) for index in range(PHONES)}) == PHONES
