"""Cuts a file that holds many tips into its members, byte for byte, without reading them.

Containers are JSON arrays, JSON lines, and JSON objects on lines of their own. A broken member does
not stop the others: where its end cannot be found, the next place that looks like the beginning of
a tip is where the next one begins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.readers.detect import Form, form_of
from ingest.screening.wide import wide_encoding

_BLANK = b" \t\r\n"
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*"|["{}\[\]]', re.DOTALL)
_BEGINNING = re.compile(
    rb'[,\n\[}\]]\s*+(\{\s*+"(?:reportId|reportedInformation|dateReceived|crosstipSynthetic)")'
)
_OBJECT = re.compile(rb'\{\s*+"(?:reportId|reportedInformation|dateReceived|crosstipSynthetic)"')
_NUMBERED = re.compile(rb'\{\s*+"reportId"')
_LINE_BEGINNING = re.compile(rb"\n[ \t]*+(\{)")
_SEPARATORS = re.compile(rb"[\s,]*+")
_QUICK_SIZE = 1024 * 1024
_SCAN_BUDGET = 8
"""How many times its size a container may be scanned for ends of broken members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One document out of a file, exactly as it stands there."""

    data: bytes
    index: int
    """Its place among the members, from 0."""
    offset: int
    """Bytes before it in the file."""
    line: int
    """Line on which it begins, from 1."""
    is_alone: bool
    """The file is no container: this is the whole of it, mark and blanks included."""


def split(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Iterator[Member]:
    """Give the members of a file, one after the other; a file that is no container is one member.

    Nothing is checked but where members begin and end. In UTF-16 and UTF-32 files members keep
    the encoding and have no byte order mark.
    """
    if form_of(data) is not Form.JSON:
        yield _alone(data)
        return
    encoding = wide_encoding(data)
    if encoding is not None:
        yield from _split_wide(data, *encoding, limits)
        return
    spans = _spans(data, limits)
    first = next(spans, None)
    if first is None or first == (0, len(data)):
        yield _alone(data)
        return
    yield from _members(data, first, spans)


def _alone(data: bytes) -> Member:
    return Member(data=data, index=0, offset=0, line=1, is_alone=True)


def _members(
    data: bytes, first: tuple[int, int], others: Iterator[tuple[int, int]]
) -> Iterator[Member]:
    line, counted = 1, 0
    index = 0
    span: tuple[int, int] | None = first
    while span is not None:
        start, end = span
        line += data.count(b"\n", counted, start)
        counted = start
        yield Member(data=data[start:end], index=index, offset=start, line=line, is_alone=False)
        index += 1
        span = next(others, None)


def _split_wide(data: bytes, codec: str, mark: bytes, limits: Limits) -> Iterator[Member]:
    """Split the same text in UTF-8, and cut the original where the members stand."""
    try:
        text = data[len(mark) :].decode(codec).encode("utf-8")
    except UnicodeDecodeError:
        yield _alone(data)
        return
    at, seen = len(mark), 0
    for member in split(text, limits):
        if member.is_alone:
            yield _alone(data)
            return
        at += len(text[seen : member.offset].decode("utf-8").encode(codec))
        own = member.data.decode("utf-8").encode(codec)
        yield Member(data=own, index=member.index, offset=at, line=member.line, is_alone=False)
        at += len(own)
        seen = member.offset + len(member.data)


def _spans(data: bytes, limits: Limits) -> Iterator[tuple[int, int]]:
    """Give where members begin and end; one span over everything for a single document."""
    start = len(data) - len(data.lstrip(_BLANK + b"\xef\xbb\xbf"))
    if data[start : start + 1] == b"[":
        yield from _in_sequence(data, start + 1, limits, is_array=True)
    elif _is_lines(data, start):
        yield from _lines(data, start)
    elif data.find(b"\n{", start) >= 0:
        spans = list(_in_sequence(data, start, limits, is_array=False))
        if len(spans) > 1:
            yield from spans
        else:
            yield 0, len(data)
    else:
        yield 0, len(data)


def _is_lines(data: bytes, start: int) -> bool:
    """Tell whether the first line looks like a whole object, and another line begins with one."""
    end = data.find(b"\n", start)
    if end < 0 or not data[start:end].rstrip(_BLANK + b",").endswith(b"}"):
        return False
    return data[end:].lstrip(_BLANK)[:1] == b"{"


def _lines(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        line = data[start:end]
        body = line.strip(_BLANK)
        if body:
            first = start + line.find(body)
            yield first, first + len(body.rstrip(_BLANK + b","))
        start = end + 1


def _in_sequence(
    data: bytes, start: int, limits: Limits, *, is_array: bool
) -> Iterator[tuple[int, int]]:
    """Give objects one after the other, separated by commas (array) or blanks."""
    length = len(data.rstrip(_BLANK))
    is_closed = is_array and data[length - 1 : length] == b"]"
    last = length - 1 if is_closed else length
    budget = _SCAN_BUDGET * len(data)
    doubtful = 0
    at = _after_blanks(data, start)
    while at < last:
        if at >= doubtful:
            end, doubtful = _quick_end(data, at, last)
            if end is not None:
                yield at, end
                at = _after_blanks(data, end)
                continue
        end = None
        if data[at : at + 1] == b"{" and budget > 0:
            end, scanned = _end_of_object(data, at, min(last, at + limits.max_bytes))
            budget -= scanned - at
        if end is None or not _is_whole(data, at, end, last):
            end = _next_beginning(data, at, last, is_array=is_array)
        yield at, at + len(data[at:end].rstrip(_BLANK + b","))
        at = _after_blanks(data, end)


def _quick_end(data: bytes, start: int, last: int) -> tuple[int | None, int]:
    """Give the end of a member that parses up to where the next one seems to begin.

    The C parser is ten times as fast as looking for the matching brace.

    Returns:
        The end, if it parses, and up to where looking again would be in vain, if not.
    """
    following = _OBJECT.search(data, start + 1, last)
    stop = last if following is None else following.start()
    if stop - start > _QUICK_SIZE:
        return None, stop
    body = data[start:stop].rstrip(_BLANK + b",")
    if body[:1] == b"{" and _parses(body):
        return start + len(body), 0
    return None, stop


def _parses(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _after_blanks(data: bytes, at: int) -> int:
    match = _SEPARATORS.match(data, at)
    return at if match is None else match.end()


def _end_of_object(data: bytes, start: int, furthest: int) -> tuple[int | None, int]:
    """Give where the object's last brace stands, and how far was looked."""
    depth = 0
    for token in _TOKEN.finditer(data, start, furthest):
        mark = token.group()
        if mark in (b"{", b"["):
            depth += 1
        elif mark in (b"}", b"]"):
            depth -= 1
            if depth <= 0:
                return (token.end() if mark == b"}" else None), token.end()
        elif mark == b'"':
            return None, furthest
    return None, furthest


def _is_whole(data: bytes, start: int, end: int, last: int) -> bool:
    """Tell whether what looks like one object is one.

    A quote too many or too few turns texts inside out, and their braces into structure. So an
    object must be followed by another one, by nothing, or by the end of a list that goes on with
    something else; in the last case, and where it seems to hold another tip, it must parse.
    """
    after = _after_blanks(data, end)
    following = data[after : after + 1] if after < last else b""
    if following not in (b"", b"{", b"]"):
        return False
    if following != b"]" and _NUMBERED.search(data, start + 1, end) is None:
        return True
    return _parses(data[start:end])


def _next_beginning(data: bytes, at: int, last: int, *, is_array: bool) -> int:
    found = _BEGINNING.search(data, at + 1, last)
    if found is None and not is_array:
        found = _LINE_BEGINNING.search(data, at + 1, last)
    return last if found is None else found.start(1)
