"""Crosstip's own scorer as a linker, on the same tips as the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bench.links.corpus import Corpus
from bench.links.linker import Grade
from bench.links.pairwise import PairScore, PairwiseLinker
from bench.links.profiles import profiles_of
from bench.links.states import found_states
from graph.identifiers.core import IdentifierKind
from graph.scoring import weights as tables
from graph.scoring.hub_states import Finding
from graph.scoring.observations import Profile
from graph.scoring.pairs import Basis, weigh
from graph.scoring.weights import BITS, Weights, shipped_weights

_GRADES = {
    tables.Grade.STRONG: Grade.STRONG,
    tables.Grade.MODERATE: Grade.MODERATE,
    tables.Grade.WEAK: Grade.WEAK,
    tables.Grade.NONE: Grade.NONE,
}


def ours(weights: Weights | None = None) -> PairwiseLinker:
    """Give Crosstip's own scorer, with the weights that it ships or with others."""
    table = weights if weights is not None else shipped_weights()

    def prepare(corpus: Corpus) -> PairScore:
        profiles = with_states(profiles_of(corpus), found_states(corpus))
        basis = Basis(weights=table, networks=corpus.networks)

        def score(first: int, second: int) -> tuple[float, Grade]:
            weighed = weigh(profiles[first], profiles[second], basis)
            return weighed.score / BITS, _GRADES[weighed.grade]

        return score

    return PairwiseLinker(
        name=f"Crosstip, weights {table.version}",
        note="`graph.scoring` as the store uses it: bands of a snapshot, states found by counting, "
        "network files with wrong entries, pairs that share a value with at most 200 holders. "
        "Links are pairs of grade moderate and above.",
        prepare=prepare,
    )


def with_states(
    profiles: Sequence[Profile], found: Mapping[tuple[IdentifierKind, str], Finding]
) -> list[Profile]:
    """Give profiles with the states that counting found."""
    return [
        replace(
            profile,
            observations=tuple(
                replace(item, state=found[item.kind, item.identifier].state)
                if (item.kind, item.identifier) in found and item.state == "normal"
                else item
                for item in profile.observations
            ),
        )
        for profile in profiles
    ]
