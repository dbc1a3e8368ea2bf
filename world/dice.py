"""Seeded chance. Every draw of the world comes from here, so that one seed gives one world."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1


class Weighted(Generic[T]):
    """Values with weights, prepared for quick draws. Weights need not sum to one."""

    __slots__ = ("cumulative", "values", "weights")

    def __init__(self, *pairs: tuple[T, float]) -> None:
        self.values: tuple[T, ...] = tuple(value for value, _ in pairs)
        self.weights: tuple[float, ...] = tuple(weight for _, weight in pairs)
        self.cumulative: tuple[float, ...] = tuple(accumulate(self.weights))


class Dice(random.Random):
    """A stream of draws. A name (seed and purpose) gives the same stream on every machine.

    Streams are seeded by text: Python's seeding of strings (version 2) is documented as stable.
    """

    def __init__(self, *name: int | str) -> None:
        super().__init__("/".join(str(part) for part in name))

    def chance(self, share: float) -> bool:
        """Give true in the given share of draws."""
        return self.random() < share

    def one(self, values: Sequence[T]) -> T:
        """Give one of the values, each as likely as the others."""
        return values[int(self.random() * len(values))]

    def draw(self, table: Weighted[T]) -> T:
        """Give one value of a weighted table."""
        return self.choices(table.values, cum_weights=table.cumulative)[0]

    def below(self, limit: int) -> int:
        """Give an integer from 0 to `limit` - 1."""
        return int(self.random() * limit)

    def hexadecimal(self, digits: int) -> str:
        """Give that many random lower-case hexadecimal digits."""
        return f"{self.getrandbits(4 * digits):0{digits}x}"

    def digits(self, count: int) -> str:
        """Give that many random decimal digits, the first of them not zero."""
        lowest = 10 ** (count - 1)
        return str(lowest + self.getrandbits(64) % (9 * lowest))


def mix(*parts: int) -> int:
    """Give 64 well-spread bits for some integers: a random function without a stream.

    Source: the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
    """
    state = 0x9E3779B97F4A7C15
    for part in parts:
        state = (state ^ part) * 0xBF58476D1CE4E5B9 & _MASK
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB & _MASK
        state ^= state >> 31
    return state
