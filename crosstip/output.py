"""What commands print: tables for people, JSON for machines, nothing that a terminal would run."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any

from pydantic import BaseModel
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

PIPE_WIDTH = 160
"""Columns when nobody's terminal says how wide it is."""

console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)
errors = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else PIPE_WIDTH)

_WIDE_CELL = 30
"""A longer cell may be folded."""


def as_plain(value: Any) -> Any:
    """Give a value as JSON takes it: dataclasses, models, enums and tuples resolved."""
    if isinstance(value, BaseModel):
        return {k: as_plain(v) for k, v in value.model_dump().items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(k): as_plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_plain(item) for item in value]
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return value


def print_json(value: Any) -> None:
    """Print one JSON document to standard output."""
    json.dump(as_plain(value), sys.stdout, ensure_ascii=True, indent=2)
    sys.stdout.write("\n")


def safe(value: object) -> Text:
    """Give a value as text in which no control or direction character reaches the terminal."""
    text = _in_words(value)
    return Text("".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text))


def _in_words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(_in_words(item) for item in value)
    return str(value)


def in_lines(sentences: Iterable[str]) -> Text:
    """Give a cell with each sentence on a line of its own."""
    return Text("\n").join(safe(sentence) for sentence in sentences)


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; cells are data and never markup, but for those that `in_lines` made.

    Where the terminal is too narrow for its columns, each row is printed as lines of its own: a
    number that breaks in the middle can be neither read nor copied.
    """
    cells = [[cell if isinstance(cell, Text) else safe(cell) for cell in row] for row in rows]
    if _is_too_wide(columns, cells):
        _print_records(title, columns, cells)
        return
    table = Table(title=escape(title), title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in cells:
        table.add_row(*row)
    console.print(table)


def _is_too_wide(columns: Sequence[str], cells: Sequence[Sequence[Text]]) -> bool:
    if console.width >= PIPE_WIDTH:
        return False
    wanted = [
        max([len(column), *(min(row[at].cell_len, _WIDE_CELL) for row in cells)])
        for at, column in enumerate(columns)
    ]
    return sum(wanted) + 3 * len(columns) + 1 > console.width


def _print_records(title: str, columns: Sequence[str], cells: Sequence[Sequence[Text]]) -> None:
    console.print(Text(title, style="bold"))
    for row in cells:
        console.print()
        for column, cell in zip(columns, row, strict=True):
            if cell.plain != "":
                console.print(Text(f"  {column}: ").append_text(cell))


def say(sentence: str) -> None:
    """Print a sentence."""
    console.print(safe(sentence), soft_wrap=True)


def complain(sentence: str) -> None:
    """Print a sentence to standard error."""
    errors.print(safe(sentence), soft_wrap=True)
