"""Judgements: what people decided about two tips."""

from __future__ import annotations

from graph.queries.core import Query, Row
from graph.queries.scope import Seeing


class JudgedParams(Seeing):
    """Tips whose judgements are wanted, and how many."""

    tips: list[str]
    limit: int


class JudgementPageParams(Seeing):
    """A page of judgements, newest first: those before a time, or all for a far future."""

    before_us: int
    limit: int


class EveryParams(Seeing):
    """Where the last page ended."""

    after: str


class JudgementParams(Seeing):
    """One judgement."""

    judgement: str


class JudgementRow(Row):
    """A judgement, with the tips as they are called now."""

    key: str
    tips: list[str]
    verdict: str
    undoes: str | None
    why: str
    judged_by: str
    at_us: int
    weights: str | None
    score: int | None
    grade: str | None


JUDGED = Query(
    name="judgements.of_tips",
    doc="Judgements about tips, oldest first.",
    text="""
    UNWIND $tips AS k
    MATCH (t:Tip {key: k})<-[:JUDGES]-(j:Judgement)
    WHERE ($everything OR j.agency = $holder)
      AND NOT EXISTS {
        (j)-[:JUDGES]->(h:Tip) WHERE NOT ($everything OR $holder IN coalesce(h.holders, []))
      }
    WITH DISTINCT j
    MATCH (j)-[:JUDGES]->(o:Tip)
    WITH j, o ORDER BY o.key
    WITH j, collect(o.key) AS tips
    RETURN j.key AS key, tips, j.verdict AS verdict, j.undoes AS undoes, j.why AS why,
           j.judged_by AS judged_by, j.at_us AS at_us, j.weights AS weights, j.score AS score,
           j.grade AS grade
    ORDER BY at_us, key LIMIT $limit
    """,
    params=JudgedParams,
    row=JudgementRow,
    max_rows=20_000,
)

JUDGEMENTS = Query(
    name="judgements.page",
    doc="Judgements, newest first.",
    text="""
    MATCH (j:Judgement)
    WHERE j.at_us < $before_us AND ($everything OR j.agency = $holder)
      AND NOT EXISTS {
        (j)-[:JUDGES]->(h:Tip) WHERE NOT ($everything OR $holder IN coalesce(h.holders, []))
      }
    WITH j ORDER BY j.at_us DESC, j.key LIMIT $limit
    MATCH (j)-[:JUDGES]->(o:Tip)
    WITH j, o ORDER BY o.key
    WITH j, collect(o.key) AS tips
    RETURN j.key AS key, tips, j.verdict AS verdict, j.undoes AS undoes, j.why AS why,
           j.judged_by AS judged_by, j.at_us AS at_us, j.weights AS weights, j.score AS score,
           j.grade AS grade
    ORDER BY at_us DESC, key LIMIT 1000
    """,
    params=JudgementPageParams,
    row=JudgementRow,
)

EVERY = Query(
    name="judgements.every",
    doc="All judgements by key, a page at a time.",
    text="""
    MATCH (j:Judgement)
    WHERE j.key > $after AND ($everything OR j.agency = $holder)
      AND NOT EXISTS {
        (j)-[:JUDGES]->(h:Tip) WHERE NOT ($everything OR $holder IN coalesce(h.holders, []))
      }
    WITH j ORDER BY j.key LIMIT 5000
    MATCH (j)-[:JUDGES]->(o:Tip)
    WITH j, o ORDER BY o.key
    WITH j, collect(o.key) AS tips
    RETURN j.key AS key, tips, j.verdict AS verdict, j.undoes AS undoes, j.why AS why,
           j.judged_by AS judged_by, j.at_us AS at_us, j.weights AS weights, j.score AS score,
           j.grade AS grade
    ORDER BY key LIMIT 5000
    """,
    params=EveryParams,
    row=JudgementRow,
    max_rows=5000,
    public=False,
)

JUDGEMENT = Query(
    name="judgements.one",
    doc="One judgement.",
    text="""
    MATCH (j:Judgement {key: $judgement})-[:JUDGES]->(o:Tip)
    WHERE ($everything OR j.agency = $holder)
      AND NOT EXISTS {
        (j)-[:JUDGES]->(h:Tip) WHERE NOT ($everything OR $holder IN coalesce(h.holders, []))
      }
    WITH j, o ORDER BY o.key
    WITH j, collect(o.key) AS tips
    RETURN j.key AS key, tips, j.verdict AS verdict, j.undoes AS undoes, j.why AS why,
           j.judged_by AS judged_by, j.at_us AS at_us, j.weights AS weights, j.score AS score,
           j.grade AS grade
    LIMIT 1
    """,
    params=JudgementParams,
    row=JudgementRow,
    max_rows=1,
)
