"""What the store itself is: its version, whether it is synthetic, and how much it holds."""

from __future__ import annotations

from graph.queries.core import Mode, NoParams, Params, Query, Row
from graph.queries.scope import Seeing


class StoreInfoRow(Row):
    """The store's own node."""

    schema_version: int
    synthetic: bool
    created_us: int
    tip_total: int


class CreateStoreInfoParams(Params):
    """What a new store is."""

    synthetic: bool
    created_us: int


class SetVersionParams(Params):
    """The migration that was applied."""

    version: int


class AddTipsParams(Params):
    """How many tips came (or, negative, were withdrawn)."""

    delta: int


class CountRow(Row):
    """How many nodes one label has."""

    label: str
    total: int


STORE_INFO = Query(
    name="meta.store_info",
    doc="What this store is.",
    text="""
    MATCH (s:StoreInfo {key: 'store'})
    RETURN s.schema_version AS schema_version, s.synthetic AS synthetic,
           s.created_us AS created_us, coalesce(s.tip_total, 0) AS tip_total
    LIMIT 1
    """,
    params=NoParams,
    row=StoreInfoRow,
    max_rows=1,
)

CREATE_STORE_INFO = Query(
    name="meta.create_store_info",
    doc="Makes the store's own node unless it is there.",
    text="""
    MERGE (s:StoreInfo {key: 'store'})
    ON CREATE SET s.schema_version = 0, s.synthetic = $synthetic,
                  s.created_us = $created_us, s.tip_total = 0, s.hash_lists = 0
    """,
    params=CreateStoreInfoParams,
    row=Row,
    mode=Mode.WRITE,
)

SET_VERSION = Query(
    name="meta.set_version",
    doc="Notes the last migration.",
    text="MATCH (s:StoreInfo {key: 'store'}) SET s.schema_version = $version",
    params=SetVersionParams,
    row=Row,
    mode=Mode.WRITE,
)

ADD_TIPS = Query(
    name="meta.add_tips",
    doc="Counts tips that link; the base of every rarity.",
    text="MATCH (s:StoreInfo {key: 'store'}) SET s.tip_total = s.tip_total + $delta",
    params=AddTipsParams,
    row=Row,
    mode=Mode.WRITE,
)

# Counted first: beside a constant column no row at all is given where there is nothing.
COUNTS = Query(
    name="meta.counts",
    doc="How many tips, documents, files, providers and agencies there are: what anybody may know.",
    text="""
    CALL () {
      MATCH (n:Tip) WITH count(n) AS total RETURN 'Tip' AS label, total
      UNION ALL MATCH (n:TipVersion) WITH count(n) AS total RETURN 'TipVersion' AS label, total
      UNION ALL MATCH (n:Document) WITH count(n) AS total RETURN 'Document' AS label, total
      UNION ALL MATCH (n:File) WITH count(n) AS total RETURN 'File' AS label, total
      UNION ALL MATCH (n:Provider) WITH count(n) AS total RETURN 'Provider' AS label, total
      UNION ALL MATCH (n:Agency) WITH count(n) AS total RETURN 'Agency' AS label, total
    }
    RETURN label, total ORDER BY label LIMIT 100
    """,
    params=NoParams,
    row=CountRow,
    max_rows=100,
)

HELD_COUNTS = Query(
    name="meta.held_counts",
    doc="How many tips an agency holds, with their documents and files, and who reports here.",
    text="""
    CALL () {
      MATCH (t:Tip) WHERE ($everything OR $holder IN t.holders)
      WITH count(t) AS total RETURN 'Tip' AS label, total
      UNION ALL
      MATCH (t:Tip)-[:HAS_VERSION]->(v) WHERE ($everything OR $holder IN t.holders)
      WITH count(DISTINCT v) AS total RETURN 'TipVersion' AS label, total
      UNION ALL
      MATCH (t:Tip)-[:HAS_VERSION]->(v)-[:STATED_IN]->(d)
      WHERE ($everything OR $holder IN t.holders)
      WITH count(DISTINCT d) AS total RETURN 'Document' AS label, total
      UNION ALL
      MATCH (t:Tip)-[:HAS_FILE]->(f) WHERE ($everything OR $holder IN t.holders)
      WITH count(DISTINCT f) AS total RETURN 'File' AS label, total
      UNION ALL
      MATCH (t:Tip)-[:FILED_BY]->(p) WHERE ($everything OR $holder IN t.holders)
      WITH count(DISTINCT p) AS total RETURN 'Provider' AS label, total
      UNION ALL MATCH (n:Agency) WITH count(n) AS total RETURN 'Agency' AS label, total
    }
    RETURN label, total ORDER BY label LIMIT 100
    """,
    params=Seeing,
    row=CountRow,
    max_rows=100,
)

UNHELD = Query(
    name="meta.unheld",
    doc="How many tips nobody holds: they are seen by no agency.",
    text="""
    MATCH (t:Tip)
    WHERE t.stub = false AND size(coalesce(t.holders, [])) = 0
    RETURN 'Tip, held by nobody' AS label, count(t) AS total LIMIT 1
    """,
    params=NoParams,
    row=CountRow,
    max_rows=1,
    public=False,
)

HOLDINGS = Query(
    name="meta.holdings",
    doc="How much of the rest there is, hidden work included: for whoever runs the installation.",
    text="""
    CALL () {
      MATCH (n:Account) WITH count(n) AS total RETURN 'Account' AS label, total
      UNION ALL MATCH (n:Email) WITH count(n) AS total RETURN 'Email' AS label, total
      UNION ALL MATCH (n:Phone) WITH count(n) AS total RETURN 'Phone' AS label, total
      UNION ALL MATCH (n:IpAddress) WITH count(n) AS total RETURN 'IpAddress' AS label, total
      UNION ALL MATCH (n:FileHash) WITH count(n) AS total RETURN 'FileHash' AS label, total
      UNION ALL MATCH (n:Device) WITH count(n) AS total RETURN 'Device' AS label, total
      UNION ALL MATCH (n:Url) WITH count(n) AS total RETURN 'Url' AS label, total
      UNION ALL MATCH (n:ScreenName) WITH count(n) AS total RETURN 'ScreenName' AS label, total
      UNION ALL MATCH (n:Investigation) WITH count(n) AS total
      RETURN 'Investigation' AS label, total
      UNION ALL MATCH (n:Claim) WITH count(n) AS total RETURN 'Claim' AS label, total
      UNION ALL MATCH (n:Conflict) WITH count(n) AS total RETURN 'Conflict' AS label, total
      UNION ALL MATCH (n:Notification) WITH count(n) AS total RETURN 'Notification' AS label, total
      UNION ALL MATCH (n:Check) WITH count(n) AS total RETURN 'Check' AS label, total
      UNION ALL MATCH (n:Alert) WITH count(n) AS total RETURN 'Alert' AS label, total
      UNION ALL MATCH (n:Canary) WITH count(n) AS total RETURN 'Canary' AS label, total
      UNION ALL MATCH (n:User) WITH count(n) AS total RETURN 'User' AS label, total
      UNION ALL MATCH (n:AuditEntry) WITH count(n) AS total RETURN 'AuditEntry' AS label, total
    }
    RETURN label, total ORDER BY label LIMIT 100
    """,
    params=NoParams,
    row=CountRow,
    max_rows=100,
    public=False,
)
