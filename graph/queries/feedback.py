"""What was told to NCMEC: each query is one agency's."""

from __future__ import annotations

from graph.queries.audit import KeysParams
from graph.queries.core import Params, Query, Row

MOST_LINES = 2000
"""Lines of one feedback."""
MOST = 200


class FeedbackRangeParams(Params):
    """After one place or key, before another one."""

    after: str
    end: str
    limit: int


class FeedbackKeyParams(Params):
    """A feedback, and the agency that asks."""

    key: str
    agency: str


class FeedbackRow(Row):
    """A feedback, all that is known of it but its lines."""

    key: str
    agency: str
    place: str
    from_us: int
    until_us: int
    made_us: int
    made_by: str
    words: str
    synthetic: bool
    line_total: int
    corrections: int
    left_out: list[str]
    csv_sha256: str
    json_sha256: str
    purged_lines: int | None = None


class FeedbackLineRow(Row):
    """A line of a feedback."""

    key: str
    tip: str
    report_number: str
    kind: str
    outcome: str | None
    says: str
    safeguarded: str
    closed_us: int | None
    corrects: str | None


class FeedbackLastRow(Row):
    """What an agency told of a tip last."""

    key: str
    feedback: str
    kind: str
    outcome: str | None


SENT = Query(
    name="feedback.sent",
    doc="What an agency told NCMEC, the newest first.",
    text="""
    MATCH (f:Feedback)
    WHERE f.place > $after AND f.place < $end
    RETURN f.key AS key, f.agency AS agency, f.place AS place, f.from_us AS from_us,
           f.until_us AS until_us, f.made_us AS made_us, f.made_by AS made_by, f.words AS words,
           f.synthetic AS synthetic, f.line_total AS line_total, f.corrections AS corrections,
           coalesce(f.left_out, []) AS left_out, f.csv_sha256 AS csv_sha256,
           f.json_sha256 AS json_sha256, f.purged_lines AS purged_lines
    ORDER BY place LIMIT $limit
    """,
    params=FeedbackRangeParams,
    row=FeedbackRow,
    max_rows=MOST + 1,
    public=False,
)

ONE = Query(
    name="feedback.one",
    doc="One of an agency's feedbacks.",
    text="""
    MATCH (f:Feedback {key: $key})
    WHERE f.agency = $agency
    RETURN f.key AS key, f.agency AS agency, f.place AS place, f.from_us AS from_us,
           f.until_us AS until_us, f.made_us AS made_us, f.made_by AS made_by, f.words AS words,
           f.synthetic AS synthetic, f.line_total AS line_total, f.corrections AS corrections,
           coalesce(f.left_out, []) AS left_out, f.csv_sha256 AS csv_sha256,
           f.json_sha256 AS json_sha256, f.purged_lines AS purged_lines
    LIMIT 1
    """,
    params=FeedbackKeyParams,
    row=FeedbackRow,
    max_rows=1,
    public=False,
)

LINES = Query(
    name="feedback.lines",
    doc="Lines of a feedback that was asked for before, in their order.",
    text="""
    MATCH (l:FeedbackLine)
    WHERE l.key > $after AND l.key < $end
    RETURN l.key AS key, l.tip AS tip, l.report_number AS report_number, l.kind AS kind,
           l.outcome AS outcome, l.says AS says, l.safeguarded AS safeguarded,
           l.closed_us AS closed_us, l.corrects AS corrects
    ORDER BY key LIMIT $limit
    """,
    params=FeedbackRangeParams,
    row=FeedbackLineRow,
    max_rows=MOST_LINES,
    public=False,
)

LAST = Query(
    name="feedback.last",
    doc="What was told last of some tips, by agency and tip.",
    text="""
    UNWIND $keys AS k
    MATCH (l:FeedbackLast {key: k})
    RETURN l.key AS key, l.feedback AS feedback, l.kind AS kind, l.outcome AS outcome
    ORDER BY key LIMIT 10000
    """,
    params=KeysParams,
    row=FeedbackLastRow,
    max_rows=10_000,
    public=False,
)
