"""A file of identifiers to check: each line is read as a question or gets a reason, in its place.

CSV with a header that names `value` (and, as in a claims file, `kind`, `provider`, `service`,
`subtype`, `region`), separated by comma, semicolon or tab; else a text with one identifier a line.
A line is a line of the file: here no record runs over several.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.identifiers.core import Policy, RawIdentifier
from graph.services.check_answers import LineAnswer
from graph.services.check_reading import Asked, asked_raw, asked_text
from ingest.limits import DEFAULT_LIMITS
from ingest.readers.agencies_csv import NO_KIND, kind_of
from ingest.readers.encoding import decoded
from ingest.screening.wide import wide_encoding

MOST_BYTES = 50_000_000
"""Of a file."""
_DELIMITERS = (",", ";", "\t")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ADDED = ("result", "note", "read as", "whom to call", "as of")
_EMPTY = "The line is empty."
_NO_TEXT = "The line's bytes are no UTF-8 text: write the file as UTF-8."
_QUOTES = "The line's quotes do not match."
_TOO_LONG = "The line is too long for one identifier."
_NO_VALUE = "The line has no value."
_FIELDS = "The line has more fields than the header: put values that hold the separator in quotes."
_PROVIDER_ALONE = "The line names a provider and no kind: say whether it is an account or a name."
_SEPARATED = "The line has several fields and the file no header: add a line that names `value`."


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One line of such a file."""

    line: int
    """Its place in the file, from 1."""
    fields: tuple[str, ...]
    """As they stand there; a line that cannot be taken apart is one field."""
    asked: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFile:
    """A file as it was read."""

    header: tuple[str, ...]
    """Its columns; one, where it has no header."""
    delimiter: str
    lines: tuple[CheckLine, ...]


def read_check_file(data: bytes, *, policy: Policy) -> CheckFile:
    """Read every line of a file.

    Raises:
        UnreadableDocumentError: it says that it is UTF-16 or UTF-32, and is not.
    """
    raw = _lines(data)
    first = next(
        (at for at, line in enumerate(raw) if not isinstance(line, str) or line.strip()), 0
    )
    shape = _shape(raw[first] if first < len(raw) else "")
    begin = 0 if shape is None else first + 1
    header, delimiter = shape if shape is not None else (("value",), ",")
    columns = None if shape is None else [name.strip().casefold() for name in header]
    lines = [_line(at + 1, raw[at], columns, delimiter, policy) for at in range(begin, len(raw))]
    return CheckFile(header=header, delimiter=delimiter, lines=tuple(lines))


def with_results(file: CheckFile, answers: Sequence[LineAnswer], *, as_of: str) -> str:
    """Give the file again, each line with its result beside it.

    What is added is guarded against being run as a formula; what stood there is left as it was.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=file.delimiter, lineterminator="\n")
    writer.writerow([*file.header, *_ADDED])
    for line, answer in zip(file.lines, answers, strict=True):
        added = (
            answer.outcome.value,
            answer.reason or "",
            "; ".join(f"{item.kind} {item.key}" for item in answer.read_as),
            "; ".join(call_of(answer)),
            as_of,
        )
        missing = [""] * (len(file.header) - len(line.fields))
        writer.writerow([*line.fields, *missing, *map(_guarded, added)])
    return text.getvalue()


def call_of(answer: LineAnswer) -> Iterator[str]:
    """Give whom to call about each pointer of a line."""
    for pointer in answer.pointers:
        historical = ", historical" if pointer.is_historical else ""
        contact = pointer.contact if pointer.contact is not None else "no contact entered"
        yield f"{pointer.agency_name} {pointer.reference} ({contact}){historical}"


def _lines(data: bytes) -> list[str | bytes]:
    """Give the lines of a file; bytes for one that is no text."""
    if wide_encoding(data) is not None:
        text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
        return [*text.removesuffix("\n").split("\n")]
    plain = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return [_text(part) for part in plain.removesuffix(b"\n").split(b"\n")]


def _text(part: bytes) -> str | bytes:
    try:
        return part.decode("utf-8")
    except UnicodeDecodeError:
        return part


def _shape(first: str | bytes) -> tuple[tuple[str, ...], str] | None:
    """Give columns and separator that a header states, None when the line is none."""
    if isinstance(first, bytes):
        return None
    for delimiter in _DELIMITERS:
        names = _fields(first, delimiter)
        if names is not None and "value" in [name.strip().casefold() for name in names]:
            return tuple(names), delimiter
    return None


def _fields(text: str, delimiter: str) -> list[str] | None:
    """Give the fields of a line, None when its quotes do not match."""
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


def _line(
    line: int, raw: str | bytes, columns: list[str] | None, delimiter: str, policy: Policy
) -> CheckLine:
    if isinstance(raw, bytes):
        shown = raw.decode("utf-8", errors="replace")
        return CheckLine(line=line, fields=(shown,), asked=Asked(reason=_NO_TEXT))
    problem, fields = None, [raw]
    if raw.strip() == "":
        problem = _EMPTY
    elif len(raw) > DEFAULT_LIMITS.max_line:
        problem = _TOO_LONG
    elif columns is None:
        if "://" not in raw and any(each in raw for each in _DELIMITERS):
            problem = _SEPARATED
    else:
        found = _fields(raw, delimiter)
        if found is None:
            problem = _QUOTES
        elif len(found) > len(columns):
            problem = _FIELDS
        else:
            fields = found
    if problem is not None:
        return CheckLine(line=line, fields=(raw,), asked=Asked(reason=problem))
    if columns is None:
        return CheckLine(line=line, fields=(raw,), asked=asked_text(raw.strip(), policy=policy))
    row = {name: v.strip() for name, v in zip(columns, fields, strict=False) if v.strip() != ""}
    return CheckLine(line=line, fields=tuple(fields), asked=_asked(row, policy))


def _asked(row: Mapping[str, str], policy: Policy) -> Asked:
    value = row.get("value")
    if value is None:
        return Asked(reason=_NO_VALUE)
    if "kind" not in row:
        alone = "provider" in row
        return Asked(reason=_PROVIDER_ALONE) if alone else asked_text(value, policy=policy)
    kind, subtype = kind_of(row["kind"])
    if kind is None:
        return Asked(reason=f"The line is not understood: {NO_KIND}.")
    raw = RawIdentifier(
        kind=kind,
        value=value,
        provider=row.get("provider"),
        service=row.get("service"),
        subtype=row.get("subtype") or subtype,
        region=row.get("region"),
    )
    return asked_raw(raw, policy)


def _guarded(text: str) -> str:
    """Give a text that a spreadsheet does not run (CWE-1236)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
