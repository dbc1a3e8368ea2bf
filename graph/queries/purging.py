"""Purges: claims that have lapsed, and the steps that leave nothing of a claim."""

from __future__ import annotations

from graph.queries.claims import ClaimKeysParams
from graph.queries.core import Mode, Params, Query, Row

MOST_LAPSED = 500


class LapsedParams(Params):
    """Claims whose review date has passed: of one agency, or (empty) of all."""

    agency: str
    now_us: int
    held_agencies: list[str]
    """Whose legal hold is about everything."""
    held_cases: list[str]
    """Investigations that a legal hold is about."""


class LapsedRow(Row):
    """A claim that has lapsed, without what it was about."""

    key: str
    ref: str
    investigation: str
    agency: str


LAPSED = Query(
    name="purging.lapsed",
    doc="Claims whose review date has passed and that no hold is about, the first one first.",
    text="""
    MATCH (c:Claim)
    WHERE c.review_due_us <= $now_us AND ($agency = '' OR c.agency = $agency)
      AND NOT c.agency IN $held_agencies AND NOT c.investigation IN $held_cases
    RETURN c.key AS key, c.ref AS ref, c.investigation AS investigation, c.agency AS agency
    ORDER BY c.review_due_us, key LIMIT 500
    """,
    params=LapsedParams,
    row=LapsedRow,
    max_rows=MOST_LAPSED,
    public=False,
)

RELEASE = Query(
    name="purging.release",
    doc="Takes claims off the counts of their identifiers; the first step of a purge.",
    text="""
    UNWIND $keys AS k
    MATCH (c:Claim {key: k})
    WITH c
    MATCH (c)-[:CLAIMS]->(x)
    SET x.claim_count = x.claim_count - 1
    """,
    params=ClaimKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DROP_UNUSED = Query(
    name="purging.drop_unused",
    doc="Deletes the identifiers of claims that nothing else knows of.",
    text="""
    UNWIND $keys AS k
    MATCH (c:Claim {key: k})
    WITH c
    MATCH (c)-[:CLAIMS]->(x)
    WHERE x.claim_count <= 0 AND NOT EXISTS { (x)<-[:ASSERTS]-(:Tip) }
      AND NOT EXISTS { (x)<-[:DECIDES]-(:StateDecision) }
    WITH collect(DISTINCT x) AS gone
    UNWIND gone AS x
    DETACH DELETE x
    """,
    params=ClaimKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DROP = Query(
    name="purging.drop",
    doc="Deletes claims; the last step of a purge.",
    text="UNWIND $keys AS k MATCH (c:Claim {key: k}) DETACH DELETE c",
    params=ClaimKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
