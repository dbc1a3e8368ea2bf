from __future__ import annotations

import pytest

from graph.identifiers.core import IdentifierKind, IdentifierState
from graph.identifiers.skeleton import skeleton
from tests.graph.identifiers.cleaning import cleaned, hints, raw, refused

NAME = IdentifierKind.SCREEN_NAME


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("Some_One", "example-chat|some_one"),
        ("@Some_One", "example-chat|some_one"),
        (" some  one\r\n two ", "example-chat|some one two"),
        ("Straße", "example-chat|strasse"),
        ("a|b", "example-chat|a|b"),
        ("name#1234", "example-chat|name#1234"),
    ],
)
def test_key(value: str, key: str) -> None:
    assert cleaned(raw(NAME, value, provider="Example Chat")).key == key


def test_case_34_full_width_and_zero_width_are_the_plain_name() -> None:
    plain = cleaned(raw(NAME, "admin", provider="Example Chat"))
    odd = cleaned(raw(NAME, "ａｄ\u200bｍ\u2060ｉn", provider="Example Chat"))
    assert odd.key == plain.key
    assert odd.display == "ａｄ\\u200bｍ\\u2060ｉn"


def test_case_34_look_alikes_share_a_skeleton_and_no_key() -> None:
    latin = cleaned(raw(NAME, "scope", provider="Example Chat"))
    cyrillic = cleaned(raw(NAME, "ѕсоре", provider="Example Chat"))
    assert latin.key != cyrillic.key
    assert hints(latin)["skeleton"] == hints(cyrillic)["skeleton"]
    elsewhere = cleaned(raw(NAME, "scope", provider="Example Games"))
    assert hints(latin)["skeleton"] != hints(elsewhere)["skeleton"]


def test_one_name_on_two_providers_is_a_hint_only() -> None:
    here = cleaned(raw(NAME, "Some_One", provider="Example Chat"))
    there = cleaned(raw(NAME, "@some_one", provider="Example Games"))
    assert here.key != there.key
    assert hints(here)["cross-platform-name"] == hints(there)["cross-platform-name"] == "some_one"


def test_a_name_without_platform_may_not_link() -> None:
    assert cleaned(raw(NAME, "some_one")).state is IdentifierState.SHARED


@pytest.mark.parametrize("value", ["Unknown", "N/A", "[deleted]"])
def test_placeholders_are_stopped_and_give_no_lead(value: str) -> None:
    found = cleaned(raw(NAME, value, provider="Example Chat"))
    assert (found.state, found.hints) == (IdentifierState.STOPPED, ())


@pytest.mark.parametrize("value", ["", "@", " @ ", "\u200d"])
def test_rejected(value: str) -> None:
    assert refused(raw(NAME, value, provider="Example Chat")).endswith(".")


@pytest.mark.parametrize(
    ("one", "other"),
    [("paypa1", "paypal"), ("modern", "rnodern"), ("0o", "oo"), ("раураl", "paypal")],
)
def test_skeletons_of_look_alikes(one: str, other: str) -> None:
    assert skeleton(one).lower() == skeleton(other).lower()


def test_skeletons_of_other_names_differ() -> None:
    assert skeleton("alice") != skeleton("alicia")
