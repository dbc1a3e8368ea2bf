"""The steps that leave nothing of a tip at an agency, and then nothing of it in the store.

What is deleted is collected first: ArcadeDB walks a list of edges while it takes them away.
"""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.purging_holdings import KeyRow, KeysParams, OneTipParams, TipAtParams
from graph.queries.recording import MANY


class WithdrawParams(Params):
    """A tip, and when it goes."""

    tip: str
    at_us: int


class StatedRow(Row):
    """An identifier that a tip states or stated."""

    kind: str
    identifier: str


class ErasureParams(Params):
    """Documents, and since when their originals are due to be deleted."""

    keys: list[str]
    at_us: int


class CountRow(Row):
    """How many."""

    found: int


DROP_HANDOFFS = Query(
    name="purging_tips.drop_handoffs",
    doc="Deletes a tip's hand-offs between these agencies, with the receipts of both sides.",
    text="""
    MATCH (d:Handoff {tip: $tip})
    WHERE d.giver IN $agencies AND d.receiver IN $agencies
    OPTIONAL MATCH (d)-[:HAS_RECEIPT]->(r:HandoffReceipt)
    WITH collect(DISTINCT d) AS gone, collect(DISTINCT r) AS receipts
    FOREACH (r IN receipts | DETACH DELETE r)
    FOREACH (d IN gone | DETACH DELETE d)
    """,
    params=TipAtParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


DROP_HOLDING = Query(
    name="purging_tips.drop_holding",
    doc="Deletes that agencies hold or held a tip.",
    text="""
    MATCH (t:Tip {key: $tip})-[h:HELD_BY]->(g:Agency)
    WHERE g.key IN $agencies
    WITH collect(h) AS gone
    FOREACH (h IN gone | DELETE h)
    """,
    params=TipAtParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


WITHDRAW = Query(
    name="purging_tips.withdraw",
    doc="Marks a tip as withdrawn, so that what it says counts no more while it goes.",
    text="MATCH (t:Tip {key: $tip}) SET t.withdrawn_us = coalesce(t.withdrawn_us, $at_us)",
    params=WithdrawParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


STATED = Query(
    name="purging_tips.stated",
    doc="Identifiers that a tip states or stated.",
    text="""
    MATCH (t:Tip {key: $tip})-[:ASSERTS]->(x)
    RETURN DISTINCT x.kind AS kind, x.key AS identifier ORDER BY kind, identifier LIMIT 1000000
    """,
    params=OneTipParams,
    row=StatedRow,
    max_rows=MANY,
    public=False,
)


DOCUMENTS = Query(
    name="purging_tips.documents",
    doc="Documents that a tip's versions stand in, and that no other tip's do.",
    text="""
    MATCH (t:Tip {key: $tip})-[:HAS_VERSION]->(:TipVersion)-[:STATED_IN]->(d:Document)
    WITH DISTINCT d
    WHERE NOT EXISTS {
      MATCH (d)<-[:STATED_IN]-(v:TipVersion) WHERE v.tip <> $tip
    }
    RETURN d.key AS key ORDER BY key LIMIT 1000000
    """,
    params=OneTipParams,
    row=KeyRow,
    max_rows=MANY,
    public=False,
)


DROP_UNUSED = Query(
    name="purging_tips.drop_unused",
    doc="Deletes identifiers of a tip that nothing else knows of, with what counting found.",
    text="""
    MATCH (t:Tip {key: $tip})-[:ASSERTS]->(x)
    WITH DISTINCT x
    WHERE coalesce(x.claim_count, 0) <= 0
      AND NOT EXISTS { MATCH (x)<-[:ASSERTS]-(o:Tip) WHERE o.key <> $tip }
      AND NOT EXISTS { MATCH (x)<-[:DECIDES]-(p:StateDecision) WHERE p.source = 'person' }
    OPTIONAL MATCH (x)<-[:DECIDES]-(d:StateDecision)
    WITH collect(DISTINCT x) AS gone, collect(DISTINCT d) AS found
    FOREACH (d IN found | DETACH DELETE d)
    FOREACH (x IN gone | DETACH DELETE x)
    """,
    params=OneTipParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


DROP_DOCUMENTS = Query(
    name="purging_tips.drop_documents",
    doc="Deletes documents, and notes that their originals are to go too.",
    text="""
    UNWIND $keys AS k
    MATCH (d:Document {key: k})
    MERGE (e:ErasureDue {key: k})
    ON CREATE SET e.noted_us = $at_us
    SET e.aside_us = null
    WITH collect(d) AS gone
    FOREACH (d IN gone | DETACH DELETE d)
    """,
    params=ErasureParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


DROP_PARTS = Query(
    name="purging_tips.drop_parts",
    doc="Deletes a tip's versions and files.",
    text="""
    MATCH (t:Tip {key: $tip})-[:HAS_VERSION|HAS_FILE]->(p)
    WITH collect(DISTINCT p) AS parts
    FOREACH (p IN parts | DETACH DELETE p)
    """,
    params=OneTipParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


REFERRED = Query(
    name="purging_tips.referred",
    doc="Tips that a tip refers to and of which nothing was received.",
    text="""
    MATCH (t:Tip {key: $tip})-[:REFERS_TO]->(o:Tip)
    WHERE o.stub = true
    RETURN DISTINCT o.key AS key ORDER BY key LIMIT 1000000
    """,
    params=OneTipParams,
    row=KeyRow,
    max_rows=MANY,
    public=False,
)


REFERRING = Query(
    name="purging_tips.referring",
    doc="How many other tips refer to a tip.",
    text="""
    MATCH (t:Tip {key: $tip})<-[:REFERS_TO]-(o:Tip)
    WHERE o.key <> $tip
    RETURN count(*) AS found LIMIT 1
    """,
    params=OneTipParams,
    row=CountRow,
    public=False,
)


DROP_STUBS = Query(
    name="purging_tips.drop_stubs",
    doc="Deletes tips that nothing was received of and that no tip refers to any longer.",
    text="""
    UNWIND $keys AS k
    MATCH (o:Tip {key: k})
    WHERE o.stub = true AND NOT EXISTS { (o)<-[:REFERS_TO]-(:Tip) }
    WITH collect(o) AS gone
    FOREACH (o IN gone | DETACH DELETE o)
    """,
    params=KeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


DROP_TIP = Query(
    name="purging_tips.drop_tip",
    doc="Deletes a tip; the last step.",
    text="MATCH (t:Tip {key: $tip}) DETACH DELETE t",
    params=OneTipParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
