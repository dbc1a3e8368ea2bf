"""Reads and writes of the recording path: what is there already, and what goes."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row

MANY = 1_000_000
"""Upper bound of internal reads whose size follows from the batch, not from the store."""


class TipKeysParams(Params):
    """Keys of tips."""

    keys: list[str]


class DocumentKeysParams(Params):
    """SHA-256 of documents."""

    documents: list[str]


class TipHeadRow(Row):
    """A tip that is there already."""

    key: str
    stub: bool
    withdrawn_us: int | None
    withdrawn_why: str | None
    first_recorded_us: int | None


class VersionRow(Row):
    """A version that is there already, with what it states."""

    tip: str
    key: str
    part: str
    document: str
    issued_us: int
    statement: bytes
    declared_provider: str | None


class DocumentTipRow(Row):
    """A tip that a document already stands behind."""

    document: str
    tip: str
    issued_us: int


class JudgedRow(Row):
    """A judgement about a tip."""

    tip: str
    judgement: str


class ReceiptItem(Params):
    """One more receipt of known bytes."""

    key: str
    at: str


class ReceiptsParams(Params):
    """Further receipts."""

    rows: list[ReceiptItem]


class VersionStateItem(Params):
    """Where a version stands among those of its part."""

    key: str
    current: bool
    superseded_by: str | None
    issued_us: int


class VersionStatesParams(Params):
    """Changed places."""

    rows: list[VersionStateItem]


LOCK_TIPS = Query(
    name="recording.lock_tips",
    doc="Takes the write lock of tips that are there, before they are read to decide.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})
    SET t.version_count = coalesce(t.version_count, 0)
    """,
    params=TipKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

TIP_HEADS = Query(
    name="recording.tip_heads",
    doc="Tips that are there already.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})
    RETURN t.key AS key, t.stub AS stub, t.withdrawn_us AS withdrawn_us,
           t.withdrawn_why AS withdrawn_why, t.first_recorded_us AS first_recorded_us
    LIMIT 1000000
    """,
    params=TipKeysParams,
    row=TipHeadRow,
    max_rows=MANY,
    public=False,
)

TIP_VERSIONS = Query(
    name="recording.tip_versions",
    doc="All versions of tips.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})
    WITH t
    MATCH (t)-[:HAS_VERSION]->(v:TipVersion)
    RETURN t.key AS tip, v.key AS key, v.part AS part, v.document AS document,
           v.issued_us AS issued_us, v.statement AS statement,
           v.declared_provider AS declared_provider
    LIMIT 1000000
    """,
    params=TipKeysParams,
    row=VersionRow,
    max_rows=MANY,
    public=False,
)

DOCUMENT_TIPS = Query(
    name="recording.document_tips",
    doc="The tips behind which documents already stand.",
    text="""
    UNWIND $documents AS sha
    MATCH (d:Document {key: sha})
    WITH d
    MATCH (d)<-[:STATED_IN]-(v:TipVersion)
    RETURN d.key AS document, v.tip AS tip, v.issued_us AS issued_us
    LIMIT 1000000
    """,
    params=DocumentKeysParams,
    row=DocumentTipRow,
    max_rows=MANY,
    public=False,
)

ADD_RECEIPTS = Query(
    name="recording.add_receipts",
    doc="Notes that known bytes were received again.",
    text="""
    UNWIND $rows AS r
    MATCH (d:Document {key: r.key})
    SET d.receipts = CASE WHEN r.at IN d.receipts THEN d.receipts ELSE d.receipts + r.at END
    """,
    params=ReceiptsParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

SET_VERSION_STATES = Query(
    name="recording.set_version_states",
    doc="Notes which versions are current and which were superseded.",
    text="""
    UNWIND $rows AS r
    MATCH (v:TipVersion {key: r.key})
    SET v.current = r.current, v.superseded_by = r.superseded_by, v.issued_us = r.issued_us
    """,
    params=VersionStatesParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

# ArcadeDB walks a list of edges while it takes them away, and so left a fifth of 2,600 and took
# one of another tip: what is deleted is collected first, here and everywhere.
DROP_STATE = Query(
    name="recording.drop_state",
    doc="Takes away the edges that a tip's state is about to be written anew with.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})
    WITH t
    MATCH (t)-[a:ASSERTS|REFERS_TO|FILED_BY|HAS_FILE]->()
    WITH collect(a) AS gone
    UNWIND gone AS a
    DELETE a
    """,
    params=TipKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

JUDGED_PROVISIONAL = Query(
    name="recording.judged_provisional",
    doc="Judgements about tips that are about to be replaced.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})<-[:JUDGES]-(j:Judgement)
    RETURN k AS tip, j.key AS judgement LIMIT 1000000
    """,
    params=TipKeysParams,
    row=JudgedRow,
    max_rows=MANY,
    public=False,
)

DROP_PROVISIONAL = Query(
    name="recording.drop_provisional",
    doc="Takes away provisional tips whose number has come; their documents stay.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})
    WHERE t.provisional = true
    OPTIONAL MATCH (t)-[:HAS_VERSION|HAS_FILE]->(p)
    WITH collect(DISTINCT t) AS tips, collect(DISTINCT p) AS parts
    FOREACH (p IN parts | DETACH DELETE p)
    FOREACH (t IN tips | DETACH DELETE t)
    """,
    params=TipKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
