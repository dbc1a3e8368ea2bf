"""An extract: some tips with what they say, as every format of exchange writes it.

It is plain data, gathered under somebody's rights (`graph.services.extracting`). A writer adds
nothing to it, and leaves nothing of it out without saying so.
"""

from __future__ import annotations

from dataclasses import dataclass

SENSITIVE = "Law enforcement sensitive. Not for release outside the agencies that it is given to."
ASSERTED = (
    "What a provider asserts is not verified: roles, ages, categories and whether a file was "
    "viewed are as received."
)
NO_FILES = "Crosstip holds no file: hashes and names stand for files."


@dataclass(frozen=True, slots=True, kw_only=True)
class TipOut:
    """One tip. Times are microseconds UTC."""

    key: str
    source: str
    number: str | None
    provider: str | None
    incident_types: tuple[str, ...]
    incident_us: int | None
    received_us: int | None
    priority: str | None
    """NCMEC's, as received."""
    status: str | None
    """NCMEC's, as received."""
    urgency_reasons: tuple[str, ...]
    annotations: tuple[str, ...]
    withdrawn_us: int | None
    documents: tuple[tuple[str, str | None], ...]
    """SHA-256 and name of what was received."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOut:
    """One file of a tip, as its provider describes it."""

    tip: str
    file_id: str
    name: str | None
    viewed_by_esp: str
    """`yes`, `no` or `not stated`."""
    relevance: str | None
    classification: str | None
    annotations: tuple[str, ...]
    hashes: tuple[tuple[str, str], ...]
    """Algorithm (`md5`, `sha1`, `sha256`, `pdq` …) and value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierOut:
    """One value. `state` is how the asker's agency is told it: `normal`, `shared` and so on."""

    kind: str
    key: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssertionOut:
    """That a tip says something about a value."""

    tip: str
    kind: str
    identifier: str
    role: str
    event: str | None
    at_us: int | None
    zone_stated: bool | None
    port: int | None
    verified: str | None
    mined: bool
    file_id: str | None
    path: str
    """Where it stands in the document."""
    ended_us: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOut:
    """That two tips hang together, computed when the extract was made."""

    tip: str
    other: str
    score: int
    """Thousandths of a bit: the exact sum of its reasons."""
    grade: str
    chance: str
    judged: str | None
    reasons: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimOut:
    """That an investigation of the agency is interested in a value, as it may be passed on."""

    ref: str
    agency: str
    reference: str
    """The agency's own number of the investigation."""
    kind: str
    identifier: str
    role: str
    handling: str
    reliability: str | None
    content: str | None
    entered_us: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Tips and what hangs on them, as of a time, for whoever had it made."""

    as_of_us: int
    made_by: str
    agency: str
    synthetic: bool
    weights: str
    caveat: str
    tips: tuple[TipOut, ...]
    files: tuple[FileOut, ...]
    identifiers: tuple[IdentifierOut, ...]
    assertions: tuple[AssertionOut, ...]
    links: tuple[LinkOut, ...]
    left_out: tuple[str, ...]
    """What was cut off or kept back, in sentences; empty when nothing was."""
    claims: tuple[ClaimOut, ...] = ()
    """The agency's own, as far as their handling codes let them leave."""

    @property
    def said(self) -> tuple[str, ...]:
        """What stands on every extract, whatever its format."""
        made_up = ("SYNTHETIC: made up, about no real person.",) if self.synthetic else ()
        return (*made_up, SENSITIVE, f"Links: {self.caveat}.", ASSERTED, NO_FILES, *self.left_out)
