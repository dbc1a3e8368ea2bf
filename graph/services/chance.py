"""How many links this strong chance alone gives in this store, as the last estimate says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.clock import iso
from graph.queries.links import SnapshotRow
from graph.scoring.chance import Level, count_words, level_at
from graph.scoring.weights import Weights

NO_CHANCE = (
    "How many pairs of strangers are so strong was not estimated with these weights: "
    "`crosstip links chance --estimate` does."
)
NO_CALIBRATION = (
    "This weights table does not say how scores and odds go together, so nothing is known of what "
    "chance alone gives: take one that `crosstip links fit` wrote."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """The estimate: it tells nothing of one link, but how often one so strong is of strangers."""

    at_us: int
    weights: str
    tips: int
    """How many tips were asked for their links."""
    levels: tuple[Level, ...]

    def sentence(self, score: int) -> str:
        """Say how many pairs of strangers are as strong as this one."""
        level = level_at(self.levels, score)
        if level is None:
            return "Below the weakest grade: strangers share as much."
        return (
            f"Of {count_words(level.pairs)} pairs of tips at least this strong here, "
            f"{count_words(level.strangers)} are expected to be of strangers "
            f"(estimated {iso(self.at_us)[:10]} from {self.tips:,} tips)."
        )


def chance_in(snapshot: SnapshotRow, weights: Weights) -> Chance | None:
    """Give the stored estimate; None when there is none for this version of the weights."""
    if (
        snapshot.chance_us is None
        or snapshot.chance_weights != weights.version
        or weights.calibration is None
    ):
        return None
    return Chance(
        at_us=snapshot.chance_us,
        weights=weights.version,
        tips=snapshot.chance_tips or 0,
        levels=read_levels(snapshot.chance_levels or ()),
    )


def sentence_of(chance: Chance | None, score: int, weights: Weights) -> str:
    """Say how many pairs of strangers are as strong, or why nobody knows."""
    if chance is not None:
        return chance.sentence(score)
    return NO_CHANCE if weights.calibration is not None else NO_CALIBRATION


def written_levels(levels: Iterable[Level]) -> list[str]:
    """Give levels as they are stored."""
    return [f"{level.score}|{level.pairs}|{level.strangers}" for level in levels]


def read_levels(texts: Iterable[str]) -> tuple[Level, ...]:
    """Give stored levels back."""
    rows = (map(int, text.split("|")) for text in texts)
    return tuple(Level(score=score, pairs=pairs, strangers=few) for score, pairs, few in rows)
