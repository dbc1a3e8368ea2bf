"""What stands behind a tip: its versions with their documents, and its files."""

from __future__ import annotations

from graph.queries.core import Query, Row
from graph.queries.tips import TipParams


class VersionLine(Row):
    """One version of a tip with the document that it stands in."""

    key: str
    part: str
    issued_us: int
    current: bool
    superseded_by: str | None
    recorded_us: int
    number_source: str | None
    parser: str
    unknown: list[str] | None
    rejected: list[str] | None
    contents: list[str] | None
    statement: bytes
    document: str
    document_name: str | None
    size: int | None
    channel: str | None
    receipts: list[str]
    original: str | None
    media: list[str] | None


class FileRow(Row):
    """One file of a tip."""

    file_id: str
    name: str | None
    original_name: str | None
    uploaded_us: int | None
    viewed_by_esp: str | None
    exif_viewed_by_esp: str | None
    publicly_available: str | None
    relevance: str | None
    classification: str | None
    annotations: list[str] | None
    is_media: bool | None
    ended_us: int | None


VERSIONS = Query(
    name="versions.list",
    doc="A tip's versions and their documents, newest first.",
    text="""
    MATCH (t:Tip {key: $tip})-[:HAS_VERSION]->(v:TipVersion)
    WHERE ($everything OR $holder IN t.holders)
    WITH v
    MATCH (v)-[:STATED_IN]->(d:Document)
    RETURN v.key AS key, v.part AS part, v.issued_us AS issued_us, v.current AS current,
           v.superseded_by AS superseded_by, v.recorded_us AS recorded_us,
           v.number_source AS number_source, v.parser AS parser, v.unknown AS unknown,
           v.rejected AS rejected, v.contents AS contents, v.statement AS statement,
           d.key AS document, d.name AS document_name, d.size AS size, d.channel AS channel,
           d.receipts AS receipts, d.original AS original, d.media AS media
    ORDER BY v.issued_us DESC, v.key LIMIT 1000
    """,
    params=TipParams,
    row=VersionLine,
    public=False,
)

FILES = Query(
    name="versions.files",
    doc="A tip's files. Crosstip holds no file.",
    text="""
    MATCH (t:Tip {key: $tip})-[:HAS_FILE]->(f:File)
    WHERE ($everything OR $holder IN t.holders)
    RETURN f.file_id AS file_id, f.name AS name, f.original_name AS original_name,
           f.uploaded_us AS uploaded_us, f.viewed_by_esp AS viewed_by_esp,
           f.exif_viewed_by_esp AS exif_viewed_by_esp,
           f.publicly_available AS publicly_available, f.relevance AS relevance,
           f.classification AS classification, f.annotations AS annotations,
           f.is_media AS is_media, f.ended_us AS ended_us
    ORDER BY f.key LIMIT 1000
    """,
    params=TipParams,
    row=FileRow,
)
