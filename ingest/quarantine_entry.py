"""One quarantined document on disk: what is known about it, and its bytes, both sealed.

A file is: `CTQR1` and three zero bytes, length of the sealed description (4 bytes, big-endian), the
sealed description (JSON), the sealed payload (missing once a person has dismissed it). All of it in
one file, so that each change is one rename and no kill can separate the two.
"""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import BinaryIO

from ingest.document_codec import document_from, header_of
from ingest.json_fields import FieldError, Fields, Json, encode_object
from ingest.readers.named_provider import named_provider
from ingest.received import Channel, ReceivedDocument
from ingest.sealing import DamagedSealError, seal, unseal
from ingest.vault_key import VaultKey

_MAGIC = b"CTQR1\0\0\0"
_LENGTH = struct.Struct(">I")
_MOST_DESCRIPTION = 64 << 20
_ID = re.compile(r"[0-9a-f]{32}\Z")


class EntryState(StrEnum):
    """What becomes of a quarantined document."""

    WAITING = "waiting"
    """For another try or for a person."""
    DISMISSED = "dismissed"
    """A person decided that it is not taken in; its bytes are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """A person's decision not to take a document in."""

    by: str
    reason: str
    at_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineEntry:
    """What is known about a quarantined document. Its representation leaves out the name."""

    id: str
    state: EntryState
    reason: str
    """Why it could not be taken in, at the last try."""
    where: str | None
    """Where in the document that was found (`line 3, column 9`)."""
    first_us: int
    last_us: int
    attempts: int
    """How often it failed."""
    deliveries: int
    """How often it came in; a document that is tried again is not delivered again."""
    dismissals: tuple[Dismissal, ...]
    """The last one holds when the state is dismissed; one before was undone by a new delivery."""
    sha256: str
    size: int
    name: str = field(repr=False)
    channel: Channel
    position: int | None
    container_sha256: str | None
    report_number: str | None
    received_us: int
    """Of the last delivery."""
    holder: str | None = None
    """Key of the agency that it was handed in for; nobody but that agency is shown it."""
    provider: str | None = field(default=None, repr=False)
    """Whom it names as reporting, unread, or who handed it in named; None where neither did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry's description as it is on disk."""

    entry: QuarantineEntry
    header: Fields
    """Of the document."""
    sealed_payload_at: int


def entry_id(document: ReceivedDocument) -> str:
    """Give the id of a document in quarantine: from hash, place in its container, holder.

    The same bytes that two agencies hand in are two entries: else one could dismiss the other's,
    and would learn from it that somebody handed them in before.
    """
    place = "whole" if document.position is None else str(document.position)
    text = f"crosstip quarantine\0{document.sha256}\0{place}"
    if document.holder is not None:
        text = f"{text}\0{document.holder}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def is_entry_id(text: str) -> bool:
    """Whether a text has the form of an entry's id."""
    return _ID.match(text) is not None


def new_entry(
    document: ReceivedDocument, *, reason: str, where: str | None, at_us: int
) -> QuarantineEntry:
    """Give the entry of a document that failed for the first time."""
    return QuarantineEntry(
        id=entry_id(document),
        state=EntryState.WAITING,
        reason=reason,
        where=where,
        first_us=at_us,
        last_us=at_us,
        attempts=1,
        deliveries=1,
        dismissals=(),
        sha256=document.sha256,
        size=document.size,
        name=document.name,
        channel=document.channel,
        position=document.position,
        container_sha256=document.container_sha256,
        report_number=document.report_number,
        received_us=document.received_us,
        holder=document.holder,
        provider=document.provider or named_provider(document.data),
    )


def failed_again(
    entry: QuarantineEntry,
    document: ReceivedDocument,
    *,
    reason: str,
    where: str | None,
    at_us: int,
) -> QuarantineEntry:
    """Give an entry after its document failed once more.

    A new delivery brings a dismissed document back. The delivery that was dismissed does not, when
    the spool offers it again after a crash.
    """
    is_new = document.received_us != entry.received_us
    if entry.state is EntryState.DISMISSED and not is_new:
        return entry
    again = new_entry(document, reason=reason, where=where, at_us=at_us)
    return replace(
        again,
        first_us=entry.first_us,
        attempts=entry.attempts + 1,
        deliveries=entry.deliveries + (1 if is_new else 0),
        dismissals=entry.dismissals,
    )


def encode_entry(
    entry: QuarantineEntry, header: Fields | ReceivedDocument, payload: bytes | None, key: VaultKey
) -> tuple[bytes, ...]:
    """Give the parts of an entry's file; without a payload the stub of a dismissed one."""
    described: dict[str, Json] = {
        "id": entry.id,
        "state": entry.state.value,
        "reason": entry.reason,
        "where": entry.where,
        "first_us": entry.first_us,
        "last_us": entry.last_us,
        "attempts": entry.attempts,
        "deliveries": entry.deliveries,
        "provider": entry.provider,
        "dismissals": [
            {"by": each.by, "reason": each.reason, "at_us": each.at_us} for each in entry.dismissals
        ],
        "document": header.values if isinstance(header, Fields) else header_of(header),
    }
    description = seal(key, encode_object(described), context=_context("description", entry.id))
    parts = (_MAGIC, _LENGTH.pack(len(description)), description)
    if payload is None:
        return parts
    return (*parts, seal(key, payload, context=_context("payload", entry.id)))


def read_description(file: BinaryIO, id_: str, *, key: VaultKey) -> StoredEntry:
    """Give an entry's description without reading its payload.

    Raises:
        WrongKeyError: it was sealed with another key.
        DamagedSealError: it is not what was written.
        FieldError: as above, with an intact seal.
        OSError: the disk does not give it back.
    """
    what = f"quarantine entry {id_}"
    start = file.read(len(_MAGIC) + _LENGTH.size)
    if len(start) != len(_MAGIC) + _LENGTH.size or not start.startswith(_MAGIC):
        raise DamagedSealError(f"{what} is damaged: it is no entry; restore it from a backup")
    (length,) = _LENGTH.unpack_from(start, len(_MAGIC))
    if length > _MOST_DESCRIPTION:
        raise DamagedSealError(f"{what} is damaged: its length is impossible; restore it")
    sealed = file.read(length)
    opened = unseal(key, sealed, context=_context("description", id_), what=what)
    fields = Fields.decode(opened)
    return StoredEntry(
        entry=_entry_from(fields),
        header=fields.child("document"),
        sealed_payload_at=len(start) + length,
    )


def read_payload(file: BinaryIO, stored: StoredEntry, *, key: VaultKey) -> ReceivedDocument:
    """Give the document of an entry; raises like `read_description`."""
    file.seek(stored.sealed_payload_at)
    id_ = stored.entry.id
    what = f"the document of quarantine entry {id_}"
    payload = unseal(key, file.read(), context=_context("payload", id_), what=what)
    return document_from(stored.header, payload)


def _entry_from(fields: Fields) -> QuarantineEntry:
    document = fields.child("document")
    return QuarantineEntry(
        id=fields.text("id"),
        state=_state_from(fields.text("state")),
        reason=fields.text("reason"),
        where=fields.text_or_none("where"),
        first_us=fields.integer("first_us"),
        last_us=fields.integer("last_us"),
        attempts=fields.integer("attempts"),
        deliveries=fields.integer("deliveries"),
        dismissals=tuple(
            Dismissal(by=each.text("by"), reason=each.text("reason"), at_us=each.integer("at_us"))
            for each in fields.children("dismissals")
        ),
        sha256=document.text("sha256"),
        size=document.integer("size"),
        name=document.text("name"),
        channel=Channel(document.text("channel")),
        position=document.integer_or_none("position"),
        container_sha256=document.text_or_none("container_sha256"),
        report_number=document.text_or_none("report_number"),
        received_us=document.integer("received_us"),
        holder=document.text_or_none("holder"),
        # Entries written before 1.0 have none.
        provider=fields.text_or_none("provider"),
    )


def _state_from(text: str) -> EntryState:
    try:
        return EntryState(text)
    except ValueError as error:
        raise FieldError(
            "a quarantine entry has a state that this version of Crosstip does not know; start the "
            "version that wrote it, or a newer one"
        ) from error


def _context(part: str, id_: str) -> bytes:
    return f"crosstip quarantine 1 {part} {id_}".encode("ascii")
