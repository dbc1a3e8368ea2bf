"""What an agency did about a tip, and its holding of it: taken away by the purge of a tip."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.recording import MANY


class TipAtParams(Params):
    """A tip, and agencies whose records about it are meant."""

    tip: str
    agencies: list[str]


class OneTipParams(Params):
    """A tip."""

    tip: str


class AgencyRow(Row):
    """An agency."""

    agency: str


class KeyRow(Row):
    """A record."""

    key: str


class KeysParams(Params):
    """Records by key."""

    keys: list[str]


AGENCIES = Query(
    name="purging_holdings.agencies",
    doc="Agencies that have records of their own about a tip.",
    text="""
    CALL () {
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
    name="purging_holdings.drop_alerts",
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
    name="purging_holdings.drop_places",
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
    name="purging_holdings.drop_verified",
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
    name="purging_holdings.drop_routed",
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
    name="purging_holdings.notices",
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
    name="purging_holdings.drop_notices",
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
    name="purging_holdings.drop_deliveries",
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
    name="purging_holdings.drop_judged",
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
    name="purging_holdings.drop_all_judged",
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
    name="purging_holdings.drop_staff",
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
    name="purging_holdings.forget_claimed",
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
    name="purging_holdings.forget_reasons",
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
