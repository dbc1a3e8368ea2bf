"""Originals that are to be erased with a purged tip, and what is kept of the purge."""

from __future__ import annotations

from graph.queries.core import Mode, NoParams, Params, Query, Row
from graph.queries.purging_holdings import KeyRow, KeysParams
from graph.queries.purging_tips import ErasureParams
from graph.queries.recording import MANY


class DueParams(Params):
    """Where the page before ended, and how many."""

    after: str
    limit: int


class ErasureRow(Row):
    """An original that is to be deleted."""

    key: str
    aside_us: int | None


class KeptRow(Row):
    """An agency's own records about a purged tip."""

    key: str
    agency: str
    tip: str


ERASURES = Query(
    name="erasing.erasures",
    doc="Originals that are to be deleted in the vault, and since when they are set aside.",
    text="""
    MATCH (e:ErasureDue)
    WHERE e.key > $after
    RETURN e.key AS key, e.aside_us AS aside_us ORDER BY key LIMIT $limit
    """,
    params=DueParams,
    row=ErasureRow,
    public=False,
)


SET_ASIDE = Query(
    name="erasing.set_aside",
    doc="Notes that originals were set aside in the vault.",
    text="UNWIND $keys AS k MATCH (e:ErasureDue {key: k}) SET e.aside_us = $at_us",
    params=ErasureParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


ERASED = Query(
    name="erasing.erased",
    doc="Notes that originals that had been set aside were deleted.",
    text="""
    UNWIND $keys AS k
    MATCH (e:ErasureDue {key: k})
    WHERE e.aside_us IS NOT NULL
    WITH collect(e) AS gone
    FOREACH (e IN gone | DELETE e)
    """,
    params=KeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


RETURNED = Query(
    name="erasing.returned",
    doc="Notes that documents came in again, so that their originals stay.",
    text="""
    UNWIND $keys AS k
    MATCH (e:ErasureDue {key: k})
    MATCH (d:Document {key: k})
    WITH collect(e) AS gone
    FOREACH (e IN gone | DELETE e)
    """,
    params=KeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


THERE = Query(
    name="erasing.there",
    doc="Of some documents those that are in the store.",
    text="""
    UNWIND $keys AS k
    MATCH (d:Document {key: k})
    RETURN d.key AS key ORDER BY key LIMIT 1000000
    """,
    params=KeysParams,
    row=KeyRow,
    max_rows=MANY,
    public=False,
)


KEPT = Query(
    name="erasing.kept",
    doc="Agencies' own records about purged tips that a legal hold kept.",
    text="""
    MATCH (k:KeptApart)
    RETURN k.key AS key, k.agency AS agency, k.tip AS tip ORDER BY key LIMIT 100000
    """,
    params=NoParams,
    row=KeptRow,
    max_rows=100_000,
    public=False,
)


GIVE_BACK = Query(
    name="erasing.give_back",
    doc="Gives tips that came in again the places that a legal hold kept.",
    text="""
    UNWIND $keys AS k
    MATCH (a:KeptApart {key: k})
    MATCH (t:Tip {key: a.tip})
    MATCH (q:Triage {key: k})
    WHERE NOT EXISTS { (t)-[:STANDS]->(q) }
    CREATE (t)-[:STANDS]->(q)
    """,
    params=KeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


DROP_KEPT = Query(
    name="erasing.drop_kept",
    doc="Notes that nothing is kept of a purged tip any longer.",
    text="UNWIND $keys AS key MATCH (k:KeptApart {key: key}) DELETE k",
    params=KeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


DROP_CHECKS = Query(
    name="erasing.drop_checks",
    doc="Deletes records of checks.",
    text="""
    UNWIND $keys AS k
    MATCH (c:Check {key: k})
    WITH collect(c) AS gone
    FOREACH (c IN gone | DETACH DELETE c)
    """,
    params=KeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
