"""Media whose bytes were escaped one by one: `\\u00ff\\u00d8`, `%FF%D8`, `&#255;&#216;`, `ÿØ`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.screening.findings import Span
from ingest.screening.signatures import find_in_binary
from ingest.screening.units import JSON_ESCAPES, PERCENTS, REFERENCES, Escapes

_FEWEST = 8
"""Escapes in a document, and in one string of it, from which it is worth a look."""
_JSON_STRING = re.compile(rb'"([^"\\]*+(?:\\.[^"\\]*+)*)', re.DOTALL)
_MARKUP_TEXT = re.compile(rb"([^<>\"]++)")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f\x80-\xff]")


def escaped_spans(data: bytes) -> Iterator[Span]:
    """Give what stands from a signature of media on to the end of its string or text node."""
    if data.count(b"\\u00") + data.count(b"\xc2") + data.count(b"\xc3") >= _FEWEST:
        yield from _spans(data, _JSON_STRING, JSON_ESCAPES, (b"\\u00", b"\xc2", b"\xc3"))
    if data.count(b"%") >= _FEWEST:
        is_json = data.lstrip()[:1] in (b"{", b"[")
        yield from _spans(data, _JSON_STRING if is_json else _MARKUP_TEXT, PERCENTS, (b"%",))
    if data.count(b"&#") >= _FEWEST:
        yield from _spans(data, _MARKUP_TEXT, REFERENCES, (b"&#",))


def _spans(
    data: bytes, strings: re.Pattern[bytes], escapes: Escapes, leads: tuple[bytes, ...]
) -> Iterator[Span]:
    for match in strings.finditer(data):
        text = match.group(1)
        if len(text) < _FEWEST or sum(text.count(lead) for lead in leads) < _FEWEST:
            continue
        plain = escapes.undone(text)
        found = find_in_binary(plain, 0) if _BINARY.search(plain) is not None else None
        if found is None:
            continue
        first, media_type = found
        begin = match.start(1) + escapes.place_of(text, first, skip_blanks=False)
        yield Span(start=begin, end=match.end(1), content=plain[first:], media_type=media_type)
