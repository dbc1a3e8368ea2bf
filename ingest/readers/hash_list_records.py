"""Records of a hash list that is CSV: lines, comments, and quoted fields over several lines."""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from ingest.limits import Limits
from ingest.screening.wide import wide_encoding

_HEAD = 4096
_LONGEST_RECORD = 20
"""Lines that one quoted record may run over; more means a quote that was never closed."""


def is_comment(line: str) -> bool:
    """Tell whether a line is a remark of who wrote the list."""
    return line.lstrip().startswith("#")


def lines_of(file: BinaryIO, limits: Limits) -> Iterator[str]:
    """Give the lines; bytes that are no text become a mark that no hash has."""
    head = file.read(_HEAD)
    file.seek(0)
    wide = wide_encoding(head)
    codec, mark = wide if wide is not None else ("utf-8", b"")
    if wide is None and head.startswith(codecs.BOM_UTF8):
        mark = codecs.BOM_UTF8
    file.seek(len(mark))
    text = io.TextIOWrapper(file, encoding=codec, errors="replace", newline=None)
    try:
        # One character more than allowed shows that a line is too long; its rest is left out.
        while (line := text.readline(limits.max_line + 1)) != "":
            rest = line
            while rest != "" and not rest.endswith("\n"):
                rest = text.readline(limits.max_line + 1)
            yield line
    finally:
        text.detach()


def records_of(file: BinaryIO, delimiter: str, limits: Limits) -> Iterator[tuple[int, str]]:
    """Give records with the number of their first line; a quoted field may run over several."""
    lines = enumerate(lines_of(file, limits), start=1)
    put_back: deque[tuple[int, str]] = deque()

    def following() -> tuple[int, str] | None:
        return put_back.popleft() if len(put_back) > 0 else next(lines, None)

    while (first := following()) is not None:
        held = [first]
        text = first[1]
        while not is_comment(text) and _is_open(text, delimiter) and len(held) < _LONGEST_RECORD:
            more = following()
            if more is None:
                break
            held.append(more)
            text += more[1]
        if len(held) > 1 and (len(text) > limits.max_line or fields_of(text, delimiter) is None):
            # No record: this line is bad, and the others stand for themselves.
            put_back.extendleft(reversed(held[1:]))
            text = first[1]
        yield first[0], text


def _is_open(text: str, delimiter: str) -> bool:
    """Tell whether a quoted field is not closed; a quote opens a field only at its start.

    RFC 4180, 2: within an unquoted field (`6" disk`) it is a character like others.
    """
    at, last = 0, text.rfind('"')
    while at <= last:
        if text.startswith('"', at):
            at = _closing(text, at + 1)
            if at < 0:
                return True
        at = text.find(delimiter, at) + 1
        if at == 0:
            return False
    return False


def _closing(text: str, at: int) -> int:
    """Give the place behind the quote that closes a field; -1 when there is none."""
    while (at := text.find('"', at)) >= 0:
        if not text.startswith('""', at):
            return at + 1
        at += 2
    return -1


def fields_of(text: str, delimiter: str) -> list[str] | None:
    """Give the cells of a record, None when its quotes do not match."""
    try:
        return next(csv.reader([text.rstrip("\r\n")], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None
