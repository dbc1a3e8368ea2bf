"""Finds identifiers in free text.

Conservative: a value is taken when its own form or a label before it says what it is. Every
pattern is linear in the text (possessive or bounded repetition), so hostile text costs no more
than its length. What is found is `mined` and of role `mentioned`, unless a label says more.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from ingest.readers.labels import label_before, may_name

_AFTER_AT = re.compile(r"@(?:[^\W_][\w\-]{0,62}+\.){1,8}[^\W\d_][\w\-]{1,62}+")
_LOCAL_LONGEST = 64
_LOCAL_MARKS = frozenset("_.%+-")
_SCHEMES = ("https", "http", "ftp")
_AFTER_SCHEME = re.compile(r"://[^\s\"'<>{}|\\^`\x00-\x1f]{3,2000}+")
_WWW = re.compile(r"www\.[^\s\"'<>{}|\\^`@\x00-\x1f]{3,2000}+", re.IGNORECASE)
_PHONE = re.compile(r"\+[1-9](?:[ .\-()/\u00a0]{0,2}\d){6,14}(?!\d)")
_IPV4 = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3}){3})(?::([0-9]{1,5}))?(?!\w|\.\w|-\d)")
_IPV6 = re.compile(
    r"(?<![\w:.])((?:[0-9A-Fa-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{0,4}))(?![\w:])"
)
_HEX = re.compile(r"(?<![\w+/=\-])(?:[0-9a-f]{32,64}+|[0-9A-F]{32,64}+)(?![\w+/=\-])")
_HASH_TYPES = {32: "MD5", 40: "SHA1", 64: "SHA256"}
_SEPARATOR = re.compile(r"[:=](?!/)")
_VALUE = re.compile(r"[ \t]{0,3}[\"'(<\[]?([^\s\"'<>,;()\[\]]{2,64}+)")
_NATIONAL_PHONE = re.compile(r"[ \t]{0,3}(\(?\d[\d ().\-/]{5,22}\d)(?!\d)")
_LEAD_IN = re.compile(r"[:=][ \t]{0,3}[\"'(<\[]?$")
_DOTTED = re.compile(r"[0-9]\.[0-9]{1,3}\.[0-9]")
_COLONS = re.compile(r":[0-9A-Fa-f]{0,4}:")
_LONG_HEX = re.compile(r"[0-9][0-9A-Fa-f]{7}")
"""Cheap first looks: each begins with fixed characters, which lets `re` skip over prose."""
_TRAILING = ".,;:!?)]}'\"*"
_NO_HANDLE = frozenset(
    {
        "n/a",
        "na",
        "none",
        "unknown",
        "null",
        "not",
        "no",
        "yes",
        "the",
        "see",
        "same",
        "is",
        "http",
        "https",
        "and",
        "or",
        "was",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mined:
    """An identifier that a text mentions."""

    kind: IdentifierKind
    value: str
    place: int
    """Characters before it."""
    platform: str | None = None
    """Platform that a label names; None means that none is named."""
    subtype: str | None = None
    port: str | None = None
    role: Role | None = None
    """What a label says about its bearer; None when no label does."""


class _Taken:
    """Which characters already belong to an identifier."""

    def __init__(self, text: str) -> None:
        self._mask = bytearray(len(text))

    def take(self, start: int, end: int) -> bool:
        """Take a run unless its beginning is taken; tell whether it was free."""
        if self._mask[start]:
            return False
        self._mask[start:end] = b"\x01" * (end - start)
        return True


def mine(text: str) -> Iterator[Mined]:
    """Give the identifiers in a text, kind after kind, each place once."""
    taken = _Taken(text)
    if "@" in text:
        yield from _emails(text, taken)
    if "://" in text:
        yield from _urls(text, taken)
    if "www." in text or "WWW." in text:
        yield from _plain(text, _WWW, IdentifierKind.URL, "/.@-", taken)
    if "+" in text:
        yield from _plain(text, _PHONE, IdentifierKind.PHONE, "+", taken)
    if _DOTTED.search(text) is not None:
        yield from _addresses(text, _IPV4, taken)
    if _COLONS.search(text) is not None:
        yield from _addresses(text, _IPV6, taken)
    if _LONG_HEX.search(text) is not None:
        yield from _hashes(text, taken)
    yield from _labelled(text, taken)


def _stands_alone(text: str, start: int, marks: str) -> bool:
    """Tell whether what stands before a place is no letter, digit or one of the marks."""
    if start == 0:
        return True
    before = text[start - 1]
    return not (before.isalnum() or before == "_" or before in marks)


def _role(text: str, start: int) -> Role | None:
    lead_in = _LEAD_IN.search(text, max(0, start - 5), start)
    label = None if lead_in is None else label_before(text, lead_in.start())
    return None if label is None else label.role


def _found(text: str, kind: IdentifierKind, start: int, end: int) -> Mined:
    value = text[start:end].rstrip(_TRAILING)
    return Mined(kind=kind, value=value, place=start, role=_role(text, start))


def _plain(
    text: str, pattern: re.Pattern[str], kind: IdentifierKind, marks: str, taken: _Taken
) -> Iterator[Mined]:
    for match in pattern.finditer(text):
        start, end = match.span()
        if _stands_alone(text, start, marks) and taken.take(start, end):
            yield _found(text, kind, start, end)


def _emails(text: str, taken: _Taken) -> Iterator[Mined]:
    """Look back from each `@`: forward patterns would try every word."""
    at = text.find("@")
    while at >= 0:
        domain = _AFTER_AT.match(text, at)
        if domain is not None:
            start = at
            while start > 0 and _is_local(text[start - 1]) and at - start <= _LOCAL_LONGEST:
                start -= 1
            if 0 < at - start <= _LOCAL_LONGEST and taken.take(start, domain.end()):
                yield _found(text, IdentifierKind.EMAIL, start, domain.end())
        at = text.find("@", at + 1)


def _is_local(character: str) -> bool:
    return character.isalnum() or character in _LOCAL_MARKS


def _urls(text: str, taken: _Taken) -> Iterator[Mined]:
    at = text.find("://")
    while at >= 0:
        before = text[max(0, at - 5) : at].lower()
        scheme = next((one for one in _SCHEMES if before.endswith(one)), None)
        rest = _AFTER_SCHEME.match(text, at)
        if scheme is not None and rest is not None:
            start = at - len(scheme)
            if _stands_alone(text, start, "") and taken.take(start, rest.end()):
                yield _found(text, IdentifierKind.URL, start, rest.end())
        at = text.find("://", at + 3)


def _addresses(text: str, pattern: re.Pattern[str], taken: _Taken) -> Iterator[Mined]:
    for match in pattern.finditer(text):
        if pattern is _IPV4 and not _stands_alone(text, match.start(), ".:-"):
            continue
        if not _is_address(match.group(1)) or not taken.take(match.start(), match.end()):
            continue
        yield Mined(
            kind=IdentifierKind.IP_ADDRESS,
            value=match.group(1),
            place=match.start(1),
            port=match.group(2) if pattern is _IPV4 else None,
            role=_role(text, match.start()),
        )


def _is_address(value: str) -> bool:
    if ":" in value and not any(digit.isdigit() for digit in value):
        return False
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True


def _hashes(text: str, taken: _Taken) -> Iterator[Mined]:
    for match in _HEX.finditer(text):
        kind = _HASH_TYPES.get(len(match.group()))
        if kind is None or not taken.take(match.start(), match.end()):
            continue
        if "pdq" in text[max(0, match.start() - 16) : match.start()].lower():
            kind = "PDQ"
        yield Mined(
            kind=IdentifierKind.FILE_HASH, value=match.group(), place=match.start(), subtype=kind
        )


def _labelled(text: str, taken: _Taken) -> Iterator[Mined]:
    for separator in _SEPARATOR.finditer(text):
        if not may_name(text, separator.start()):
            continue
        label = label_before(text, separator.start())
        if label is None or label.kind is None:
            continue
        is_phone = label.kind is IdentifierKind.PHONE
        match = (_NATIONAL_PHONE if is_phone else _VALUE).match(text, separator.end())
        if match is None:
            continue
        value = match.group(1).rstrip(_TRAILING if not is_phone else "")
        if len(value) < 2 or value.lower() in _NO_HANDLE:
            continue
        if taken.take(match.start(1), match.end(1)):
            yield Mined(
                kind=label.kind,
                value=value,
                place=match.start(1),
                platform=label.platform,
                role=label.role,
            )
