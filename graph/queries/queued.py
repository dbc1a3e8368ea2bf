"""Tips in queues that their holders' own investigations claim something of."""

from __future__ import annotations

from graph.queries.core import Params, Query, Row
from graph.queries.recording import MANY
from graph.queries.triage import TipRow

MOST_CLAIMED = 100_000


class ClaimedParams(Params):
    """Tips, how common a claimed identifier may be, and as of when claims are in force."""

    keys: list[str]
    walk: int
    now_us: int


class ClaimedTipRow(Row):
    """A tip, and an agency that works on what it states."""

    tip: str
    agency: str


class ClaimTipsParams(Params):
    """Claims, and how common their identifiers may be."""

    keys: list[str]
    walk: int


class CaseTipsParams(Params):
    """An investigation, and how common what it claims may be."""

    investigation: str
    walk: int


CLAIMED = Query(
    name="queued.claimed",
    doc="Tips that state what an open investigation of one of their holders claims, but sealed.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL AND a.linking = true AND x.claim_count > 0
      AND x.mention_count <= $walk
    WITH DISTINCT t, x
    MATCH (x)<-[:CLAIMS]-(c:Claim)<-[:HOLDS]-(i:Investigation)
    WHERE c.agency IN t.holders AND i.status = 'open' AND c.visibility <> 'sealed'
      AND NOT c.role IN ['victim', 'officer persona'] AND c.review_due_us > $now_us
    RETURN DISTINCT t.key AS tip, c.agency AS agency
    ORDER BY tip, agency LIMIT 1000000
    """,
    params=ClaimedParams,
    row=ClaimedTipRow,
    max_rows=MANY,
    public=False,
)

TIPS_OF_CLAIMS = Query(
    name="queued.tips_of_claims",
    doc="Tips that state what claims are on, and that the claims' agency holds.",
    text="""
    UNWIND $keys AS k
    MATCH (c:Claim {key: k})
    WITH c
    MATCH (c)-[:CLAIMS]->(x)
    WHERE x.mention_count <= $walk
    WITH DISTINCT c.agency AS agency, x
    MATCH (x)<-[a:ASSERTS]-(t)
    WHERE a.ended_us IS NULL AND a.linking = true AND agency IN t.holders
    RETURN DISTINCT t.key AS tip ORDER BY tip LIMIT 100000
    """,
    params=ClaimTipsParams,
    row=TipRow,
    max_rows=MOST_CLAIMED,
    public=False,
)

TIPS_OF_CASE = Query(
    name="queued.tips_of_case",
    doc="Tips that state what an investigation claims, and that its agency holds.",
    text="""
    MATCH (i:Investigation {key: $investigation})
    WITH i
    MATCH (i)-[:HOLDS]->(c:Claim)-[:CLAIMS]->(x)
    WHERE x.mention_count <= $walk
    WITH DISTINCT c.agency AS agency, x
    MATCH (x)<-[a:ASSERTS]-(t)
    WHERE a.ended_us IS NULL AND a.linking = true AND agency IN t.holders
    RETURN DISTINCT t.key AS tip ORDER BY tip LIMIT 100000
    """,
    params=CaseTipsParams,
    row=TipRow,
    max_rows=MOST_CLAIMED,
    public=False,
)
