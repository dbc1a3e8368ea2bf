"""Tables (CSV and XLSX) as rows, and rows as documents of their own.

A row's document holds its cells and the mapping, so that it is read alike after a kill. Rows with
the same report number are one document: many tables have a row for each identifier.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import openpyxl

from graph.errors import UnreadableDocumentError
from ingest.limits import Limits
from ingest.opening.kinds import Container, container_of
from ingest.readers.encoding import decoded
from ingest.readers.table_mapping import ColumnField, Mapping
from ingest.readers.table_row import KEY
from ingest.readers.table_values import LOST

MOST_ROWS = 200_000
MOST_COLUMNS = 200
_DELIMITERS = (",", ";", "\t", "|")
_EXACT = 10**15
"""Workbooks keep numbers as binary64: from here on the last digits are made up (IEEE 754)."""


class TableError(Exception):
    """Why a table gives no rows, as the end of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns and rows as text, with the line or row on which each begins."""

    columns: tuple[str, ...]
    rows: list[tuple[int, tuple[str, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDocument:
    """The rows of one tip."""

    where: str
    data: bytes


def row_documents(data: bytes, mapping: Mapping, limits: Limits) -> Iterator[RowDocument]:
    """Give a document for each tip of a table.

    Raises:
        TableError: it is no table, or not the one that the mapping is for.
    """
    table = read_table(data, limits, sheet=mapping.sheet, header_line=mapping.header_line)
    yield from documents_of(table, mapping)


def documents_of(table: Table, mapping: Mapping) -> Iterator[RowDocument]:
    """Give a document for each tip of a table that was read.

    Raises:
        TableError: it is not the one that the mapping is for.
    """
    missing = [name for name in mapping.columns if name not in table.columns]
    if len(missing) == len(mapping.columns):
        raise TableError(
            "it has none of the columns that the mapping names; check that file and mapping belong "
            "together, or let --guess propose a mapping"
        )
    number = next((n for n, c in mapping.columns.items() if c.field is ColumnField.NUMBER), None)
    at = table.columns.index(number) if number in table.columns else None
    tips: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for line, cells in table.rows:
        stated = cells[at].strip() if at is not None and at < len(cells) else ""
        key = f"number {stated}" if stated != "" else f"row {_digest(cells)} {line}"
        tips.setdefault(key, []).append((line, cells))
    plain = mapping.model_dump(mode="json", exclude_defaults=True) | {"format": mapping.format}
    for found in tips.values():
        document = {
            KEY: "1",
            "row": _digest(*(cells for _, cells in found)),
            "mapping": plain,
            "missing": missing,
            "columns": table.columns,
            "rows": [cells for _, cells in found],
        }
        text = json.dumps(document, ensure_ascii=False, indent=1)
        lines = ", ".join(str(line) for line, _ in found[:3])
        yield RowDocument(where=f"row {lines}", data=text.encode("utf-8", "replace"))


def _digest(*rows: Sequence[str]) -> str:
    whole = json.dumps([list(cells) for cells in rows]).encode()
    return hashlib.sha256(whole).hexdigest()[:20]


def read_table(
    data: bytes,
    limits: Limits,
    *,
    sheet: str | None = None,
    header_line: int = 1,
    first: int | None = None,
) -> Table:
    """Give the columns and rows of a CSV file or a workbook's sheet, the first ones where named.

    Raises:
        TableError: it is none, or too large.
    """
    is_workbook = container_of(data) is Container.ZIP
    rows = _sheet_rows(data, sheet) if is_workbook else _csv_rows(data, limits)
    if first is not None:
        rows = islice(rows, header_line + first)
    kept = [(line, row) for line, row in rows if any(cell.strip() != "" for cell in row)]
    if len(kept) < header_line:
        raise TableError("it is a table without a line of column names")
    columns = tuple(" ".join(cell.split()) for cell in kept[header_line - 1][1])
    named = [name for name in columns if name != ""]
    if len(named) != len(set(named)):
        raise TableError("it has two columns of the same name; rename one")
    return Table(columns=columns, rows=kept[header_line:])


def _csv_rows(data: bytes, limits: Limits) -> Iterator[tuple[int, tuple[str, ...]]]:
    try:
        text = decoded(data)
    except UnreadableDocumentError as error:
        raise TableError(str(error)) from None
    first = next((line for line in text.splitlines() if line.strip() != ""), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    count = 0
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise TableError(
                f"its line {line} cannot be read ({error}); look for a quote that is not closed"
            ) from None
        if row is None:
            return
        count += 1
        if count > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise TableError(
                f"it has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns; split it"
            )
        if any(len(cell) > limits.max_text for cell in row):
            raise TableError(f"a cell of line {line} is longer than {limits.max_text:,} characters")
        yield line, tuple(row)


def _sheet_rows(data: bytes, sheet: str | None) -> Iterator[tuple[int, tuple[str, ...]]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        yield from _rows_of(book, sheet)
    except TableError:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl lets errors of every part through
        raise TableError(
            f"it is a broken workbook ({type(error).__name__}); save it again"
        ) from None


def _rows_of(book: Any, sheet: str | None) -> Iterator[tuple[int, tuple[str, ...]]]:
    names = book.sheetnames
    if sheet is not None and sheet not in names:
        raise TableError("it has no sheet of the name that the mapping states")
    page = book[sheet if sheet is not None else names[0]]
    page.reset_dimensions()
    for line, row in enumerate(
        page.iter_rows(max_col=MOST_COLUMNS + 1, max_row=MOST_ROWS + 1, values_only=True), start=1
    ):
        if line > MOST_ROWS or row[MOST_COLUMNS] is not None:
            raise TableError(
                f"it has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns; split it"
            )
        yield line, _trimmed(row)


def _trimmed(row: Sequence[object]) -> tuple[str, ...]:
    cells = [_text(cell) for cell in row]
    while cells and cells[-1] == "":
        cells.pop()
    return tuple(cells)


def _text(cell: object) -> str:
    """Give a cell as text; what a workbook has rounded is marked, not passed off as an id."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (int, float)):
        if abs(cell) >= _EXACT:
            return f"{LOST} {cell!r}"
        return str(int(cell)) if float(cell).is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell)


def csv_of_workbook(data: bytes, limits: Limits) -> bytes:
    """Give a workbook's first sheet as CSV: tables of agencies and claims are read as that.

    Raises:
        TableError: it is no workbook that can be read.
    """
    table = read_table(data, limits)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(table.columns)
    writer.writerows(cells for _, cells in table.rows)
    return stream.getvalue().encode()
