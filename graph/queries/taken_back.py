"""What people were told because of tips that say it no longer, and who had a tip."""

from __future__ import annotations

from graph.queries.core import Mode, NoParams, Params, Query, Row
from graph.queries.recording import TipKeysParams

MOST = 100_000


class ToldRow(Row):
    """A notice that a tip names what an investigation claims, or that it does so no longer."""

    tip: str
    kind: str
    agency: str
    investigation: str | None
    sealed_to: str | None
    at_us: int


class RestingRow(Row):
    """A reason of a conflict that rests on a tip."""

    tip: str
    conflict: str
    reason: str
    claim: str | None
    """Name of the claim that the tip met."""


class StatedRow(Row):
    """A claim on what a tip states or stated."""

    tip: str
    investigation: str
    claim: str | None
    live: int
    """1: the tip states it as of now; 0: it did."""


class HadRow(Row):
    """An agency that had a tip before it."""

    agency: str


class EndedReasonsParams(Params):
    """Reasons that rest on what is said no longer."""

    keys: list[str]
    at_us: int


TOLD_OF = Query(
    name="taken_back.told",
    doc="Notices about tips that name what is claimed, and about tips that do so no longer.",
    text="""
    UNWIND $keys AS k
    MATCH (n:Notification {object: k})
    WHERE n.kind IN ['tip.named', 'tip.taken_back']
    RETURN k AS tip, n.kind AS kind, n.agency AS agency, n.investigation AS investigation,
           n.sealed_to AS sealed_to, n.at_us AS at_us
    ORDER BY tip, agency, investigation, at_us, kind LIMIT 100000
    """,
    params=TipKeysParams,
    row=ToldRow,
    max_rows=MOST,
    public=False,
)

RESTING = Query(
    name="taken_back.resting",
    doc="Reasons of conflicts that rest on tips.",
    text="""
    UNWIND $keys AS k
    MATCH (r:Reason {tip: k})
    WHERE r.ended_us IS NULL
    WITH k, r
    MATCH (f:Conflict)-[:HAS_REASON]->(r)
    RETURN k AS tip, f.key AS conflict, r.key AS reason,
           CASE r.asked_side WHEN 'first' THEN r.second_ref ELSE r.first_ref END AS claim
    ORDER BY conflict, reason LIMIT 100000
    """,
    params=TipKeysParams,
    row=RestingRow,
    max_rows=MOST,
    public=False,
)

STATED = Query(
    name="taken_back.stated",
    doc="Claims on what tips state, or stated.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})-[a:ASSERTS]->(x)
    WHERE x.claim_count > 0
    WITH t, a, x
    MATCH (x)<-[:CLAIMS]-(c:Claim)<-[:HOLDS]-(i:Investigation)
    WITH t.key AS tip, i.key AS investigation, c.ref AS claim,
         max(CASE WHEN t.withdrawn_us IS NULL AND a.ended_us IS NULL
               AND (a.linking = true OR (c.role = 'victim' AND a.role = 'victim'))
             THEN 1 ELSE 0 END) AS live
    RETURN tip, investigation, claim, live ORDER BY tip, investigation, claim LIMIT 100000
    """,
    params=TipKeysParams,
    row=StatedRow,
    max_rows=MOST,
    public=False,
)

END_REASONS = Query(
    name="taken_back.end_reasons",
    doc="Notes that reasons rest on what a tip says no longer.",
    text="UNWIND $keys AS k MATCH (r:Reason {key: k}) SET r.ended_us = $at_us",
    params=EndedReasonsParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

HAD = Query(
    name="taken_back.had",
    doc="Agencies that hold or held a tip, and those that were offered it.",
    text="""
    UNWIND $keys AS k
    CALL (k) {
      MATCH (t:Tip {key: k})-[:HELD_BY]->(g:Agency)
      RETURN g.key AS agency
      UNION
      MATCH (d:Handoff {tip: k})
      RETURN d.receiver AS agency
    }
    RETURN DISTINCT agency ORDER BY agency LIMIT 10000
    """,
    params=TipKeysParams,
    row=HadRow,
    max_rows=10_000,
    public=False,
)

NAME_TIPS = Query(
    name="taken_back.name_tips",
    doc="Names the tip that a reason rests on, where an older version of the schema did not.",
    text="""
    MATCH (r:Reason)
    WHERE r.kind = 'tip' AND r.tip IS NULL
    SET r.tip = CASE r.asked_side WHEN 'first' THEN r.first_ref ELSE r.second_ref END
    """,
    params=NoParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
