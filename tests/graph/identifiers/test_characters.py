from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identifiers.characters import folded, for_display, for_key
from graph.identifiers.core import MAX_KEY_LENGTH

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (" plain ", "plain"),
        ("a\u00a0b\tc\u2028d", "a b c d"),
        ("a\u200b\u2060\ufeff\u00ad\u034f\ufe0f\u3164b", "ab"),
        ("a\u202eb\u2066c\x00\x07d", "abcd"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "\U0001f600"),
    ],
)
def test_for_key(text: str, key: str) -> None:
    assert for_key(text) == key


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Plain Ünïcode 漢字 😀", "Plain Ünïcode 漢字 😀"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u200b\x00\ud800\U000e0041", "a\\u200b\\u0000\\ud800\\U000e0041"),
        ("a\u00a0b", "a b"),
        ("a\nb", "a\\u000ab"),
    ],
)
def test_for_display(text: str, shown: str) -> None:
    assert for_display(text) == shown


@given(ANY_TEXT)
def test_what_is_shown_holds_nothing_that_steers_the_text(text: str) -> None:
    shown = for_display(text)
    assert not {category(character) for character in shown} & {"Cc", "Cs", "Zl", "Zp", "Co"}
    shown.encode("utf-8")


@given(ANY_TEXT)
def test_keys_can_be_encoded_and_stay_the_same(text: str) -> None:
    key = for_key(text)
    key.encode("utf-8")
    assert for_key(key) == key
    assert folded(folded(key)) == folded(key)


def test_a_long_text_is_cut_visibly() -> None:
    shown = for_display("x" * (MAX_KEY_LENGTH + 1))
    assert len(shown) == MAX_KEY_LENGTH
    assert shown.endswith("…")
