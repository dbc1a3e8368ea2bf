"""What the store itself is: its version, whether it is synthetic, and how much it holds."""

from __future__ import annotations

from graph.queries.core import Mode, NoParams, Params, Query, Row


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

COUNTS = Query(
    name="meta.counts",
    doc="How many tips, documents, files, providers and agencies there are: what anybody may know.",
    text="""
    CALL () {
      MATCH (n:Tip) RETURN 'Tip' AS label, count(n) AS total
      UNION ALL MATCH (n:TipVersion) RETURN 'TipVersion' AS label, count(n) AS total
      UNION ALL MATCH (n:Document) RETURN 'Document' AS label, count(n) AS total
      UNION ALL MATCH (n:File) RETURN 'File' AS label, count(n) AS total
      UNION ALL MATCH (n:Provider) RETURN 'Provider' AS label, count(n) AS total
      UNION ALL MATCH (n:Agency) RETURN 'Agency' AS label, count(n) AS total
    }
    RETURN label, total ORDER BY label LIMIT 100
    """,
    params=NoParams,
    row=CountRow,
    max_rows=100,
)

HOLDINGS = Query(
    name="meta.holdings",
    doc="How much of the rest there is, hidden work included: for whoever runs the installation.",
    text="""
    CALL () {
      MATCH (n:Account) RETURN 'Account' AS label, count(n) AS total
      UNION ALL MATCH (n:Email) RETURN 'Email' AS label, count(n) AS total
      UNION ALL MATCH (n:Phone) RETURN 'Phone' AS label, count(n) AS total
      UNION ALL MATCH (n:IpAddress) RETURN 'IpAddress' AS label, count(n) AS total
      UNION ALL MATCH (n:FileHash) RETURN 'FileHash' AS label, count(n) AS total
      UNION ALL MATCH (n:Device) RETURN 'Device' AS label, count(n) AS total
      UNION ALL MATCH (n:Url) RETURN 'Url' AS label, count(n) AS total
      UNION ALL MATCH (n:ScreenName) RETURN 'ScreenName' AS label, count(n) AS total
      UNION ALL MATCH (n:Investigation) RETURN 'Investigation' AS label, count(n) AS total
      UNION ALL MATCH (n:Claim) RETURN 'Claim' AS label, count(n) AS total
      UNION ALL MATCH (n:Conflict) RETURN 'Conflict' AS label, count(n) AS total
      UNION ALL MATCH (n:Notification) RETURN 'Notification' AS label, count(n) AS total
      UNION ALL MATCH (n:Check) RETURN 'Check' AS label, count(n) AS total
      UNION ALL MATCH (n:Alert) RETURN 'Alert' AS label, count(n) AS total
      UNION ALL MATCH (n:Canary) RETURN 'Canary' AS label, count(n) AS total
      UNION ALL MATCH (n:User) RETURN 'User' AS label, count(n) AS total
      UNION ALL MATCH (n:AuditEntry) RETURN 'AuditEntry' AS label, count(n) AS total
    }
    RETURN label, total ORDER BY label LIMIT 100
    """,
    params=NoParams,
    row=CountRow,
    max_rows=100,
    public=False,
)
