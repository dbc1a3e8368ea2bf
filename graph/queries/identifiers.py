"""Identifiers: look-up by exact key over all kinds, and the tips that mention one."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import NoParams, Query, Row
from graph.queries.scope import AsOf, Seeing
from graph.queries.tips import TipLine

MOST_KEYS = 500
"""Keys in one question: each is at most once in each of the eight kinds."""
MOST_PROVIDERS = 5000
"""Providers that a bare name is looked up on; NCMEC has about 2,000 registered."""


class IdentifierKeysParams(AsOf, Seeing):
    """Normalised keys; each is looked up in every kind."""

    keys: list[str] = Field(max_length=MOST_KEYS)


class HoldersParams(Seeing):
    """An identifier and how many of its tips are wanted."""

    kind: str
    key: str
    limit: int


class ClaimantsParams(AsOf):
    """An identifier, how many of its claims are wanted, and the time of the question."""

    kind: str
    key: str
    limit: int


class IdentifierRow(Row):
    """An identifier that is in the graph."""

    kind: str
    key: str
    state: str
    state_reason: str | None
    tip_count: int
    mention_count: int
    claim_count: int


class ProviderRow(Row):
    """A provider that reported a tip."""

    key: str


class ClaimantRow(Row):
    """An investigation that claims an identifier."""

    investigation: str
    agency: str
    reference: str
    status: str
    role: str


IDENTIFIERS = Query(
    name="identifiers.by_key",
    doc="Identifiers with these keys, of any kind.",
    text="""
    CALL () {
      UNWIND $keys AS k MATCH (x:Account {key: k}) RETURN x
      UNION ALL UNWIND $keys AS k MATCH (x:Email {key: k}) RETURN x
      UNION ALL UNWIND $keys AS k MATCH (x:Phone {key: k}) RETURN x
      UNION ALL UNWIND $keys AS k MATCH (x:IpAddress {key: k}) RETURN x
      UNION ALL UNWIND $keys AS k MATCH (x:FileHash {key: k}) RETURN x
      UNION ALL UNWIND $keys AS k MATCH (x:Device {key: k}) RETURN x
      UNION ALL UNWIND $keys AS k MATCH (x:Url {key: k}) RETURN x
      UNION ALL UNWIND $keys AS k MATCH (x:ScreenName {key: k}) RETURN x
    }
    WITH DISTINCT x
    WITH x, CASE WHEN x.claim_count = 0 THEN 0 ELSE COUNT {
             (x)<-[:CLAIMS]-(c:Claim)
             WHERE c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us
           } END AS claims
    WHERE claims > 0 OR EXISTS {
      (x)<-[:ASSERTS]-(t:Tip) WHERE ($everything OR $holder IN t.holders)
    }
    RETURN x.kind AS kind, x.key AS key,
           CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                  OR x.told_to IN ['*', $holder]
                THEN x.state ELSE coalesce(x.base_state, 'normal') END AS state,
           CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                  OR x.told_to IN ['*', $holder]
                THEN x.state_reason ELSE x.base_why END AS state_reason,
           CASE WHEN $everything THEN x.tip_count
             WHEN x.tip_count = 0 THEN 0
             WHEN x.told_to IN ['*', $holder] AND x.told_band >= 9
             THEN toInteger(2 ^ x.told_band) ELSE COUNT {
             MATCH (x)<-[m:ASSERTS]-(v)
             WHERE m.linking AND m.ended_us IS NULL AND v.withdrawn_us IS NULL
               AND $holder IN v.holders RETURN DISTINCT v
           } END AS tip_count,
           CASE WHEN $everything THEN x.mention_count
             WHEN x.crowd_told_to IN ['*', $holder] THEN toInteger(2 ^ x.crowd_band)
             ELSE COUNT {
             MATCH (x)<-[m:ASSERTS]-(v)
             WHERE m.ended_us IS NULL AND v.withdrawn_us IS NULL
               AND $holder IN v.holders RETURN DISTINCT v
           } END AS mention_count,
           claims AS claim_count
    ORDER BY kind, key LIMIT 4000
    """,
    params=IdentifierKeysParams,
    row=IdentifierRow,
    max_rows=8 * MOST_KEYS,
)

REPORTING_PROVIDERS = Query(
    name="identifiers.providers",
    doc="Providers that reported a tip.",
    text="""
    MATCH (p:Provider)
    RETURN p.key AS key
    ORDER BY key LIMIT 5001
    """,
    params=NoParams,
    row=ProviderRow,
    max_rows=MOST_PROVIDERS + 1,
)

TIPS_OF = Query(
    name="identifiers.tips",
    doc="Tips that mention an identifier, imminent danger and escalated ones first.",
    text="""
    CALL () {
      MATCH (x:Account {key: $key}) RETURN x
      UNION ALL MATCH (x:Email {key: $key}) RETURN x
      UNION ALL MATCH (x:Phone {key: $key}) RETURN x
      UNION ALL MATCH (x:IpAddress {key: $key}) RETURN x
      UNION ALL MATCH (x:FileHash {key: $key}) RETURN x
      UNION ALL MATCH (x:Device {key: $key}) RETURN x
      UNION ALL MATCH (x:Url {key: $key}) RETURN x
      UNION ALL MATCH (x:ScreenName {key: $key}) RETURN x
    }
    WITH x WHERE x.kind = $kind
    MATCH (x)<-[a:ASSERTS]-(t:Tip)
    WHERE a.ended_us IS NULL AND ($everything OR $holder IN t.holders)
    WITH DISTINCT t
    RETURN t.key AS key, t.order_key AS order_key, t.urgency AS urgency,
           t.urgency_reasons AS urgency_reasons, t.stub AS stub, t.provisional AS provisional,
           t.withdrawn_us AS withdrawn_us, t.provider_name AS provider_name,
           t.incident_types AS incident_types, t.incident_us AS incident_us,
           t.received_us AS received_us, t.ncmec_priority AS ncmec_priority,
           t.file_count AS file_count, t.version_count AS version_count
    ORDER BY order_key LIMIT $limit
    """,
    params=HoldersParams,
    row=TipLine,
)

CLAIMED_BY = Query(
    name="identifiers.claims",
    doc="Investigations that claim an identifier.",
    text="""
    CALL () {
      MATCH (x:Account {key: $key}) RETURN x
      UNION ALL MATCH (x:Email {key: $key}) RETURN x
      UNION ALL MATCH (x:Phone {key: $key}) RETURN x
      UNION ALL MATCH (x:IpAddress {key: $key}) RETURN x
      UNION ALL MATCH (x:FileHash {key: $key}) RETURN x
      UNION ALL MATCH (x:Device {key: $key}) RETURN x
      UNION ALL MATCH (x:Url {key: $key}) RETURN x
      UNION ALL MATCH (x:ScreenName {key: $key}) RETURN x
    }
    WITH x WHERE x.kind = $kind
    MATCH (x)<-[:CLAIMS]-(c:Claim)<-[:HOLDS]-(i:Investigation)
    WHERE c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us
    RETURN i.key AS investigation, i.agency AS agency, i.reference AS reference,
           i.status AS status, c.role AS role
    ORDER BY investigation, role LIMIT $limit
    """,
    params=ClaimantsParams,
    row=ClaimantRow,
)
