"""What would be left of a group without one of the values that its links need."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from graph.grouping.bonds import Bond, Drawing, Value, bonds_in


class Splitting:
    """A connected graph of tips, asked value by value what holds without it."""

    def __init__(self, drawing: Drawing) -> None:
        """Number its tips and bonds once."""
        self.bonds: Sequence[Bond] = bonds_in(drawing)
        self._places = {tip: place for place, tip in enumerate(sorted(drawing))}
        self._first = np.array([self._places[b.first] for b in self.bonds], dtype=np.int64)
        self._second = np.array([self._places[b.second] for b in self.bonds], dtype=np.int64)

    @cached_property
    def of_value(self) -> dict[Value, list[int]]:
        """Give by value, in order, the places of the bonds that need it."""
        found: dict[Value, list[int]] = {}
        for place, bond in enumerate(self.bonds):
            for value in bond.needs:
                found.setdefault(value, []).append(place)
        return dict(sorted(found.items()))

    def needing(self, value: Value) -> list[Bond]:
        """Give the bonds that need a value."""
        return [self.bonds[place] for place in self.of_value[value]]

    def part_of_each(self, value: Value) -> dict[str, int]:
        """Give by tip the number of the part that it is in without a value's bonds."""
        numbers = self._numbers(value).tolist()
        return {tip: numbers[place] for tip, place in self._places.items()}

    def sizes_without(self, value: Value) -> npt.NDArray[np.int64]:
        """Give how many tips each part has without a value's bonds."""
        return np.bincount(self._numbers(value)).astype(np.int64)

    def _numbers(self, value: Value) -> npt.NDArray[np.int64]:
        kept = np.ones(len(self.bonds), dtype=bool)
        kept[self.of_value[value]] = False
        ends = (self._first[kept], self._second[kept])
        size = len(self._places)
        graph = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(size, size))
        numbers: npt.NDArray[np.int64] = connected_components(graph.tocsr(), directed=False)[
            1
        ].astype(np.int64)
        return numbers
