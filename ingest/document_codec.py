"""A received document as a header (JSON) and a payload (its bytes), for spool and quarantine."""

from __future__ import annotations

from graph.errors import IntakeError
from ingest.json_fields import FieldError, Fields, Json, encode_object
from ingest.received import Channel, MediaNote, ReceivedDocument
from ingest.records import NumberSource

FORMAT = 1


class NewerFormatError(IntakeError):
    """A stored document was written by a newer version of Crosstip."""


def header_of(document: ReceivedDocument) -> dict[str, Json]:
    """Give everything about a document but its bytes."""
    return {
        "format": FORMAT,
        "sha256": document.sha256,
        "stored_sha256": document.stored_sha256,
        "size": document.size,
        "name": document.name,
        "channel": document.channel.value,
        "source": document.source,
        "position": document.position,
        "offset": document.offset,
        "container_sha256": document.container_sha256,
        "issued_us": document.issued_us,
        "received_us": document.received_us,
        "report_number": document.report_number,
        "number_source": None if document.number_source is None else document.number_source.value,
        "provider": document.provider,
        "declared_synthetic": document.declared_synthetic,
        "holder": document.holder,
        "media": [
            {
                "name": note.name,
                "size": note.size,
                "sha256": note.sha256,
                "media_type": note.media_type,
            }
            for note in document.media
        ],
    }


def encode_header(document: ReceivedDocument) -> bytes:
    """Give the header as bytes."""
    return encode_object(header_of(document))


def document_from(header: Fields, data: bytes) -> ReceivedDocument:
    """Give back the document of a header and its payload, its hashes checked.

    Raises:
        NewerFormatError: this version cannot read the header.
        FieldError: the header is not one that Crosstip writes, or the payload's hash differs.
    """
    written = header.integer("format")
    if written > FORMAT:
        raise NewerFormatError(
            f"a stored document has format {written} and this version of Crosstip reads up to "
            f"{FORMAT}; start the version that wrote it, or a newer one"
        )
    number_source = header.text_or_none("number_source")
    try:
        return ReceivedDocument(
            data=data,
            sha256=header.text("sha256"),
            stored_sha256=header.text("stored_sha256"),
            size=header.integer("size"),
            name=header.text("name"),
            channel=Channel(header.text("channel")),
            source=header.text("source"),
            position=header.integer_or_none("position"),
            offset=header.integer_or_none("offset"),
            container_sha256=header.text_or_none("container_sha256"),
            issued_us=header.integer_or_none("issued_us"),
            received_us=header.integer("received_us"),
            report_number=header.text_or_none("report_number"),
            number_source=None if number_source is None else NumberSource(number_source),
            provider=header.text_or_none("provider"),
            declared_synthetic=header.flag("declared_synthetic"),
            holder=header.text_or_none("holder"),
            media=tuple(_media_note(note) for note in header.children("media")),
        )
    except ValueError as error:
        raise FieldError(f"a stored document does not hold together: {error}") from error


def _media_note(note: Fields) -> MediaNote:
    return MediaNote(
        name=note.text("name"),
        size=note.integer("size"),
        sha256=note.text("sha256"),
        media_type=note.text("media_type"),
    )
