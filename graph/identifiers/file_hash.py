"""Hashes of files.

Sources: RFC 1321 (MD5), FIPS 180-4 (SHA), the ThreatExchange repository's pdq/README.md (PDQ: 256
bits, discarded below quality 50), IPED's PhotoDNALookup (144 bytes). Base32 SHA-1 is what
Gnutella and eDonkey clients show (`urn:sha1:`).
"""

from __future__ import annotations

import re
from base64 import b32decode, b64decode
from dataclasses import dataclass

from graph.identifiers.characters import admit, compatible, finish
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

_KIND = IdentifierKind.FILE_HASH
HEX_DIGITS = {
    "md5": 32,
    "sha1": 40,
    "sha224": 56,
    "sha256": 64,
    "sha384": 96,
    "sha512": 128,
    "pdq": 64,
    "photodna": 288,
    "md4": 32,
    "ed2k": 32,
}
"""Hexadecimal digits of each type that is checked."""

_NAMES = {
    "pdna": "photodna",
    "sha2256": "sha256",
    "sha2512": "sha512",
    "md5sum": "md5",
    "sha1sum": "sha1",
}
_NOT_NAME = re.compile(r"[^0-9a-z]+")
_HEX = re.compile(r"[0-9a-f]+\Z")
_BASE32 = re.compile(r"[A-Z2-7]+={0,6}\Z")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}\Z")
_BASE64URL = str.maketrans("-_", "+/")
_GROUPED = str.maketrans("", "", " :-")
_PERCEPTUAL = "A hash of what a picture looks like, of unknown quality: a hint, not a link."


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedHash:
    """The hash of a file that everybody has."""

    type: str
    value: str
    reason: str


def _stopped_hash(line: Line) -> StoppedHash:
    row = StoppedHash(
        type=line.choice("type", tuple(HEX_DIGITS)),
        value=line.text("value"),
        reason=line.text("reason"),
    )
    if _HEX.match(row.value) is None or len(row.value) != HEX_DIGITS[row.type]:
        raise ValueError(f"column `value` is no {row.type} in lower-case hexadecimal digits")
    return row


STOPPED_HASHES = {
    f"{row.type}:{row.value}": row.reason
    for row in read_table("stopped_hashes.csv", ("type", "value", "reason"), _stopped_hash)
}


def _rejected(reason: str) -> Rejected:
    return Rejected(kind=_KIND, reason=reason)


def _type_name(subtype: str) -> str:
    """Give `sha1` for `SHA-1`, `pdq` for `PDQ`, and a plain word for any other type."""
    name = _NOT_NAME.sub("", compatible(subtype).lower())[:50]
    return _NAMES.get(name, name)


def _typed(raw: RawIdentifier, text: str) -> tuple[str, str] | Rejected:
    """Give type and value; without a stated type from a prefix, else from the length."""
    name = "" if raw.subtype is None else _type_name(raw.subtype)
    prefix, colon, rest = text.removeprefix("urn:").partition(":")
    if colon and _type_name(prefix) in HEX_DIGITS and name in ("", _type_name(prefix)):
        return _type_name(prefix), rest.strip()
    if colon and prefix == "other" and ":" in rest and name == "":
        unknown, _, value = rest.partition(":")
        return _type_name(unknown), value
    if name != "":
        return name, text
    plain = text.lower()
    fitting = [kind for kind in ("md5", "sha1", "sha256", "sha512") if _fits(kind, plain)]
    if _fits("pdq", plain):
        return _rejected("The type is not stated: 64 digits may be a SHA-256 or a PDQ.")
    if len(fitting) != 1:
        return _rejected("The type is not stated, and no type has this length and alphabet.")
    return fitting[0], plain


def _fits(name: str, value: str) -> bool:
    return len(value) == HEX_DIGITS[name] and _HEX.match(value) is not None


def _digits(name: str, value: str) -> str | None:
    """Give the hash in lower-case hexadecimal digits, also from base32 and base64."""
    plain = value.lower().removeprefix("0x")
    if _fits(name, plain):
        return plain
    grouped = plain.translate(_GROUPED)
    if _fits(name, grouped):
        return grouped
    size = HEX_DIGITS[name] // 2
    if name == "sha1" and len(value) == 32 and _BASE32.match(value.upper()) is not None:
        return b32decode(value.upper()).hex()
    encoded = value.translate(_BASE64URL)
    encoded += "=" * (-len(encoded) % 4)
    if len(encoded) == (size + 2) // 3 * 4 and _BASE64.match(encoded) is not None:
        decoded = b64decode(encoded)
        return decoded.hex() if len(decoded) == size else None
    return None


class FileHash(IdentifierType):
    """Hashes. Key: `md5:<hex>`, `pdq:<hex>`; a type that is not known: `other:<type>:<value>`."""

    kind = _KIND

    def clean(
        self,
        raw: RawIdentifier,
        policy: Policy,  # noqa: ARG002 - one signature for all kinds
    ) -> Identifier | Rejected:
        """Give the hash under its type; its length must be its type's."""
        text = admit(_KIND, raw.value)
        if isinstance(text, Rejected):
            return text
        typed = _typed(raw, compatible(text))
        if isinstance(typed, Rejected):
            return typed
        name, value = typed
        if name not in HEX_DIGITS:
            return self._other(name, value, raw.value)
        digits = _digits(name, value)
        if digits is None:
            return _rejected(
                f"A hash of its stated type has {HEX_DIGITS[name]} hexadecimal digits; "
                "this value has not."
            )
        key = f"{name}:{digits}"
        state, reason = IdentifierState.NORMAL, STOPPED_HASHES.get(key)
        if reason is not None or len(set(digits)) == 1:
            state, reason = IdentifierState.STOPPED, reason or "One digit repeated: a filler."
        elif name == "pdq":
            state, reason = IdentifierState.SHARED, _PERCEPTUAL
        return finish(_KIND, key, raw=raw.value, state=state, reason=reason)

    def _other(self, name: str, value: str, received: str) -> Identifier | Rejected:
        """Give a hash of a type that is not known, compared as text."""
        if name == "" or value == "":
            return _rejected("The type of the hash is not stated, or its value is empty.")
        lower = value.lower()
        plain = lower if _HEX.match(lower) is not None else value
        return finish(_KIND, f"other:{name}:{plain}", raw=received)
