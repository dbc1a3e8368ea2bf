"""Bonds: the strong links and the judgements of people that groups are built of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx

Drawing: TypeAlias = "nx.Graph[str]"
"""Tips and the bonds between them; every edge carries its bond as `bond`."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Value:
    """Something that a link rests on: an identifier, a /64, or a trait."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """A strong link between two tips, or a person's decision that one actor is behind both."""

    first: str
    second: str
    score: int
    """Thousandths of a bit; a judgement has the score of the evidence beside it, be it 0."""
    needs: frozenset[Value] = frozenset()
    """Values without any one of which the link would not be strong. A judgement needs none."""
    judged: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """Give both tips in the order of their keys."""
        return (self.first, self.second)


def bond_of(
    tip: str,
    other: str,
    *,
    score: int,
    strong: int,
    counted: Iterable[tuple[Value, int]],
    judged: bool = False,
) -> Bond:
    """Give the bond of two tips from what each value counts for their link.

    Args:
        tip: one of both.
        other: the other one.
        score: sum of the link, thousandths of a bit.
        strong: least score of a strong link.
        counted: what speaks for the link, and how much it counts.
        judged: a person decided that one actor is behind both.
    """
    first, second = sorted((tip, other))
    needs = frozenset(value for value, weight in counted if weight > 0 and score - weight < strong)
    return Bond(
        first=first,
        second=second,
        score=score,
        needs=frozenset() if judged else needs,
        judged=judged,
    )


def drawing_of(tips: Iterable[str], bonds: Iterable[Bond]) -> Drawing:
    """Give the graph of some tips; the same for the same tips and bonds in any order."""
    drawing: Drawing = nx.Graph()
    drawing.add_nodes_from(sorted(tips))
    for bond in sorted(bonds, key=lambda b: b.pair):
        drawing.add_edge(bond.first, bond.second, bond=bond)
    return drawing


def bonds_in(drawing: Drawing) -> list[Bond]:
    """Give the bonds of a graph in the order of their pairs."""
    found: Iterable[tuple[str, str, Bond]] = drawing.edges(data="bond")
    return sorted((bond for _, _, bond in found), key=lambda b: b.pair)


def parts_of(drawing: Drawing) -> list[frozenset[str]]:
    """Give the connected parts of a graph, each with its tips, by smallest key."""
    return sorted((frozenset(part) for part in nx.connected_components(drawing)), key=min)
