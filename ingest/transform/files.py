"""Files of a record as the graph keeps them: what the provider asserted, never the file."""

from __future__ import annotations

import hashlib
import mimetypes

from graph.statements import FileStatement
from graph.times import parse_time
from ingest.records import FileRecord
from ingest.transform.text import storable

_MAX_ID = 200
_SUPPLEMENTAL = "supplemental reported"


def file_statement(file: FileRecord, *, reference_us: int) -> FileStatement:
    """Give what a document states about one file."""
    return FileStatement(
        file_id=bounded_id(file.file_id),
        name=storable(file.name),
        original_name=storable(file.original_name),
        uploaded_us=parse_time(file.uploaded_time, reference_us=reference_us).us,
        viewed_by_esp=file.viewed_by_esp.value,
        exif_viewed_by_esp=file.exif_viewed_by_esp.value,
        publicly_available=file.publicly_available.value,
        relevance=storable(file.relevance),
        classification=storable(file.classification),
        annotations=tuple(storable(name) for name in file.annotations),
        is_media=is_media(file),
    )


def is_media(file: FileRecord) -> bool | None:
    """Say whether a file's name calls it image or video; None when the name does not say."""
    for name in (file.original_name, file.name):
        if name is None:
            continue
        kind, _ = mimetypes.guess_type(name.strip().lower().replace("?", "_"))
        if kind is not None:
            return kind.startswith(("image/", "video/"))
    return None


def may_link(file: FileRecord) -> bool:
    """Say whether a file's hashes may link people.

    Chat exports, profile pictures and terms of service recur in unrelated tips; the schema's
    default relevance is `Reported` (NCMEC reporting API), so the kind of file counts as well.
    """
    is_supplemental = (file.relevance or "").strip().casefold() == _SUPPLEMENTAL
    return not is_supplemental and is_media(file) is not False


def bounded_id(file_id: str) -> str:
    """Give a file's id as the graph keeps it; very long ones by their hash."""
    text = storable(file_id, limit=10_000)
    if len(text) <= _MAX_ID:
        return text
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
