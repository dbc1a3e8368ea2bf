"""Agencies, their investigations and claims."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.scope import AsOf, Seeing
from graph.queries.tips import TipParams

MOST_KEYS = 5000
"""Keys in one question. A key is unique, so no answer is longer than its question."""


class KeysParams(AsOf):
    """Keys of nodes."""

    keys: list[str] = Field(max_length=MOST_KEYS)


class BareKeysParams(Params):
    """Keys of nodes that are read or locked whatever they show."""

    keys: list[str] = Field(max_length=MOST_KEYS)


class TouchingParams(TipParams, AsOf):
    """One tip, and the time of the question."""


class InvestigationPageParams(AsOf):
    """The key after which a page begins, and how many are wanted."""

    after: str
    limit: int


class InvestigationRow(Row):
    """An investigation with its agency."""

    key: str
    agency: str
    agency_name: str
    agency_kind: str
    agency_contact: str | None
    reference: str
    title: str | None
    status: str
    opened_us: int | None
    contact: str | None
    claim_total: int


class TouchedRow(Row):
    """An investigation that claims an identifier of a tip."""

    investigation: str
    agency: str
    reference: str
    status: str
    kind: str
    identifier: str
    claim_role: str
    tip_role: str


class ClaimRow(Row):
    """A claim that is there."""

    key: str
    role: str
    ref: str | None
    agency: str | None
    investigation: str
    review_due_us: int | None


class TouchedByParams(KeysParams, Seeing):
    """Tips, and how many tips may mention what still is a meeting."""

    walk_limit: int


class TouchedByRow(Row):
    """A tip and an open investigation that claims an identifier of it."""

    tip: str
    investigation: str
    only_hubs: bool
    """Whether very many tips mention all that it claims of the tip, or strangers share it."""


class KeyRow(Row):
    """A key that is there."""

    key: str


INVESTIGATIONS = Query(
    name="investigations.list",
    doc="The first 50,000 investigations with their agencies; `investigations.page` has them all.",
    text="""
    MATCH (a:Agency)-[:RUNS]->(i:Investigation)
    RETURN i.key AS key, a.key AS agency, a.name AS agency_name, a.kind AS agency_kind,
           a.contact AS agency_contact, i.reference AS reference, i.title AS title,
           i.status AS status, i.opened_us AS opened_us, i.contact AS contact,
           COUNT { (i)-[:HOLDS]->(c:Claim)
             WHERE c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us
           } AS claim_total
    ORDER BY key LIMIT 50000
    """,
    params=AsOf,
    row=InvestigationRow,
    max_rows=50_000,
)

INVESTIGATIONS_PAGE = Query(
    name="investigations.page",
    doc="Investigations with their agencies, from a key on.",
    text="""
    MATCH (i:Investigation)
    WHERE i.key > $after
    WITH i ORDER BY i.key LIMIT $limit
    MATCH (i)<-[:RUNS]-(a)
    RETURN i.key AS key, a.key AS agency, a.name AS agency_name, a.kind AS agency_kind,
           a.contact AS agency_contact, i.reference AS reference, i.title AS title,
           i.status AS status, i.opened_us AS opened_us, i.contact AS contact,
           COUNT { (i)-[:HOLDS]->(c)
             WHERE c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us
           } AS claim_total
    ORDER BY key LIMIT 5000
    """,
    params=InvestigationPageParams,
    row=InvestigationRow,
    max_rows=MOST_KEYS,
)

INVESTIGATIONS_BY_KEY = Query(
    name="investigations.by_key",
    doc="Investigations with these keys, and their agencies.",
    text="""
    UNWIND $keys AS k
    MATCH (i:Investigation {key: k})
    WITH i
    MATCH (i)<-[:RUNS]-(a)
    RETURN i.key AS key, a.key AS agency, a.name AS agency_name, a.kind AS agency_kind,
           a.contact AS agency_contact, i.reference AS reference, i.title AS title,
           i.status AS status, i.opened_us AS opened_us, i.contact AS contact,
           COUNT { (i)-[:HOLDS]->(c)
             WHERE c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us
           } AS claim_total
    ORDER BY key LIMIT 5000
    """,
    params=KeysParams,
    row=InvestigationRow,
    max_rows=MOST_KEYS,
    public=False,
)

TOUCHING = Query(
    name="investigations.touching",
    doc="Investigations that claim an identifier of a tip.",
    text="""
    MATCH (t:Tip {key: $tip})-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL AND x.claim_count > 0 AND ($everything OR $holder IN t.holders)
    WITH x, a
    MATCH (x)<-[:CLAIMS]-(c:Claim)<-[:HOLDS]-(i:Investigation)
    WHERE c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us
    RETURN DISTINCT i.key AS investigation, i.agency AS agency, i.reference AS reference,
           i.status AS status, x.kind AS kind, x.key AS identifier, c.role AS claim_role,
           a.role AS tip_role
    ORDER BY investigation, kind, identifier, claim_role, tip_role LIMIT 1000
    """,
    params=TouchingParams,
    row=TouchedRow,
)

TOUCHED_BY = Query(
    name="investigations.touched_by",
    doc="Open investigations that claim an identifier of one of some tips.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})-[a:ASSERTS]->(x)
    WHERE t.withdrawn_us IS NULL AND a.ended_us IS NULL AND x.claim_count > 0
      AND ($everything OR $holder IN t.holders)
    WITH DISTINCT t, x
    WITH t, x,
         CASE WHEN $everything THEN x.mention_count
           WHEN x.told_to IN ['*', $holder] AND 2 ^ x.told_band > $walk_limit
           THEN toInteger(2 ^ x.told_band) ELSE COUNT {
           MATCH (x)<-[m:ASSERTS]-(v)
           WHERE m.ended_us IS NULL AND v.withdrawn_us IS NULL
             AND $holder IN v.holders RETURN DISTINCT v
         } END AS crowd
    MATCH (x)<-[:CLAIMS]-(c:Claim)<-[:HOLDS]-(i:Investigation)
    WHERE i.status = 'open'
      AND c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us
    WITH t, i, max(CASE WHEN crowd <= $walk_limit
                         AND CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                          OR x.told_to IN ['*', $holder]
                        THEN x.state ELSE coalesce(x.base_state, 'normal') END
                        IN ['normal', 'known series']
                        THEN 1 ELSE 0 END) AS rare
    RETURN t.key AS tip, i.key AS investigation, rare = 0 AS only_hubs
    ORDER BY tip, investigation LIMIT 100000
    """,
    params=TouchedByParams,
    row=TouchedByRow,
    max_rows=100_000,
    public=False,
)

CLAIMS_THERE = Query(
    name="investigations.claims_there",
    doc="Which claims are there already, and as what.",
    text="""
    UNWIND $keys AS k
    MATCH (c:Claim {key: k})
    RETURN c.key AS key, c.role AS role, c.ref AS ref, c.agency AS agency,
           c.investigation AS investigation, c.review_due_us AS review_due_us
    LIMIT 5000
    """,
    params=BareKeysParams,
    row=ClaimRow,
    max_rows=MOST_KEYS,
    public=False,
)

INVESTIGATIONS_THERE = Query(
    name="investigations.there",
    doc="Which investigations are there already, run by an agency.",
    text="""
    UNWIND $keys AS k
    MATCH (i:Investigation {key: k})
    WITH i
    MATCH (i)<-[:RUNS]-(:Agency)
    RETURN i.key AS key LIMIT 5000
    """,
    params=BareKeysParams,
    row=KeyRow,
    max_rows=MOST_KEYS,
    public=False,
)

LOCK_AGENCIES = Query(
    name="investigations.lock_agencies",
    doc="Takes the write lock of agencies before their investigations are read to decide.",
    text="UNWIND $keys AS k MATCH (a:Agency {key: k}) SET a.name = a.name",
    params=BareKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
