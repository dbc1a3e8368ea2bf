"""Takes a hash list in from a file: who hands it out, of when, and what each line holds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from graph.clock import now_us, to_us
from graph.errors import HashListError, NotFoundError, UnreadableDocumentError
from graph.services.hash_lists import Imported, Issue, hash_list, import_list
from graph.store import Store
from ingest.limits import DEFAULT_LIMITS, Limits, too_large
from ingest.readers.hash_list_csv import HashLine, columns_of, layout_of, read_hash_lines
from ingest.readers.hash_list_vics import chosen, contents_of, context_of, is_vics, read_vics

BATCH = 5000
"""Hashes that go to the store at once."""
MOST_TOLD = 100
"""Bad lines that are told one by one; further ones are counted."""
_MOST_CHARACTERS = 200
_DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line of which something was not taken, and why; no value of it is repeated."""

    line: int
    reason: str


@dataclass(slots=True, kw_only=True)
class ListReport:
    """What became of a file."""

    done: Imported | None = None
    lines: int = 0
    columns: str = ""
    """Where hashes were read, as `md5=1`."""
    bad_total: int = 0
    bad: list[BadLine] = field(default_factory=list)
    """The first bad lines."""


def take_list(
    store: Store,
    path: Path,
    *,
    name: str,
    source: str,
    dated: str,
    columns: Sequence[str],
    actor: str,
    categories: Sequence[str] = (),
    tell: Callable[[int], None] = lambda _: None,
    limits: Limits = DEFAULT_LIMITS,
) -> ListReport:
    """Import a file as an issue of a list; `tell` hears how many lines were read.

    Raises:
        UnreadableDocumentError: it cannot be read, or no column of hashes is known.
        HashListError: name, source or date is no good, or a newer issue is in.
        StoreError: the store could not do it; the same call finishes it.
    """
    dated_us = _midnight(dated)
    _require(name, "name")
    _require(source, "source")
    reading, lines = _opened(_readable(path, limits), columns, categories, limits)
    _require_context(store, name, reading)
    issue = Issue(
        name=name,
        source=source,
        dated=dated,
        dated_us=dated_us,
        file_sha256=_sha256(path),
        reading=reading,
    )
    report = ListReport(columns=reading)
    batches = _batches(lines, report, tell)
    first = next(batches)
    if len(first[0]) == 0:
        # It would take every entry of the issue before out of force; that is `withdraw`.
        raise UnreadableDocumentError(
            f"none of its {report.lines:,} entries has a hash that can be taken"
            f"{_first_reason(report)}; nothing was changed"
        )
    report.done = import_list(store, issue, chain([first], batches), actor=actor)
    return report


def _first_reason(report: ListReport) -> str:
    return "" if len(report.bad) == 0 else f" (line {report.bad[0].line}: {report.bad[0].reason})"


def _opened(
    path: Path, columns: Sequence[str], categories: Sequence[str], limits: Limits
) -> tuple[str, Iterator[HashLine]]:
    """Give how a file is read, in words, and its entries."""
    if is_vics(path):
        # Read to its end first: a file that breaks off must not replace the issue before.
        return chosen(contents_of(path), categories), read_vics(path, categories)
    if len(categories) > 0:
        raise UnreadableDocumentError("it is no VICS list: only those have categories")
    layout = layout_of(path, columns_of(columns), limits)
    return layout.words, read_hash_lines(path, layout, limits)


def _require_context(store: Store, name: str, reading: str) -> None:
    """Refuse another context under a list's name: its categories mean something else."""
    try:
        before = hash_list(store, name)
    except NotFoundError:
        return
    stated = context_of(before.issue.split("|", 2)[-1])
    context = context_of(reading)
    if stated != context and None not in (stated, context):
        raise HashListError(
            f"The list {before.name} has the categories of {stated}, and this file those of "
            f"{context}; the numbers do not mean the same. Import it under a name of its own."
        )


def _batches(
    lines: Iterator[HashLine], report: ListReport, tell: Callable[[int], None]
) -> Iterator[tuple[list[str], int]]:
    hashes: list[str] = []
    bad = 0
    for line in lines:
        report.lines += 1
        hashes += line.hashes
        if len(line.problems) > 0:
            bad += 1
            report.bad_total += 1
            if len(report.bad) < MOST_TOLD:
                report.bad.append(BadLine(line=line.line, reason="; ".join(line.problems)))
        if len(hashes) >= BATCH:
            yield hashes, bad
            tell(report.lines)
            hashes, bad = [], 0
    yield hashes, bad
    tell(report.lines)


def _readable(path: Path, limits: Limits) -> Path:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableDocumentError(f"{path.name} cannot be read: {error.strerror}") from error
    if not path.is_file():
        raise UnreadableDocumentError(f"{path.name} is no file; give one CSV or VICS file")
    if size > limits.max_container_bytes:
        raise too_large(size, "max_container_bytes", limits.max_container_bytes)
    return path


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _require(text: str, what: str) -> None:
    if text.strip() == "" or len(text) > _MOST_CHARACTERS or not text.isprintable():
        raise HashListError(
            f"The list's {what} must have 1 to {_MOST_CHARACTERS} printable characters."
        )


def _midnight(dated: str) -> int:
    try:
        day = date.fromisoformat(dated)
    except ValueError:
        raise HashListError("The date of issue is no day; write it as 2026-11-22.") from None
    if day.isoformat() != dated:
        raise HashListError("The date of issue is no day; write it as 2026-11-22.")
    us = to_us(datetime(day.year, day.month, day.day, tzinfo=UTC))
    if us > now_us() + _DAY_US:
        raise HashListError("The date of issue lies in the future. Check it.")
    return us
