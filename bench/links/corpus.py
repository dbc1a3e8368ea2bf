"""A world's tips in memory with what is true about them: what every linker is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import numpy as np

from bench.links.postings import OBSERVED, Ints, Postings, postings_of
from bench.links.reading import CorpusError, read_claims, read_tips
from bench.progress import Progress, silent
from graph.scoring.networks import Networks, read_networks
from graph.services.investigations import ClaimFacts
from graph.tip_state import TipState
from world.truth import Truth

HUB_HOLDERS = 200
"""A value that more tips state is a hub for the second ranking figure."""
_NOBODY: Ints = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Tips in order of their keys; a tip's number is its place in that order."""

    tips: tuple[str, ...]
    states: Mapping[str, TipState]
    postings: Postings
    persons: Mapping[int, frozenset[str]]
    """The people that a tip is about. A tip that is not there is about nobody else's person."""
    kin: Mapping[int, Ints]
    """By tip: the other tips about the same person, ascending. Tips without any are left out."""
    true: Mapping[int, Ints]
    """By tip: those of its kin that share an observation with it. Tips without any are left out."""
    hub_only: Mapping[int, Ints]
    """By tip: those of its true tips that share nothing with it but hubs."""
    truth: Truth | None = None
    claims: tuple[ClaimFacts, ...] = ()
    networks: Networks = field(default_factory=Networks)
    """What the site's files say of networks, wrong entries included."""
    world: Path | None = None
    """Where its files are, as long as they are there."""

    @property
    def size(self) -> int:
        """How many tips there are."""
        return len(self.tips)

    @property
    def everyone(self) -> Ints:
        """Give the numbers of all tips."""
        return np.arange(self.size)

    def true_kin(self, tip: int) -> Ints:
        """Give the tips that a perfect linker names for this one."""
        return self.true.get(tip, _NOBODY)

    def untold_kin(self, tip: int) -> Ints:
        """Give the tips about the same person with no shared observation: neither right nor wrong.

        No equal value shows them, so that naming one is no mistake and leaving one out no miss.
        """
        return np.setdiff1d(self.kin.get(tip, _NOBODY), self.true_kin(tip), assume_unique=True)

    def hub_only_kin(self, tip: int) -> Ints:
        """Give the true tips that nothing but hubs shows: among thousands of equal false ones."""
        return self.hub_only.get(tip, _NOBODY)

    @property
    def true_pair_count(self) -> int:
        """How many pairs a perfect linker names."""
        return sum(len(tips) for tips in self.true.values()) // 2


def read_corpus(world: Path, *, workers: int = 2, progress: Progress = silent) -> Corpus:
    """Give a world's corpus. 100,000 tips take about 2 GiB.

    Args:
        world: folder that `world.generate.write_world` filled.
        workers: processes that read.
        progress: told how many tips are read.

    Raises:
        CorpusError: a document does not go in, or a tip's deliveries lie in several folders.
        OSError: the truth cannot be read.
    """
    truth = Truth.read(world / "truth.json")
    states: dict[str, TipState] = {}
    for part in read_tips(world, workers=workers):
        if not states.keys().isdisjoint(part.keys()):
            raise CorpusError(
                f"{world} has deliveries of one tip in several folders, so that it cannot be "
                "folded folder by folder. Change `bench.links.reading` with the world."
            )
        states.update(part)
        progress("reading the world", len(states), truth.tips)
    people = {offender.id: offender.tips for offender in truth.offenders}
    return corpus_of(
        states,
        people,
        truth=truth,
        claims=read_claims(world),
        networks=read_networks(world / "networks"),
        world=world,
    )


def corpus_of(
    states: Mapping[str, TipState],
    people: Mapping[str, Sequence[str]],
    *,
    truth: Truth | None = None,
    claims: tuple[ClaimFacts, ...] = (),
    networks: Networks | None = None,
    world: Path | None = None,
) -> Corpus:
    """Give the corpus of tips by key, with the report numbers of each person's tips.

    Raises:
        CorpusError: a person has a tip that is not there.
    """
    tips = tuple(sorted(states))
    numbers = {tip.partition(":")[2]: number for number, tip in enumerate(tips)}
    postings = postings_of(states[tip] for tip in tips)
    persons: dict[int, set[str]] = {}
    kin: dict[int, set[int]] = {}
    true: dict[int, set[int]] = {}
    hub_only: dict[int, set[int]] = {}
    for person, reports in people.items():
        missing = [report for report in reports if report not in numbers]
        if len(missing) > 0:
            raise CorpusError(f"The truth names tip {missing[0]}, which was not read.")
        members = sorted(numbers[report] for report in reports)
        observed = {tip: _observed(postings, tip) for tip in members}
        for tip in members:
            persons.setdefault(tip, set()).add(person)
        for first, second in combinations(members, 2):
            _join(kin, first, second)
            shared = observed[first] & observed[second]
            if len(shared) > 0:
                _join(true, first, second)
                if all(postings.holders[value] > HUB_HOLDERS for value in shared):
                    _join(hub_only, first, second)
    return Corpus(
        tips=tips,
        states=states,
        postings=postings,
        persons={tip: frozenset(names) for tip, names in persons.items()},
        kin=_sorted(kin),
        true=_sorted(true),
        hub_only=_sorted(hub_only),
        truth=truth,
        claims=claims,
        networks=networks if networks is not None else Networks(),
        world=world,
    )


def _observed(postings: Postings, tip: int) -> frozenset[int]:
    values = postings.value[postings.starts[tip] : postings.starts[tip + 1]]
    return frozenset(int(v) for v in values if int(postings.kind[v]) in OBSERVED)


def _join(pairs: dict[int, set[int]], first: int, second: int) -> None:
    pairs.setdefault(first, set()).add(second)
    pairs.setdefault(second, set()).add(first)


def _sorted(pairs: Mapping[int, set[int]]) -> dict[int, Ints]:
    return {tip: np.array(sorted(others), dtype=np.int64) for tip, others in pairs.items()}
