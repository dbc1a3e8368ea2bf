"""The formats that lists are written in: columns and rows in, bytes out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graph.exchange.formats import FORMATS as EXCHANGE
from graph.exchange.texts import quoted
from graph.services.export_rows import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How a list is written."""

    media_type: str
    suffix: str
    head: Callable[[Sequence[str]], bytes]
    """The beginning, from the columns."""
    row: Callable[[Sequence[str], Sequence[Cell]], bytes]


def safe(cell: Cell) -> str:
    """Give a cell that no spreadsheet runs."""
    if cell is None:
        return ""
    return quoted(cell) if isinstance(cell, str) else str(cell)


def _csv_line(cells: Sequence[str]) -> bytes:
    """Give a line as RFC 4180 has it."""
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf-8", "backslashreplace")


def _json_line(columns: Sequence[str], cells: Sequence[Cell]) -> bytes:
    said = dict(zip(columns, cells, strict=True))
    return json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


FORMATS: Mapping[str, Format] = {
    "csv": Format(
        media_type="text/csv",
        suffix="csv",
        head=_csv_line,
        row=lambda _columns, cells: _csv_line([safe(cell) for cell in cells]),
    ),
    "ndjson": Format(
        media_type="application/x-ndjson",
        suffix="ndjson",
        head=lambda _columns: b"",
        row=_json_line,
    ),
    "zip": Format(
        media_type="application/zip",
        suffix="zip",
        head=lambda _columns: b"",
        row=lambda _columns, _cells: b"",
    ),
    **{
        name: Format(
            media_type=found.media_type,
            suffix=found.suffix,
            head=lambda _columns: b"",
            row=lambda _columns, _cells: b"",
        )
        for name, found in EXCHANGE.items()
    },
}
"""By name. A ZIP or a format of exchange is written as a whole (`Exportable.whole`)."""
