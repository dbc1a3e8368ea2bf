"""What a measurement of intake found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Time that some work took."""

    seconds: float
    """By the clock."""
    python_s: float
    """Seconds of a processor that this process used."""
    engine_s: float | None
    """Seconds of a processor that the engine used; None where that cannot be read."""

    @property
    def processor_s(self) -> float | None:
        """Seconds of a processor that both used: other work on the machine does not change it."""
        return None if self.engine_s is None else self.python_s + self.engine_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of intake, alone in one thread."""

    name: str
    spent: Spent
    tips_per_s: float
    documents_per_s: float
    rows_per_s: float | None = None
    """Nodes and edges; for the step that writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryMark:
    """The highest resident memory up to a point of the run, in MiB; None where not readable."""

    tips: int
    """About how many tips were in."""
    python_mib: float | None
    engine_mib: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many nodes of each label, and edges of each type, a store holds."""

    nodes: dict[str, int]
    edges: dict[str, int]

    @property
    def rows(self) -> int:
        """Nodes and edges together."""
        return sum(self.nodes.values()) + sum(self.edges.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The whole pipeline, as `crosstip ingest` runs it, into an empty store."""

    spent: Spent
    files: int
    documents: int
    tips_per_s: float
    documents_per_s: float
    rows_per_s: float
    memory: tuple[MemoryMark, ...]
    """The first mark is before the first file."""
    sizes: Sizes


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """The bare loop: the same nodes and edges, prebuilt, through the generated inserts alone."""

    batch_rows: int
    spent: Spent
    tips_per_s: float
    rows_per_s: float
    sizes: Sizes


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where it was measured."""

    system: str
    python: str
    processors: int
    load_before: float
    """Processes that ran or wanted to, on average over the minute before."""
    load_after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestFigures:
    """One run of `crosstip bench ingest` on one engine."""

    engine: str
    tips: int
    batch_tips: int
    """Documents in one transaction of the pipeline."""
    machine: Machine
    whole: Whole
    stages: tuple[Stage, ...]
    bare: tuple[Bare, ...]
    ratio: float
    """Speed of the whole pipeline by that of the best bare loop, by the clock."""
    processor_ratio: float | None
    """The same by seconds of a processor, Python's and the engine's together."""
