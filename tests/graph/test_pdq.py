"""PDQ hashes: distances as by brute force, pages without history, flat pictures told apart."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import pdq

WHOLE = st.integers(min_value=0, max_value=2**256 - 1)


def key_of(value: int) -> str:
    """Give the key of a PDQ."""
    return f"pdq:{value:064x}"


@given(
    asked=WHOLE,
    flips=st.lists(st.sets(st.integers(0, 255), max_size=40), max_size=20),
    strangers=st.lists(WHOLE, max_size=20),
)
def test_near_ones_are_those_of_brute_force(
    asked: int, flips: list[set[int]], strangers: list[int]
) -> None:
    values = {asked ^ sum(1 << place for place in places) for places in flips} | set(strangers)
    page = pdq.merged(b"", [key_of(value) for value in values])
    wanted = {((asked ^ value).bit_count(), key_of(value)) for value in values}
    assert set(pdq.near_in(page, key_of(asked))) == {pair for pair in wanted if pair[0] <= 31}
    assert pdq.count_in(page) == len(values)


@pytest.mark.parametrize("bits", range(41))
def test_the_edge_lies_at_31(bits: int) -> None:
    dice = random.Random(bits)
    asked = dice.getrandbits(256)
    other = asked
    for place in dice.sample(range(256), bits):
        other ^= 1 << place
    found = pdq.near_in(pdq.merged(b"", [key_of(other)]), key_of(asked))
    assert found == ([(bits, key_of(other))] if bits <= 31 else [])


@given(keys=st.lists(WHOLE.map(key_of), min_size=1, max_size=30), cut=st.integers(0, 30))
def test_a_page_does_not_show_in_what_order_it_was_filled(keys: list[str], cut: int) -> None:
    at_once = pdq.merged(b"", keys)
    assert pdq.merged(pdq.merged(b"", keys[cut:]), reversed(keys[: cut + 1])) == at_once
    pages = pdq.by_page(keys)
    assert sorted(key for page in pages.values() for key in page) == sorted(keys)
    assert list(pages) == sorted(pages)


def test_pages_are_filled_evenly_even_by_hashes_that_are_alike() -> None:
    pages = pdq.by_page(key_of(n) for n in range(20_000))
    assert len(pages) > 0.98 * pdq.PAGES
    assert max(len(page) for page in pages.values()) < 50


@pytest.mark.parametrize(
    "key", ["pdq:", "pdq:abc", "md5:" + "a" * 64, "a" * 64, "pdq:" + "A" * 64, "pdq:" + "g" * 64]
)
def test_what_is_no_whole_pdq_is_not_taken_for_one(key: str) -> None:
    assert not pdq.is_pdq(key)
    assert pdq.is_pdq(key_of(5))


@pytest.mark.parametrize("bits", [0, 63, 193, 256])
def test_a_flat_picture_is_refused(bits: int) -> None:
    reason = pdq.refusal(key_of((1 << bits) - 1))
    assert reason is not None
    assert f"{bits} of 256 bits" in reason


@pytest.mark.parametrize("bits", [64, 95, 161, 192])
def test_an_unbalanced_hash_is_compared_with_a_warning(bits: int) -> None:
    key = key_of((1 << bits) - 1)
    assert pdq.refusal(key) is None
    assert f"{bits} of 256 bits" in (pdq.warning(key) or "")


@pytest.mark.parametrize("bits", [96, 128, 160])
def test_a_usual_hash_is_compared_without_a_word(bits: int) -> None:
    key = key_of((1 << bits) - 1)
    assert (pdq.refusal(key), pdq.warning(key)) == (None, None)
