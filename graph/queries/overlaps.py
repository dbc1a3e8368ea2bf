"""Investigations of different agencies that meet."""

from __future__ import annotations

from graph.queries.core import Query, Row
from graph.queries.scope import AsOf, Seeing
from graph.roles import Role


class DirectParams(AsOf, Seeing):
    """How many rows are wanted."""

    limit: int


class ThroughTipsParams(AsOf, Seeing):
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
    band: int | None
    """Of the snapshot: what weighs is never a live count."""
    first_role: str
    second_role: str


class UnwalkedParams(AsOf, Seeing):
    """The largest identifier that is walked through."""

    walk_limit: int


class UnwalkedRow(Row):
    """How many identifiers were not walked through."""

    identifiers: int
    shared: int
    """Of these, those that are shared by strangers, viral or stopped."""


class BridgesParams(Seeing):
    """Tips that mention claimed identifiers, and the largest identifier to bridge two of them."""

    tips: list[str]
    bridge_limit: int
    limit: int


class BridgeRow(Row):
    """An identifier of a tip that other tips have too."""

    tip: str
    kind: str
    identifier: str
    band: int | None
    role: Role
    linking: bool
    bundled: str | None
    """As in `TouchRow`."""


class TouchRow(Row):
    """A claimed identifier that a tip mentions as well."""

    tip: str
    investigation: str
    kind: str
    identifier: str
    band: int | None
    claim_role: str
    tip_role: Role
    linking: bool
    bundled: str | None
    """In a bundled report the person that it belongs to, empty when nobody; else null."""

    @property
    def role(self) -> Role:
        """Whose it is in the tip."""
        return self.tip_role


DIRECT = Query(
    name="overlaps.direct",
    doc="Pairs of open investigations of different agencies that claim the same identifier.",
    text="""
    MATCH (c:Claim)-[:CLAIMS]->(x)
    WHERE x.claim_count > 1
      AND c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us
    WITH DISTINCT x
    MATCH (a:Investigation)-[:HOLDS]->(c:Claim)-[:CLAIMS]->(x)
    WHERE a.status = 'open'
      AND c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us
    WITH x, a, c
    MATCH (x)<-[:CLAIMS]-(d:Claim)<-[:HOLDS]-(b:Investigation)
    WHERE b.status = 'open' AND a.agency <> b.agency AND a.key < b.key
      AND d.visibility IN ['open', 'pointer'] AND d.review_due_us > $now_us
    RETURN a.key AS first, b.key AS second, x.kind AS kind, x.key AS identifier,
           CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                  OR x.told_to IN ['*', $holder]
                THEN x.state ELSE coalesce(x.base_state, 'normal') END AS state,
           CASE WHEN $everything THEN x.band
                WHEN x.told_to IN ['*', $holder] THEN x.told_band END AS band, c.role AS first_role,
           d.role AS second_role
    ORDER BY first, second, kind, identifier LIMIT $limit
    """,
    params=DirectParams,
    row=DirectRow,
    max_rows=100_000,
)

TOUCHES = Query(
    name="overlaps.touches",
    doc="Tips that mention an identifier claimed by an open investigation, in whatever role.",
    text="""
    MATCH (i:Investigation)-[:HOLDS]->(c:Claim)-[:CLAIMS]->(x)
    WHERE i.status = 'open' AND x.mention_count > 0
      AND (NOT $everything OR x.mention_count <= $walk_limit)
      AND CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
             OR x.told_to IN ['*', $holder]
           THEN x.state ELSE coalesce(x.base_state, 'normal') END
           IN ['normal', 'known series']
      AND c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us
    WITH i, c, x,
         CASE WHEN $everything THEN x.mention_count
           WHEN x.told_to IN ['*', $holder] AND 2 ^ x.told_band > $walk_limit
           THEN toInteger(2 ^ x.told_band) ELSE COUNT {
           MATCH (x)<-[m:ASSERTS]-(v)
           WHERE m.ended_us IS NULL AND v.withdrawn_us IS NULL
             AND $holder IN v.holders RETURN DISTINCT v
         } END AS crowd
    WHERE crowd <= $walk_limit
    MATCH (x)<-[a:ASSERTS]-(t:Tip)
    WHERE a.ended_us IS NULL AND t.withdrawn_us IS NULL
      AND ($everything OR $holder IN t.holders)
    RETURN DISTINCT t.key AS tip, i.key AS investigation, x.kind AS kind,
           x.key AS identifier,
           CASE WHEN $everything THEN x.band
                WHEN x.told_to IN ['*', $holder] THEN x.told_band END AS band, c.role AS claim_role,
           a.role AS tip_role, a.linking AS linking, CASE WHEN t.batched_reason IS NULL THEN null
           ELSE coalesce(a.person, '') END AS bundled
    ORDER BY tip, investigation, kind, identifier, claim_role, tip_role, linking, bundled
    LIMIT $limit
    """,
    params=ThroughTipsParams,
    row=TouchRow,
    max_rows=500_000,
)

UNWALKED = Query(
    name="overlaps.unwalked",
    doc="How many claimed identifiers were not walked through: too common, or no evidence.",
    text="""
    MATCH (i:Investigation)-[:HOLDS]->(c:Claim)-[:CLAIMS]->(x)
    WHERE i.status = 'open' AND x.mention_count > 0
      AND c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us
    WITH DISTINCT x
    WITH x,
         CASE WHEN $everything THEN x.mention_count
           WHEN x.told_to IN ['*', $holder] AND 2 ^ x.told_band > $walk_limit
           THEN toInteger(2 ^ x.told_band) ELSE COUNT {
           MATCH (x)<-[m:ASSERTS]-(v)
           WHERE m.ended_us IS NULL AND v.withdrawn_us IS NULL
             AND $holder IN v.holders RETURN DISTINCT v
         } END AS crowd,
         CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                OR x.told_to IN ['*', $holder]
              THEN x.state ELSE coalesce(x.base_state, 'normal') END
           IN ['normal', 'known series'] AS walked
    WHERE crowd > 0 AND (crowd > $walk_limit OR NOT walked)
    WITH x, walked
    WHERE $everything OR EXISTS {
      (x)<-[m:ASSERTS]-(t:Tip)
      WHERE m.ended_us IS NULL AND t.withdrawn_us IS NULL
        AND ($everything OR $holder IN t.holders)
    }
    RETURN count(x) AS identifiers, sum(CASE WHEN walked THEN 0 ELSE 1 END) AS shared
    LIMIT 1
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
    WHERE a.ended_us IS NULL AND ($everything OR $holder IN t.holders)
      AND CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
             OR x.told_to IN ['*', $holder]
           THEN x.state ELSE coalesce(x.base_state, 'normal') END
           IN ['normal', 'known series']
      AND x.mention_count > 1 AND (NOT $everything OR x.mention_count <= $bridge_limit)
    WITH t, a, x,
         CASE WHEN $everything THEN x.mention_count
           WHEN x.told_to IN ['*', $holder] AND 2 ^ x.told_band > $bridge_limit
           THEN toInteger(2 ^ x.told_band) ELSE COUNT {
           MATCH (x)<-[m:ASSERTS]-(v)
           WHERE m.ended_us IS NULL AND v.withdrawn_us IS NULL
             AND $holder IN v.holders RETURN DISTINCT v
         } END AS crowd
    WHERE crowd > 1 AND crowd <= $bridge_limit
    RETURN DISTINCT t.key AS tip, x.kind AS kind, x.key AS identifier,
           CASE WHEN $everything THEN x.band
                WHEN x.told_to IN ['*', $holder] THEN x.told_band END AS band,
           a.role AS role, a.linking AS linking, CASE WHEN t.batched_reason IS NULL
           THEN null ELSE coalesce(a.person, '') END AS bundled
    ORDER BY kind, identifier, tip, role, linking, bundled LIMIT $limit
    """,
    params=BridgesParams,
    row=BridgeRow,
    max_rows=500_000,
)
