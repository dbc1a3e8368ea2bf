"""Reads a document of any known format: the one entrance to the readers.

Formats, told apart by content: ICAC Data System JSON (one tip, an array, or one per line),
NCMEC's `<report>`, `<fileDetails>`, `<reportResponse>` and `<reportDoneResponse>`, and the two CSV
files of agencies and of claims.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from graph.errors import UnreadableDocumentError
from ingest.limits import DEFAULT_LIMITS, Limits, too_large
from ingest.readers.agencies_csv import LineProblem, read_lines
from ingest.readers.detect import Form, form_of
from ingest.readers.encoding import decoded
from ingest.readers.json_documents import read_json
from ingest.readers.json_source import parse_json
from ingest.readers.ncmec_xml import read_xml
from ingest.readers.numbering import Given
from ingest.readers.split import Member, split
from ingest.records import (
    AgencyRecord,
    ClaimRecord,
    NumberSource,
    NumberStatement,
    TipRecord,
)

Outcome: TypeAlias = (
    TipRecord | NumberStatement | AgencyRecord | ClaimRecord | UnreadableDocumentError
)
_NAME_LENGTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadItem:
    """One member of a document, or one line of a CSV file: what it says, or why it says nothing."""

    name: str
    """The document's name as received."""
    index: int
    """Its place in the document, from 0."""
    line: int
    """Line of the document on which it begins, from 1."""
    offset: int
    """Bytes of the document before it."""
    data: bytes
    """Exactly its bytes."""
    outcome: Outcome
    """A record, or the error whose sentence names document, place, reason and what to do."""

    @property
    def error(self) -> UnreadableDocumentError | None:
        """The error, when it could not be read."""
        return self.outcome if isinstance(self.outcome, UnreadableDocumentError) else None


def read_document(
    data: bytes,
    *,
    name: str,
    limits: Limits = DEFAULT_LIMITS,
    report_number: str | None = None,
    number_source: NumberSource | None = None,
    provider: str | None = None,
) -> Iterator[ReadItem]:
    """Give what a screened document says, member by member and lazily.

    Never raises on a bad document: each member that cannot be read is an item with an error, and
    the others go on. A document without any member is one item with an error.

    Args:
        name: shown in errors; never used as a path.
        report_number: for a `<report>`, which has no number of its own, and for what names none.
        number_source: where that number was found. A document's own number goes before it; only
            one from the command line that contradicts the document is an error.
        provider: reporting provider, for documents that do not name it (`<report>`).
    """
    given = Given(report_number=report_number, number_source=number_source, provider=provider)
    count = 0
    for item in _items(data, name, limits, given):
        count += 1
        yield item
    if count == 0:
        reason = "it holds no tip: its list is empty; check that the right file was sent"
        yield _failed(data, name, reason)


def _items(data: bytes, name: str, limits: Limits, given: Given) -> Iterator[ReadItem]:
    form = form_of(data)
    if form is Form.EMPTY:
        yield _failed(data, name, "it is empty; ask the sender for a complete copy")
    elif len(data) > limits.max_container_bytes:
        error = too_large(len(data), "max_container_bytes", limits.max_container_bytes)
        yield _failed(data, name, str(error))
    elif form is Form.LINES:
        yield from _csv(data, name, limits)
    else:
        for member in split(data, limits):
            yield _member(member, name, form, limits, given)


def _failed(data: bytes, name: str, reason: str) -> ReadItem:
    error = UnreadableDocumentError(f"{shown_name(name)} was not taken in: {reason}")
    return ReadItem(name=name, index=0, line=1, offset=0, data=data, outcome=error)


def _member(member: Member, name: str, form: Form, limits: Limits, given: Given) -> ReadItem:
    outcome: Outcome
    try:
        if len(member.data) > limits.max_bytes:
            raise too_large(len(member.data), "max_bytes", limits.max_bytes)
        if form is Form.XML:
            outcome = read_xml(member.data, limits, given)
        else:
            outcome = read_json(parse_json(decoded(member.data), limits), limits, given)
    except UnreadableDocumentError as error:
        where = shown_name(name)
        if not member.is_alone:
            where = f"{where}, member {member.index + 1} (line {member.line})"
        outcome = UnreadableDocumentError(f"{where} was not taken in: {error}")
    return ReadItem(
        name=name,
        index=member.index,
        line=member.line,
        offset=member.offset,
        data=member.data,
        outcome=outcome,
    )


def _csv(data: bytes, name: str, limits: Limits) -> Iterator[ReadItem]:
    try:
        for index, line in enumerate(read_lines(data, limits)):
            outcome: Outcome
            if isinstance(line.outcome, LineProblem):
                sentence = f"{shown_name(name)}, line {line.line} was not taken in: "
                outcome = UnreadableDocumentError(sentence + line.outcome.reason)
            else:
                outcome = line.outcome
            yield ReadItem(
                name=name,
                index=index,
                line=line.line,
                offset=line.offset,
                data=line.data,
                outcome=outcome,
            )
    except UnreadableDocumentError as error:
        yield _failed(data, name, str(error))


def shown_name(name: str) -> str:
    """Give a document's name fit for a sentence: one line, no control characters, not endless."""
    visible = "".join(
        character if unicodedata.category(character)[0] != "C" else "?"
        for character in name[: _NAME_LENGTH + 1]
    )
    if len(visible) > _NAME_LENGTH:
        visible = visible[:_NAME_LENGTH] + "…"
    return f"“{visible}”" if visible else "a document without a name"
