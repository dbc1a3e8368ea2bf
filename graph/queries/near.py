"""Near PDQs: the pages that are compared, what is known of those that are near, who holds them."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Params, Query, Row
from graph.queries.scope import AsOf, Seeing

MOST_PAGES = 512
"""Pages of PDQs in one answer of the store."""
MOST_HITS = 1000
"""Hashes of which anything is read."""
MOST_TIPS = 20
"""Tips of one hash that are read."""


class PagesParams(Params):
    """Pages by key."""

    pages: list[str] = Field(max_length=MOST_PAGES)


class KeyParams(Seeing):
    """Keys of hashes."""

    keys: list[str] = Field(max_length=MOST_HITS)


class HashesParams(KeyParams, AsOf):
    """Keys of hashes, and the time of the question."""


class AfterParams(Params):
    """Where the last page ended."""

    after: str


class KeyRow(Row):
    """A hash."""

    key: str


class PageRow(Row):
    """A page of PDQs."""

    key: str
    hashes: bytes


class NearRow(Row):
    """A hash that a tip or a claim has."""

    key: str
    state: str
    state_reason: str | None
    tip_count: int
    mention_count: int
    claim_count: int


class HolderRow(Row):
    """What a tip says about a hash."""

    hash: str
    tip: str
    order_key: str
    urgency: int
    provider: str | None
    role: str
    event: str | None
    at_us: int | None
    time_raw: str | None
    received_us: int | None
    file_id: str | None
    path: str


PAGES = Query(
    name="near.pages",
    doc="The next pages of PDQs, by key.",
    text="""
    MATCH (p:PdqPage)
    WHERE p.key > $after
    RETURN p.key AS key, p.hashes AS hashes ORDER BY key LIMIT 512
    """,
    params=AfterParams,
    row=PageRow,
    max_rows=MOST_PAGES,
    public=False,
)

PAGES_BY_KEY = Query(
    name="near.pages_by_key",
    doc="Pages of PDQs.",
    text="""
    UNWIND $pages AS k
    MATCH (p:PdqPage {key: k})
    RETURN p.key AS key, p.hashes AS hashes ORDER BY key LIMIT 512
    """,
    params=PagesParams,
    row=PageRow,
    max_rows=MOST_PAGES,
    public=False,
)

HASHES = Query(
    name="near.hashes",
    doc="Hashes that a tip or a claim has.",
    text="""
    UNWIND $keys AS k
    MATCH (x:FileHash {key: k})
    RETURN x.key AS key,
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
           CASE WHEN x.claim_count = 0 THEN 0 ELSE COUNT {
             (x)<-[:CLAIMS]-(c:Claim)
             WHERE c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us
           } END AS claim_count
    ORDER BY key LIMIT 1000
    """,
    params=HashesParams,
    row=NearRow,
)

HOLDERS = Query(
    name="near.holders",
    doc="Tips that have a hash now, the most urgent first, at most twenty assertions of each hash.",
    text="""
    UNWIND $keys AS k
    MATCH (x:FileHash {key: k})
    WITH x,
         CASE WHEN $everything THEN x.mention_count
           WHEN x.crowd_told_to IN ['*', $holder] AND 2 ^ x.crowd_band > 1000
           THEN toInteger(2 ^ x.crowd_band)
           WHEN x.told_to IN ['*', $holder] AND 2 ^ x.told_band > 1000
           THEN toInteger(2 ^ x.told_band) ELSE COUNT {
           MATCH (x)<-[m:ASSERTS]-(v)
           WHERE m.ended_us IS NULL AND v.withdrawn_us IS NULL
             AND $holder IN v.holders RETURN DISTINCT v
         } END AS crowd
    WHERE crowd <= 1000
    CALL (x) {
      MATCH (x)<-[a:ASSERTS]-(t:Tip)
      WHERE a.ended_us IS NULL AND t.withdrawn_us IS NULL
        AND ($everything OR $holder IN t.holders)
      RETURN t, a
      ORDER BY t.order_key, a.key LIMIT 20
    }
    RETURN x.key AS hash, t.key AS tip, t.order_key AS order_key, t.urgency AS urgency,
           t.provider AS provider, a.role AS role, a.event AS event, a.at_us AS at_us,
           a.time_raw AS time_raw, t.received_us AS received_us, a.file_id AS file_id,
           a.path AS path
    ORDER BY hash, order_key, role, path, a.key LIMIT 20000
    """,
    params=KeyParams,
    row=HolderRow,
    max_rows=MOST_HITS * MOST_TIPS,
)

PDQS = Query(
    name="near.pdqs",
    doc="PDQs of tips and claims, by key.",
    text="""
    MATCH (x:FileHash)
    WHERE x.key > $after AND x.key < 'pdq;'
    RETURN x.key AS key ORDER BY key LIMIT 5000
    """,
    params=AfterParams,
    row=KeyRow,
    max_rows=5000,
    public=False,
)
