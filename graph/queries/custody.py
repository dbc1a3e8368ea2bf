"""What stands behind a tip for its chain of custody: documents, and places in one log's ledger."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.tips import TipParams

MOST = 1000
PAGE = 500
"""Entries of the log that one page has at most."""
TOGETHER = 2000
"""Old records that are filled in at once."""


class LedgerParams(Params):
    """After one place in a log's ledger, before another one."""

    after: str
    end: str
    limit: int


class AfterKeyParams(Params):
    """Where the last page ended."""

    after: str


class HandedParams(Params):
    """A tip, and whose hand-offs of it."""

    tip: str
    agency: str


class LedgerItem(Params):
    """A record of the log, or what finds one, and its place in the ledger."""

    key: str
    place: str


class LedgerItemsParams(Params):
    """Places to fill in."""

    rows: list[LedgerItem]


class LedgerRow(Row):
    """An entry of the log, and its place in the ledger."""

    entry: str
    place: str


class CustodyRow(Row):
    """One version of a tip, and the document that it stands in."""

    key: str
    part: str
    issued_us: int
    current: bool
    superseded_by: str | None
    recorded_us: int
    number_source: str | None
    parser: str
    declared_provider: str | None
    unknown: list[str] | None
    rejected: list[str] | None
    contents: list[str] | None
    statement: bytes
    document: str
    stored_sha256: str | None
    size: int | None
    name: str | None
    channel: str | None
    container_sha256: str | None
    position: int | None
    received_us: int | None
    receipts: list[str]
    original: str | None
    media: list[str] | None


class HandedRow(Row):
    """A hand-off's key, and when it was offered."""

    key: str
    offered_us: int


class BareEntryRow(Row):
    """An entry of the log, as far as its place in the ledger needs it."""

    key: str
    log: str
    object: str | None
    at_us: int
    place: str | None


class BareShownRow(Row):
    """That an entry showed a record, as far as its place in the ledger needs it."""

    key: str
    entry: str
    place: str | None


ABOUT = Query(
    name="custody.about",
    doc="Entries of one log about one record, in order of time.",
    text="""
    MATCH (e:AuditEntry)
    WHERE e.object_place > $after AND e.object_place < $end
    RETURN e.key AS entry, e.object_place AS place ORDER BY place LIMIT $limit
    """,
    params=LedgerParams,
    row=LedgerRow,
    max_rows=PAGE + 1,
    public=False,
)

SHOWN = Query(
    name="custody.shown",
    doc="Entries of one log that showed one record beside another, in order of time.",
    text="""
    MATCH (d:Dissemination)
    WHERE d.log_place > $after AND d.log_place < $end
    RETURN d.entry AS entry, d.log_place AS place ORDER BY place LIMIT $limit
    """,
    params=LedgerParams,
    row=LedgerRow,
    max_rows=PAGE + 1,
    public=False,
)

VERSIONS = Query(
    name="custody.versions",
    doc="A tip's versions in the order in which they were issued, each with its document.",
    text="""
    MATCH (t:Tip {key: $tip})-[:HAS_VERSION]->(v:TipVersion)
    WHERE ($everything OR $holder IN t.holders)
    WITH v
    MATCH (v)-[:STATED_IN]->(d:Document)
    RETURN v.key AS key, v.part AS part, v.issued_us AS issued_us, v.current AS current,
           v.superseded_by AS superseded_by, v.recorded_us AS recorded_us,
           v.number_source AS number_source, v.parser AS parser,
           v.declared_provider AS declared_provider, v.unknown AS unknown,
           v.rejected AS rejected, v.contents AS contents, v.statement AS statement,
           d.key AS document, d.stored_sha256 AS stored_sha256, d.size AS size, d.name AS name,
           d.channel AS channel, d.container_sha256 AS container_sha256,
           d.position AS position, d.received_us AS received_us, d.receipts AS receipts,
           d.original AS original, d.media AS media
    ORDER BY v.issued_us, v.key LIMIT 1000
    """,
    params=TipParams,
    row=CustodyRow,
    max_rows=MOST,
    public=False,
)

HANDED = Query(
    name="custody.handed",
    doc="An agency's own hand-offs of a tip, given and received, in order of time.",
    text="""
    MATCH (h:Handoff {tip: $tip})
    WHERE $agency IN [h.giver, h.receiver]
    RETURN h.key AS key, h.offered_us AS offered_us ORDER BY offered_us, key LIMIT 200
    """,
    params=HandedParams,
    row=HandedRow,
    max_rows=200,
    public=False,
)

BARE_ENTRIES = Query(
    name="custody.bare_entries",
    doc="Entries of all logs in the order of their keys, with their place in the ledger.",
    text="""
    MATCH (e:AuditEntry)
    WHERE e.key > $after
    RETURN e.key AS key, e.log AS log, e.object AS object, e.at_us AS at_us,
           e.object_place AS place
    ORDER BY key LIMIT 2000
    """,
    params=AfterKeyParams,
    row=BareEntryRow,
    max_rows=TOGETHER,
    public=False,
)

BARE_SHOWN = Query(
    name="custody.bare_shown",
    doc="What says that entries showed records, in the order of keys, with its place.",
    text="""
    MATCH (d:Dissemination)
    WHERE d.key > $after
    RETURN d.key AS key, d.entry AS entry, d.log_place AS place ORDER BY key LIMIT 2000
    """,
    params=AfterKeyParams,
    row=BareShownRow,
    max_rows=TOGETHER,
    public=False,
)

PLACE_ENTRIES = Query(
    name="custody.place_entries",
    doc="Gives entries their place in the ledger.",
    text="""
    UNWIND $rows AS r
    MATCH (e:AuditEntry {key: r.key})
    SET e.object_place = r.place
    """,
    params=LedgerItemsParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

PLACE_SHOWN = Query(
    name="custody.place_shown",
    doc="Gives what says that entries showed records its place in the ledger.",
    text="""
    UNWIND $rows AS r
    MATCH (d:Dissemination {key: r.key})
    SET d.log_place = r.place
    """,
    params=LedgerItemsParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
