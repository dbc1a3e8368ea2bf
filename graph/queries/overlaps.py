"""Investigations of different agencies that meet."""

from __future__ import annotations

from graph.queries.core import Params, Query, Row


class DirectParams(Params):
    """How many rows are wanted."""

    limit: int


class ThroughTipsParams(Params):
    """The largest identifier to walk through, and how many rows are wanted."""

    walk_limit: int
    limit: int


class DirectRow(Row):
    """Two investigations of different agencies that claim one identifier."""

    first: str
    second: str
    kind: str
    identifier: str
    state: str
    tip_count: int
    first_role: str
    second_role: str


class UnwalkedParams(Params):
    """The largest identifier that is walked through."""

    walk_limit: int


class UnwalkedRow(Row):
    """How many identifiers were not walked through."""

    identifiers: int


class BridgesParams(Params):
    """Tips that mention claimed identifiers, and the largest identifier to bridge two of them."""

    tips: list[str]
    bridge_limit: int
    limit: int


class BridgeRow(Row):
    """An identifier of a tip that other tips have too."""

    tip: str
    kind: str
    identifier: str
    tip_count: int
    bundled: str | None
    """As in `TouchRow`."""


class TouchRow(Row):
    """A claimed identifier that a tip mentions as well."""

    tip: str
    investigation: str
    kind: str
    identifier: str
    tip_count: int
    claim_role: str
    tip_role: str
    bundled: str | None
    """In a bundled report the person that it belongs to, empty when nobody; else null."""


DIRECT = Query(
    name="overlaps.direct",
    doc="Pairs of open investigations of different agencies that claim the same identifier.",
    text="""
    MATCH (c:Claim)-[:CLAIMS]->(x)
    WHERE x.claim_count > 1
    WITH DISTINCT x
    MATCH (a:Investigation)-[:HOLDS]->(c:Claim)-[:CLAIMS]->(x)
    WHERE a.status = 'open'
    WITH x, a, c
    MATCH (x)<-[:CLAIMS]-(d:Claim)<-[:HOLDS]-(b:Investigation)
    WHERE b.status = 'open' AND a.agency <> b.agency AND a.key < b.key
    RETURN a.key AS first, b.key AS second, x.kind AS kind, x.key AS identifier,
           x.state AS state, x.tip_count AS tip_count, c.role AS first_role,
           d.role AS second_role
    ORDER BY first, second, kind, identifier LIMIT $limit
    """,
    params=DirectParams,
    row=DirectRow,
    max_rows=100_000,
)

TOUCHES = Query(
    name="overlaps.touches",
    doc="Tips that mention an identifier claimed by an open investigation.",
    text="""
    MATCH (i:Investigation)-[:HOLDS]->(c:Claim)-[:CLAIMS]->(x)
    WHERE i.status = 'open' AND x.tip_count > 0 AND x.mention_count <= $walk_limit
      AND x.state IN ['normal', 'known series']
    WITH i, c, x
    MATCH (x)<-[a:ASSERTS]-(t:Tip)
    WHERE a.ended_us IS NULL AND a.linking AND t.withdrawn_us IS NULL
    RETURN DISTINCT t.key AS tip, i.key AS investigation, x.kind AS kind,
           x.key AS identifier, x.tip_count AS tip_count, c.role AS claim_role,
           a.role AS tip_role, CASE WHEN t.batched_reason IS NULL THEN null
           ELSE coalesce(a.person, '') END AS bundled
    ORDER BY tip, investigation, kind, identifier, claim_role, tip_role, bundled LIMIT $limit
    """,
    params=ThroughTipsParams,
    row=TouchRow,
    max_rows=500_000,
)

UNWALKED = Query(
    name="overlaps.unwalked",
    doc="How many claimed identifiers too many tips mention for these to be looked at.",
    text="""
    MATCH (i:Investigation)-[:HOLDS]->(c:Claim)-[:CLAIMS]->(x)
    WHERE i.status = 'open' AND x.tip_count > 0 AND x.mention_count > $walk_limit
    RETURN count(DISTINCT x) AS identifiers LIMIT 1
    """,
    params=UnwalkedParams,
    row=UnwalkedRow,
    max_rows=1,
)

BRIDGES = Query(
    name="overlaps.bridges",
    doc="Rare identifiers of tips through which two of them may be linked.",
    text="""
    UNWIND $tips AS k
    MATCH (t:Tip {key: k})
    WITH t
    MATCH (t)-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL AND a.linking AND x.state IN ['normal', 'known series']
      AND x.tip_count > 1 AND x.mention_count <= $bridge_limit
    RETURN DISTINCT t.key AS tip, x.kind AS kind, x.key AS identifier, x.tip_count AS tip_count,
           CASE WHEN t.batched_reason IS NULL THEN null
           ELSE coalesce(a.person, '') END AS bundled
    ORDER BY kind, identifier, tip, bundled LIMIT $limit
    """,
    params=BridgesParams,
    row=BridgeRow,
    max_rows=500_000,
)
