"""Tells chains step by step: each link with its reasons, seen from the tip nearer to the start."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from graph.scoring.evidence import turned
from graph.scoring.pairs import Basis
from graph.scoring.weights import GRADE_ORDER, Grade
from graph.services.exploring import Exploration
from graph.services.judging import Pair, Verdict, standing
from graph.services.links import Link
from graph.services.pairing import weighed_from
from graph.services.path_answers import Chain, Step
from graph.services.reasons import reasons_of
from graph.store import ReadUnit

_SAID = 3
"""Pairs of tips that are named where chains were dropped because of them."""


def told(
    unit: ReadUnit,
    seen: Exploration,
    chains: Sequence[tuple[str, ...]],
    basis: Basis,
    *,
    first: str,
) -> tuple[Chain, ...]:
    """Give chains with the reasons of their steps, each seen from the tip nearer to `first`."""
    ordered = [c if c[0] == first else tuple(reversed(c)) for c in chains]
    links = seen.again(sorted({tip for chain in ordered for tip in chain[:-1]}))
    return tuple(_chain(unit, seen, chain, links, basis) for chain in ordered)


def _chain(
    unit: ReadUnit,
    seen: Exploration,
    tips: tuple[str, ...],
    links: dict[str, dict[str, Link]],
    basis: Basis,
) -> Chain:
    lines = {tip: seen.lines[tip] for tip in tips if tip in seen.lines}
    steps: list[Step] = []
    for own, other in pairwise(tips):
        link = links[own].get(other)
        if link is not None:
            lines.setdefault(other, link.tip)
        steps.append(_step(unit, seen, own, other, link=link, basis=basis))
    weakest = max(
        range(len(steps)),
        key=lambda at: (GRADE_ORDER[steps[at].grade], -steps[at].score, -at),
    )
    return Chain(
        tips=tuple(lines[tip] for tip in tips),
        steps=tuple(steps),
        grade=steps[weakest].grade,
        weakest=weakest,
    )


def _step(
    unit: ReadUnit, seen: Exploration, own: str, other: str, *, link: Link | None, basis: Basis
) -> Step:
    """Give one step; only a person's `same actor` makes it strong whatever the evidence."""
    decided = seen.judged.get(frozenset((own, other)))
    verdict = decided.verdict if decided is not None else None
    found: tuple[int, Grade] = (link.score, link.grade) if link is not None else (0, Grade.NONE)
    reasons = link.reasons if link is not None else ()
    if link is None:
        # Only the other end shows the link, as too many others stand before it at this one.
        weighed = weighed_from(unit, other, own, basis)
        if weighed is not None:
            found = (weighed.score, weighed.grade)
            reasons = reasons_of(turned(weighed))
    return Step(
        own=own,
        other=other,
        score=found[0],
        grade=Grade.STRONG if verdict == Verdict.SAME else found[1],
        judged=verdict,
        reasons=reasons,
    )


def judged_apart(unit: ReadUnit, seen: Exploration, chains: Sequence[tuple[str, ...]]) -> set[Pair]:
    """Give the pairs of a chain's tips that a person judged apart, tips not looked at included."""
    unread = sorted({tip for chain in chains for tip in chain if tip not in seen.links})
    rows = {**seen.judged, **(standing(unit, unread) if len(unread) > 0 else {})}
    return {pair for pair, row in rows.items() if row.verdict == Verdict.NOT_SAME}


def goes_through(chain: Sequence[str], apart: set[Pair]) -> Pair | None:
    """Give two tips of a chain that were judged apart; its ends are answered for elsewhere."""
    ends = frozenset((chain[0], chain[-1]))
    for first, second in combinations(chain, 2):
        pair = frozenset((first, second))
        if pair != ends and pair in apart:
            return pair
    return None


def dropped_words(dropped: Sequence[Pair]) -> str:
    """Say in a sentence how many chains were dropped and why."""
    pairs = sorted({" and ".join(sorted(pair)) for pair in dropped})
    more = f", and {len(pairs) - _SAID} further pairs" if len(pairs) > _SAID else ""
    return (
        f"Chains left out: {len(dropped)}, as each goes through two tips that a person judged not "
        f"the same actor's: {'; '.join(pairs[:_SAID])}{more}."
    )


def detour_words(tips: Sequence[str]) -> str:
    """Say in a sentence which chains were left out because a shorter one says the same."""
    more = f" and {len(tips) - _SAID} more" if len(tips) > _SAID else ""
    return (
        f"Chains left out as detours: those through {', '.join(tips[:_SAID])}{more}. What leads "
        "to such a tip and on from it is one value, by which the tips before and after it are "
        "linked directly as well: the chain without it says the same."
    )
