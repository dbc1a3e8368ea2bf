"""What the scoreboard found: frozen records that are written as JSON and read again."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

FORMAT = 1


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PairFigures(_Record):
    """Quality of links between pairs of tips, from 0 to 1."""

    precision: float
    recall: float
    f1: float


class RankFigures(_Record):
    """Over all query tips that have a true tip."""

    queries: int
    all_ahead: float
    """Share of them with every true tip ahead of every false one; a tie or a miss fails."""
    all_ahead_no_hubs: float
    """The same over true tips that share more than values with over 200 holders."""
    mean_average_precision: float
    first_true: float


class GroupFigures(_Record):
    """B-cubed over the components of links."""

    precision: float
    recall: float
    f1: float


class Overlaps(_Record):
    """Overlaps of investigations that only a link shows."""

    wanted: int
    missed: int
    named: int
    false: int


class SystemFigures(_Record):
    """One system on one corpus."""

    name: str
    decision: str
    """What makes a pair a link."""
    threshold: float | None
    """Score from which a pair is a link, where a score decides; fitted on other seeds."""
    pairs: PairFigures
    grades: dict[str, PairFigures]
    """By lowest grade, for systems that grade."""
    best_f1: float
    """With the threshold that suits these very tips best: nobody can know it beforehand."""
    ranks: RankFigures
    groups: GroupFigures | None
    """None when only a sample of tips was asked."""
    overlaps: Overlaps | None
    false_by_cause: dict[str, int] | None
    """How many false links sit in a trap of each cause; a link may sit in several."""
    digest: str | None
    """SHA-256 over its links of grade moderate and above, scores to the last unit; None where it
    does not grade or only a sample was asked. Equal digests mean equal links."""
    seconds: float
    peak_mib: float | None
    """Highest resident memory, the corpus included."""


class CorpusFigures(_Record):
    """One corpus and every system on it."""

    seed: int
    tips: int
    variant: str
    queries: int
    """Tips that were asked for their links: all, or a random sample."""
    true_pairs: int
    """In the whole corpus: same person and a shared observation."""
    hub_only_pairs: int
    """Of those: nothing is shared but values with over 200 holders."""
    systems: tuple[SystemFigures, ...]
    groupings: dict[str, GroupFigures] | None = None
    """B-cubed by way of making groups of Crosstip's links; None when only a sample was asked."""


class Scoreboard(_Record):
    """A whole run."""

    format: int = FORMAT
    made: str
    """When, ISO 8601 in UTC."""
    machine: str
    python: str
    world_version: int
    notes: dict[str, str]
    """By system: how it works, cut-offs included."""
    fit_seeds: tuple[int, ...]
    """Seeds on which thresholds were chosen; none of them is in `corpora`."""
    corpora: tuple[CorpusFigures, ...]
