"""Lists as CSV files that a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Cell: TypeAlias = str | int | float | None
Columns: TypeAlias = Mapping[str, Sequence[Cell]]

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula (CWE-1236), full-width forms included."""


def as_csv(columns: Columns, preamble: Sequence[str]) -> bytes:
    """Give the columns as CSV after the lines of the preamble, in UTF-8 with a byte order mark.

    Texts that a spreadsheet could run get an apostrophe before them; numbers stay numbers.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    for line in preamble:
        writer.writerow([safe_cell(line)])
    writer.writerow([safe_cell(name) for name in columns])
    for row in zip(*columns.values(), strict=True):
        writer.writerow([safe_cell(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig", "backslashreplace")


def safe_cell(cell: Cell) -> str | int | float:
    """Give a cell that is never a formula."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        # A blank in front does not keep every spreadsheet from trying.
        is_risky = cell.startswith(_STARTS) or cell.lstrip().startswith(_STARTS)
        return f"'{cell}" if is_risky else cell
    return cell
