"""What agencies told NCMEC of a tip that they purge: the lines go, the hashes of the files stay."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row


class ToldOfParams(Params):
    """A feedback, and a tip that it may tell of."""

    feedback: str
    tip: str
    end: str
    """After every line of the feedback."""


class ToldRow(Row):
    """A line, and which feedback it corrects."""

    key: str
    corrects: str | None


class LineParams(Params):
    """A line, its feedback, and the mark of what was told last."""

    key: str
    feedback: str


class LastParams(Params):
    """What an agency told of a tip last."""

    key: str


TOLD_OF = Query(
    name="purging_feedback.told_of",
    doc="The line that a feedback has about a tip.",
    text="""
    MATCH (l:FeedbackLine)
    WHERE l.key > $feedback + '|' AND l.key < $end AND l.tip = $tip
    RETURN l.key AS key, l.corrects AS corrects ORDER BY key LIMIT 1
    """,
    params=ToldOfParams,
    row=ToldRow,
    max_rows=1,
    public=False,
)

DROP_LINE = Query(
    name="purging_feedback.drop_line",
    doc="Deletes a line; its feedback says how many it lacks.",
    text="""
    MATCH (f:Feedback {key: $feedback})
    MATCH (l:FeedbackLine {key: $key})
    SET f.purged_lines = 1 + coalesce(f.purged_lines, 0)
    DETACH DELETE l
    """,
    params=LineParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DROP_LAST = Query(
    name="purging_feedback.drop_last",
    doc="Forgets what an agency told of a tip last.",
    text="MATCH (l:FeedbackLast {key: $key}) DETACH DELETE l",
    params=LastParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
