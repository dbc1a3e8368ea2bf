"""Devices, subscriber cards and network names.

Sources: 3GPP TS 23.003 section 6.2 (IMEI, IMEISV, spare digit) and annex B (Luhn), ITU-T E.118
(ICCID begins with 89), IEEE 802 (MAC addresses; group and local bits), RFC 4122 (UUID form of
advertising ids); NCMEC reporting API `deviceId` (`idType` is free text).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from graph.identifiers.characters import admit, compatible, composed, finish
from graph.identifiers.core import (
    Identifier,
    IdentifierKind,
    IdentifierState,
    IdentifierType,
    Policy,
    RawIdentifier,
    Rejected,
)
from graph.identifiers.tables import Line, read_table

_KIND = IdentifierKind.DEVICE
_MAX_TYPE = 50
_NOT_WORD = re.compile(r"[\W_]+")
_SEPARATORS = str.maketrans("", "", " -./:_")
_DIGITS = re.compile(r"[0-9]+\Z")
_MAC = re.compile(r"[0-9a-f]{12}\Z")
_UUID = re.compile(r"[0-9a-f]{32}\Z")
_MEID = re.compile(r"[a-f][0-9a-f]{13}\Z")
_SUFFIX = re.compile(r"-(?:number|address|id|no|nr)\Z")
_REPEATED = "One character repeated: a filler, no device's."
_TYPES = {
    "imei": "imei",
    "imeisv": "imei",
    "imei1": "imei",
    "imei2": "imei",
    "iccid": "iccid",
    "sim": "iccid",
    "imsi": "imsi",
    "meid": "meid",
    "mac": "mac",
    "wifi-mac": "mac",
    "wi-fi-mac": "mac",
    "bluetooth-mac": "mac",
    "ethernet-mac": "mac",
    "bssid": "bssid",
    "ssid": "ssid",
    "wifi-ssid": "ssid",
    "network-name": "ssid",
    "adid": "adid",
    "ad": "adid",
    "advertising": "adid",
    "advertiser": "adid",
    "google-advertising": "adid",
    "gaid": "adid",
    "aaid": "adid",
    "idfa": "adid",
}
"""Stated type, in words joined by hyphens and without `id` or `number` at the end, to our type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedDevice:
    """A number that many devices carry or that documents use as an example."""

    key: str
    state: IdentifierState
    reason: str


def _stopped_device(line: Line) -> StoppedDevice:
    return StoppedDevice(
        key=f"{line.text('type')}:{line.text('value')}",
        state=line.state("state"),
        reason=line.text("reason"),
    )


STOPPED_DEVICES = {
    row.key: row
    for row in read_table(
        "stopped_devices.csv", ("type", "value", "state", "reason"), _stopped_device
    )
}


def luhn_digit(digits: str) -> str:
    """Give the check digit that belongs behind the digits (3GPP TS 23.003, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def _imei(text: str) -> str | None:
    """Give 15 digits with a right check digit; from 14, from 15 with a spare 0, from 16 (IMEISV).

    The two digits at the end of an IMEISV are the software's version and change with updates.
    """
    digits = text.translate(_SEPARATORS)
    if _DIGITS.match(digits) is None or not 14 <= len(digits) <= 16:
        return None
    checked = digits[:14] + luhn_digit(digits[:14])
    if len(digits) == 15 and digits[14] not in (checked[14], "0"):
        return None
    return checked


def _iccid(text: str) -> str | None:
    digits = text.translate(_SEPARATORS).rstrip("fF")
    fits = _DIGITS.match(digits) is not None and 18 <= len(digits) <= 22
    return digits if fits and digits.startswith("89") else None


def _imsi(text: str) -> str | None:
    digits = text.translate(_SEPARATORS)
    return digits if _DIGITS.match(digits) is not None and 14 <= len(digits) <= 15 else None


def _meid(text: str) -> str | None:
    plain = text.translate(_SEPARATORS).lower()
    return plain if _MEID.match(plain) is not None else None


def _mac(text: str) -> str | None:
    plain = text.translate(_SEPARATORS).lower()
    if _MAC.match(plain) is None:
        return None
    return ":".join(plain[at : at + 2] for at in range(0, 12, 2))


def _adid(text: str) -> str | None:
    plain = text.strip("{}").translate(_SEPARATORS).lower()
    if _UUID.match(plain) is None:
        return None
    return "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))


def _ssid(text: str) -> str | None:
    return composed(text)


_READERS: dict[str, tuple[Callable[[str], str | None], str]] = {
    "imei": (
        _imei,
        "An IMEI has 15 digits of which the last is a check digit; this value has not.",
    ),
    "iccid": (_iccid, "A SIM card's number has 18 to 22 digits and begins with 89."),
    "imsi": (_imsi, "An IMSI has 14 or 15 digits."),
    "meid": (_meid, "A MEID has 14 hexadecimal digits and begins with a letter."),
    "mac": (_mac, "A MAC address has 12 hexadecimal digits."),
    "bssid": (_mac, "A BSSID has 12 hexadecimal digits."),
    "adid": (_adid, "An advertising id has 32 hexadecimal digits."),
    "ssid": (_ssid, "The name of the network is empty."),
}
_SHARED = {
    "ssid": "The name of a Wi-Fi network, not a device: others give theirs the same name.",
    "bssid": "A Wi-Fi access point, not a user's device: everybody near it meets it.",
}


def device_type(subtype: str) -> str:
    """Give our type for a stated one, or `other:<words>` for a type that is not known."""
    words = "-".join(_NOT_WORD.sub(" ", compatible(subtype).casefold()).split())[:_MAX_TYPE]
    known = _TYPES.get(words) or _TYPES.get(_SUFFIX.sub("", words))
    return known or f"other:{words}"


def _typed(raw: RawIdentifier, text: str) -> tuple[str, str] | Rejected:
    """Give type and value; a key of ours brings its type with it."""
    if raw.subtype is None or raw.subtype.strip() == "":
        name, colon, value = text.partition(":")
        if colon and name in _READERS:
            return name, value
        words, colon, value = value.partition(":")
        if name == "other" and colon and device_type(words) == f"other:{words}":
            return f"other:{words}", value
        return Rejected(kind=_KIND, reason="The type of the device id is not stated.")
    return device_type(raw.subtype), text


class Device(IdentifierType):
    """Devices. Key: `imei:`, `iccid:`, `imsi:`, `meid:`, `mac:`, `adid:` or `other:<type>:`."""

    kind = _KIND

    def clean(
        self,
        raw: RawIdentifier,
        policy: Policy,  # noqa: ARG002 - one signature for all kinds
    ) -> Identifier | Rejected:
        """Give the device under its type; network names are marked as shared."""
        text = admit(_KIND, raw.value)
        if isinstance(text, Rejected):
            return text
        typed = _typed(raw, text)
        if isinstance(typed, Rejected):
            return typed
        name, value = typed
        if name in _READERS:
            read, refusal = _READERS[name]
            found = read(value if name == "ssid" else compatible(value))
            if found is None or found == "":
                return Rejected(kind=_KIND, reason=refusal)
        else:
            found = composed(value).strip()
            if found == "" or name == "other:":
                return Rejected(kind=_KIND, reason="The device id or its type is empty.")
        key = f"{name}:{found}"
        state, reason = _state(name, key, found)
        return finish(_KIND, key, raw=raw.value, state=state, reason=reason)


def _state(name: str, key: str, value: str) -> tuple[IdentifierState, str | None]:
    row = STOPPED_DEVICES.get(key)
    if row is not None:
        return row.state, row.reason
    if name in _SHARED:
        return IdentifierState.SHARED, _SHARED[name]
    serial = value[:14] if name == "imei" else value
    if len(set(serial.translate(_SEPARATORS))) <= 1:
        return IdentifierState.STOPPED, _REPEATED
    if name == "mac" and int(value[:2], 16) & 1:
        return IdentifierState.STOPPED, "A group's MAC address: it names no single device."
    return IdentifierState.NORMAL, None
