"""Whether a tip is the first that has a hash: its files' hashes, and who had them before."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Query, Row
from graph.queries.scope import Seeing
from graph.queries.tips import TipParams

MOST_HASHES = 5000
"""Hashes of one tip's files that are looked at."""
MOST_HOLDERS = 1000
"""A hash that more tips mention is not looked up one by one."""
CHUNK = 500
"""Hashes in one question."""


class OthersParams(Seeing):
    """Hashes of a tip, and when NCMEC received it."""

    tip: str
    received_us: int
    hashes: list[str] = Field(max_length=CHUNK)


class HashParams(Seeing):
    """A hash."""

    key: str


class FileHashRow(Row):
    """A hash of one of a tip's files."""

    hash: str
    file_id: str
    state: str
    listed: list[str] | None
    holders: int
    is_media: bool | None


class OthersRow(Row):
    """How other tips have a hash: all assertions, of earlier tips, of tips without a time."""

    hash: str
    others: int
    earlier: int
    undated: int


class FirstRow(Row):
    """A tip that has a hash."""

    tip: str
    received_us: int | None


FILE_HASHES = Query(
    name="seen.file_hashes",
    doc="Hashes of a tip's files.",
    text="""
    MATCH (t:Tip {key: $tip})-[a:ASSERTS]->(x:FileHash)
    WHERE a.ended_us IS NULL AND a.file_id IS NOT NULL
      AND ($everything OR $holder IN t.holders)
    WITH DISTINCT x, a.file_id AS file_id
    OPTIONAL MATCH (f:File {key: $tip + '/' + file_id})
    RETURN x.key AS hash, file_id,
           CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                  OR x.told_to IN ['*', $holder]
                THEN x.state ELSE coalesce(x.base_state, 'normal') END AS state, x.listed AS listed,
           CASE WHEN $everything THEN x.mention_count
             WHEN x.crowd_told_to IN ['*', $holder] THEN toInteger(2 ^ x.crowd_band)
             ELSE COUNT {
             MATCH (x)<-[m:ASSERTS]-(v)
             WHERE m.ended_us IS NULL AND v.withdrawn_us IS NULL
               AND $holder IN v.holders RETURN DISTINCT v
           } END AS holders, f.is_media AS is_media
    ORDER BY file_id, hash LIMIT 5001
    """,
    params=TipParams,
    row=FileHashRow,
    max_rows=MOST_HASHES + 1,
    public=False,
)

OTHERS = Query(
    name="seen.others",
    doc="How often other tips have hashes: at all, in earlier tips, in tips without a time.",
    text="""
    UNWIND $hashes AS h
    MATCH (x:FileHash {key: h})
    WITH x
    MATCH (x)<-[a:ASSERTS]-(o:Tip)
    WHERE a.ended_us IS NULL AND o.key <> $tip
      AND ($everything OR $holder IN o.holders)
    WITH x.key AS hash, count(a) AS others,
         sum(CASE WHEN o.received_us < $received_us THEN 1
                  WHEN o.received_us = $received_us AND o.key < $tip THEN 1
                  ELSE 0 END) AS earlier,
         sum(CASE WHEN o.received_us IS NULL THEN 1 ELSE 0 END) AS undated
    RETURN hash, others, earlier, undated ORDER BY hash LIMIT 500
    """,
    params=OthersParams,
    row=OthersRow,
    max_rows=CHUNK,
    public=False,
)

FIRST = Query(
    name="seen.first",
    doc="The tips that had a hash first; those of which no time of receipt is stated come first.",
    text="""
    MATCH (x:FileHash {key: $key})
    WITH x
    MATCH (x)<-[a:ASSERTS]-(t:Tip)
    WHERE a.ended_us IS NULL AND ($everything OR $holder IN t.holders)
    WITH DISTINCT t.key AS tip, t.received_us AS received_us
    RETURN tip, received_us
    ORDER BY coalesce(received_us, -9000000000000000000), tip LIMIT 2
    """,
    params=HashParams,
    row=FirstRow,
    max_rows=2,
)
