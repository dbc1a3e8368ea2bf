"""What a job came to, as it is kept with the job."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict


class DocumentPart(BaseModel):
    """What became of one document out of a file with many: a row of a table, a member."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    """The file, and where in it."""
    outcome: str
    """As `graph.deliveries.Outcome` names it, or `quarantined`."""
    tip: str | None = None
    entry: str | None = None
    """In quarantine."""


class DocumentsOutcome(BaseModel):
    """What became of an upload's documents; counts add up over workers that were killed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    recorded: Mapping[str, int] = {}
    """Documents by outcome, as `graph.deliveries.Outcome` names them."""
    quarantined: int = 0
    companions: int = 0
    media: int = 0
    unknown: int = 0
    rejected_values: int = 0
    uncounted: int = 0
    """Recorded or quarantined by a worker that was killed before it noted how they went."""
    left_out: int = 0
    """Not taken in, as the job was called off."""
    tips: tuple[str, ...] = ()
    """Tips that are new or changed, the first thousand."""
    quarantine: tuple[str, ...] = ()
    """Entries in quarantine, the first thousand."""
    parts: tuple[DocumentPart, ...] = ()
    """Documents out of files with many, one by one in their order, the first thousand."""
    is_cut: bool = False
    """Whether there are more tips or entries than are named."""

    @property
    def counted(self) -> int:
        """Documents whose outcome is known."""
        return sum(self.recorded.values()) + self.quarantined + self.companions

    def text(self) -> str:
        """Give it as it is kept."""
        return self.model_dump_json()


class ExportOutcome(BaseModel):
    """What an export holds: its manifest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    list: str
    format: str
    columns: tuple[str, ...]
    rows: int
    bytes: int
    sha256: str
    """Of the file, lower-case hexadecimal."""
    as_of_us: int
    left_out: tuple[str, ...] = ()
    """What is not in it, in sentences."""
    notes: tuple[str, ...] = ()
    """What is to be shown with it."""
    roles: tuple[str, ...] = ()
    """Of whoever had it made: it is given to the same rights only."""
    synthetic: bool = False
    proof: str | None = None
    """Of a log's records: what proves them offline, as JSON."""

    def text(self) -> str:
        """Give it as it is kept."""
        return self.model_dump_json()
