from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identifiers.providers import PROVIDERS, UNKNOWN, canonical, namespace, slug


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Facebook", "facebook"),
        ("Facebook, Inc.", "facebook"),
        ("INSTAGRAM  inc", "instagram"),
        ("www.snapchat.com", "snapchat"),
        ("AT&T", "att"),
        ("Medal B.V.", "medal"),
        ("Example Chat Pte. Ltd.", "example-chat"),
        ("Éxample", "éxample"),
        ("Inc.", "inc"),
    ],
)
def test_canonical_key(name: str, key: str) -> None:
    assert canonical(name).key == key


def test_case_10_former_names_carry_their_dates() -> None:
    former = {name.name: name for name in canonical("X").former_names}
    assert former["Twitter"].valid_to == date(2023, 7, 24)
    assert canonical("Instagram, Inc.").owner == canonical("Facebook").owner == "meta"


@pytest.mark.parametrize("name", [None, "", "\u200b", "N/A", "unknown"])
def test_no_name_is_the_unknown_provider(name: str | None) -> None:
    assert canonical(name) is UNKNOWN


def test_names_without_letters_stay_apart() -> None:
    assert canonical("!!!").key != canonical("???").key
    assert canonical("x" * 500).key != canonical("x" * 501).key


@pytest.mark.parametrize(
    ("name", "service", "key", "inside"),
    [
        ("Meta", "Instagram", "instagram", ""),
        ("Facebook", "Instagram", "instagram", ""),
        ("Facebook", "Messenger", "facebook", ""),
        ("Instagram", "Meta", "instagram", ""),
        ("Google", "Google LLC", "google", ""),
        ("Google", "Drive", "google", "drive"),
        ("Google", "Snapchat", "google", "snapchat"),
        ("Microsoft", "BingImage", "bing", ""),
        (None, "Instagram", "unknown", "instagram"),
    ],
)
def test_namespace(name: str | None, service: str, key: str, inside: str) -> None:
    provider, rest = namespace(name, service)
    assert (provider.key, rest) == (key, inside)


def test_every_key_is_the_slug_of_itself() -> None:
    assert [key for key in PROVIDERS if slug(key) != key] == []


@given(st.text(max_size=60))
def test_keys_are_stable_and_hold_no_separator(name: str) -> None:
    key = canonical(name).key
    assert key != ""
    assert "|" not in key
    assert canonical(key).key == key
