"""Groups of tips that hang together by more than one link or value.

Connected components of links are no groups: one bad link joins two people for good. Here

- a bond is a strong link, or a person's judgement that one actor is behind both tips;
- tips that a person judged not the same never end in one group, also not through others: the least
  sum of links between them is cut;
- two parts of two tips or more that a single link, or links on one single value, hold together are
  two groups, and the hold is reported; a single tip may hang on one strong link, and is marked so.

Similarity (hashes of what pictures look like) is no bond. Everything follows from the set of tips,
bonds and judgements alone, in any order, ties by key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from graph.grouping.bonds import Bond, Drawing, Value, bonds_in, drawing_of, parts_of
from graph.grouping.cuts import LEAST_PART, Cut, separated, thinnest
from graph.grouping.splitting import Splitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Tips that hang together."""

    tips: tuple[str, ...]
    bonds: tuple[Bond, ...]
    attached: tuple[str, ...]
    """Tips that hang on one link alone; of a group of two, both."""
    hinges: tuple[str, ...]
    """Tips without which it would fall into parts of two tips or more (articulation points)."""
    weakest: Bond | None
    """The weakest link that it needs: without links up to this score it falls apart."""
    rests_on: tuple[Value, ...]
    """Values without any one of which it falls apart, into single tips or parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Tips in groups, and what was cut between them."""

    groups: tuple[Group, ...]
    """By smallest key; a tip alone is a group of one."""
    cuts: tuple[Cut, ...]
    """In the order in which they were made."""

    def group_of(self, tip: str) -> Group:
        """Give the group that a tip is in."""
        return next(group for group in self.groups if tip in group.tips)


def grouped(
    tips: Iterable[str],
    bonds: Iterable[Bond],
    apart: Iterable[tuple[str, str]],
) -> Grouping:
    """Give the groups of some tips.

    Args:
        tips: all of them, those without a bond too.
        bonds: among these tips, each pair once.
        apart: pairs that a person judged not the same.
    """
    whole = drawing_of(tips, bonds)
    cuts: list[Cut] = []
    for first, second in sorted({(min(pair), max(pair)) for pair in apart}):
        cut = separated(whole, first, second)
        if cut is not None:
            cuts.append(cut)
    open_parts = [whole.subgraph(part).copy() for part in parts_of(whole)]
    done: list[Drawing] = []
    while len(open_parts) > 0:
        part = open_parts.pop()
        cut = thinnest(part)
        if cut is None:
            done.append(part)
            continue
        cuts.append(cut)
        open_parts.extend(part.subgraph(piece).copy() for piece in parts_of(part))
    return Grouping(groups=tuple(_group(part) for part in sorted(done, key=min)), cuts=tuple(cuts))


def _group(drawing: Drawing) -> Group:
    bonds = bonds_in(drawing)
    return Group(
        tips=tuple(sorted(drawing)),
        bonds=tuple(bonds),
        attached=tuple(sorted(tip for tip, degree in drawing.degree if degree == 1)),
        hinges=tuple(
            sorted(tip for tip in nx.articulation_points(drawing) if _bears(drawing, tip))
        ),
        weakest=_weakest(drawing),
        rests_on=_rests_on(drawing),
    )


def _bears(drawing: Drawing, tip: str) -> bool:
    """Tell whether a group falls into parts, not merely loses single tips, without a tip."""
    rest = drawing.subgraph(set(drawing) - {tip})
    return sum(len(part) >= LEAST_PART for part in nx.connected_components(rest)) > 1


def _weakest(drawing: Drawing) -> Bond | None:
    """Give the weakest bond of the strongest tree: judgements count as stronger than any link."""
    bonds = sorted(bonds_in(drawing), key=lambda b: (not b.judged, -b.score, b.pair))
    joined: nx.utils.UnionFind[str] = nx.utils.UnionFind(sorted(drawing))
    last: Bond | None = None
    for bond in bonds:
        if joined[bond.first] != joined[bond.second]:
            joined.union(*bond.pair)
            last = bond
    return last


def _rests_on(drawing: Drawing) -> tuple[Value, ...]:
    splitting = Splitting(drawing)
    return tuple(value for value in splitting.of_value if len(splitting.sizes_without(value)) > 1)
