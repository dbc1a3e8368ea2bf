"""A tip's page of custody as plain data: what the service gathers, and the bundle writes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.queries.evidence import VerificationRow
from graph.queries.queue import MoveRow

SUMMARY = (
    "Summary, not evidence. Evidence is the documents as they were received, named here by their "
    "SHA-256."
)
FORMER = (
    "This agency holds the tip no longer. What stands here is its own: its log, its moves, its "
    "verifications and its receipts. Documents and versions are told to whoever holds it now; the "
    "log names each document that this agency received by its SHA-256."
)
HOLDS_NO_FILE = "Crosstip holds no image and no video: hashes and names stand for files."
CANNOT_TELL = (
    "Other agencies' views, decisions and exports are in their own logs and are not shown here.",
    "What was looked at before reads were logged is not known.",
    "Who handed a document in is not in logs written before schema 20.",
    "While a tip has no number the log names it where it is received and passed on, not in views.",
    "What became of a copy that left (an export, a print, a photograph of a screen) is not known.",
    "Counts and figures that named no tip left entries that name none.",
    "Entries that no checkpoint covers yet are not proved; the next checkpoint covers them.",
)


class EntryKind(StrEnum):
    """What an entry of the log tells of."""

    RECEIVED = "received"
    VIEW = "view"
    DECISION = "decision"
    EXPORT = "export"
    HANDOFF = "hand-off"
    REFUSED = "refused"
    OTHER = "other"


_EXPORTS = ("written into an export", "to be written into an extract", "custody bundle", "feedback")
_DECIDES = (
    *("triage.", "urgent.", "file.verify", "judgement.make", "tip.hold", "route.decide"),
    *("gate.lay", "tip.withdraw", "state.decide"),
)
_READS = (".read", ".ask", ".run", ".show")


def kind_of(action: str, outcome: str, decision: str | None) -> EntryKind:
    """Give what an entry tells of, from what was done and how it ended."""
    if decision == "deny":
        return EntryKind.REFUSED
    if action == "tip.received":
        return EntryKind.RECEIVED
    if outcome.startswith(_EXPORTS) or action.startswith("export."):
        return EntryKind.EXPORT
    if action.startswith("handoff.") and not action.endswith(".read"):
        return EntryKind.HANDOFF
    if action.endswith(_READS):
        return EntryKind.VIEW
    return EntryKind.DECISION if action.startswith(_DECIDES) else EntryKind.OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyDocument:
    """A document as it was received."""

    sha256: str
    stored_sha256: str | None
    """Of the bytes that are kept, where media were cut out of what was received."""
    name: str | None
    size: int | None
    channel: str | None
    container_sha256: str | None
    position: int | None
    received_us: int | None
    receipts_us: tuple[int, ...]
    held: str
    """Where the original is, in words."""
    media: tuple[str, ...]
    """What was cut out, as `name|bytes|SHA-256|type`; never kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyVersion:
    """One version of a tip."""

    key: str
    part: str
    document: str
    issued_us: int
    recorded_us: int
    received_by: tuple[str, ...]
    """Who handed it in for the own agency; nobody where its log does not say."""
    current: bool
    superseded_by: str | None
    parser: str
    declared_provider: str | None
    number_source: str | None
    unknown: int
    rejected: int
    withheld: int
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyReceipt:
    """The own side's receipt of one step of a hand-off."""

    number: int
    step: str
    at_us: int
    body: str
    """The receipt, as canonical text (RFC 8785)."""
    sha256: str
    prior: str | None
    disclosed_sha256: str | None
    """Of what the step disclosed, which is not repeated here."""
    leaf: str
    """Key of the entry of the own log that vouches for it."""
    holds: bool
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyHandoff:
    """A hand-off that the own agency is a side of, and its receipts."""

    ref: str
    side: str
    stage: str
    kind: str
    giver: str
    receiver: str
    level: str
    purpose: str
    offered_us: int
    offered_by: str
    answered_us: int | None
    answered_by: str | None
    answered_why: str | None
    receipts: tuple[CustodyReceipt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """What stands behind a tip, as its holder sees it; the log's entries come in pages."""

    tip: str
    source: str
    report_number: str | None
    agency: str
    as_of_us: int
    held_since_us: int | None
    held_until_us: int | None
    """When the agency's holding ended; None: it holds it."""
    withdrawn_us: int | None
    withdrawn_why: str | None
    documents: tuple[CustodyDocument, ...]
    versions: tuple[CustodyVersion, ...]
    moves: tuple[MoveRow, ...]
    verifications: tuple[VerificationRow, ...]
    handoffs: tuple[CustodyHandoff, ...]
    first_logged_us: int | None
    """Of the first entry about it in the agency's log."""
    says: tuple[str, ...]
    cannot_tell: tuple[str, ...]
    cut_off: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEntry:
    """One entry of the own agency's log that concerns the tip."""

    entry: str
    log: str
    number: int | None
    """Its place in the log; None while it waits for one."""
    at_us: int
    actor: str
    kind: str
    action: str
    capacity: str
    """About the tip itself, or shown with another answer."""
    outcome: str
    decision: str | None
    policies: tuple[str, ...]
    purpose: str | None
    investigation: str | None
    request: str | None


def held_in(original: str | None) -> str:
    """Say where an original is, out of what was stated when it was taken in."""
    if original is None or original == "":
        return "original not held, and no holder is stated"
    if original == "vault":
        return "in the vault"
    if original.startswith("vault,"):
        return f"in the vault ({original.removeprefix('vault,').strip()})"
    return f"original not held here; stated holder: {original}"
