"""Media written as text: base64, hex and data URIs; the entrance to the other ways."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from ingest.screening.escaped import escaped_spans
from ingest.screening.findings import Span
from ingest.screening.numbers import number_spans
from ingest.screening.signatures import find_strong, media_type_of_decoded
from ingest.screening.units import ANY_ESCAPE, SOLID, without_blanks

_SHORTEST = 44
"""Characters in a row that make a run worth decoding: 33 bytes of base64, less than any image."""
_SHORTEST_SEGMENT = 32
_ALPHABET = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-\\%&#;\xc2\xc3"
) | frozenset(range(0x80, 0xC0))
_SOLID_MAP = bytes(ord("a") if value in _ALPHABET else ord(" ") for value in range(256))
_LONG = b"a" * _SHORTEST
_BEGINNINGS = (
    b"9j/",
    b"9j\\/",
    b"9j_",
    b"iVBORw",
    b"R0lGOD",
    b"UklGR",
    b"Z0eX",
    b"GkXfo",
    b"UEsDB",
)
"""How base64 of JPEG, PNG, GIF, RIFF, ftyp, Matroska and zip begins: finds runs in short lines."""
_DELIMITER = re.compile(rb"[\"<>']")
_BREAK = rb"(?:[ \t]*+(?:\r?\n|\\r|\\n|&#(?:10|13|x[aAdD]);|%%0[aAdD])[ \t]*+)+"
_RUN = re.compile(
    (
        rb"(?:[%(s)s]++|%(b)s(?=[%(s)s]{20}|[%(s)s]{1,76}={0,2}\s*+(?:[\"'<\\&%%%%]|\Z))"
        rb"|(?<=[%(s)s]{20}) (?=[%(s)s]{20})|%(e)s)+={0,2}"
        % {b"s": SOLID, b"b": _BREAK, b"e": ANY_ESCAPE.pattern}
    ).replace(b"%%", b"%"),
    re.DOTALL,
)
_SEGMENT = re.compile(rb"[%s]{%d,}+" % (SOLID, _SHORTEST_SEGMENT))
_HEX_SEGMENT = re.compile(rb"[0-9a-fA-F]{64,}+")
_DATA_URI = re.compile(
    rb"data:((?:image|video|audio|application|font)\\?/[\w.+\-]{1,80})(?:;[\w=.\-]{1,80}){0,4}?"
    rb"(;base64)?,",
    re.IGNORECASE,
)
_READABLE_TYPES = (b"application/json", b"application/xml", b"application/javascript")
_SHORTEST_URI = 16
_TEXT_TAIL = re.compile(rb"[\t\r\n\x20-\x7e]{44,}+\Z")
_STANDARD = bytes.maketrans(b"-_", b"+/")
_NESTED = 1
"""Levels of encoding within an encoding that are undone."""


def encoded_spans(data: bytes, *, level: int = 0) -> Iterator[Span]:
    """Give the runs of text that decode to media, archives or other containers.

    Runs: base64 (standard and URL-safe, in lines, with JSON, XML and percent escapes), hex, lists
    of byte values, bytes escaped one by one, and base64 of any of these (one level).
    """
    flat = data.translate(_SOLID_MAP)
    done = 0
    at = flat.find(_LONG)
    while at >= 0:
        start, end = _token(data, at, done)
        yield from _token_spans(data, start, end, level)
        done = end
        at = flat.find(_LONG, end)
    for beginning in _BEGINNINGS:
        place = data.find(beginning)
        if place >= 0:
            yield from _short_lines(data, beginning, place, level)
    yield from number_spans(data)
    yield from escaped_spans(data)
    if b"data:" in data or b"DATA:" in data:
        yield from _data_uris(data)


def _token(data: bytes, at: int, lowest: int) -> tuple[int, int]:
    """Give the string or text node around a place: neither holds quotes or angle brackets."""
    start = max(data.rfind(mark, lowest, at) for mark in (b'"', b"'", b"<", b">"))
    closing = _DELIMITER.search(data, at)
    return max(start + 1, lowest), len(data) if closing is None else closing.start()


def _short_lines(data: bytes, beginning: bytes, place: int, level: int) -> Iterator[Span]:
    """Look where base64 of media seems to begin, in lines too short for the first look."""
    while place >= 0:
        start, end = _token(data, place, 0 if place < 4096 else place - 4096)
        if end - start >= _SHORTEST:
            yield from _token_spans(data, start, end, level)
        place = data.find(beginning, max(end, place + 1))


def _token_spans(data: bytes, start: int, end: int, level: int) -> Iterator[Span]:
    for match in _RUN.finditer(data, start, end):
        if match.end() - match.start() >= _SHORTEST_SEGMENT:
            yield from _run_spans(data, match.start(), match.end(), level)


def _run_spans(data: bytes, start: int, end: int, level: int) -> Iterator[Span]:
    run = data[start:end]
    cleaned = without_blanks(ANY_ESCAPE.undone(run))
    is_exact = cleaned == run
    for segment in _SEGMENT.finditer(cleaned):
        hit = _hex(segment.group()) or _base64(segment.group(), level)
        if hit is None:
            continue
        offset, content, media_type = hit
        first, last = segment.start() + offset, segment.end()
        if not is_exact:
            first = ANY_ESCAPE.place_of(run, first, skip_blanks=True)
            last = (
                ANY_ESCAPE.place_of(run, last, skip_blanks=True)
                if last < len(cleaned)
                else len(run)
            )
        padded = last + len(run[last : last + 2]) - len(run[last : last + 2].lstrip(b"="))
        yield Span(start=start + first, end=start + padded, content=content, media_type=media_type)


def _hex(segment: bytes) -> tuple[int, bytes, str] | None:
    run = _HEX_SEGMENT.search(segment)
    if run is None:
        return None
    text = run.group().decode("ascii")
    for shift in (0, 1):
        content = bytes.fromhex(text[shift : shift + (len(text) - shift) // 2 * 2])
        media_type = media_type_of_decoded(content) if shift == 0 else None
        if media_type is not None:
            return run.start(), content, media_type
        found = find_strong(content)
        if found is not None:
            return run.start() + shift + 2 * found[0], content[found[0] :], found[1]
    return None


def _base64(segment: bytes, level: int) -> tuple[int, bytes, str] | None:
    """Try each way to group the characters: words before the media shift them."""
    standard = segment.translate(_STANDARD)
    for shift in range(4):
        content = _decode(standard[shift:])
        media_type = media_type_of_decoded(content) if shift == 0 else None
        if media_type is not None:
            return 0, content, media_type
        found = find_strong(content)
        if found is not None:
            return shift + found[0] // 3 * 4, content[found[0] :], found[1]
        if level < _NESTED and content[-_SHORTEST_SEGMENT:].isascii():
            nested = _nested(content, level)
            if nested is not None:
                return shift + nested[0] // 3 * 4, nested[1], nested[2]
    return None


def _nested(content: bytes, level: int) -> tuple[int, bytes, str] | None:
    tail = _TEXT_TAIL.search(content)
    if tail is None:
        return None
    inner = next(encoded_spans(tail.group(), level=level + 1), None)
    return None if inner is None else (tail.start(), inner.content, inner.media_type)


def _decode(text: bytes) -> bytes:
    usable = len(text) - (1 if len(text) % 4 == 1 else 0)
    return binascii.a2b_base64(text[:usable] + b"=" * (-usable % 4))


def _data_uris(data: bytes) -> Iterator[Span]:
    """Give what follows `data:image/…,` even when no signature is known for it (RFC 2397)."""
    done = 0
    for match in _DATA_URI.finditer(data):
        start = match.end()
        if start < done:
            continue
        declared = match.group(1).replace(b"\\", b"").lower()
        if match.group(2) is not None:
            run = _RUN.match(data, start)
            end = start if run is None else run.end()
        else:
            closing = _DELIMITER.search(data, start)
            end = done = len(data) if closing is None else closing.start()
        if declared in _READABLE_TYPES or end - start < _SHORTEST_URI:
            continue
        content = ANY_ESCAPE.undone(data[start:end])
        if match.group(2) is not None:
            solid = _SEGMENT.match(without_blanks(content).translate(_STANDARD))
            content = content if solid is None else _decode(solid.group())
        kind = declared.decode("ascii", "replace")
        yield Span(start=start, end=end, content=content, media_type=kind)
