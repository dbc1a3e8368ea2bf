"""Which outcomes are told anew, which correct what was told before, and the files of both."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.clock import iso
from graph.exchange.texts import cell
from graph.feedback.table import NOT_STATED, FeedbackTable
from graph.triage.moves import State

SOURCE = "ncmec"
"""Tips of other sources are nothing to tell NCMEC."""


class LineKind(StrEnum):
    """What a line is to those that were told before."""

    FIRST = "first"
    CORRECTION = "correction"
    """Another outcome than was told before."""
    RETRACTION = "retraction"
    """What was told does not stand: the tip is worked again."""


class FeedbackFormat(StrEnum):
    """How feedback is written."""

    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What was told of a tip last."""

    feedback: str
    kind: str
    outcome: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a tip stands at the agency now."""

    tip: str
    state: str
    outcome: str | None
    stood_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackLine:
    """What NCMEC is told of one tip."""

    tip: str
    report_number: str
    kind: str
    outcome: str | None
    """In the queue's words; None of a retraction."""
    says: str
    safeguarded: str
    closed_us: int | None
    corrects: str | None
    """The feedback that told otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackHead:
    """What holds for all lines of one feedback."""

    ref: str
    agency: str
    from_us: int
    until_us: int
    made_us: int
    made_by: str
    table: str
    synthetic: bool
    left_out: tuple[str, ...]


def line_of(now: Standing, before: Before | None, table: FeedbackTable) -> FeedbackLine | None:
    """Give what is to be told of a tip, None where nothing is, or it was told already."""
    source, _, number = now.tip.partition(":")
    if source != SOURCE or not number.isdigit():
        return None
    stands = before is not None and before.kind != LineKind.RETRACTION
    corrects = before.feedback if before is not None else None
    if now.state != State.CLOSED or now.outcome is None:
        # A withdrawn report is its sender's own doing: nothing is worked again.
        if not stands or now.state == State.WITHDRAWN:
            return None
        return FeedbackLine(
            tip=now.tip,
            report_number=number,
            kind=LineKind.RETRACTION.value,
            outcome=None,
            says="What was told before does not stand: the report is being worked again",
            safeguarded=NOT_STATED,
            closed_us=None,
            corrects=corrects,
        )
    if stands and before is not None and before.outcome == now.outcome:
        return None
    told = table.outcomes[now.outcome]
    kind = LineKind.FIRST if before is None else LineKind.CORRECTION
    return FeedbackLine(
        tip=now.tip,
        report_number=number,
        kind=kind.value,
        outcome=now.outcome,
        says=told.says,
        safeguarded=told.safeguarded,
        closed_us=now.stood_us,
        corrects=corrects,
    )


_COLUMNS = (
    *("report_number", "kind", "outcome", "says", "child_safeguarded", "closed_at", "corrects"),
    *("feedback", "agency", "as_of", "table", "store"),
)


def written(head: FeedbackHead, lines: Sequence[FeedbackLine], kind: FeedbackFormat) -> bytes:
    """Give the file: the same lines give the same bytes."""
    if kind is FeedbackFormat.CSV:
        return _csv(head, lines)
    said = {
        "feedback": head.ref,
        "agency": head.agency,
        "period": {"from": iso(head.from_us), "until": iso(head.until_us)},
        "as_of": iso(head.made_us),
        "made_by": head.made_by,
        "table": head.table,
        "store": _store(head),
        "left_out": list(head.left_out),
        "lines": [dict(zip(_COLUMNS[:7], _cells(line), strict=True)) for line in lines],
    }
    return json.dumps(said, ensure_ascii=True, indent=1, sort_keys=True).encode("ascii") + b"\n"


def digest(data: bytes) -> str:
    """Give SHA-256, lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _csv(head: FeedbackHead, lines: Iterable[FeedbackLine]) -> bytes:
    shared = (head.ref, head.agency, iso(head.made_us), head.table, _store(head))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for line in lines:
        writer.writerow([cell(value) for value in (*_cells(line), *shared)])
    return text.getvalue().encode("utf-8", "backslashreplace")


def _cells(line: FeedbackLine) -> tuple[str | None, ...]:
    return (
        line.report_number,
        line.kind,
        line.outcome,
        line.says,
        line.safeguarded,
        None if line.closed_us is None else iso(line.closed_us),
        line.corrects,
    )


def _store(head: FeedbackHead) -> str:
    return "SYNTHETIC" if head.synthetic else "real"
