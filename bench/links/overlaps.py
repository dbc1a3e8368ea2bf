"""Overlaps that only a link shows: two agencies' investigations with a tip of each, linked.

Investigations that claim one identifier, or whose claims stand in one tip, meet without any link
and are left out: they would be the same for every linker. So are claims of hubs: a tip that shows a
carrier's busiest address is not thereby part of every investigation that claims it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TypeAlias

from bench.links.corpus import Corpus
from bench.links.postings import KINDS, Ints
from world.meetings import How
from world.truth import InvestigationTruth

Investigation: TypeAlias = tuple[str, str]
"""Agency and reference."""
Meeting: TypeAlias = frozenset[Investigation]
_SUSPECT = "suspect"
MOST_HOLDERS = 50
"""A claimed value that more tips state says nothing about which investigation a tip belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapFigures:
    """Overlaps over two linked tips."""

    wanted: int
    """Collisions that truly come about over two tips."""
    missed: int
    named: int
    """Pairs of investigations that links bring together, and nothing shorter does."""
    false: int
    """Of those named: the two have no subject in common."""


def overlaps(corpus: Corpus, first: Ints, second: Ints) -> OverlapFigures | None:
    """Give what links make of the investigations; None for a corpus without their truth."""
    if corpus.truth is None:
        return None
    by_tip = _investigations(corpus)
    met = _meeting_anyway(corpus, by_tip)
    named: set[Meeting] = set()
    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        if one in by_tip and other in by_tip:
            named |= _meetings(by_tip[one], by_tip[other])
    named -= met
    true = {_meeting(c.first, c.second): c.how for c in corpus.truth.collisions}
    real = true.keys() | {_meeting(c.first, c.second) for c in corpus.truth.persona_meetings}
    wanted = {meeting for meeting, how in true.items() if how is How.TWO_TIPS} - met
    return OverlapFigures(
        wanted=len(wanted),
        missed=len(wanted - named),
        named=len(named),
        false=len(named - real),
    )


def _investigations(corpus: Corpus) -> dict[int, set[Investigation]]:
    """Give by tip the investigations that claim something it states in a linking role."""
    postings = corpus.postings
    claimed: dict[tuple[str, str], set[Investigation]] = {}
    for claim in corpus.claims:
        if claim.role == _SUSPECT:
            named = (claim.identifier.kind.value, claim.identifier.key)
            claimed.setdefault(named, set()).add((claim.agency, claim.reference))
    found: dict[int, set[Investigation]] = {}
    for value, (kind, name) in enumerate(zip(postings.kind.tolist(), postings.names, strict=True)):
        owners = claimed.get((KINDS[kind], name))
        if owners is None or postings.holders[value] > MOST_HOLDERS:
            continue
        rows = postings.by_value[postings.value_starts[value] : postings.value_starts[value + 1]]
        for tip in postings.tip[rows].tolist():
            found.setdefault(tip, set()).update(owners)
    return found


def _meeting_anyway(corpus: Corpus, by_tip: dict[int, set[Investigation]]) -> set[Meeting]:
    owners: dict[tuple[str, str], set[Investigation]] = {}
    for claim in corpus.claims:
        if claim.role == _SUSPECT:
            value = (claim.identifier.kind.value, claim.identifier.key)
            owners.setdefault(value, set()).add((claim.agency, claim.reference))
    met: set[Meeting] = set()
    for group in (*owners.values(), *by_tip.values()):
        met |= {frozenset(pair) for pair in combinations(group, 2) if pair[0][0] != pair[1][0]}
    return met


def _meetings(mine: set[Investigation], theirs: set[Investigation]) -> set[Meeting]:
    return {frozenset((a, b)) for a, b in product(mine, theirs) if a[0] != b[0]}


def _meeting(first: InvestigationTruth, second: InvestigationTruth) -> Meeting:
    return frozenset(((first.agency, first.reference), (second.agency, second.reference)))
