"""Which agencies a tip belongs to."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.recording import MANY, TipKeysParams


class HolderItem(Params):
    """A tip and an agency that it belongs to from a time on."""

    tip: str
    agency: str
    from_us: int


class HoldersParams(Params):
    """Tips and their holders."""

    rows: list[HolderItem]


class HolderRow(Row):
    """An agency that a tip belongs to."""

    tip: str
    agency: str
    from_us: int
    until_us: int | None
    resumed_us: int | None


class MentionedRow(Row):
    """An identifier that a tip states."""

    kind: str
    identifier: str


class AddedRow(Row):
    """A tip that an agency holds now, whether it did before or not."""

    tip: str
    agency: str


ADD_HOLDERS = Query(
    name="holders.add",
    doc="Notes that agencies hold tips; one that held it before and gave it up holds it again.",
    text="""
    UNWIND $rows AS r
    MATCH (t:Tip {key: r.tip})
    MATCH (g:Agency {key: r.agency})
    MERGE (t)-[h:HELD_BY]->(g)
    ON CREATE SET h.from_us = r.from_us
    ON MATCH SET h.resumed_us = CASE WHEN h.until_us IS NULL THEN h.resumed_us ELSE r.from_us END,
                 h.until_us = null
    SET g.tip_total = CASE WHEN g.key IN coalesce(t.holders, []) THEN g.tip_total
                           ELSE 1 + coalesce(g.tip_total, 0) END,
        t.holders = [a IN coalesce(t.holders, []) WHERE a <> g.key] + g.key
    RETURN t.key AS tip, g.key AS agency
    """,
    params=HoldersParams,
    row=AddedRow,
    mode=Mode.WRITE,
    public=False,
)

END_HOLDERS = Query(
    name="holders.end",
    doc="Notes that agencies hold tips no longer.",
    text="""
    UNWIND $rows AS r
    MATCH (t:Tip {key: r.tip})-[h:HELD_BY]->(g:Agency {key: r.agency})
    SET h.until_us = r.from_us,
        g.tip_total = CASE WHEN g.key IN coalesce(t.holders, []) THEN g.tip_total - 1
                           ELSE g.tip_total END,
        t.holders = [a IN coalesce(t.holders, []) WHERE a <> g.key]
    """,
    params=HoldersParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

END_OFFERS = Query(
    name="holders.end_offers",
    doc="Brings the clock of offers forward whose givers hold the tips no longer.",
    text="""
    UNWIND $rows AS r
    MATCH (h:Handoff {tip: r.tip})
    WHERE h.giver = r.agency AND h.stage = 'offered' AND h.clock_us > r.from_us
    SET h.clock_us = r.from_us
    """,
    params=HoldersParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

HOLDERS = Query(
    name="holders.of_tips",
    doc="The agencies that tips belong to, and since when.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})-[h:HELD_BY]->(g:Agency)
    RETURN t.key AS tip, g.key AS agency, h.from_us AS from_us, h.until_us AS until_us,
           h.resumed_us AS resumed_us
    ORDER BY tip, agency LIMIT 1000000
    """,
    params=TipKeysParams,
    row=HolderRow,
    max_rows=MANY,
    public=False,
)

MENTIONED = Query(
    name="holders.mentioned",
    doc="The identifiers that tips state now.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL
    RETURN DISTINCT x.kind AS kind, x.key AS identifier
    ORDER BY kind, identifier LIMIT 1000000
    """,
    params=TipKeysParams,
    row=MentionedRow,
    max_rows=MANY,
    public=False,
)


class WhoseRow(Row):
    """A tip and the agencies that hold it now."""

    tip: str
    holders: list[str]


class UnheldParams(Params):
    """Where the last page ended."""

    after: str


class TipKeyRow(Row):
    """A tip."""

    tip: str


WHOSE = Query(
    name="holders.whose",
    doc="Of some keys those of tips, with the agencies that hold each now.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})
    RETURN t.key AS tip, coalesce(t.holders, []) AS holders
    ORDER BY tip LIMIT 1000000
    """,
    params=TipKeysParams,
    row=WhoseRow,
    max_rows=MANY,
    public=False,
)

UNHELD = Query(
    name="holders.unheld",
    doc="Tips that nobody holds, by key: for whoever routes them.",
    text="""
    MATCH (t:Tip)
    WHERE t.key > $after AND t.stub = false AND size(coalesce(t.holders, [])) = 0
    RETURN t.key AS tip ORDER BY tip LIMIT 500
    """,
    params=UnheldParams,
    row=TipKeyRow,
    max_rows=500,
    public=False,
)
