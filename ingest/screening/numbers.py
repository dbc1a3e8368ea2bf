"""Media written as lists of byte values: `[255, 216, 255]`, `ff d8 ff`, `{"0":255,"1":216}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.screening.findings import Span
from ingest.screening.signatures import find_strong, media_type_of_decoded

_LISTED = frozenset(b"0123456789abcdefABCDEFxX,:;- \t\r\n\\")
_LIST_MAP = bytes(ord("a") if value in _LISTED else ord(" ") for value in range(256))
_LONG = b"a" * 96
_NUMBERS = re.compile(rb"-?\d{1,3}(?:\s*+,\s*+-?\d{1,3}){31,}")
_PAIRS = re.compile(
    rb"(?:0x|\\{1,2}x)?[0-9a-fA-F]{2}"
    rb"(?:[\s,:;\-]{1,4}+(?:0x|\\{1,2}x)?[0-9a-fA-F]{2}(?![0-9a-fA-F])){31,}"
)
_NOT_HEX = re.compile(rb"0x|\\{1,2}x|[\s,:;\-]")
_KEYED = re.compile(rb'"0"\s*+:\s*+\d{1,3}(?:\s*+,\s*+"\d{1,8}"\s*+:\s*+\d{1,3}){31,}')
_KEYED_VALUE = re.compile(rb":\s*+(\d{1,3})")
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*"', re.DOTALL)


def number_spans(data: bytes) -> Iterator[Span]:
    """Give the lists of byte values that make up media."""
    flat = data.translate(_LIST_MAP)
    at = flat.find(_LONG)
    while at >= 0:
        end = flat.find(b" ", at)
        end = len(data) if end < 0 else end
        for match in _NUMBERS.finditer(data, at, end):
            yield from _span(data, match, _values(match.group().split(b",")))
        for match in _PAIRS.finditer(data, at, end):
            yield from _span(data, match, bytes.fromhex(_NOT_HEX.sub(b"", match.group()).decode()))
        at = flat.find(_LONG, end)
    if b'"31"' in data:
        for match in _KEYED.finditer(data):
            content = _values(_KEYED_VALUE.findall(match.group()))
            for span in _span(data, match, content):
                yield Span(
                    start=span.start,
                    end=span.end,
                    content=span.content,
                    media_type=span.media_type,
                    bare=True,
                    prefix=b'"0":',
                )


def _values(numbers: list[bytes]) -> bytes:
    values = [int(number) for number in numbers]
    if any(value < -128 or value > 255 for value in values):
        return b""
    return bytes(value & 0xFF for value in values)


def _span(data: bytes, match: re.Match[bytes], content: bytes) -> Iterator[Span]:
    media_type = media_type_of_decoded(content)
    if media_type is None:
        found = find_strong(content)
        if found is None:
            return
        content, media_type = content[found[0] :], found[1]
    yield Span(
        start=match.start(),
        end=match.end(),
        content=content,
        media_type=media_type,
        bare=not _is_within_string(data, match.start()),
    )


def _is_within_string(data: bytes, place: int) -> bool:
    """Tell whether a place of a JSON document lies in a string; true for every other document."""
    if data.lstrip()[:1] not in (b"{", b"["):
        return True
    return b'"' in _STRING.sub(b"", data[:place])
