from __future__ import annotations

import pytest

from graph.identifiers.boilerplate import mined_reason
from graph.identifiers.core import IdentifierKind, IdentifierState
from tests.graph.identifiers.cleaning import REAL, cleaned, hints, raw, refused

EMAIL = IdentifierKind.EMAIL


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("user@example.com", "user@example.com"),
        ("  User@EXAMPLE.com. ", "user@example.com"),
        ("mailto:User@example.com?subject=x", "user@example.com"),
        ("Some One <user@example.com>", "user@example.com"),
        ("ｕｓｅｒ＠ｅｘａｍｐｌｅ．ｃｏｍ", "user@example.com"),
        ("us\u200ber@exam\u00adple.com", "user@example.com"),
        ('"user"@example.com', "user@example.com"),
        ('"a b"@example.com', '"a b"@example.com'),
        ("user@bücher.example", "user@xn--bcher-kva.example"),
        ("user@XN--BCHER-KVA.example", "user@xn--bcher-kva.example"),
        ("ÜSER@example.com", "üser@example.com"),
        ("user@under_score.example", "user@under_score.example"),
        ("user@mailhost", "user@mailhost"),
        ("user@abcdefghij234567.onion", "user@abcdefghij234567.onion"),
        ("user@i❤.example", "user@xn--i-7iq.example"),
        ("user@[198.18.0.1]", "user@[198.18.0.1]"),
    ],
)
def test_key(value: str, key: str) -> None:
    assert cleaned(raw(EMAIL, value)).key == key


@pytest.mark.parametrize(
    "value",
    ["", "\u200b", "user", "@example.com", "user@", "a b@example.com", "a@b@example.com",
     "a@example.com, b@example.com", "user@exa mple.com", "user@a..b", "...@gmail.com",
     "user@\ud800.example", f"{'a' * 2000}@example.com", "a" * 20_000],
)  # fmt: skip
def test_rejected(value: str) -> None:
    assert refused(raw(EMAIL, value)).endswith(".")


@pytest.mark.parametrize("value", ["A.B+tag@GMail.com", "ab@googlemail.com", "a.b@gmail.com"])
def test_case_32_gmail_variants_are_one_key(value: str) -> None:
    assert cleaned(raw(EMAIL, value)).key == "ab@gmail.com"


def test_case_32_dots_count_elsewhere() -> None:
    dotted, plain = raw(EMAIL, "a.b@company.example"), raw(EMAIL, "ab@company.example")
    assert cleaned(dotted).key != cleaned(plain).key


def test_case_32_upper_case_is_one_key_and_shown_as_received() -> None:
    found = cleaned(raw(EMAIL, "User@Example.com"))
    assert (found.key, found.display) == ("user@example.com", "User@Example.com")


def test_tag_elsewhere_is_a_hint_only() -> None:
    found = cleaned(raw(EMAIL, "user+shop@fastmail.com"))
    assert found.key == "user+shop@fastmail.com"
    assert hints(found) == {"plus-tag": "user@fastmail.com"}
    assert hints(cleaned(raw(EMAIL, "user+shop@example.com"))) == {}


@pytest.mark.parametrize(
    "value", ["someone@ncmec.org", "x@team.missingkids.org", "LawEnforcement@service.example"]
)
def test_case_18_contacts_are_stopped_anywhere(value: str) -> None:
    found = cleaned(raw(EMAIL, value))
    assert found.state is IdentifierState.STOPPED
    assert found.state_reason is not None


def test_case_18_government_addresses_are_contacts_in_text_only() -> None:
    own_field = cleaned(raw(EMAIL, "user@agency.gov"), REAL)
    assert own_field.state is IdentifierState.NORMAL
    assert mined_reason(EMAIL, own_field.key) is not None
    assert mined_reason(EMAIL, "example.lawenforcement.team@service.example") is not None
    assert mined_reason(EMAIL, "user@mail.example") is None


@pytest.mark.parametrize("value", ["user@example.com", "user@sub.example.org", "user@x.test"])
def test_reserved_domains_are_public_in_a_synthetic_store_only(value: str) -> None:
    assert cleaned(raw(EMAIL, value)).state is IdentifierState.NORMAL
    real = cleaned(raw(EMAIL, value), REAL)
    assert real.state is IdentifierState.STOPPED
    assert real.state_reason is not None
    assert real.state_reason.startswith("Reserved")


@pytest.mark.parametrize("value", ["user@x.invalid", "user@localhost", "user@printer.local"])
def test_names_inside_one_network_are_stopped_everywhere(value: str) -> None:
    assert cleaned(raw(EMAIL, value)).state is IdentifierState.STOPPED
