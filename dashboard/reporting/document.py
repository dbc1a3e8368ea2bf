"""A report as plain data: what every form of it says, and the bytes that the log names.

The record is canonical JSON (RFC 8785 over strings and lists: sorted names, no white space, ASCII),
so that `sha256sum` over the file gives what stands in the log.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from dashboard.wording import one_line

FORMAT = "crosstip-chart-report/1"
MOST = 500
"""Characters of a text in a report; a longer one ends with an ellipsis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: its titles and its rows, or the sentence for when it has none."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "None."


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report."""

    title: str
    lines: tuple[str, ...] = ()
    grid: Grid | None = None
    has_picture: bool = False
    """Whether the chart is drawn after the lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that a report says, but its place in the log, which follows from its bytes."""

    title: str
    marks: tuple[str, ...]
    """What stands on top of every page: handling, made-up data, the caveat."""
    sections: tuple[Section, ...]
    tips: tuple[str, ...]
    """Every tip that it names."""
    synthetic: bool

    def record(self) -> bytes:
        """Give the bytes that the log names by their SHA-256."""
        said = {"format": FORMAT, **asdict(self)}
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")

    @property
    def sha256(self) -> str:
        """Give the SHA-256 of the record."""
        return hashlib.sha256(self.record()).hexdigest()


def said(text: object) -> str:
    """Give a text as a report says it: on one line, with nothing hidden, and not without end."""
    return one_line(text, limit=MOST)


def grid(titles: Iterable[str], rows: Iterable[Iterable[object]], *, empty: str) -> Grid:
    """Give a table of what was read."""
    return Grid(
        titles=tuple(titles),
        rows=tuple(tuple(said(cell) for cell in row) for row in rows),
        empty=empty,
    )
