"""Feedback to NCMEC on the wire: what the own agency told of closed tips."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted


class NcmecFeedback(Part):
    """What was told once: its manifest."""

    key: str
    agency: str
    from_at: str = Field(description="Closings and reopenings from then on.")
    until_at: str = Field(description="And before then.")
    made_at: str = Field(description="When, and as of when.")
    made_by: str
    words: str = Field(description="Version of the table of words, and that it is to be confirmed.")
    synthetic: bool
    line_total: int
    corrections: int = Field(description="Lines that correct or retract what was told before.")
    left_out: tuple[str, ...] = Field(description="What is not in it, in sentences.")
    csv_sha256: str
    json_sha256: str
    purged_lines: int | None = Field(
        description="Lines that went with their tips: the files cannot be written again."
    )


class FeedbackPage(PageAnswer[NcmecFeedback]):
    """What the own agency told NCMEC, the newest first."""


class FeedbackMade(Answer, NcmecFeedback):
    """A feedback as it was written."""


class FeedbackLine(Part):
    """What one feedback tells of one tip."""

    tip: str
    report_number: str
    kind: str = Field(description="first, correction or retraction.")
    outcome: str | None = Field(description="In the queue's words; null of a retraction.")
    says: str = Field(description="In the words of the table.")
    safeguarded: str = Field(description="yes or not stated.")
    closed_at: str | None
    corrects: str | None = Field(description="The feedback that told otherwise.")


class FeedbackLines(PageAnswer[FeedbackLine]):
    """Lines of a feedback, by tip."""

    feedback: NcmecFeedback


class MakeFeedback(Wanted):
    """Of which time outcomes are told."""

    from_at: AwareDatetime
    until_at: AwareDatetime = Field(description="Not later than now.")


class FeedbackTrial(Answer):
    """What a feedback would tell if it were written now. Nothing is written."""

    line_total: int
    corrections: int = Field(description="Lines that correct or retract what was told before.")
    lines: tuple[FeedbackLine, ...] = Field(description="The first 200, by tip.")
    left_out: tuple[str, ...] = Field(description="What would not be in it, in sentences.")
