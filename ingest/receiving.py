"""Receipt: what comes in is screened in memory, split, and durable in the spool before all else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.clock import now_us
from ingest.limits import Limits
from ingest.numbers import find_number
from ingest.opening.opened import Opened, Opener
from ingest.readers.split import Member, split
from ingest.readers.table_mapping import Mapping
from ingest.received import MediaNote, ReceivedDocument, sha256_of
from ingest.records import NumberSource
from ingest.screening.screen import screen
from ingest.sources import SourceFile
from ingest.spool import Spool, SpoolRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What whoever hands documents in says of all of them."""

    synthetic: bool = False
    report_number: str | None = None
    number_source: NumberSource | None = None
    provider: str | None = None
    """Reporting provider, for documents that name none (`<report>` never does)."""
    holder: str | None = None
    """Key of the agency that the tips belong to."""
    mapping: Mapping | None = None
    """How tables of tips are read; without it a table is one of agencies or claims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A document in the spool."""

    ref: SpoolRef
    document: ReceivedDocument


class Receiver:
    """Receives files into a spool."""

    def __init__(self, spool: Spool, *, limits: Limits) -> None:
        """Receive into this spool under these limits."""
        self._spool = spool
        self._limits = limits

    def receive(self, source: SourceFile, declared: Declared) -> Iterator[Receipt]:
        """Spool a file's members; they are received once the spool is synced.

        Raises:
            IntakeError: the spool cannot take more; nothing of this file is received then.
        """
        if source.data is None:
            yield self._received(self._document(source, b"", declared))
            return
        opener = Opener(limits=self._limits, mapping=declared.mapping)
        if opener.is_for(source.data):
            yield from self._opened(source, source.data, declared, opener)
            return
        whole = self._document(source, source.data, declared)
        # Screened as one first: a picture is no container, whatever its bytes look like.
        screened = _screened(whole, source.data)
        if refusal(screened) is not None:
            yield self._received(screened)
            return
        is_empty = True
        for member in split(source.data, self._limits):
            is_empty = False
            yield self._received(screened if member.is_alone else _part(whole, member))
        if is_empty:
            yield self._received(screened)

    def _opened(
        self, source: SourceFile, data: bytes, declared: Declared, opener: Opener
    ) -> Iterator[Receipt]:
        """Spool the documents in a PDF, an archive or a table; its own bytes are not kept."""
        whole = self._document(source, b"", declared)
        found = opener.documents(data, name=source.name, sha256=source.sha256)
        for position, one in enumerate(found):
            document = _in_container(whole, one, position)
            received = _screened(document, one.data)
            yield self._received(replace(received, media=(*one.media, *received.media)))

    def _received(self, document: ReceivedDocument) -> Receipt:
        return Receipt(ref=self._spool.append(document), document=document)

    def _document(self, source: SourceFile, data: bytes, declared: Declared) -> ReceivedDocument:
        return ReceivedDocument(
            data=data,
            sha256=source.sha256,
            stored_sha256=sha256_of(data),
            size=source.size,
            name=source.name,
            channel=source.channel,
            received_us=now_us(),
            issued_us=source.modified_us,
            report_number=declared.report_number,
            number_source=declared.number_source,
            provider=declared.provider,
            declared_synthetic=declared.synthetic,
            holder=declared.holder,
        )


def refusal(document: ReceivedDocument) -> str | None:
    """Give why none of a document's bytes were kept, None when they were.

    It follows from the document alone, so that a run after a kill says the same.
    """
    if len(document.data) > 0 or document.size == 0:
        return None
    if len(document.media) > 0:
        kind = document.media[0].media_type
        return f"It is {kind}, not a document. Crosstip keeps no media: nothing was stored."
    return (
        f"It has {document.size:,} bytes, too many to be looked at. It is not kept here: "
        "split the file and ingest the parts."
    )


def _part(whole: ReceivedDocument, member: Member) -> ReceivedDocument:
    """Give a member of a container, as it stands there, with its own media cut out."""
    part = replace(
        whole,
        data=member.data,
        sha256=sha256_of(member.data),
        stored_sha256=sha256_of(member.data),
        size=len(member.data),
        position=member.index,
        offset=member.offset,
        container_sha256=whole.sha256,
        # A number given for one document belongs to none of several.
        report_number=None,
        number_source=None,
    )
    return _screened(part, member.data)


def _in_container(whole: ReceivedDocument, one: Opened, position: int) -> ReceivedDocument:
    document = replace(
        whole,
        name=one.name,
        sha256=one.sha256,
        size=one.size,
    )
    if one.is_alone:
        return document
    number = find_number(None, one.name.rpartition(": ")[2], one.data)
    return replace(
        document,
        position=position,
        container_sha256=whole.sha256,
        report_number=None if number is None else number.number,
        number_source=None if number is None else number.source,
    )


def _screened(document: ReceivedDocument, received: bytes) -> ReceivedDocument:
    screened = screen(received)
    notes = tuple(
        MediaNote(name=m.name[:200], size=m.size, sha256=m.sha256, media_type=m.media_type)
        for m in screened.media
    )
    return replace(
        document,
        data=screened.data,
        stored_sha256=sha256_of(screened.data),
        media=notes,
    )
