"""What happened in a period at one agency: ranges of places by when they came, and of moves."""

from __future__ import annotations

from graph.queries.caseload import MOST_GROUPS, BucketParams, BucketRow, SpanParams
from graph.queries.core import Query, Row
from graph.queries.scope import Seeing

MOST_TIPS = 1000
"""Tips whose subjects are counted together."""


class SubjectsParams(SpanParams, Seeing):
    """A range of places whose tips' subjects are counted."""


class LackRow(Row):
    """Tips of one provider that lack the same."""

    provider: str | None
    lacks: str | None
    total: int


class StayRow(Row):
    """How often a state was left, and the median of the time in it."""

    total: int
    median_us: int | None


class MadeRow(BucketRow):
    """How many moves are in a bucket, of closings with one outcome."""

    outcome: str | None
    holding: int
    """Of those: of tips that the agency held ever since."""


class SubjectsRow(Row):
    """Tips, and the distinct accounts, addresses and numbers of whom they report."""

    tips: int
    subjects: int


CAME = Query(
    name="caseload_flow.came",
    doc="How many tips came to an agency in each bucket of time.",
    text="""
    MATCH (q:Triage)
    WHERE q.since_place > $after AND q.since_place < $end
    WITH (q.since_us - $begin_us) / $width_us AS nth, count(q) AS total
    RETURN nth, total ORDER BY nth LIMIT 100000
    """,
    params=BucketParams,
    row=BucketRow,
    max_rows=MOST_GROUPS,
    public=False,
)

LACKS = Query(
    name="caseload_flow.lacks",
    doc="How many tips of each provider that came to an agency lack the same.",
    text="""
    MATCH (q:Triage)
    WHERE q.since_place > $after AND q.since_place < $end
    WITH q.provider AS provider, q.lacks AS lacks, count(q) AS total
    RETURN provider, lacks, total ORDER BY provider, lacks LIMIT 100000
    """,
    params=SpanParams,
    row=LackRow,
    max_rows=MOST_GROUPS,
    public=False,
)

MADE = Query(
    name="caseload_flow.made",
    doc="How many moves of one kind an agency made in each bucket of time, closings by outcome; "
    "and of how many it held the tip without a break from the move until now.",
    text="""
    MATCH (m:TriageMove)
    WHERE m.kind_place > $after AND m.kind_place < $end
    WITH (m.at_us - $begin_us) / $width_us AS nth, m.outcome AS outcome, count(m) AS total,
         sum(CASE WHEN m.broken IS NULL THEN 1 ELSE 0 END) AS holding
    RETURN nth, outcome, total, holding ORDER BY nth, outcome LIMIT 100000
    """,
    params=BucketParams,
    row=MadeRow,
    max_rows=MOST_GROUPS,
    public=False,
)

STAYED = Query(
    name="caseload_flow.stayed",
    doc="How often a state was left, and the median of the time in it.",
    text="""
    MATCH (m:TriageMove)
    WHERE m.stage_place > $after AND m.stage_place < $end
    RETURN count(m) AS total, percentileDisc(m.stayed_us, 0.5) AS median_us LIMIT 1
    """,
    params=SpanParams,
    row=StayRow,
    max_rows=1,
    public=False,
)

SUBJECTS = Query(
    name="caseload_flow.subjects",
    doc="Distinct accounts, addresses and numbers of whom the tips that came last report.",
    text="""
    MATCH (q:Triage)
    WHERE q.since_place > $after AND q.since_place < $end
    WITH q.since_place AS place, q.tip AS tip ORDER BY place DESC LIMIT 1000
    MATCH (t:Tip {key: tip})
    WHERE ($everything OR $holder IN t.holders)
    OPTIONAL MATCH (t)-[a:ASSERTS]->(x)
    WHERE a.role = 'reported' AND a.ended_us IS NULL AND a.mined = false
      AND x.kind IN ['Account', 'Email', 'Phone', 'ScreenName']
    RETURN count(DISTINCT tip) AS tips, count(DISTINCT x) AS subjects LIMIT 1
    """,
    params=SubjectsParams,
    row=SubjectsRow,
    max_rows=1,
    public=False,
)
