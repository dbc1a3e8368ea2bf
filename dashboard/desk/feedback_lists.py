"""Feedback to NCMEC as columns and lines. Pure, from the API's answers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Final

from client.resources.feedback import FeedbackFormat, FeedbackLine, NcmecFeedback
from dashboard.components.csv_file import Columns
from dashboard.desk.times import moment
from dashboard.wording import joined, one_line, visible

READS: Final = frozenset({"analyst", "investigator", "supervisor"})
MAKES: Final = frozenset({"supervisor"})


def feedback_columns(rows: Sequence[NcmecFeedback]) -> Columns:
    """Give what was told, the newest first as the API gives it."""
    return {
        "Made (UTC)": [row.made_at for row in rows],
        "Made by": [visible(row.made_by) for row in rows],
        "From (UTC)": [row.from_at for row in rows],
        "Before (UTC)": [row.until_at for row in rows],
        "Lines": [row.line_total for row in rows],
        "Of them corrections and retractions": [row.corrections for row in rows],
        "Left out": [joined(row.left_out) for row in rows],
        "Words": [visible(row.words) for row in rows],
        "SHA-256 of the CSV": [row.csv_sha256 for row in rows],
        "SHA-256 of the JSON": [row.json_sha256 for row in rows],
        "Name": [visible(row.key) for row in rows],
    }


def feedback_line(row: NcmecFeedback) -> str:
    """Give a feedback on one line of a box."""
    return one_line(f"{row.made_at} by {row.made_by}: {row.line_total} lines", limit=100)


def told_columns(rows: Sequence[FeedbackLine]) -> Columns:
    """Give lines of one feedback, by tip."""
    return {
        "Report number": [visible(row.report_number) for row in rows],
        "Kind": [row.kind for row in rows],
        "Told": [visible(row.says) for row in rows],
        "Child safeguarded": [row.safeguarded for row in rows],
        "Outcome in the queue": [visible(row.outcome) for row in rows],
        "Closed (UTC)": [row.closed_at or "" for row in rows],
        "Corrects": [visible(row.corrects) for row in rows],
        "Tip": [visible(row.tip) for row in rows],
    }


def time_told(
    *, last: str | None, since: date | None, before: date | None, now: str
) -> tuple[datetime, datetime] | None:
    """Give the time of a feedback; None where none is said, or it does not begin before it ends.

    `since` stands before `last`, the end of the feedback before; without `before` it ends `now`.
    """
    start = moment(last) if last is not None else None
    if since is not None:
        start = datetime.combine(since, time(), tzinfo=UTC)
    end = moment(now) if before is None else datetime.combine(before, time(), tzinfo=UTC)
    if start is None or start >= end or end > moment(now):
        return None
    return start, end


def holds(row: NcmecFeedback, data: bytes, kind: FeedbackFormat) -> bool:
    """Say whether a file is the one that was written, by its SHA-256."""
    stated = row.csv_sha256 if kind == "csv" else row.json_sha256
    return hashlib.sha256(data).hexdigest() == stated


def file_name(row: NcmecFeedback, kind: FeedbackFormat) -> str:
    """Give the name of a feedback's file, with nothing in it but letters, digits and hyphens."""
    short = "".join(char for char in row.key[:8] if char.isascii() and char.isalnum())
    return f"ncmec-feedback-{'SYNTHETIC-' if row.synthetic else ''}{short}.{kind}"
