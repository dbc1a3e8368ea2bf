"""The API's feedback: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read


class MakeFeedback(Asked):
    """Of which time outcomes are told."""

    from_at: datetime
    until_at: datetime


class FeedbackMade(Answer):
    """A feedback as it was written."""

    key: str
    agency: str
    from_at: str
    until_at: str
    made_at: str
    made_by: str
    words: str
    line_total: int
    corrections: int
    left_out: tuple[str, ...]
    csv_sha256: str
    json_sha256: str
    purged_lines: int | None


class NcmecFeedback(Part):
    """What was told once: its manifest."""

    key: str
    agency: str
    from_at: str
    until_at: str
    made_at: str
    made_by: str
    words: str
    synthetic: bool
    line_total: int
    corrections: int
    left_out: tuple[str, ...]
    csv_sha256: str
    json_sha256: str
    purged_lines: int | None


class FeedbackPage(Answer):
    """What the own agency told NCMEC, the newest first."""

    items: tuple[NcmecFeedback, ...]
    next_after: str | None


class FeedbackLine(Part):
    """What one feedback tells of one tip."""

    tip: str
    report_number: str
    kind: str
    outcome: str | None
    says: str
    safeguarded: str
    closed_at: str | None
    corrects: str | None


class FeedbackTrial(Answer):
    """What a feedback would tell if it were written now. Nothing is written."""

    line_total: int
    corrections: int
    lines: tuple[FeedbackLine, ...]
    left_out: tuple[str, ...]


class FeedbackLines(Answer):
    """Lines of a feedback, by tip."""

    items: tuple[FeedbackLine, ...]
    next_after: str | None
    feedback: NcmecFeedback


FeedbackFormat: TypeAlias = Literal["csv", "json"]


class Feedback(Calls):
    """Calls about feedback."""

    def tell_ncmec(self, wanted: MakeFeedback, *, key: str | None = None) -> FeedbackMade:
        """Write what NCMEC is to be told of tips that were closed or reopened in a time."""
        return read(self._call("POST", "feedback", body=wanted, key=once(key)), FeedbackMade)

    def feedback_told(self, *, after: str = "", limit: int = 50) -> FeedbackPage:
        """What the own agency told NCMEC, the newest first."""
        return read(
            self._call("GET", "feedback", params={"after": after, "limit": limit}), FeedbackPage
        )

    def try_feedback(self, wanted: MakeFeedback) -> FeedbackTrial:
        """What a feedback of a time would tell NCMEC if it were written now. Nothing is written."""
        return read(self._call("POST", "feedback/dry-run", body=wanted), FeedbackTrial)

    def feedback_lines(self, feedback: str, *, after: str = "", limit: int = 50) -> FeedbackLines:
        """One feedback of the own agency with a page of its lines."""
        return read(
            self._call(
                "GET", f"feedback/{part(feedback)}", params={"after": after, "limit": limit}
            ),
            FeedbackLines,
        )

    def feedback_as_file(self, feedback: str, *, kind: FeedbackFormat = "csv") -> bytes:
        """A feedback's file, as it was written: CSV or JSON."""
        return self._call("GET", f"feedback/{part(feedback)}/file", params={"kind": kind}).content
