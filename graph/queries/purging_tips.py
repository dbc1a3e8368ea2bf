"""The steps that leave nothing of a tip at an agency, and then nothing of it in the store.

What is deleted is collected first: ArcadeDB walks a list of edges while it takes them away.
"""

from __future__ import annotations

from graph.queries.core import Mode, NoParams, Params, Query, Row
from graph.queries.recording import MANY


class TipAtParams(Params):
    """A tip, and agencies whose records about it are meant."""

    tip: str
    agencies: list[str]


class OneTipParams(Params):
    """A tip."""

    tip: str


class WithdrawParams(Params):
    """A tip, and when it goes."""

    tip: str
    at_us: int


class AgencyRow(Row):
    """An agency."""

    agency: str


class StatedRow(Row):
    """An identifier that a tip states or stated."""

    kind: str
    identifier: str


class KeyRow(Row):
    """A record."""

    key: str


class KeysParams(Params):
    """Records by key."""

    keys: list[str]


class ErasureParams(Params):
    """Documents, and since when their originals are due to be deleted."""

    keys: list[str]
    at_us: int


class CountRow(Row):
    """How many."""

    found: int


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


AGENCIES = Query(
    name="purging_tips.agencies",
    doc="Agencies that have records of their own about a tip.",
    text="""
    CALL {
      MATCH (:Tip {key: $tip})-[:HELD_BY]->(g:Agency) RETURN g.key AS agency
      UNION
      MATCH (q:Triage {tip: $tip}) RETURN q.agency AS agency
      UNION
      MATCH (r:RouteReceipt {tip: $tip}) RETURN r.agency AS agency
      UNION
      MATCH (v:FileVerification {tip: $tip}) RETURN v.agency AS agency
      UNION
      MATCH (d:Handoff {tip: $tip}) RETURN d.giver AS agency
      UNION
      MATCH (d:Handoff {tip: $tip}) RETURN d.receiver AS agency
    }
    RETURN DISTINCT agency ORDER BY agency LIMIT 10000
    """,
    params=OneTipParams,
    row=AgencyRow,
    max_rows=10_000,
    public=False,
)

DROP_ALERTS = Query(
    name="purging_tips.drop_alerts",
    doc="Deletes alerts of places.",
    text="""
    UNWIND $keys AS k
    MATCH (a:UrgentAlert {place: k})
    WITH collect(a) AS gone
    FOREACH (a IN gone | DETACH DELETE a)
    """,
    params=KeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DROP_PLACES = Query(
    name="purging_tips.drop_places",
    doc="Deletes places with the moves that led there.",
    text="""
    UNWIND $keys AS k
    MATCH (q:Triage {key: k})
    OPTIONAL MATCH (q)-[:HAS_MOVE]->(m:TriageMove)
    WITH collect(DISTINCT q) AS places, collect(DISTINCT m) AS moves
    FOREACH (m IN moves | DETACH DELETE m)
    FOREACH (q IN places | DETACH DELETE q)
    """,
    params=KeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DROP_VERIFIED = Query(
    name="purging_tips.drop_verified",
    doc="Deletes what agencies verified of a tip's files.",
    text="""
    MATCH (v:FileVerification {tip: $tip})
    WHERE v.agency IN $agencies
    WITH collect(v) AS gone
    FOREACH (v IN gone | DETACH DELETE v)
    """,
    params=TipAtParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DROP_ROUTED = Query(
    name="purging_tips.drop_routed",
    doc="Deletes agencies' receipts of how a tip was routed.",
    text="""
    MATCH (r:RouteReceipt {tip: $tip})
    WHERE r.agency IN $agencies
    WITH collect(r) AS gone
    FOREACH (r IN gone | DETACH DELETE r)
    """,
    params=TipAtParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

NOTICES = Query(
    name="purging_tips.notices",
    doc="Agencies' notices about a tip.",
    text="""
    MATCH (n:Notification {object: $tip})
    WHERE n.agency IN $agencies
    RETURN n.key AS key ORDER BY key LIMIT 1000000
    """,
    params=TipAtParams,
    row=KeyRow,
    max_rows=MANY,
    public=False,
)

DROP_NOTICES = Query(
    name="purging_tips.drop_notices",
    doc="Deletes notices.",
    text="""
    UNWIND $keys AS k
    MATCH (n:Notification {key: k})
    WITH collect(n) AS gone
    FOREACH (n IN gone | DETACH DELETE n)
    """,
    params=KeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DROP_DELIVERIES = Query(
    name="purging_tips.drop_deliveries",
    doc="Deletes deliveries of notices to webhooks.",
    text="""
    MATCH (w:Webhook)
    WITH w
    UNWIND $keys AS k
    MATCH (d:WebhookDelivery {key: w.key + '|' + k})
    WITH collect(d) AS gone
    FOREACH (d IN gone | DETACH DELETE d)
    """,
    params=KeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DROP_JUDGED = Query(
    name="purging_tips.drop_judged",
    doc="Deletes agencies' judgements about a tip and another one.",
    text="""
    MATCH (t:Tip {key: $tip})<-[:JUDGES]-(j:Judgement)
    WHERE j.agency IN $agencies
    WITH collect(DISTINCT j) AS gone
    FOREACH (j IN gone | DETACH DELETE j)
    """,
    params=TipAtParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DROP_ALL_JUDGED = Query(
    name="purging_tips.drop_all_judged",
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

DROP_STAFF = Query(
    name="purging_tips.drop_staff",
    doc="Deletes conflicts of interest that are about a tip.",
    text="""
    UNWIND $agencies AS a
    MATCH (s:StaffRecord {agency: a})
    WHERE s.about = 'tip' AND s.subject = $tip
    WITH collect(s) AS gone
    FOREACH (s IN gone | DETACH DELETE s)
    """,
    params=TipAtParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

FORGET_CLAIMED = Query(
    name="purging_tips.forget_claimed",
    doc="Agencies' claims that were taken from a tip name it no longer.",
    text="""
    MATCH (t:Tip {key: $tip})-[:ASSERTS]->(x)<-[:CLAIMS]-(c:Claim)
    WHERE c.tip = $tip AND c.agency IN $agencies
    WITH collect(DISTINCT c) AS claims
    UNWIND claims AS c
    SET c.tip = null
    """,
    params=TipAtParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

FORGET_REASONS = Query(
    name="purging_tips.forget_reasons",
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

ERASURES = Query(
    name="purging_tips.erasures",
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
    name="purging_tips.set_aside",
    doc="Notes that originals were set aside in the vault.",
    text="UNWIND $keys AS k MATCH (e:ErasureDue {key: k}) SET e.aside_us = $at_us",
    params=ErasureParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

ERASED = Query(
    name="purging_tips.erased",
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
    name="purging_tips.returned",
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
    name="purging_tips.there",
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
    name="purging_tips.kept",
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
    name="purging_tips.give_back",
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
    name="purging_tips.drop_kept",
    doc="Notes that nothing is kept of a purged tip any longer.",
    text="UNWIND $keys AS key MATCH (k:KeptApart {key: key}) DELETE k",
    params=KeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DROP_CHECKS = Query(
    name="purging_tips.drop_checks",
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
