"""Chain of custody on the wire: what stands behind a tip, and what the own log says of it."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part
from api.schemas.evidence import FileVerification
from api.schemas.queue import TipMove


class CustodyDocument(Part):
    """A document as it was received."""

    sha256: str = Field(description="Of the bytes received: the evidence.")
    stored_sha256: str | None = Field(description="Of what is kept: media are cut out first.")
    name: str | None
    size: int | None
    channel: str | None
    container_sha256: str | None
    position: int | None
    received_at: str | None
    receipts: tuple[str, ...] = Field(description="Every time at which the same bytes came.")
    held: str = Field(description="Where the original is, in words.")
    media: tuple[str, ...] = Field(description="What was cut out: name|bytes|SHA-256|type.")


class CustodyVersion(Part):
    """One version of a tip: its reader, and what it changed in counts and names of fields."""

    key: str
    part: str
    document: str
    issued_at: str
    recorded_at: str
    received_by: tuple[str, ...] = Field(
        description="Who handed it in for the own agency; empty where its log does not say."
    )
    current: bool
    superseded_by: str | None
    parser: str
    declared_provider: str | None
    number_source: str | None
    unknown: int
    rejected: int
    withheld: int
    changed: tuple[str, ...]


class CustodyReceipt(Part):
    """The own side's receipt of one step of a hand-off."""

    number: int
    step: str
    at: str
    body: str
    sha256: str
    prior: str | None
    disclosed_sha256: str | None
    leaf: str = Field(description="Entry of the own log that vouches for it.")
    holds: bool
    faults: tuple[str, ...]


class CustodyHandoff(Part):
    """A hand-off that the own agency is a side of."""

    ref: str
    side: str
    stage: str
    kind: str
    giver: str
    receiver: str
    level: str
    purpose: str
    offered_at: str
    offered_by: str
    answered_at: str | None
    answered_by: str | None
    answered_why: str | None
    receipts: tuple[CustodyReceipt, ...]


class CustodyAnswer(Answer):
    """What stands behind a tip. A summary, not evidence."""

    tip: str
    source: str
    report_number: str | None
    agency: str
    held_since_at: str | None
    held_until_at: str | None = Field(description="When its holding ended; null: it holds it.")
    withdrawn_at: str | None
    withdrawn_why: str | None
    documents: tuple[CustodyDocument, ...]
    versions: tuple[CustodyVersion, ...]
    moves: tuple[TipMove, ...]
    verifications: tuple[FileVerification, ...]
    handoffs: tuple[CustodyHandoff, ...]
    first_logged_at: str | None = Field(description="First entry about it in the own log.")
    says: tuple[str, ...]
    cannot_tell: tuple[str, ...] = Field(description="What the log cannot tell, in sentences.")
    cut_off: tuple[str, ...]


class CustodyEntry(Part):
    """One entry of the own agency's log that concerns the tip."""

    entry: str = Field(description="Its key: `crosstip audit prove ENTRY` proves it.")
    log: str
    number: int | None = Field(description="Its place in the log; null while it waits for one.")
    at: str
    actor: str
    kind: str = Field(description="received, view, decision, export, hand-off, refused or other.")
    action: str
    capacity: str
    outcome: str
    decision: str | None
    policies: tuple[str, ...]
    purpose: str | None
    investigation: str | None
    request: str | None


class CustodyLog(PageAnswer[CustodyEntry]):
    """What the own log says of a tip, the oldest first, until its first page was asked for."""

    until_at: str
