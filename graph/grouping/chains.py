"""The best chains of links between two tips: pure, bounded, and the same in any order.

A chain is as strong as its weakest link. So chains are ranked by the grade of their weakest link,
then by how few links they have, then by the score of the weakest link, then by keys. Sums would let
a long chain of hints outrank one good link. What many tips share weighs little (its band), so that
chains through it rank low without any further rule.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import networkx as nx

from graph.grouping.bonds import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A link that a chain may use."""

    rank: int
    """Place of its grade, 0 for the strongest."""
    score: int
    leads: Value | None = None
    """What counts most in it; None for a judgement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """The chains found, best first, each as its tips from one end to the other."""

    chains: tuple[tuple[str, ...], ...]
    exhausted: bool
    """The search ended by its bound on steps; further chains were not looked for."""
    detours: tuple[str, ...] = ()
    """Tips that only stood between others for nothing: chains through them were left out."""


def best_chains(
    hops: Mapping[tuple[str, str], Hop],
    ends: tuple[str, str],
    *,
    most: int,
    longest: int,
    most_steps: int,
    refuses: Callable[[tuple[str, ...]], bool] = lambda _: False,
) -> Chains:
    """Give the best chains between two tips.

    Args:
        hops: links by pair in the order of keys.
        ends: where chains begin and end.
        most: how many are wanted.
        longest: how many links a chain has at most.
        most_steps: how many beginnings of chains are followed.
        refuses: tells of a whole chain that it is not wanted; the next one takes its place.
    """
    found: list[tuple[str, ...]] = []
    steps = _Steps(left=most_steps)
    for rank in sorted({hop.rank for hop in hops.values()}):
        search = _Search(hops, ends, rank=rank, steps=steps)
        for length in range(1, longest + 1):
            for chain in search.of_length(length):
                if refuses(chain):
                    continue
                found.append(chain)
                if len(found) == most:
                    return _found(found, steps)
            if steps.left <= 0:
                return _found(found, steps, exhausted=True)
    return _found(found, steps)


def _found(found: list[tuple[str, ...]], steps: _Steps, *, exhausted: bool = False) -> Chains:
    return Chains(chains=tuple(found), exhausted=exhausted, detours=tuple(sorted(steps.detours)))


@dataclass(slots=True, kw_only=True)
class _Steps:
    left: int
    detours: set[str] = field(default_factory=set)


class _Search:
    """Chains whose weakest link has one grade, best first."""

    def __init__(
        self,
        hops: Mapping[tuple[str, str], Hop],
        ends: tuple[str, str],
        *,
        rank: int,
        steps: _Steps,
    ) -> None:
        self._ends = ends
        self._rank = rank
        self._steps = steps
        self._near: dict[str, dict[str, Hop]] = {end: {} for end in ends}
        for (first, second), hop in hops.items():
            if hop.rank <= rank:
                self._near.setdefault(first, {})[second] = hop
                self._near.setdefault(second, {})[first] = hop
        drawing: nx.Graph[str] = nx.Graph()
        drawing.add_nodes_from(self._near)
        drawing.add_edges_from((tip, other) for tip in self._near for other in self._near[tip])
        self._far: dict[str, int] = nx.single_source_shortest_path_length(drawing, ends[1])

    def of_length(self, length: int) -> Iterator[tuple[str, ...]]:
        """Give the chains of exactly so many links, the one with the strongest weakest first.

        A chain never gets stronger by growing, so the first whole one that is taken is the best.
        """
        start, end = self._ends
        # Least score so far (none yet), tips, worst grade so far.
        waiting: list[tuple[int, tuple[str, ...], int]] = [(-(1 << 62), (start,), -1)]
        while len(waiting) > 0:
            weakest, tips, worst = heapq.heappop(waiting)
            if len(tips) - 1 == length:
                if worst == self._rank:
                    yield tips
                continue
            self._steps.left -= 1
            if self._steps.left < 0:
                return
            left = length - len(tips)
            for other, hop in self._near[tips[-1]].items():
                if other in tips or (other == end) != (left == 0):
                    continue
                if self._far.get(other, length + 1) > left or self._is_detour(tips, other, hop):
                    continue
                grown = (max(weakest, -hop.score), (*tips, other), max(worst, hop.rank))
                heapq.heappush(waiting, grown)

    def _is_detour(self, tips: tuple[str, ...], other: str, hop: Hop) -> bool:
        """Tell whether a value that leads an earlier link leads this one too, for nothing.

        The tips around both share it themselves: where they are linked as well, the chain without
        the tips between is listed and says the same.
        """
        worst = hop.rank
        for at in range(len(tips) - 2, -1, -1):
            earlier = self._near[tips[at]][tips[at + 1]]
            worst = max(worst, earlier.rank)
            if hop.leads is not None and earlier.leads == hop.leads:
                direct = self._near[tips[at]].get(other)
                if direct is not None and direct.rank <= worst:
                    self._steps.detours.update(tips[at + 1 :])
                    return True
        return False
