"""Is the chance estimate right? Beside it what is true, and data in which nothing belongs together.

Shuffled data: of each kind every observation goes to another tip, so that values are as common as
before and each tip has as many, but what comes together comes together by accident. A value that
two tips hold is then still held by two: so only pairs are counted for which no single piece of
evidence is enough.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from bench.links.candidates import candidate_pairs
from bench.links.corpus import Corpus, read_corpus
from bench.links.profiles import profiles_of
from bench.links.variants import Variant, write_variant
from bench.progress import Progress
from graph.identifiers.core import IdentifierKind
from graph.scoring.chance import share_of_same, strangers
from graph.scoring.evidence import Weighed
from graph.scoring.observations import Observation, Profile
from graph.scoring.pairs import WALKED_STATES, Basis, weigh
from graph.scoring.weights import Grade, Weights
from graph.services.walking import WALK_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceAt:
    """Pairs of at least one grade."""

    grade: str
    pairs: int
    strangers: int
    """Of them truly of strangers."""
    expected: float
    """Of them expected to be of strangers, as the scores alone tell it."""
    together: int
    """Of them reached by several pieces of evidence, none of which is enough alone."""
    together_shuffled: int
    """As many in shuffled data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceFigures:
    """One corpus."""

    seed: int
    tips: int
    variant: str
    share: float
    """Share of the compared pairs that truly are of one person."""
    share_estimated: float
    grades: tuple[ChanceAt, ...]


def measure_chance(
    folder: Path, table: Weights, *, seed: int, tips: int, variant: Variant, progress: Progress
) -> ChanceFigures:
    """Weigh every pair of a world, and every pair of the same world shuffled.

    Raises:
        CorpusError: the world cannot be read whole.
        ValueError: the table carries no calibration.
    """
    if table.calibration is None:
        raise ValueError(f"weights {table.version} carry no calibration")
    world = folder / f"world-{seed}-{variant.name.replace(' ', '-')}"
    write_variant(world, seed=seed, tips=tips, variant=variant)
    corpus = read_corpus(world, progress=progress)
    basis = Basis(weights=table, networks=corpus.networks)
    profiles = profiles_of(corpus)
    found, same = _weighed(corpus, profiles, basis, progress)
    mixed = _shuffled(profiles, seed=seed)
    accidents = [weigh(mixed[a], mixed[b], basis) for a, b in _meeting(mixed)]
    scores = [weighed.score for weighed in found]
    share = share_of_same(scores, table.calibration)
    chances = strangers(scores, table.calibration, share=share)
    grades: list[ChanceAt] = []
    for grade in (Grade.STRONG, Grade.MODERATE, Grade.WEAK):
        least = getattr(table.cut_offs, grade.value)
        chosen = [at for at, score in enumerate(scores) if score >= least]
        grades.append(
            ChanceAt(
                grade=grade.value,
                pairs=len(chosen),
                strangers=sum(not same[at] for at in chosen),
                expected=float(chances[chosen].sum()),
                together=sum(_takes_several(found[at], least) for at in chosen),
                together_shuffled=sum(_takes_several(weighed, least) for weighed in accidents),
            )
        )
    return ChanceFigures(
        seed=seed,
        tips=tips,
        variant=variant.name,
        share=sum(same) / max(len(same), 1),
        share_estimated=share,
        grades=tuple(grades),
    )


def _weighed(
    corpus: Corpus, profiles: Sequence[Profile], basis: Basis, progress: Progress
) -> tuple[list[Weighed], list[bool]]:
    pairs = candidate_pairs(corpus.postings, most_holders=WALK_LIMIT)
    kin = {tip: frozenset(others.tolist()) for tip, others in corpus.kin.items()}
    found: list[Weighed] = []
    same: list[bool] = []
    together = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
    for done, (first, second) in enumerate(together, start=1):
        found.append(weigh(profiles[first], profiles[second], basis))
        same.append(second in kin.get(first, ()))
        if done % 1000 == 0:
            progress("weighing pairs", done, len(pairs.first))
    return found, same


def _takes_several(weighed: Weighed, least: int) -> bool:
    best = max((item.counted for item in weighed.evidence), default=0)
    return weighed.score >= least > best


def _shuffled(profiles: Sequence[Profile], *, seed: int) -> list[Profile]:
    dice = random.Random(seed)
    slots: dict[IdentifierKind, list[int]] = defaultdict(list)
    observed: dict[IdentifierKind, list[Observation]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        for item in profile.observations:
            slots[item.kind].append(number)
            observed[item.kind].append(item)
    dealt: list[list[Observation]] = [[] for _ in profiles]
    for kind, numbers in sorted(slots.items()):
        dice.shuffle(observed[kind])
        for number, item in zip(numbers, observed[kind], strict=True):
            dealt[number].append(item)
    traits = [profile.traits for profile in profiles]
    dice.shuffle(traits)
    return [
        replace(profile, observations=tuple(items), traits=said, bundled=False)
        for profile, items, said in zip(profiles, dealt, traits, strict=True)
    ]


def _meeting(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    holders: dict[tuple[IdentifierKind, str], set[int]] = defaultdict(set)
    for number, profile in enumerate(profiles):
        for item in profile.observations:
            if item.linking and item.state in WALKED_STATES:
                holders[item.token].add(number)
    pairs = {
        pair
        for tips in holders.values()
        if 1 < len(tips) <= WALK_LIMIT
        for pair in combinations(sorted(tips), 2)
    }
    return iter(sorted(pairs))
