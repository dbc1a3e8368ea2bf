"""The reviewed data files of `graph/data`: read once, typed, refused at import when malformed.

Every file is CSV in UTF-8 with a header, and every row names its `source` and the day on which
somebody `reviewed` it. `general knowledge` as a source means: nobody has checked a document.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import TypeVar

from graph.errors import CrosstipError
from graph.identifiers.core import IdentifierState

T = TypeVar("T")

_EVERY_FILE = ("source", "reviewed")


class DataFileError(CrosstipError):
    """A data file that comes with Crosstip is malformed; names file, line and column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a data file; its methods read a column as what it must be or raise ValueError."""

    values: Mapping[str, str]

    def text(self, column: str) -> str:
        """Give a column that must not be empty."""
        value = self.values[column]
        if value == "":
            raise ValueError(f"column `{column}` is empty")
        return value

    def optional(self, column: str) -> str | None:
        """Give a column, None when it is empty."""
        return self.values[column] or None

    def flag(self, column: str) -> bool:
        """Give a `yes` or `no` column."""
        return self.choice(column, ("yes", "no")) == "yes"

    def choice(self, column: str, allowed: tuple[str, ...]) -> str:
        """Give a column that must hold one of the allowed words."""
        value = self.values[column]
        if value not in allowed:
            raise ValueError(f"column `{column}` must be one of {', '.join(allowed)}")
        return value

    def state(self, column: str) -> IdentifierState:
        """Give a `normal`, `shared` or `stopped` column."""
        return IdentifierState(self.choice(column, tuple(IdentifierState)))

    def day(self, column: str) -> date | None:
        """Give an ISO 8601 date, None when the column is empty."""
        value = self.values[column]
        return date.fromisoformat(value) if value else None

    def words(self, column: str) -> tuple[str, ...]:
        """Give the words of a column that are separated by semicolons."""
        return tuple(word.strip() for word in self.values[column].split(";") if word.strip())


def read_table(name: str, columns: tuple[str, ...], build: Callable[[Line], T]) -> tuple[T, ...]:
    """Give every row of `graph/data/<name>`, each made by `build`.

    Raises:
        DataFileError: the file is missing, its header is not `columns` with `source` and
            `reviewed`, or `build` refuses a row with a ValueError.
    """
    try:
        text = files("graph").joinpath("data", name).read_text(encoding="utf-8")
    except OSError as error:
        raise DataFileError(
            f"The data file graph/data/{name} cannot be read. Install Crosstip again."
        ) from error
    return parse_table(name, text, columns=columns, build=build)


def parse_table(
    name: str, text: str, *, columns: tuple[str, ...], build: Callable[[Line], T]
) -> tuple[T, ...]:
    """Give every row of a data file's text; see `read_table`."""
    header = (*columns, *_EVERY_FILE)
    rows = csv.reader(text.splitlines(), strict=True)
    try:
        if tuple(next(rows, ())) != header:
            raise DataFileError(f"graph/data/{name}: the header must be {','.join(header)}.")
        return tuple(build(_line(header, row)) for row in rows)
    except (ValueError, csv.Error) as error:
        raise DataFileError(
            f"graph/data/{name}, line {rows.line_num}: {error}. Correct the row, or restore the "
            "file that came with this version."
        ) from error


def _line(header: tuple[str, ...], row: list[str]) -> Line:
    """Give one row by column; source and day of review must be there."""
    if len(row) != len(header):
        raise ValueError(f"{len(row)} columns instead of {len(header)}")
    line = Line(values=dict(zip(header, map(str.strip, row), strict=True)))
    line.text("source")
    if line.day("reviewed") is None:
        raise ValueError("column `reviewed` is empty")
    return line
