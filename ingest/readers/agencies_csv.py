"""Agencies, and the identifiers that their investigations work, from two kinds of CSV file.

Agencies: `agency,name,kind,state,contact`. Claims: `agency,investigation,title,status,opened,
contact,kind,value,provider,service,subtype,region,role`, and the terms on which it is claimed:
`visibility,predicate,source,support,reliability,content,handling`. RFC 4180 with a header line; `;`
and tab separate as well, case and order of the header do not matter, further columns are ignored.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graph.casework.vocabulary import (
    AgencyKind,
    ClaimRole,
    Content,
    Handling,
    Reliability,
    Status,
    Visibility,
)
from graph.errors import UnreadableDocumentError
from graph.identifiers.core import IdentifierKind, RawIdentifier
from ingest.limits import Limits
from ingest.readers.encoding import decoded
from ingest.records import AgencyRecord, ClaimRecord
from ingest.screening.wide import wide_encoding

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")
_DELIMITERS = (",", ";", "\t")
_AGENCY_REQUIRED = ("agency", "name", "kind")
_CLAIM_REQUIRED = ("agency", "investigation", "kind", "value")
AGENCY_KINDS = frozenset(AgencyKind)
CLAIM_ROLES = frozenset(ClaimRole)
STATUSES = frozenset(Status)
_FILE_VISIBILITIES = frozenset({Visibility.OPEN, Visibility.POINTER})
"""A file neither approves silence nor seals anything: that is for a named supervisor."""
_KIND_WORDS: dict[str, IdentifierKind] = {
    **{kind.value.casefold(): kind for kind in IdentifierKind},
    "e-mail": IdentifierKind.EMAIL,
    "email address": IdentifierKind.EMAIL,
    "mail": IdentifierKind.EMAIL,
    "phone number": IdentifierKind.PHONE,
    "telephone": IdentifierKind.PHONE,
    "mobile": IdentifierKind.PHONE,
    "ip": IdentifierKind.IP_ADDRESS,
    "ip address": IdentifierKind.IP_ADDRESS,
    "ipv4": IdentifierKind.IP_ADDRESS,
    "ipv6": IdentifierKind.IP_ADDRESS,
    "hash": IdentifierKind.FILE_HASH,
    "file hash": IdentifierKind.FILE_HASH,
    "md5": IdentifierKind.FILE_HASH,
    "sha1": IdentifierKind.FILE_HASH,
    "sha256": IdentifierKind.FILE_HASH,
    "pdq": IdentifierKind.FILE_HASH,
    "screen name": IdentifierKind.SCREEN_NAME,
    "username": IdentifierKind.SCREEN_NAME,
    "user name": IdentifierKind.SCREEN_NAME,
    "handle": IdentifierKind.SCREEN_NAME,
    "user id": IdentifierKind.ACCOUNT,
    "account id": IdentifierKind.ACCOUNT,
    "device id": IdentifierKind.DEVICE,
    "imei": IdentifierKind.DEVICE,
    "web address": IdentifierKind.URL,
    "link": IdentifierKind.URL,
}
_SUBTYPE_WORDS = frozenset({"md5", "sha1", "sha256", "pdq", "imei"})
"""Kinds that say the subtype too, where the column of that name is empty."""
NO_KIND = "its kind is none of account, screen name, email, phone, ip, hash, device and url"


def kind_of(text: str) -> tuple[IdentifierKind | None, str | None]:
    """Give the kind that a word of such a file names, and the subtype where it says that too."""
    word = " ".join(text.casefold().replace("_", " ").split())
    return _KIND_WORDS.get(word), word if word in _SUBTYPE_WORDS else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineProblem:
    """Why a line was not taken in: a sentence that does not repeat the line's values."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvLine:
    """One record of a CSV file; quoted ones may run over several lines."""

    line: int
    """Its first line in the file, from 1."""
    offset: int
    data: bytes
    outcome: AgencyRecord | ClaimRecord | LineProblem


_Row: TypeAlias = dict[str, str]
_Reader: TypeAlias = Callable[[_Row, int], AgencyRecord | ClaimRecord]


def read_lines(
    data: bytes, limits: Limits, *, given: Mapping[str, str] | None = None
) -> Iterator[CsvLine]:
    """Give each record of an agencies or claims file; a bad line does not stop the others.

    `given` stands in for columns that a line leaves out.

    Raises:
        UnreadableDocumentError: no text, or the header is of neither kind.
    """
    wide = wide_encoding(data)
    codec = wide[0] if wide is not None else "utf-8"
    mark = wide[1] if wide is not None else b""
    if wide is None and data.startswith(codecs.BOM_UTF8):
        mark = codecs.BOM_UTF8
    lines = _LINE.findall(decoded(data))
    header_index = next((n for n, line in enumerate(lines) if line.strip()), 0)
    fixed = dict(given) if given is not None else {}
    header = lines[header_index] if lines else ""
    delimiter, columns, reader = _header(header, limits, frozenset(fixed))
    offset = len(mark) + sum(len(line.encode(codec)) for line in lines[: header_index + 1])
    at = header_index + 1
    while at < len(lines):
        end = _record_end(lines, at)
        text = "".join(lines[at:end])
        own = text.encode(codec)
        if text.strip():
            shape = _Shape(delimiter=delimiter, columns=columns, reader=reader, fixed=fixed)
            outcome = _outcome(text, at + 1, shape, limits)
            yield CsvLine(line=at + 1, offset=offset, data=own, outcome=outcome)
        offset += len(own)
        at = end


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """How the lines of one file are read."""

    delimiter: str
    columns: list[str]
    reader: _Reader
    fixed: _Row


def _header(line: str, limits: Limits, given: frozenset[str]) -> tuple[str, list[str], _Reader]:
    if len(line) <= limits.max_line:
        for delimiter in _DELIMITERS:
            columns = [name.strip().casefold() for name in _fields(line, delimiter)]
            if set(_CLAIM_REQUIRED) <= {*columns, *given}:
                return delimiter, columns, _claim
            if set(_AGENCY_REQUIRED) <= set(columns):
                return delimiter, columns, _agency
    raise UnreadableDocumentError(
        "it is neither JSON nor XML, and its first line is not the header of an agencies or claims "
        f"file (at least {', '.join(_AGENCY_REQUIRED)} or {', '.join(_CLAIM_REQUIRED)}); "
        "check that the right file was sent"
    )


def _fields(text: str, delimiter: str) -> list[str]:
    """Give the fields of one record; the empty list when the csv module refuses it."""
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return []


_LONGEST_RECORD = 200
"""Lines that one quoted record may run over; more means a quote that was never closed."""


def _record_end(lines: list[str], at: int) -> int:
    """Give the index after a record's last line: the first that leaves no quote open."""
    open_quotes = False
    for end in range(at, min(len(lines), at + _LONGEST_RECORD)):
        if '"' in lines[end]:
            open_quotes = open_quotes != (lines[end].count('"') % 2 == 1)
        if not open_quotes:
            return end + 1
    return at + 1


def _outcome(
    text: str, line: int, shape: _Shape, limits: Limits
) -> AgencyRecord | ClaimRecord | LineProblem:
    columns = shape.columns
    if len(text) > limits.max_line:
        return LineProblem(
            reason=f"it has more characters than the limit max_line of {limits.max_line:,}; "
            "look for a quote that is not closed"
        )
    body = text.rstrip("\r\n")
    try:
        fields = next(csv.reader([body], delimiter=shape.delimiter, strict=True), [])
    except csv.Error:
        return LineProblem(reason="its quotes do not match; correct them and send it again")
    if len(fields) > len(columns) and any(field.strip() for field in fields[len(columns) :]):
        return LineProblem(
            reason=f"it has {len(fields)} fields under {len(columns)} columns; "
            "put values that hold the separator into quotes"
        )
    row = {
        name: value.strip()
        for name, value in zip(columns, fields, strict=False)
        if value.strip() != ""
    }
    try:
        return shape.reader(shape.fixed | row, line)
    except _LineError as error:
        return LineProblem(reason=str(error))


class _LineError(Exception):
    """A line that cannot be taken; becomes a `LineProblem`."""


def _required(row: _Row, column: str) -> str:
    value = row.get(column)
    if value is None:
        raise _LineError(f"its {column} is empty; fill it in and send the line again")
    return value


def _maybe_one_of(row: _Row, column: str, allowed: frozenset[str]) -> str | None:
    return _one_of(row, column, allowed, None) if column in row else None


def _one_of(row: _Row, column: str, allowed: frozenset[str], default: str | None) -> str:
    value = row.get(column, default)
    folded = "" if value is None else " ".join(value.casefold().replace("_", " ").split())
    if folded not in allowed:
        raise _LineError(
            f"its {column} is none of {', '.join(sorted(allowed))}; correct it and send it again"
        )
    return folded


def _agency(row: _Row, line: int) -> AgencyRecord:
    return AgencyRecord(
        line=line,
        key=_required(row, "agency"),
        name=_required(row, "name"),
        kind=_one_of(row, "kind", AGENCY_KINDS, None),
        state=row.get("state"),
        contact=row.get("contact"),
    )


def _claim(row: _Row, line: int) -> ClaimRecord:
    kind, subtype = kind_of(_required(row, "kind"))
    if kind is None:
        raise _LineError(f"{NO_KIND}; correct it and send it again")
    return ClaimRecord(
        line=line,
        agency=_required(row, "agency"),
        investigation=_required(row, "investigation"),
        title=row.get("title"),
        status=_one_of(row, "status", STATUSES, "open"),
        opened=row.get("opened"),
        contact=row.get("contact"),
        identifier=RawIdentifier(
            kind=kind,
            value=_required(row, "value"),
            provider=row.get("provider"),
            service=row.get("service"),
            subtype=row.get("subtype") or subtype,
            region=row.get("region"),
        ),
        role=_one_of(row, "role", CLAIM_ROLES, ClaimRole.SUSPECT),
        visibility=_maybe_one_of(row, "visibility", _FILE_VISIBILITIES),
        predicate=row.get("predicate"),
        source=row.get("source"),
        support=row.get("support"),
        reliability=_maybe_one_of(row, "reliability", frozenset(Reliability)),
        content=_maybe_one_of(row, "content", frozenset(Content)),
        handling=_maybe_one_of(row, "handling", frozenset(Handling)),
    )
