"""Gives the documents in a PDF, a ZIP archive or a table: text, of which nothing is media.

What cannot be opened is given all the same, as a stand-in that says why, so that it goes to
quarantine and to nobody's surprise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from graph.errors import UnreadableDocumentError
from ingest.limits import Limits
from ingest.opening.archive import ArchiveError, ArchiveMember, is_nested, members, office_kind
from ingest.opening.kinds import Container, container_of
from ingest.opening.tables import TableError, csv_of_workbook, row_documents
from ingest.pdf.extract import PdfError
from ingest.pdf.text import PdfText, encode
from ingest.pdf.worker import WORKER
from ingest.readers import stand_in
from ingest.readers.detect import Form, form_of
from ingest.readers.encoding import decoded
from ingest.readers.split import split
from ingest.readers.table_mapping import Mapping
from ingest.received import MediaNote, sha256_of

_MOST_NOTES = 1_000
"""Pieces of media in one archive that are listed one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One document that was found in a file."""

    name: str
    data: bytes
    """Text, not screened yet."""
    sha256: str
    """Of what it was made of: the PDF, the member, the row."""
    size: int
    media: tuple[MediaNote, ...] = ()
    is_alone: bool = False
    """The file is no container: this is the whole of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """Opens files."""

    limits: Limits
    mapping: Mapping | None = None
    """How tables of tips are read; without it a table is one of agencies or claims."""
    read_pdf: Callable[[bytes], PdfText] = WORKER.read

    def is_for(self, data: bytes) -> bool:
        """Tell whether a file has to be opened; all others are read as they are."""
        if container_of(data) is not None:
            return True
        return self.mapping is not None and form_of(data) is Form.LINES

    def documents(self, data: bytes, *, name: str, sha256: str) -> Iterator[Opened]:
        """Give the documents in a file."""
        whole = Opened(name=name, data=data, sha256=sha256, size=len(data), is_alone=True)
        if container_of(data) is not Container.ZIP:
            yield from self._plain(whole)
            return
        try:
            office = office_kind(data)
            if office is not None:
                yield from self._office(whole, office)
            else:
                yield from self._archive(whole)
        except ArchiveError as error:
            yield _refused(whole, str(error))

    def _plain(self, one: Opened) -> Iterator[Opened]:
        """Give what a PDF, a table or a document of text comes to."""
        if container_of(one.data) is Container.PDF:
            yield self._pdf(one)
        elif self.mapping is not None and form_of(one.data) is Form.LINES:
            yield from self._rows(one, self.mapping)
        else:
            yield one

    def _pdf(self, one: Opened) -> Opened:
        try:
            text = self.read_pdf(one.data)
        except PdfError as error:
            return _refused(one, f"{error}; ask the sender for a complete copy")
        notes = tuple(
            MediaNote(
                name=f"{one.name}: {p.where}", size=p.size, sha256=p.sha256, media_type=p.kind
            )
            for p in text.pictures
        )
        return replace(one, data=encode(text), media=notes)

    def _rows(self, one: Opened, mapping: Mapping) -> Iterator[Opened]:
        try:
            found = False
            for row in row_documents(one.data, mapping, self.limits):
                found = True
                yield Opened(
                    name=f"{one.name}, {row.where}",
                    data=row.data,
                    sha256=sha256_of(row.data),
                    size=len(row.data),
                )
            if not found:
                yield _refused(
                    one, "it is a table without rows; check that the right file was sent"
                )
        except TableError as error:
            yield replace(one, data=stand_in.encode(str(error), text=_text_of(one.data)))

    def _office(self, one: Opened, kind: str) -> Iterator[Opened]:
        if kind != "workbook":
            why = "it is an Office document; save it as PDF, text or a table and ingest that"
            yield _refused(one, why)
            return
        # Everything in it is bounded, and pictures are noted, before a library unpacks any of it.
        notes: list[MediaNote] = []
        for member in members(one.data):
            if member.problem is not None:
                why = f"it is a broken workbook: of {member.name}, {member.problem}"
                yield _refused(one, why)
                return
            if member.media_type is not None and len(notes) < _MOST_NOTES:
                notes.append(_note(member))
        for number, found in enumerate(self._sheet(one)):
            yield replace(found, media=tuple(notes)) if number == 0 else found

    def _sheet(self, one: Opened) -> Iterator[Opened]:
        if self.mapping is not None:
            yield from self._rows(one, self.mapping)
            return
        try:
            data = csv_of_workbook(one.data, self.limits)
        except TableError as error:
            yield _refused(one, str(error))
        else:
            yield replace(one, data=data)

    def _archive(self, whole: Opened) -> Iterator[Opened]:
        """Give the members; what is media is noted with the first document, never kept."""
        notes: list[MediaNote] = []
        more = 0
        held: Opened | None = None
        try:
            for member in members(whole.data):
                if member.media_type is not None:
                    more += len(notes) >= _MOST_NOTES
                    if len(notes) < _MOST_NOTES:
                        notes.append(_note(member))
                    continue
                for one in self._member(whole.name, member):
                    if held is None:
                        held = one
                    else:
                        yield one
        except ArchiveError as error:
            yield _refused(replace(whole, is_alone=False), str(error))
        if held is None:
            why = "it is an archive without a document in it"
            if len(notes) > 0:
                why += f"; {len(notes) + more} pieces of media in it were not kept"
            yield _refused(replace(whole, media=tuple(notes)), why)
        else:
            yield replace(held, media=(*held.media, *notes))

    def _member(self, archive: str, member: ArchiveMember) -> Iterator[Opened]:
        name = f"{archive}: {member.name}"
        one = Opened(name=name, data=member.data, sha256=member.sha256, size=member.size)
        if member.problem is not None:
            yield _refused(
                replace(one, sha256=hashlib.sha256(name.encode()).hexdigest()), member.problem
            )
            return
        if container_of(one.data) is Container.ZIP and _is_workbook(one.data):
            try:
                yield from self._office(one, "workbook")
            except ArchiveError as error:
                yield _refused(one, str(error))
            return
        if is_nested(one.data):
            yield _refused(one, "it is an archive in an archive; ingest it by itself")
            return
        for found in self._plain(one):
            parts = list(split(found.data, self.limits))
            if len(parts) == 1 or found is not one:
                yield found
                continue
            for part in parts:
                digest = sha256_of(part.data)
                yield replace(found, data=part.data, sha256=digest, size=len(part.data))


def _text_of(data: bytes) -> str | None:
    """Give a table's text, so that nothing of it is lost; a workbook's bytes are not kept."""
    try:
        return None if container_of(data) is not None else decoded(data)
    except UnreadableDocumentError:
        return None


def _is_workbook(data: bytes) -> bool:
    try:
        return office_kind(data) == "workbook"
    except ArchiveError:
        return False


def _note(member: ArchiveMember) -> MediaNote:
    return MediaNote(
        name=member.name,
        size=member.size,
        sha256=member.sha256,
        media_type=member.media_type or "application/octet-stream",
    )


def _refused(one: Opened, reason: str) -> Opened:
    return replace(one, data=stand_in.encode(reason))
