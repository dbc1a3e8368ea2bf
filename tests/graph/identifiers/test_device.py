from __future__ import annotations

import pytest

from graph.identifiers.core import IdentifierKind, IdentifierState
from graph.identifiers.device import luhn_digit
from tests.graph.identifiers.cleaning import cleaned, raw, refused

DEVICE = IdentifierKind.DEVICE
SERIAL = "00440512345678"
IMEI = SERIAL + luhn_digit(SERIAL)


@pytest.mark.parametrize(
    ("subtype", "value", "key"),
    [
        ("IMEI", IMEI, f"imei:{IMEI}"),
        ("imei number", f"{IMEI[:2]}-{IMEI[2:8]}-{IMEI[8:14]}-{IMEI[14]}", f"imei:{IMEI}"),
        ("IMEI", SERIAL, f"imei:{IMEI}"),
        ("IMEI", SERIAL + "0", f"imei:{IMEI}"),
        ("IMEISV", SERIAL + "42", f"imei:{IMEI}"),
        ("IMEISV", SERIAL + "77", f"imei:{IMEI}"),
        ("ICCID", "8900 0000 0000 0000 123F", "iccid:8900000000000000123"),
        ("IMSI", "001010123456789", "imsi:001010123456789"),
        ("MAC Address", "02-00-5E-10-00-01", "mac:02:00:5e:10:00:01"),
        ("Wi-Fi MAC", "0200.5e10.0001", "mac:02:00:5e:10:00:01"),
        ("IDFA", "{0A1B2C3D-0000-4000-8000-0123456789AB}",
         "adid:0a1b2c3d-0000-4000-8000-0123456789ab"),
        ("Advertising ID", "0A1B2C3D000040008000 0123456789AB",
         "adid:0a1b2c3d-0000-4000-8000-0123456789ab"),
        ("Serial Number", " C02-AbC ", "other:serial-number:C02-AbC"),
        (None, f"imei:{IMEI}", f"imei:{IMEI}"),
        (None, "other:serial-number:C02-AbC", "other:serial-number:C02-AbC"),
    ],
)  # fmt: skip
def test_key(subtype: str | None, value: str, key: str) -> None:
    found = cleaned(raw(DEVICE, value, subtype=subtype))
    assert (found.key, found.state) == (key, IdentifierState.NORMAL)


def test_luhn_digit_of_the_published_example() -> None:
    assert luhn_digit("49015420323751") == "8"


@pytest.mark.parametrize(
    ("subtype", "value"),
    [("IMEI", SERIAL + str((int(IMEI[14]) + 5) % 10 or 4)), ("IMEI", "123"), ("ICCID", "1" * 19),
     ("MAC", "02:00:5e:10:00"), ("IDFA", "none"), ("IMSI", "x"), (None, "C02"), ("", "C02"),
     ("!", "C02"), ("IMEI", ""), ("SSID", "\x00")],
)  # fmt: skip
def test_rejected(subtype: str | None, value: str) -> None:
    assert refused(raw(DEVICE, value, subtype=subtype)).endswith(".")


@pytest.mark.parametrize(
    ("subtype", "value"),
    [("IMEI", "000000000000000"), ("IMEI", "490154203237518"), ("MAC", "00:00:00:00:00:00"),
     ("MAC", "ff:ff:ff:ff:ff:ff"), ("MAC", "01:00:5e:00:00:01"), ("MAC", "02:00:00:00:00:00"),
     ("IDFA", "00000000-0000-0000-0000-000000000000")],
)  # fmt: skip
def test_test_numbers_and_fillers_are_stopped(subtype: str, value: str) -> None:
    assert cleaned(raw(DEVICE, value, subtype=subtype)).state is IdentifierState.STOPPED


def test_a_network_name_is_no_device() -> None:
    found = cleaned(raw(DEVICE, "Example Guest", subtype="SSID"))
    assert found.key == "ssid:Example Guest"
    assert found.state is IdentifierState.SHARED
    assert cleaned(raw(DEVICE, "02:00:5e:10:00:01", subtype="BSSID")).state is (
        IdentifierState.SHARED
    )
