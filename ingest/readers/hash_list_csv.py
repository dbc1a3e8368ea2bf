"""Hash lists as CSV: MD5, SHA-1, SHA-256 and PDQ, with or without a header line.

RFC 4180; `;` and tab separate as well. Columns are found by their names, or named by the person who
imports (`md5=Hash value`, or `md5=2` by place). A line may hold several hashes of one file. Further
columns are not read, so what stands in them may be in any encoding. Lines that begin with `#` are
remarks. Not taken, and told: what the list marks as withdrawn, and a PDQ below quality 50, which
its authors discard (ThreatExchange, pdq/README.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import UnreadableDocumentError
from graph.identifiers.core import Identifier, IdentifierKind, Policy, RawIdentifier
from graph.identifiers.registry import clean
from ingest.limits import Limits
from ingest.readers.hash_list_records import fields_of, is_comment, lines_of, records_of

KINDS = ("md5", "sha1", "sha256", "pdq")
"""Kinds of hash that are taken off a list."""
ANY_KIND = "hash"
"""Name of a column whose kind another column, or the value's length, tells."""
KIND_COLUMN = "type"
QUALITY_COLUMN, STATUS_COLUMN, WITHDRAWN_COLUMN = "quality", "status", "withdrawn"
_ABOUT = frozenset({KIND_COLUMN, QUALITY_COLUMN, STATUS_COLUMN, WITHDRAWN_COLUMN})
_LEAST_QUALITY = 50
_WITHDRAWN = frozenset(
    {"withdrawn", "removed", "deleted", "retracted", "revoked", "delete", "remove", "withdraw"}
)
_NOT_WITHDRAWN = frozenset({"", "0", "n", "no", "false", "f"})
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
    "quality": QUALITY_COLUMN,
    "pdqquality": QUALITY_COLUMN,
    "status": STATUS_COLUMN,
    "action": STATUS_COLUMN,
    "state": STATUS_COLUMN,
    "withdrawn": WITHDRAWN_COLUMN,
    "deleted": WITHDRAWN_COLUMN,
    "removed": WITHDRAWN_COLUMN,
    "retracted": WITHDRAWN_COLUMN,
}
_DELIMITERS = (",", ";", "\t")
_NOT_NAME = re.compile(r"[^0-9a-z]+")
_HASH = re.compile(
    r"(?<![0-9a-fA-F])(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64})(?![0-9a-fA-F])"
)
_SEPARATOR = re.compile(r"sep=.\s*$", re.IGNORECASE)
"""What Excel writes before a table, and reads."""


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
    """By place from 0: a kind, `hash`, or what is said about it, such as `type`."""
    has_header: bool
    begins: int = 1
    """Line of the header, or of the first hash; remarks may stand before it."""

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
        if kind in found:
            raise UnreadableDocumentError(f"the column of {kind} is stated twice; state it once")
        found[kind] = column.strip()
    return found


def layout_of(path: Path, stated: Mapping[str, str], limits: Limits) -> Layout:
    """Give where a file's hashes stand.

    Raises:
        UnreadableDocumentError: it has no column that is known, or lacks a stated one.
    """
    with path.open("rb") as file:
        for number, first in enumerate(lines_of(file, limits), start=1):
            if first.strip() == "" or _SEPARATOR.match(first) is not None:
                continue
            found = _layout(first, number, stated)
            if found is not None and (found.has_header or not is_comment(first)):
                return found
            if not is_comment(first):
                break
    raise UnreadableDocumentError(
        "its first line names no column of hashes that is known (MD5, SHA-1, SHA-256, PDQ, hash) "
        "or that was stated; say which with --column, such as --column md5=NAME or md5=2"
    )


def _layout(first: str, number: int, stated: Mapping[str, str]) -> Layout | None:
    for delimiter in sorted(_DELIMITERS, key=lambda d: (-first.count(d), _DELIMITERS.index(d))):
        fields = fields_of(first, delimiter)
        if fields is None:
            continue
        found = _stated_columns(fields, stated) if len(stated) > 0 else _known_columns(fields)
        if found is not None:
            has_header = _is_header(fields, found, stated)
            return Layout(delimiter=delimiter, columns=found, has_header=has_header, begins=number)
    return None


def read_hash_lines(path: Path, layout: Layout, limits: Limits) -> Iterator[HashLine]:
    """Give each record of a list; a bad one does not stop the others."""
    with path.open("rb") as file:
        for number, text in records_of(file, layout.delimiter, limits):
            if text.strip() == "" or (number == layout.begins and layout.has_header):
                continue
            if is_comment(text):
                if _HASH.search(text) is not None:
                    why = "it is a remark (#) that holds a hash, which was not taken"
                    yield HashLine(line=number, hashes=(), problems=(why,))
            elif number >= layout.begins:
                yield _hash_line(number, text, layout, limits)


def _hash_line(number: int, text: str, layout: Layout, limits: Limits) -> HashLine:
    if len(text) > limits.max_line:
        why = f"it has more characters than the limit max_line of {limits.max_line:,}"
        return HashLine(line=number, hashes=(), problems=(why,))
    fields = fields_of(text, layout.delimiter)
    if fields is None:
        why = "its quotes do not match"
        return HashLine(line=number, hashes=(), problems=(why,))
    cells = {name: fields[at].strip() for at, name in layout.columns.items() if at < len(fields)}
    kind = cells.get(KIND_COLUMN, "")
    hashes: list[str] = []
    problems: list[str] = []
    for name, value in cells.items():
        if value == "" or name in _ABOUT:
            continue
        found, why = _hash(value, name if name != ANY_KIND else kind or None)
        if found.startswith("pdq:"):
            why = _too_poor(cells.get(QUALITY_COLUMN, ""))
        if why == "":
            hashes.append(found)
        else:
            problems.append(f"{name}: {why}")
    if _is_withdrawn(cells):
        why = "it is marked as withdrawn: no hash of it was taken"
        return HashLine(line=number, hashes=(), problems=(why, *problems))
    if len(hashes) + len(problems) == 0:
        problems.append("no hash in its columns")
    return HashLine(line=number, hashes=tuple(hashes), problems=tuple(problems))


def _hash(value: str, subtype: str | None) -> tuple[str, str]:
    """Give a hash's key, or why it is not taken."""
    found = clean(
        RawIdentifier(kind=IdentifierKind.FILE_HASH, value=value, subtype=subtype), Policy()
    )
    if not isinstance(found, Identifier):
        return "", found.reason
    if found.key.partition(":")[0] not in KINDS:
        return "", "a hash of this type is not taken off a list."
    return found.key, ""


def _too_poor(quality: str) -> str:
    """Give why a PDQ is not taken; one whose quality is not said may be good."""
    try:
        is_poor = quality != "" and not float(quality) >= _LEAST_QUALITY
    except ValueError:
        return "its quality is no number."
    return (
        f"its quality is below {_LEAST_QUALITY}: it is like the hashes of many." if is_poor else ""
    )


def _is_withdrawn(cells: Mapping[str, str]) -> bool:
    """Tell whether the list says of a line that it holds no longer."""
    return (
        cells.get(STATUS_COLUMN, "").casefold() in _WITHDRAWN
        or cells.get(WITHDRAWN_COLUMN, "").casefold() not in _NOT_WITHDRAWN
    )


def _folded(name: str) -> str:
    return _NOT_NAME.sub("", name.casefold())


def _known_columns(fields: Sequence[str]) -> dict[int, str] | None:
    found: dict[int, str] = {}
    for at, field in enumerate(fields):
        name = _NAMES.get(_folded(field))
        if name is None:
            continue
        if name in found.values() and name not in _ABOUT:
            raise UnreadableDocumentError(
                f"it has two columns of {name}; say which holds the hashes with --column, such as "
                f"--column {name}={at + 1}"
            )
        if name not in found.values():
            found[at] = name
    if set(found.values()) - _ABOUT:
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
        if at in found:
            raise UnreadableDocumentError(
                f"column {at + 1} is stated as {found[at]} and as {kind}; state one of them"
            )
        found[at] = kind
    for at, field in enumerate(fields):
        # Nobody has to state them for a withdrawal to be heard.
        name = _NAMES.get(_folded(field), "")
        if name in _ABOUT - {KIND_COLUMN, *found.values()} and at not in found:
            found[at] = name
    return found if set(found.values()) - _ABOUT else None


def _is_place(column: str, fields: Sequence[str]) -> bool:
    return column.isascii() and column.isdigit() and 0 < int(column) <= len(fields)


def _named(fields: Sequence[str]) -> dict[str, int]:
    """Give the places of names; one that two columns have names neither."""
    names = [_spaced(field) for field in fields]
    return {name: at for at, name in enumerate(names) if names.count(name) == 1}


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
    hashes = [at for at, name in columns.items() if name not in _ABOUT]
    return by_name or any(_folded(fields[at]) in _NAMES for at in hashes)


def _looks_like_hash(field: str) -> bool:
    raw = RawIdentifier(kind=IdentifierKind.FILE_HASH, value=field)
    text = field.strip().lower()
    is_long = len(text) in (32, 40, 64) and set(text) <= set("0123456789abcdef")
    return is_long or isinstance(clean(raw, Policy()), Identifier)
