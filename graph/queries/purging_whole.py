"""The steps that leave nothing of a tip in the store, once no agency holds it."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.purging_tips import KeyRow, KeysParams, OneTipParams
from graph.queries.recording import MANY


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


class WithdrawParams(Params):
    """A tip, and when it goes."""

    tip: str
    at_us: int


DROP_ALL_JUDGED = Query(
    name="purging_whole.drop_all_judged",
    doc="Deletes everybody's judgements about a tip, also those that are no agency's.",
    text="""
    MATCH (t:Tip {key: $tip})<-[:JUDGES]-(j:Judgement)
    WITH collect(DISTINCT j) AS gone
    FOREACH (j IN gone | DETACH DELETE j)
    """,
    params=OneTipParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

FORGET_REASONS = Query(
    name="purging_whole.forget_reasons",
    doc="Reasons of conflicts name a tip no longer; that one met a claim stays the sides' record.",
    text="""
    MATCH (r:Reason {tip: $tip})
    WITH collect(r) AS reasons
    UNWIND reasons AS r
    SET r.tip = null,
        r.first_ref = CASE r.asked_side WHEN 'first' THEN 'purged' ELSE r.first_ref END,
        r.second_ref = CASE r.asked_side WHEN 'first' THEN r.second_ref ELSE 'purged' END
    """,
    params=OneTipParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

WITHDRAW = Query(
    name="purging_whole.withdraw",
    doc="Marks a tip as withdrawn, so that what it says counts no more while it goes.",
    text="MATCH (t:Tip {key: $tip}) SET t.withdrawn_us = coalesce(t.withdrawn_us, $at_us)",
    params=WithdrawParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

STATED = Query(
    name="purging_whole.stated",
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
    name="purging_whole.documents",
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
    name="purging_whole.drop_unused",
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
    name="purging_whole.drop_documents",
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
    name="purging_whole.drop_parts",
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
    name="purging_whole.referred",
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
    name="purging_whole.referring",
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
    name="purging_whole.drop_stubs",
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
    name="purging_whole.drop_tip",
    doc="Deletes a tip; the last step.",
    text="MATCH (t:Tip {key: $tip}) DETACH DELETE t",
    params=OneTipParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
