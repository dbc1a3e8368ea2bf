"""Ways to make groups of the same links: connected components, and groups that one bad link or
value cannot weld.

How much a bad value welds is measured too: addresses that nobody checks ("none@…") are put into
tips of strangers, as strong links among them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from bench.links.board import GroupFigures
from bench.links.clusters import grouping_quality
from bench.links.corpus import Corpus
from bench.links.linker import Grade
from bench.links.postings import Ints
from bench.links.profiles import profiles_of
from bench.links.tally import Edges
from graph.grouping.bonds import Bond, Value, bond_of
from graph.grouping.groups import grouped
from graph.scoring.observations import Profile
from graph.scoring.pairs import Basis, weigh
from graph.scoring.weights import shipped_weights

BAD_VALUES = 20
HOLDERS = 8
"""Tips of strangers that each bad value is put into."""
_SEED = 5
STRONG = "components of strong"
MODERATE = "components of moderate and above"
GROUPS = "groups"
_WITH_BAD = f"{BAD_VALUES} bad values"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    """A corpus with what comparing its tips needs."""

    corpus: Corpus
    profiles: Sequence[Profile]
    basis: Basis

    def bond(self, first: int, second: int) -> Bond:
        """Give the bond of a strong link."""
        weighed = weigh(self.profiles[first], self.profiles[second], self.basis)
        return bond_of(
            self.corpus.tips[first],
            self.corpus.tips[second],
            score=weighed.score,
            strong=self.basis.weights.cut_offs.strong,
            counted=[
                (Value(kind=e.kind.value if e.kind is not None else e.name, key=e.value), e.counted)
                for e in weighed.evidence
            ],
        )


def groupings(corpus: Corpus, edges: Edges) -> dict[str, GroupFigures]:
    """Give B-cubed of each way to make groups of Crosstip's own links."""
    basis = Basis(weights=shipped_weights(), networks=corpus.networks)
    scored = _Scored(corpus=corpus, profiles=profiles_of(corpus), basis=basis)
    strong = edges.grades >= int(Grade.STRONG)
    moderate = edges.grades >= int(Grade.MODERATE)
    pairs = zip(edges.first[strong].tolist(), edges.second[strong].tolist(), strict=True)
    bonds = {bond.pair: bond for bond in (scored.bond(*pair) for pair in pairs)}
    spoilt = {**_bad(sorted({tip for pair in bonds for tip in pair})), **bonds}
    return {
        STRONG: _components(corpus, edges.first[strong], edges.second[strong]),
        MODERATE: _components(corpus, edges.first[moderate], edges.second[moderate]),
        GROUPS: _grouped(corpus, list(bonds.values())),
        f"{STRONG}, {_WITH_BAD}": _components(corpus, *_ends(corpus, list(spoilt.values()))),
        f"{GROUPS}, {_WITH_BAD}": _grouped(corpus, list(spoilt.values())),
    }


def _bad(tips: Sequence[str]) -> dict[tuple[str, str], Bond]:
    dice = random.Random(_SEED)
    score = shipped_weights().of("email").weight
    made: dict[tuple[str, str], Bond] = {}
    for number in range(BAD_VALUES):
        value = Value(kind="Email", key=f"none{number}@example.com")
        holders = sorted(dice.sample(tips, min(HOLDERS, len(tips))))
        for first, second in combinations(holders, 2):
            bond = Bond(first=first, second=second, score=score, needs=frozenset({value}))
            made.setdefault(bond.pair, bond)
    return made


def _grouped(corpus: Corpus, bonds: Sequence[Bond]) -> GroupFigures:
    """Give B-cubed of groups, each written as links from its first tip to all others."""
    numbers = {tip: number for number, tip in enumerate(corpus.tips)}
    tips = {tip for bond in bonds for tip in bond.pair}
    ends = [
        (numbers[group.tips[0]], numbers[tip])
        for group in grouped(tips, bonds, []).groups
        for tip in group.tips[1:]
    ]
    table = np.array(ends, dtype=np.int64).reshape(-1, 2)
    return _components(corpus, table[:, 0], table[:, 1])


def _ends(corpus: Corpus, bonds: Sequence[Bond]) -> tuple[Ints, Ints]:
    numbers = {tip: number for number, tip in enumerate(corpus.tips)}
    table = np.array([[numbers[tip] for tip in bond.pair] for bond in bonds], dtype=np.int64)
    table = table.reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _components(corpus: Corpus, first: Ints, second: Ints) -> GroupFigures:
    quality = grouping_quality(corpus, first, second)
    return GroupFigures(precision=quality.precision, recall=quality.recall, f1=quality.f1)
