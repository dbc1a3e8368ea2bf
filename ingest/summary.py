"""What became of everything that one run of intake was given."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from graph.deliveries import Outcome

ALL_IN = 0
FAILED = 1
SOME_QUARANTINED = 3
QUARANTINED = "quarantined"
MAX_TIPS = 1000
"""Tips of one run whose links are told at its end; more would hold it up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFate:
    """What became of one document out of a file with many: a row of a table, a member."""

    name: str
    """The file, and where in it."""
    outcome: str
    """As `graph.deliveries.Outcome` has it, or `QUARANTINED`."""
    tip: str | None = None
    entry: str | None = None


@dataclass(slots=True)
class Summary:
    """Counts per outcome; every document stands in exactly one of them."""

    recorded: Counter[Outcome] = field(default_factory=Counter)
    quarantined: int = 0
    companions: int = 0
    """Submit responses: they give a number and are no document of a tip."""
    tables: int = 0
    """CSV files that went in as a whole."""
    agencies: int = 0
    claims: int = 0
    """Claims that were not there before."""
    claim_lines: int = 0
    media: int = 0
    """Pieces of media that were cut out and never kept."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Elements and enum values that this version does not know, by place."""
    rejected_values: int = 0
    """Values that are no identifier of their kind; they stand with their tip."""
    unreadable: list[str] = field(default_factory=list)
    """Files of which nothing could be read, each with the reason."""
    recovered: int = 0
    """Documents received by an earlier run that ended before they were recorded."""
    seconds: float = 0.0
    tips: dict[str, None] = field(default_factory=dict)
    """Tips that are new or changed, in order; the first `MAX_TIPS` and one more."""
    entries: dict[str, None] = field(default_factory=dict)
    """Ids in quarantine of what could not go in; the first `MAX_TIPS` and one more."""

    parts: list[PartFate] = field(default_factory=list)
    """What became of documents out of files with many; the first `MAX_TIPS` and one more."""

    def note_part(self, part: PartFate) -> None:
        """Note what became of one document out of a file with many."""
        if len(self.parts) <= MAX_TIPS:
            self.parts.append(part)

    def note(self, tip: str) -> None:
        """Note a tip that is new or changed, so that its links can be told."""
        if len(self.tips) <= MAX_TIPS:
            self.tips.setdefault(tip)

    def note_entry(self, entry: str) -> None:
        """Note what went to quarantine, so that it can be looked up there."""
        if len(self.entries) <= MAX_TIPS:
            self.entries.setdefault(entry)

    def add(self, other: Summary) -> None:
        """Count what became of another run's documents as well."""
        self.recorded.update(other.recorded)
        self.quarantined += other.quarantined
        self.companions += other.companions
        self.tables += other.tables
        self.agencies += other.agencies
        self.claims += other.claims
        self.claim_lines += other.claim_lines
        self.media += other.media
        self.unknown.update(other.unknown)
        self.rejected_values += other.rejected_values
        self.unreadable += other.unreadable
        self.recovered += other.recovered
        self.seconds += other.seconds
        for tip in other.tips:
            self.note(tip)
        for entry in other.entries:
            self.note_entry(entry)
        for part in other.parts:
            self.note_part(part)

    @property
    def documents(self) -> int:
        """Documents that were taken in or quarantined."""
        return sum(self.recorded.values()) + self.quarantined + self.companions + self.tables

    @property
    def exit_code(self) -> int:
        """0 when everything is in, 3 when something was quarantined."""
        return SOME_QUARANTINED if self.quarantined > 0 or len(self.unreadable) > 0 else ALL_IN
