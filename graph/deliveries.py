"""What intake hands to the core: one delivery of one part of one tip, ready to be recorded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.statements import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """Facts of a received document. Field meanings: `graph.schema.nodes.DOCUMENT`."""

    sha256: str
    stored_sha256: str
    size: int
    name: str
    channel: str
    received_us: int
    container_sha256: str | None = None
    position: int | None = None
    original: str
    media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One document's version of one part of a tip."""

    source: str
    report_number: str | None
    number_source: str | None
    part: str
    issued_us: int
    document: DocumentFacts
    statement: Statement
    declared_provider: str | None = None
    """Reporting provider that whoever handed it in declared, for documents that name none."""
    parser: str
    unknown: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    holder: str | None = None
    """Key of the agency that the tip belongs to, where whoever handed it in said so."""

    @property
    def tip_key(self) -> str:
        """Key of the tip: its number, or the document's hash while there is none."""
        if self.report_number is None:
            return provisional_key(self.source, self.document.sha256)
        return f"{self.source}:{self.report_number}"


def provisional_key(source: str, sha256: str) -> str:
    """Give the key of a tip that has no number yet."""
    return f"{source}:sha256:{sha256}"


class Outcome(StrEnum):
    """What became of a delivery."""

    NEW_TIP = "new tip"
    NEW_PART = "new part"
    """Another document of a tip that is there: its `<fileDetails>`, or the other format."""
    NEW_VERSION = "new version"
    DUPLICATE = "duplicate"
    """The same bytes were recorded before; the receipt is counted."""
    RESTATED = "restated"
    """The same bytes, read anew with a provider that was declared for them."""
    JOINED = "number joined"
    """A provisional tip got its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A delivery that is in."""

    document: str
    tip: str
    outcome: Outcome
