"""Hash lists as CSV: MD5, SHA-1, SHA-256 and PDQ, with or without a header line.

RFC 4180; `;` and tab separate as well. Columns are found by their names, or named by the person who
imports (`md5=Hash value`, or `md5=2` by place). A line may hold several hashes of one file. Further
columns are not read, so what stands in them may be in any encoding.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from graph.errors import UnreadableDocumentError
from graph.identifiers.core import Identifier, IdentifierKind, Policy, RawIdentifier
from graph.identifiers.registry import clean
from ingest.limits import Limits
from ingest.screening.wide import wide_encoding

KINDS = ("md5", "sha1", "sha256", "pdq")
"""Kinds of hash that are taken off a list."""
ANY_KIND = "hash"
"""Name of a column whose kind another column, or the value's length, tells."""
KIND_COLUMN = "type"
_NAMES = {
    **{kind: kind for kind in KINDS},
    "md5hash": "md5",
    "sha1hash": "sha1",
    "sha256hash": "sha256",
    "pdqhash": "pdq",
    "hash": ANY_KIND,
    "hashvalue": ANY_KIND,
    "value": ANY_KIND,
    "fingerprint": ANY_KIND,
    "type": KIND_COLUMN,
    "hashtype": KIND_COLUMN,
    "algorithm": KIND_COLUMN,
}
_DELIMITERS = (",", ";", "\t")
_NOT_NAME = re.compile(r"[^0-9a-z]+")
_HEAD = 4096
_LONGEST_RECORD = 20
"""Lines that one quoted record may run over; more means a quote that was never closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HashLine:
    """One record of the file: hash keys, and why anything of it was not taken."""

    line: int
    hashes: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the hashes stand."""

    delimiter: str
    columns: Mapping[int, str]
    """By place from 0: a kind, `hash` or `type`."""
    has_header: bool

    @property
    def words(self) -> str:
        """The layout as one short text; the same for the same layout."""
        return ",".join(f"{name}={at + 1}" for at, name in sorted(self.columns.items()))


def columns_of(stated: Sequence[str]) -> dict[str, str]:
    """Give columns as a person states them, `md5=Hash value`: by kind.

    Raises:
        UnreadableDocumentError: one has no `=`, or a kind that is not taken.
    """
    found: dict[str, str] = {}
    for text in stated:
        name, equals, column = text.partition("=")
        kind = _NAMES.get(_folded(name))
        if equals == "" or kind is None or column.strip() == "":
            allowed = ", ".join((*KINDS, ANY_KIND, KIND_COLUMN))
            raise UnreadableDocumentError(
                f"a column is stated as KIND=NAME or KIND=PLACE, with one of {allowed} as KIND"
            )
        found[kind] = column.strip()
    return found


def layout_of(path: Path, stated: Mapping[str, str], limits: Limits) -> Layout:
    """Give where a file's hashes stand.

    Raises:
        UnreadableDocumentError: it has no column that is known, or lacks a stated one.
    """
    with path.open("rb") as file:
        first = next((line for line in _lines(file, limits) if line.strip() != ""), "")
    for delimiter in sorted(_DELIMITERS, key=lambda d: (-first.count(d), _DELIMITERS.index(d))):
        fields = _fields(first, delimiter)
        if fields is None:
            continue
        found = _stated_columns(fields, stated) if len(stated) > 0 else _known_columns(fields)
        if found is not None:
            has_header = _is_header(fields, found, stated)
            return Layout(delimiter=delimiter, columns=found, has_header=has_header)
    raise UnreadableDocumentError(
        "its first line names no column of hashes that is known (MD5, SHA-1, SHA-256, PDQ, hash) "
        "or that was stated; say which with --column, such as --column md5=NAME or md5=2"
    )


def read_hash_lines(path: Path, layout: Layout, limits: Limits) -> Iterator[HashLine]:
    """Give each record of a list; a bad one does not stop the others."""
    with path.open("rb") as file:
        is_header = layout.has_header
        for number, text in _records(file, layout, limits):
            if text.strip() == "":
                continue
            if is_header:
                is_header = False
                continue
            yield _hash_line(number, text, layout, limits)


def _lines(file: BinaryIO, limits: Limits) -> Iterator[str]:
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


def _records(file: BinaryIO, layout: Layout, limits: Limits) -> Iterator[tuple[int, str]]:
    """Give records with the number of their first line; a quoted field may run over several."""
    lines = enumerate(_lines(file, limits), start=1)
    put_back: deque[tuple[int, str]] = deque()

    def following() -> tuple[int, str] | None:
        return put_back.popleft() if len(put_back) > 0 else next(lines, None)

    while (first := following()) is not None:
        held = [first]
        text = first[1]
        while _is_open(text, layout.delimiter) and len(held) < _LONGEST_RECORD:
            more = following()
            if more is None:
                break
            held.append(more)
            text += more[1]
        if len(held) > 1 and (
            len(text) > limits.max_line or _fields(text, layout.delimiter) is None
        ):
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


def _hash_line(number: int, text: str, layout: Layout, limits: Limits) -> HashLine:
    if len(text) > limits.max_line:
        why = f"it has more characters than the limit max_line of {limits.max_line:,}"
        return HashLine(line=number, hashes=(), problems=(why,))
    fields = _fields(text, layout.delimiter)
    if fields is None:
        why = "its quotes do not match"
        return HashLine(line=number, hashes=(), problems=(why,))
    cells = {name: fields[at].strip() for at, name in layout.columns.items() if at < len(fields)}
    kind = cells.pop(KIND_COLUMN, "")
    hashes: list[str] = []
    problems: list[str] = []
    for name, value in cells.items():
        if value == "":
            continue
        subtype = name if name != ANY_KIND else kind or None
        raw = RawIdentifier(kind=IdentifierKind.FILE_HASH, value=value, subtype=subtype)
        found = clean(raw, Policy())
        if not isinstance(found, Identifier):
            problems.append(f"{name}: {found.reason}")
        elif found.key.partition(":")[0] not in KINDS:
            problems.append(f"{name}: a hash of this type is not taken off a list.")
        else:
            hashes.append(found.key)
    if len(hashes) + len(problems) == 0:
        problems.append("no hash in its columns")
    return HashLine(line=number, hashes=tuple(hashes), problems=tuple(problems))


def _fields(text: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([text.rstrip("\r\n")], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


def _folded(name: str) -> str:
    return _NOT_NAME.sub("", name.casefold())


def _known_columns(fields: Sequence[str]) -> dict[int, str] | None:
    found: dict[int, str] = {}
    for at, field in enumerate(fields):
        name = _NAMES.get(_folded(field))
        if name is not None and name not in found.values():
            found[at] = name
    if set(found.values()) - {KIND_COLUMN}:
        return found
    # Without a header: a list of nothing but hashes, each telling its kind by itself.
    if len(fields) == 1 and _looks_like_hash(fields[0]):
        return {0: ANY_KIND}
    return None


def _stated_columns(fields: Sequence[str], stated: Mapping[str, str]) -> dict[int, str] | None:
    found: dict[int, str] = {}
    for kind, column in stated.items():
        at = int(column) - 1 if _is_place(column, fields) else _named(fields).get(_spaced(column))
        if at is None:
            return None
        found[at] = kind
    return found if set(found.values()) - {KIND_COLUMN} else None


def _is_place(column: str, fields: Sequence[str]) -> bool:
    return column.isascii() and column.isdigit() and 0 < int(column) <= len(fields)


def _named(fields: Sequence[str]) -> dict[str, int]:
    return {_spaced(field): at for at, field in enumerate(fields)}


def _spaced(name: str) -> str:
    return " ".join(name.casefold().split())


def _is_header(
    fields: Sequence[str], columns: Mapping[int, str], stated: Mapping[str, str]
) -> bool:
    """Tell whether the first line names columns; else it is read, and is bad if it holds no hash.

    Only a stated name, or a known one over a column of hashes, makes it a header: a first hash that
    is malformed would else be left out without a word.
    """
    if any(_looks_like_hash(field) for field in fields):
        return False
    by_name = any(not _is_place(column, fields) for column in stated.values())
    hashes = [at for at, name in columns.items() if name != KIND_COLUMN]
    return by_name or any(_folded(fields[at]) in _NAMES for at in hashes)


def _looks_like_hash(field: str) -> bool:
    raw = RawIdentifier(kind=IdentifierKind.FILE_HASH, value=field)
    text = field.strip().lower()
    is_long = len(text) in (32, 40, 64) and set(text) <= set("0123456789abcdef")
    return is_long or isinstance(clean(raw, Policy()), Identifier)
