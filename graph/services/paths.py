"""The best chains of links between two tips, each step with its reasons.

A chain says how two tips hang together, not that one actor is behind both: it is a lead for whoever
reads its steps one by one. Finding none within the bounds does not say that there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.casework.vocabulary import ClaimRole
from graph.clock import now_us
from graph.errors import NotFoundError
from graph.grouping.bonds import Value
from graph.grouping.chains import Chains, Hop, best_chains
from graph.queries.investigations import TOUCHING, TouchedRow, TouchingParams
from graph.roles import LINKING_ROLES
from graph.scoring.evidence import Relation
from graph.scoring.pairs import Basis
from graph.scoring.weights import GRADE_ORDER, Grade
from graph.services.exploring import Budget, Exploration
from graph.services.judging import Pair, Verdict
from graph.services.links import WITHDRAWN, Link
from graph.services.path_answers import (
    LONGEST,
    MAX_CHAINS,
    MAX_LONGEST,
    Chain,
    Meeting,
    Paths,
)
from graph.services.path_steps import detour_words, dropped_words, goes_through, judged_apart, told
from graph.store import ReadUnit, Store

BUDGET = Budget(tips=400, rounds=MAX_LONGEST // 2, seconds=15.0)
MOST_STEPS = 100_000
"""Beginnings of chains that are followed in memory."""
_JUDGED = 1 << 40
"""What a judgement of `same actor` is worth beside a link's score: it comes first."""
"""Claims that may bring two tips together: a victim's and an officer's never do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    own: str
    other: str
    most: int
    longest: int
    basis: Basis
    budget: Budget


def paths(
    store: Store,
    own: str,
    other: str,
    *,
    basis: Basis,
    most: int = 3,
    longest: int = LONGEST,
    budget: Budget = BUDGET,
) -> Paths:
    """Give the best chains between two tips, `most` of them at most.

    Raises:
        NotFoundError: one of them is not there, or both are the same.
        StoreError: the store could not answer; nothing is known then.
    """
    if own == other:
        raise NotFoundError(f"Both tips are {own}. Name two different ones.")
    question = _Question(
        own=own,
        other=other,
        most=min(most, MAX_CHAINS),
        longest=min(longest, MAX_LONGEST),
        basis=basis,
        budget=budget,
    )
    return store.reading(lambda unit: _paths(unit, question), name="paths between tips")


def _paths(unit: ReadUnit, asked: _Question) -> Paths:
    seen = Exploration(
        unit,
        basis=asked.basis,
        budget=asked.budget,
        follows=lambda link: link.grade is not Grade.NONE,
    )
    seen.require(sorted((asked.own, asked.other)))
    _expand(seen, asked)
    hops = _hops(seen, strong=asked.basis.weights.cut_offs.strong)
    found, dropped = _best(unit, seen, hops, asked)
    chains = told(unit, seen, found.chains, asked.basis, first=asked.own)
    decided = seen.judged.get(frozenset((asked.own, asked.other)))
    partial = seen.partial or found.exhausted
    return Paths(
        own=seen.lines[asked.own],
        other=seen.lines[asked.other],
        as_of_us=now_us(),
        tip_total=seen.tip_total,
        weights=asked.basis.weights.version,
        snapshot_us=seen.snapshot_us,
        summary=_summary(chains, asked, looked_at=len(seen.links), partial=partial),
        chains=chains,
        judged=decided.verdict if decided is not None else None,
        investigations=_meetings(unit, asked.own, asked.other),
        longest=asked.longest,
        looked_at=len(seen.links),
        partial=partial,
        cut_off=tuple(_cut_offs(seen, found, asked, dropped)),
    )


def _best(
    unit: ReadUnit, seen: Exploration, hops: Mapping[tuple[str, str], Hop], asked: _Question
) -> tuple[Chains, list[Pair]]:
    """Give the best chains, and for each better one that was dropped two tips judged apart."""
    apart = {pair for pair, row in seen.judged.items() if row.verdict == Verdict.NOT_SAME}
    dropped: list[Pair] = []

    def refuses(chain: tuple[str, ...]) -> bool:
        pair = goes_through(chain, apart)
        if pair is not None:
            dropped.append(pair)
        return pair is not None

    # In key order and then turned, so that both directions give the same chains.
    first, second = sorted((asked.own, asked.other))
    found = best_chains(
        hops,
        (first, second),
        most=asked.most,
        longest=asked.longest,
        most_steps=MOST_STEPS,
        refuses=refuses,
    )
    # Two tips that were both not looked at: what was decided about them is read only now.
    apart |= judged_apart(unit, seen, found.chains)
    kept = tuple(chain for chain in found.chains if not refuses(chain))
    return replace(found, chains=kept), dropped


def _expand(seen: Exploration, asked: _Question) -> None:
    """Look around both ends, in turns, until the two halves of the longest chain can meet."""
    sides = [[tip] for tip in sorted((asked.own, asked.other))]
    # Links are seen from one of their tips: the middle of a chain need not be looked at.
    rounds = [(asked.longest + 1) // 2 - 1, asked.longest // 2 - 1]
    for turn in range(max(rounds)):
        wanted = [_next(seen, side) for side in sides]
        # The smaller side first: it must not go short because the other one is large.
        for at in sorted((0, 1), key=lambda side: (len(wanted[side]), side)):
            if turn < rounds[at]:
                seen.look_at(wanted[at])
                sides[at] = [tip for tip in sorted(wanted[at]) if tip in seen.links]
    partners = {
        tip: _JUDGED
        for pair, row in seen.judged.items()
        if row.verdict == Verdict.SAME
        for tip in pair
    }
    seen.look_at(partners)


def _next(seen: Exploration, side: Sequence[str]) -> dict[str, int]:
    wanted: dict[str, int] = {}
    live = {tip for tip in side if seen.lines[tip].withdrawn_us is None}
    for tip in sorted(live):
        for link in seen.links[tip]:
            wanted[link.tip.key] = max(wanted.get(link.tip.key, 0), link.score)
    for pair, row in seen.judged.items():
        if row.verdict == Verdict.SAME and not pair.isdisjoint(live):
            wanted.update(dict.fromkeys(pair - live, _JUDGED))
    return wanted


def _hops(seen: Exploration, *, strong: int) -> dict[tuple[str, str], Hop]:
    hops: dict[tuple[str, str], Hop] = {}
    for tip in sorted(seen.links):
        for link in seen.links[tip]:
            pair = (min(tip, link.tip.key), max(tip, link.tip.key))
            hop = Hop(rank=GRADE_ORDER[link.grade], score=link.score, leads=_leading(link))
            hops.setdefault(pair, hop)
    for judged, row in sorted(seen.judged.items(), key=lambda item: sorted(item[0])):
        known = [seen.lines.get(tip) for tip in judged]
        live = all(line is not None and line.withdrawn_us is None for line in known)
        if row.verdict == Verdict.SAME and live and len(judged) > 1:
            pair = (min(judged), max(judged))
            score = hops[pair].score if pair in hops else 0
            hops[pair] = Hop(rank=GRADE_ORDER[Grade.STRONG], score=max(score, strong))
    return hops


def _leading(link: Link) -> Value | None:
    """Give what counts most among what speaks for a link."""
    weights = [
        (-reason.weight, Value(kind=reason.kind, key=reason.identifier))
        for reason in link.reasons
        if reason.weight > 0 and reason.relation in (Relation.SUBJECT, Relation.ALIKE)
    ]
    return min(weights)[1] if len(weights) > 0 else None


def _meetings(unit: ReadUnit, own: str, other: str) -> tuple[Meeting, ...]:
    sides: list[dict[str, list[TouchedRow]]] = []
    for tip in (own, other):
        touched: dict[str, list[TouchedRow]] = {}
        for row in unit.read(TOUCHING, TouchingParams(tip=tip)):
            if row.claim_role == ClaimRole.SUSPECT and row.tip_role in LINKING_ROLES:
                touched.setdefault(row.investigation, []).append(row)
        sides.append(touched)
    return tuple(
        Meeting(
            investigation=key,
            agency=sides[0][key][0].agency,
            reference=sides[0][key][0].reference,
            status=sides[0][key][0].status,
            own=_claimed(sides[0][key]),
            other=_claimed(sides[1][key]),
        )
        for key in sorted(sides[0].keys() & sides[1].keys())
    )


def _claimed(rows: Sequence[TouchedRow]) -> tuple[str, ...]:
    return tuple(sorted({f"{row.kind} {row.identifier}" for row in rows}))


def _summary(chains: Sequence[Chain], asked: _Question, *, looked_at: int, partial: bool) -> str:
    bounds = f"of at most {asked.longest} links, {looked_at} tips looked at"
    if len(chains) == 0:
        return f"No chain within these bounds ({bounds}). That does not say that there is none" + (
            ": the search was cut short." if partial else "."
        )
    chain = chains[0]
    return (
        f"Chains found: {len(chains)} ({bounds}). Links of the best: {len(chain.steps)}; it is as "
        f"strong as the weakest of them: {chain.grade.value}."
    )


def _cut_offs(
    seen: Exploration, found: Chains, asked: _Question, dropped: Sequence[Pair]
) -> list[str]:
    said = [
        f"{tip}: {WITHDRAWN}"
        for tip in (asked.own, asked.other)
        if seen.lines[tip].withdrawn_us is not None
    ]
    decided = seen.judged.get(frozenset((asked.own, asked.other)))
    if decided is not None and decided.verdict == Verdict.NOT_SAME:
        said.append(
            "A person judged these two not the same actor's: a chain is no sign that they are."
        )
    if len(dropped) > 0:
        said.append(dropped_words(dropped))
    if len(found.chains) < asked.most and len(found.detours) > 0:
        said.append(detour_words(found.detours))
    said.extend(seen.cut_off())
    if found.exhausted:
        said.append(f"Partial: only {MOST_STEPS:,} beginnings of chains were followed.")
    return said
