from __future__ import annotations

import hashlib
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.identifiers.core import (
    MAX_KEY_LENGTH,
    Identifier,
    IdentifierKind,
    IdentifierState,
    Policy,
    RawIdentifier,
)
from graph.identifiers.registry import TYPES, clean, interpret
from tests.graph.identifiers.cleaning import REAL, SYNTHETIC, raw

MD5 = hashlib.md5(b"crosstip", usedforsecurity=False).hexdigest()
SHA256 = hashlib.sha256(b"crosstip").hexdigest()

SEEDS = st.sampled_from(
    ["user@example.com", "+12125550123", "198.18.0.1", "[2001:db8::1]:80", f"md5:{MD5}", SHA256,
     "https://a.example/%7ex?utm_a=1&b=2#c", "magnet:?xt=urn:btih:", "imei:004405123456789",
     "02:00:5e:10:00:01", "@some_one", "x|y|z\\", "user+tag@gmail.com", "other:a:b", "ssid:x",
     "national:0212555", "xn--bcher-kva.example",
     "\u202e\u200b\x00", "ｆｕｌｌ ｗｉｄｔｈ", "İß\u0345"]
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=40),
    st.lists(
        st.one_of(SEEDS, st.text(st.characters(exclude_categories=()), max_size=6)), max_size=4
    ).map("".join),
)
RAW = st.builds(
    RawIdentifier,
    kind=st.sampled_from(IdentifierKind),
    value=ANY_TEXT,
    provider=st.none() | ANY_TEXT | st.sampled_from(["Meta", "Twitter"]),
    service=st.none() | ANY_TEXT,
    subtype=st.none() | ANY_TEXT | st.sampled_from(["IMEI", "MAC", "SSID", "MD5", "SHA1", "PDQ"]),
    calling_code=st.none() | ANY_TEXT | st.sampled_from(["+1", "+44", "+882"]),
    region=st.none() | ANY_TEXT | st.sampled_from(["US", "GB"]),
    extension=st.none() | ANY_TEXT,
)
POLICY = st.builds(Policy, synthetic=st.booleans())
SELF_DESCRIBING = sorted(set(IdentifierKind) - {IdentifierKind.ACCOUNT, IdentifierKind.SCREEN_NAME})


def test_every_kind_has_its_type() -> None:
    assert {kind: TYPES[kind].kind for kind in IdentifierKind} == {
        kind: kind for kind in IdentifierKind
    }


@settings(max_examples=400, deadline=None)
@given(RAW, POLICY)
def test_case_41_clean_never_raises_and_gives_what_a_store_can_hold(
    item: RawIdentifier, policy: Policy
) -> None:
    found = clean(item, policy)
    assert found == clean(item, policy)
    assert found.kind is item.kind
    if not isinstance(found, Identifier):
        assert found.reason.endswith(".")
        return
    assert 0 < len(found.key) <= MAX_KEY_LENGTH
    for text in (found.key, *(hint.key for hint in found.hints)):
        text.encode("utf-8")
        assert not {category(character) for character in text} & {"Cc", "Cs"}
    found.display.encode("utf-8")
    if found.state is not IdentifierState.NORMAL:
        assert found.state_reason is not None


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SELF_DESCRIBING), ANY_TEXT, st.sampled_from([None, "IMEI", "MD5", "US"]))
def test_cleaning_a_key_gives_the_same_key(
    kind: IdentifierKind, value: str, detail: str | None
) -> None:
    first = clean(raw(kind, value, subtype=detail, region=detail), SYNTHETIC)
    if isinstance(first, Identifier):
        again = clean(raw(kind, first.key), SYNTHETIC)
        assert isinstance(again, Identifier)
        assert (again.key, again.state) == (first.key, first.state)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([IdentifierKind.ACCOUNT, IdentifierKind.SCREEN_NAME]),
    ANY_TEXT,
)
def test_cleaning_the_part_behind_the_provider_gives_the_same_key(
    kind: IdentifierKind, value: str
) -> None:
    first = clean(raw(kind, value, provider="Example Chat"), SYNTHETIC)
    if isinstance(first, Identifier) and "\\" not in first.key:
        again = clean(raw(kind, first.key.rpartition("|")[2], provider="Example Chat"), SYNTHETIC)
        if "|" not in value and "\uff5c" not in value:
            assert isinstance(again, Identifier)
            assert again.key == first.key


@pytest.mark.parametrize(
    ("text", "first", "kinds"),
    [
        ("user@example.com", "user@example.com", "Email ScreenName Account"),
        (" 198.18.0.1 ", "198.18.0.1", "IpAddress ScreenName Account"),
        ("2001:DB8::1", "2001:db8::1", "IpAddress ScreenName Account"),
        ("[2001:db8::1]:443", "2001:db8::1", "IpAddress ScreenName Account"),
        (MD5.upper(), f"md5:{MD5}", "FileHash ScreenName Account"),
        (SHA256, f"sha256:{SHA256}", "FileHash FileHash ScreenName Account"),
        (f"sha256:{SHA256}", f"sha256:{SHA256}", "FileHash"),
        ("+1 212 555 0123", "+12125550123", "Phone ScreenName Account"),
        ("(212) 555-0123", "national:2125550123", "Phone ScreenName Account"),
        ("national:2125550123", "national:2125550123", "Phone"),
        ("004405123456789", "imei:004405123456789", "Device Phone ScreenName Account"),
        ("imei:004405123456789", "imei:004405123456789", "Device"),
        ("02:00:5e:10:00:01", "mac:02:00:5e:10:00:01", "Device ScreenName Account"),
        ("https://a.example/x", "https://a.example/x", "Url"),
        ("a.example/x", "https://a.example/x", "Url ScreenName Account"),
        ("Instagram: Some_One", "instagram|some_one", "ScreenName Account ScreenName Account"),
        ("instagram|some_one", "instagram|some_one", "ScreenName Account"),
        ("facebook||100012345", "facebook||100012345", "Account"),
        ("@some_one", "unknown|some_one", "ScreenName"),
        ("Some_One", "unknown|some_one", "ScreenName Account"),
        ("\u200b", None, ""),
        ("x" * 20_000, None, ""),
    ],
)
def test_interpret_gives_the_likely_kind_first(text: str, first: str | None, kinds: str) -> None:
    found = interpret(text, SYNTHETIC)
    assert " ".join(item.kind for item in found) == kinds
    assert next((item.key for item in found), None) == first


def test_interpret_finds_what_ingest_stored() -> None:
    stored = clean(raw(IdentifierKind.ACCOUNT, "a|b", provider="X", service="c|d"), REAL)
    assert isinstance(stored, Identifier)
    assert stored.key in {item.key for item in interpret(stored.key, REAL)}


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT, POLICY)
def test_interpret_never_raises_and_repeats_nothing(text: str, policy: Policy) -> None:
    found = [(item.kind, item.key) for item in interpret(text, policy)]
    assert len(found) == len(set(found))
