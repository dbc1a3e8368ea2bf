"""What holds tips together too thinly to weld them, and what was cut for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

import networkx as nx

from graph.grouping.bonds import Bond, Drawing, Value, bonds_in
from graph.grouping.splitting import Splitting

LEAST_PART = 2
"""Tips of a part that is not joined to another one by a single link or value."""


class Cause(StrEnum):
    """Why bonds were cut."""

    LINK = "one link"
    """A single link held two parts together."""
    VALUE = "one value"
    """Links that all need one and the same value held parts together."""
    JUDGEMENT = "judged not the same"
    """A person decided that two tips are not the same actor's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Bonds that were cut at once, and why."""

    cause: Cause
    bonds: tuple[Bond, ...]
    value: Value | None = None
    """What they all need, where one value held the parts together."""
    pair: tuple[str, str] | None = None
    """The tips that a person judged not the same."""

    @property
    def score(self) -> int:
        """Sum of the bonds that were cut: for judged pairs the least that separates them."""
        return sum(bond.score for bond in self.bonds)

    @property
    def against_judgement(self) -> bool:
        """Tell whether a judgement of `same actor` was cut: people's decisions contradict."""
        return any(bond.judged for bond in self.bonds)


def separated(drawing: Drawing, first: str, second: str) -> Cut | None:
    """Cut the least sum of scores that separates two tips; None when nothing joins them.

    The least cut nearest to the tip with the greater key is taken (it is unique), so that equal
    ones are told apart alike in every order of arrival. A judgement of `same actor` outweighs all
    links together (Ford and Fulkerson 1956: the least cut is the greatest flow).
    """
    ends = sorted((first, second))
    if not all(end in drawing for end in ends) or not nx.has_path(drawing, *ends):
        return None
    bonds = bonds_in(drawing)
    # Even a score of 0, as a judgement may have, is worth something.
    judged = sum(bond.score for bond in bonds) + len(bonds) + 1
    flow: Drawing = nx.Graph()
    for bond in bonds:
        flow.add_edge(*bond.pair, capacity=(judged if bond.judged else 0) + bond.score + 1)
    _, (near, _) = nx.minimum_cut(flow, ends[0], ends[1])
    cut = tuple(bond for bond in bonds if (bond.first in near) != (bond.second in near))
    _remove(drawing, cut)
    return Cut(cause=Cause.JUDGEMENT, bonds=cut, pair=(ends[0], ends[1]))


def thinnest(drawing: Drawing) -> Cut | None:
    """Cut the weakest single link or value that alone holds two parts together; None if none does.

    A part has at least two tips: a single tip may hang on one strong link. What strong link a hold
    has decides how weak it is, then how many it has, then the order of keys. Judgements of
    `same actor` are never cut here.
    """
    holds = sorted(_holds(drawing), key=_weakness)
    if len(holds) == 0:
        return None
    cut = holds[0]
    _remove(drawing, cut.bonds)
    return cut


def _holds(drawing: Drawing) -> Iterator[Cut]:
    """Give every hold: on one connected graph."""
    for ends in cast("Iterable[tuple[str, str]]", nx.bridges(drawing)):
        bond: Bond = drawing.edges[ends]["bond"]
        if not bond.judged and _are_parts(drawing, bond):
            yield Cut(cause=Cause.LINK, bonds=(bond,))
    splitting = Splitting(drawing)
    for value, places in splitting.of_value.items():
        sizes = splitting.sizes_without(value) if len(places) > 1 else ()
        if sum(int(size) >= LEAST_PART for size in sizes) > 1:
            yield Cut(cause=Cause.VALUE, bonds=_cut_of_value(splitting, value), value=value)


def _weakness(cut: Cut) -> tuple[int, int, list[tuple[str, str]], str]:
    strongest = max(bond.score for bond in cut.bonds)
    return (strongest, len(cut.bonds), [bond.pair for bond in cut.bonds], str(cut.value))


def _are_parts(drawing: Drawing, bridge: Bond) -> bool:
    """Tell whether either end of a bridge has another tip on its side."""
    return all(drawing.degree[end] > 1 for end in bridge.pair)


def _cut_of_value(splitting: Splitting, value: Value) -> tuple[Bond, ...]:
    """Give the bonds to cut where a value holds parts together.

    Without its bonds the graph falls into parts and single tips. A single tip goes with the part
    that it has the strongest bond to, and what then runs between parts is cut.
    """
    held = splitting.needing(value)
    parts = splitting.part_of_each(value)
    sizes = splitting.sizes_without(value)
    home = {tip: part for tip, part in parts.items() if sizes[part] >= LEAST_PART}
    waiting = sorted(held, key=lambda bond: (-bond.score, bond.pair))
    while len(waiting) > 0:
        at = next((b for b in waiting if (b.first in home) != (b.second in home)), None)
        if at is None:
            break
        settled, single = at.pair if at.first in home else at.pair[::-1]
        home[single] = home[settled]
        waiting = [b for b in waiting if b.first not in home or b.second not in home]
    return tuple(b for b in held if home[b.first] != home[b.second])


def _remove(drawing: Drawing, bonds: tuple[Bond, ...]) -> None:
    drawing.remove_edges_from([bond.pair for bond in bonds])
