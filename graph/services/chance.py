"""How many links this strong chance alone gives in this store, as the last estimate says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from graph.clock import iso
from graph.queries.links import SnapshotRow
from graph.scoring.bands import LEAST_COUNT
from graph.scoring.chance import Level, count_words, level_at
from graph.scoring.evidence import Weighed
from graph.scoring.weights import BITS, Weights, written

NO_CHANCE = (
    "How many pairs of strangers are so strong was not estimated with these weights: "
    "`crosstip links chance --estimate` does."
)
NO_CALIBRATION = (
    "This weights table does not say how scores and odds go together, so nothing is known of what "
    "chance alone gives: take a shipped one from version 4 on, or one of `crosstip links fit`."
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
        """Say how many pairs of strangers are as strong as one of a grade."""
        level = level_at(self.levels, score)
        if level is None or (level is self.levels[-1] and score >= level.score + BITS):
            return (
                f"No pair so strong was among those of the {self.tips:,} tips that were asked on "
                f"{iso(self.at_us)[:10]}: how often strangers are so strong is not known."
            )
        if level.pairs == 0:
            return (
                f"Fewer than {LEAST_COUNT} pairs of tips here are at least this strong: too few to "
                "say how often strangers are."
            )
        return (
            f"Of {count_words(level.pairs)} pairs of tips at least this strong here, "
            f"{count_words(level.strangers)} are expected to be of strangers "
            f"(estimated {iso(self.at_us)[:10]} from {self.tips:,} tips)."
        )


def chance_in(snapshot: SnapshotRow, weights: Weights) -> Chance | None:
    """Give the stored estimate; None when there is none for this version of the weights."""
    if (
        snapshot.chance_us is None
        or snapshot.chance_weights != named(weights)
        or weights.calibration is None
    ):
        return None
    return Chance(
        at_us=snapshot.chance_us,
        weights=weights.version,
        tips=snapshot.chance_tips or 0,
        levels=read_levels(snapshot.chance_levels or ()),
    )


def named(weights: Weights) -> str:
    """Give the version of a table with a digest: another table may have the same version."""
    digest = hashlib.sha256(written(weights).encode()).hexdigest()
    return f"{weights.version} {digest[:16]}"


def sentence_of(chance: Chance | None, weighed: Weighed, weights: Weights) -> str:
    """Say how many pairs of strangers are as strong, or why nobody knows."""
    if not weighed.links_subjects:
        return "Nothing here links subjects, so nothing is said of chance."
    if weighed.score < weights.cut_offs.weak:
        return "Below the weakest grade: strangers share as much."
    if chance is not None:
        return chance.sentence(weighed.score)
    return NO_CHANCE if weights.calibration is not None else NO_CALIBRATION


def written_levels(levels: Iterable[Level]) -> list[str]:
    """Give levels as they are stored."""
    return [f"{level.score}|{level.pairs}|{level.strangers}" for level in levels]


def read_levels(texts: Iterable[str]) -> tuple[Level, ...]:
    """Give stored levels back."""
    rows = (map(int, text.split("|")) for text in texts)
    return tuple(Level(score=score, pairs=pairs, strangers=few) for score, pairs, few in rows)
