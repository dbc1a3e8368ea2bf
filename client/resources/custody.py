"""The API's custody: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from client.answers import Answer, Part
from client.calls import Calls, part, read
from client.resources.evidence import FileVerification
from client.resources.queue import TipMove


class CustodyDocument(Part):
    """A document as it was received."""

    sha256: str
    stored_sha256: str | None
    name: str | None
    size: int | None
    channel: str | None
    container_sha256: str | None
    position: int | None
    received_at: str | None
    receipts: tuple[str, ...]
    held: str
    media: tuple[str, ...]


class CustodyVersion(Part):
    """One version of a tip: its reader, and what it changed in counts and names of fields."""

    key: str
    part: str
    document: str
    issued_at: str
    recorded_at: str
    received_by: tuple[str, ...]
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
    leaf: str
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
    held_until_at: str | None
    withdrawn_at: str | None
    withdrawn_why: str | None
    documents: tuple[CustodyDocument, ...]
    versions: tuple[CustodyVersion, ...]
    moves: tuple[TipMove, ...]
    verifications: tuple[FileVerification, ...]
    handoffs: tuple[CustodyHandoff, ...]
    first_logged_at: str | None
    says: tuple[str, ...]
    cannot_tell: tuple[str, ...]
    cut_off: tuple[str, ...]


class CustodyEntry(Part):
    """One entry of the own agency's log that concerns the tip."""

    entry: str
    log: str
    number: int | None
    at: str
    actor: str
    kind: str
    action: str
    capacity: str
    outcome: str
    decision: str | None
    policies: tuple[str, ...]
    purpose: str | None
    investigation: str | None
    request: str | None


class CustodyLog(Answer):
    """What the own log says of a tip, the oldest first, until its first page was asked for."""

    items: tuple[CustodyEntry, ...]
    next_after: str | None
    until_at: str


class Custody(Calls):
    """Calls about custody."""

    def tip_custody(self, tip: str) -> CustodyAnswer:
        """What was received of a tip, by which reader, where originals are, moves and hand-offs."""
        return read(self._call("GET", f"tips/{part(tip)}/custody"), CustodyAnswer)

    def tip_custody_log(self, tip: str, *, after: str = "", limit: int = 50) -> CustodyLog:
        """What the own agency's log says of a tip: every view, decision, export and hand-off."""
        return read(
            self._call(
                "GET", f"tips/{part(tip)}/custody/log", params={"after": after, "limit": limit}
            ),
            CustodyLog,
        )
