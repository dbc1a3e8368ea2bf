"""Media that stand in a document as they are: bytes that no text has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.screening.findings import Span
from ingest.screening.signatures import find_in_binary

_TEXT = bytes([9, 10, 13, *range(0x20, 0x7F)])
_NO_CONTROLS = bytes([9, 10, 13, *range(0x20, 0x100)])
_GAP = 64
"""Readable bytes in a row that end a binary run; media have shorter ones between their bytes."""
_BINARY_RUN = re.compile(
    rb"(?:[\t\n\r\x20-\x7e]{0,%d}+[^\t\n\r\x20-\x7e])+" % (_GAP - 1), re.DOTALL
)
_NEXT_BINARY = re.compile(rb"[^\t\n\r\x20-\x7e]")
_REMAINDER = 16
"""Bytes from which a binary run after media counts as their continuation."""
_MOST_CONTROLS = 0.05
"""Share of control characters above which data is no text in any encoding (random: 0.11)."""


def has_binary(data: bytes) -> bool:
    """Tell whether there are control characters, or bytes above 0x7F that are not UTF-8."""
    rest = data.translate(None, _TEXT)
    if len(rest) == 0:
        return False
    if len(rest.translate(None, _NO_CONTROLS)) > 0:
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def is_no_text(data: bytes) -> bool:
    """Tell whether so many bytes are control characters that this is text in no encoding."""
    controls = len(data.translate(None, _NO_CONTROLS))
    return controls > 32 and controls > _MOST_CONTROLS * len(data)


def raw_spans(data: bytes) -> Iterator[Span]:
    """Give the binary runs that begin with a signature, and those that follow them.

    A run ends where 64 readable bytes in a row begin. Media may hold longer texts (XMP), after
    which they go on without a signature; so every later binary run with control characters or
    broken UTF-8 goes as well.
    """
    found = find_in_binary(data, 0)
    while found is not None:
        start, media_type = found
        run = _BINARY_RUN.match(data, start)
        if run is None:
            found = find_in_binary(data, start + 1)
            continue
        yield Span(start=start, end=run.end(), content=run.group(), media_type=media_type)
        found = find_in_binary(data, run.end())
        until = len(data) if found is None else found[0]
        yield from _continuations(data, run.end(), until)


def _continuations(data: bytes, start: int, until: int) -> Iterator[Span]:
    binary = _NEXT_BINARY.search(data, start, until)
    while binary is not None:
        run = _BINARY_RUN.match(data, binary.start(), until)
        end = binary.end() if run is None else run.end()
        content = data[binary.start() : end]
        if len(content) >= _REMAINDER and has_binary(content):
            yield Span(
                start=binary.start(),
                end=end,
                content=content,
                media_type="application/octet-stream",
            )
        binary = _NEXT_BINARY.search(data, end, until)
