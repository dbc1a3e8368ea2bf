from __future__ import annotations

import pytest

from graph.identifiers.boilerplate import mined_reason
from graph.identifiers.core import IdentifierKind, IdentifierState
from tests.graph.identifiers.cleaning import REAL, cleaned, hints, raw, refused

PHONE = IdentifierKind.PHONE


@pytest.mark.parametrize(
    ("value", "calling_code", "region", "key"),
    [
        ("+15550100123", None, None, "+15550100123"),
        ("+1 (212) 555-0123", None, None, "+12125550123"),
        ("＋1 212.555.0123", None, None, "+12125550123"),
        ("(212) 555-0123", "+1", None, "+12125550123"),
        ("212-555-0123", "1", None, "+12125550123"),
        ("12125550123", "+1", None, "+12125550123"),
        ("212 555 0123", None, "us", "+12125550123"),
        ("+12125550123", "+44", "GB", "+12125550123"),
        ("07700 900123", None, "GB", "+447700900123"),
        ("447700900123", "+44", None, "+447700900123"),
        ("0044 20 7946 0123", None, None, "+442079460123"),
        ("tel:+1-212-555-0123;ext=5", None, None, "+12125550123"),
        ("212-555-0123 x12", None, "US", "+12125550123"),
        ("٢١٢٥٥٥٠١٢٣", None, "US", "+12125550123"),
        ("1-212-555-CATS", None, "US", "+12125552287"),
    ],
)
def test_key(value: str, calling_code: str | None, region: str | None, key: str) -> None:
    item = raw(PHONE, value, calling_code=calling_code, region=region)
    assert cleaned(item).key == key


@pytest.mark.parametrize(
    ("value", "calling_code"),
    [("", None), ("no number", None), ("+1212555012", None), ("+999123456", None),
     ("5550123", "+1"), ("12", None), ("1" * 60, None), ("+", None),
     ("+1 212 555 0123 " * 20, None)],
)  # fmt: skip
def test_rejected(value: str, calling_code: str | None) -> None:
    assert refused(raw(PHONE, value, calling_code=calling_code)).endswith(".")


@pytest.mark.parametrize("region", [None, "USA", "ZZ", "unknown"])
def test_case_33_a_national_number_without_country_is_never_an_e164_number(
    region: str | None,
) -> None:
    national = cleaned(raw(PHONE, "(212) 555-0123", region=region))
    international = cleaned(raw(PHONE, "+12125550123"))
    assert national.key == "national:2125550123"
    assert national.key != international.key
    assert national.state is IdentifierState.SHARED
    assert hints(national) == hints(international) == {"national-number": "2125550123"}


def test_case_33_an_unresolved_key_keeps_its_leading_zero() -> None:
    assert cleaned(raw(PHONE, "020 7946 0123")).key == "national:02079460123"


@pytest.mark.parametrize("value", ["+12125550100", "+13055550199", "+15550100123", "+18005550123"])
def test_555_01xx_is_public_in_a_synthetic_store_only(value: str) -> None:
    assert cleaned(raw(PHONE, value)).state is IdentifierState.NORMAL
    real = cleaned(raw(PHONE, value), REAL)
    assert real.state is IdentifierState.STOPPED
    assert real.state_reason is not None
    assert real.state_reason.startswith("Reserved for examples")


def test_drama_numbers_of_other_countries_stay_stopped() -> None:
    assert cleaned(raw(PHONE, "+447700900123")).state is IdentifierState.STOPPED


@pytest.mark.parametrize("value", ["0000000000", "+1 222 222 2222", "1234567890"])
def test_fillers_are_stopped(value: str) -> None:
    assert cleaned(raw(PHONE, value), REAL).state is IdentifierState.STOPPED


def test_case_18_the_hotline_is_stopped() -> None:
    found = cleaned(raw(PHONE, "1-800-843-5678", region="US"), REAL)
    assert found.state is IdentifierState.STOPPED
    assert mined_reason(PHONE, found.key) == found.state_reason
