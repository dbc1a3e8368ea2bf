"""The report number of a `<report>`, which carries none of its own.

It stands in the submit response or the `<fileDetails>` that lie beside it, or in its name. A number
from beside it counts only where the folder holds exactly one `<report>` and all numbers agree:
else a tip would get another one's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ingest.readers.detect import Form, form_of
from ingest.readers.stated import number_from_name
from ingest.records import NumberSource

MAX_BESIDE = 500
"""A folder of more XML files is a heap of tips: what lies beside one says nothing about it."""
_PEEK = 64 * 1024
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(report|fileDetails|reportResponse|reportDoneResponse)[\s>/]")
_REPORT_ID = re.compile(rb"<(?:[\w.-]+:)?reportId>\s*([A-Za-z0-9._-]{1,64})\s*</")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundNumber:
    """A report number and where it was found."""

    number: str
    source: NumberSource


def find_number(path: Path | None, name: str, data: bytes) -> FoundNumber | None:
    """Give the number of a `<report>`; None for other documents, or when none is found."""
    if form_of(data) is not Form.XML or _root(data) != b"report":
        return None
    beside = _found_beside(path.parent) if path is not None else None
    if beside is not None:
        return beside.number
    number = number_from_name(name)
    return None if number is None else FoundNumber(number=number, source=NumberSource.FILE_NAME)


def report_beside(path: Path, data: bytes) -> Path | None:
    """Give the one `<report>` that a submit response or `<fileDetails>` beside it numbers.

    It may have been taken in before its number came; taken in again it gets the number.
    """
    if form_of(data) is not Form.XML or _root(data) in (b"report", None):
        return None
    beside = _found_beside(path.parent)
    return None if beside is None else beside.report


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """The one `<report>` of a folder, and the number that stands beside it."""

    report: Path
    number: FoundNumber


def _found_beside(folder: Path) -> _Beside | None:
    try:
        changed_ns = folder.stat().st_mtime_ns
    except OSError:
        # The folder may be gone or closed to us; the file itself was read, so its name still helps.
        return None
    return _beside(folder, changed_ns)


@lru_cache(maxsize=256)
def _beside(folder: Path, changed_ns: int) -> _Beside | None:  # noqa: ARG001 - part of the key
    """Look once for all reports of a folder, and again when files were added to it."""
    try:
        paths = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".xml" and p.is_file())
    except OSError:
        # The folder may be gone or closed to us; the file itself was read, so its name still helps.
        return None
    return _agreed(paths) if 1 < len(paths) <= MAX_BESIDE else None


def _agreed(paths: Iterable[Path]) -> _Beside | None:
    reports: list[Path] = []
    numbers: dict[NumberSource, set[str]] = {}
    for path in paths:
        head = _head(path)
        root = _root(head)
        if root == b"report":
            reports.append(path)
            continue
        number = _REPORT_ID.search(head)
        if root is not None and number is not None:
            is_file = root == b"fileDetails"
            source = NumberSource.FILE_DETAILS if is_file else NumberSource.SUBMIT_RESPONSE
            numbers.setdefault(source, set()).add(number[1].decode("ascii"))
    everything = set().union(*numbers.values()) if len(numbers) > 0 else set()
    if len(reports) != 1 or len(everything) != 1:
        return None
    has_response = NumberSource.SUBMIT_RESPONSE in numbers
    source = NumberSource.SUBMIT_RESPONSE if has_response else NumberSource.FILE_DETAILS
    return _Beside(
        report=reports[0], number=FoundNumber(number=next(iter(everything)), source=source)
    )


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_PEEK)
    except OSError:
        # Whoever takes that file in says so; here it only gives no number.
        return b""


def _root(data: bytes) -> bytes | None:
    found = _ROOT.search(data[:_PEEK])
    return found[1] if found is not None else None
