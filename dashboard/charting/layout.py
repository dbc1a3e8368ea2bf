"""Where things stand: computed once, and never again for what stands already.

networkx lays out what is new around what is fixed; what would lie on something else then goes to
the nearest free spot. The same chart gives the same places each time.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import networkx as nx
import numpy as np

from dashboard.charting.model import Name, Pair, Place

SPACING = 110.0
"""Pixels between neighbours, roughly."""
APART = 46.0
"""Pixels between any two things that were laid out, at least: none covers another."""
_TURN = math.pi * (3.0 - math.sqrt(5.0))
"""The golden angle: points at its multiples never line up."""
_ROUNDS = 40
_PART = 150
_SEED = 7
_Spot: TypeAlias = tuple[int, int]


def placed(
    new: Sequence[Name],
    *,
    links: Iterable[Pair],
    places: Mapping[Name, Place],
    around: Name | None,
) -> dict[Name, Place]:
    """Give the places of everything: those given as they are, and places for what is new."""
    joined: dict[Name, list[Pair]] = {}
    for ends in links:
        for end in ends:
            joined.setdefault(end, []).append(ends)
    found = dict(places)
    # In parts, the first ones first: the time that it takes grows with the square of each.
    for start in range(0, len(new), _PART):
        found.update(_part(new[start : start + _PART], joined, found, around))
    return found


def _part(
    new: Sequence[Name],
    joined: Mapping[Name, Sequence[Pair]],
    places: Mapping[Name, Place],
    around: Name | None,
) -> dict[Name, Place]:
    coming = set(new)
    drawing: nx.Graph[Name] = nx.Graph()
    drawing.add_nodes_from(new)
    drawing.add_edges_from(
        ends
        for name in new
        for ends in joined.get(name, ())
        if all(end in coming or end in places for end in ends)
    )
    held = {name: places[name] for name in drawing if name in places}
    centre = _centre(around, held, places)
    start = {**held, **_spiral(new, centre, nothing_stands=len(places) == 0)}
    found = nx.spring_layout(
        drawing,
        k=SPACING,
        pos={name: np.array(place) for name, place in start.items()},
        fixed=list(held) if len(held) > 0 else None,
        iterations=_ROUNDS,
        weight=None,
        seed=_SEED,
        scale=None,
        method="force",
    )
    wanted = {name: (float(found[name][0]), float(found[name][1])) for name in new}
    return _apart(wanted, places.values())


def _centre(around: Name | None, held: Mapping[Name, Place], places: Mapping[Name, Place]) -> Place:
    if around is not None and around in places:
        return places[around]
    if len(held) > 0:
        return _middle(held.values())
    if len(places) > 0:
        # Beside everything: what hangs together with nothing shall lie on nothing.
        right = max(place[0] for place in places.values())
        return (right + 3 * SPACING, _middle(places.values())[1])
    return (0.0, 0.0)


def _middle(places: Collection[Place]) -> Place:
    return (
        sum(place[0] for place in places) / len(places),
        sum(place[1] for place in places) / len(places),
    )


def _spiral(new: Sequence[Name], centre: Place, *, nothing_stands: bool) -> dict[Name, Place]:
    first = 0 if nothing_stands else 1
    return {
        name: (
            centre[0] + SPACING * math.sqrt(at) * math.cos(at * _TURN),
            centre[1] + SPACING * math.sqrt(at) * math.sin(at * _TURN),
        )
        for at, name in enumerate(new, start=first)
    }


def _apart(wanted: Mapping[Name, Place], standing: Iterable[Place]) -> dict[Name, Place]:
    """Give each the place where it is wanted, or the nearest that is free."""
    taken: dict[_Spot, list[Place]] = {}
    for place in standing:
        taken.setdefault(_spot(place), []).append(place)
    reached: dict[_Spot, int] = {}
    found: dict[Name, Place] = {}
    for name, place in wanted.items():
        home = place if all(math.isfinite(axis) for axis in place) else (0.0, 0.0)
        found[name] = _free(home, taken, reached)
        taken.setdefault(_spot(found[name]), []).append(found[name])
    return found


def _spot(place: Place) -> _Spot:
    return (round(place[0] / APART), round(place[1] / APART))


def _free(home: Place, taken: Mapping[_Spot, Sequence[Place]], reached: dict[_Spot, int]) -> Place:
    spot = _spot(home)
    # What was full before is full still: many that want the same spot do not look there again.
    reach = reached.get(spot, 0)
    while True:
        ring = [
            (round(home[0] + across * APART, 1), round(home[1] + down * APART, 1))
            for across, down in _ring(reach)
        ]
        free = [place for place in ring if _is_free(place, taken)]
        if len(free) > 0:
            reached[spot] = reach
            return min(free, key=lambda place: (math.dist(place, home), place))
        reach += 1


def _ring(reach: int) -> Iterator[_Spot]:
    if reach == 0:
        yield (0, 0)
    for at in range(-reach, reach):
        yield from ((at, -reach), (reach, at), (-at, reach), (-reach, -at))


def _is_free(place: Place, taken: Mapping[_Spot, Sequence[Place]]) -> bool:
    across, down = _spot(place)
    return all(
        math.dist(place, other) >= APART
        for x in range(across - 2, across + 3)
        for y in range(down - 2, down + 3)
        for other in taken.get((x, y), ())
    )
