"""A sample of tips that is the same whenever and in whatever order they came in."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from graph.queries.chance import TIP_KEYS, KeyPageParams
from graph.store import Store

SAMPLE = 1000
"""Tips that are asked when a whole corpus is to be judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Some tips in order of their keys, and of how many they are."""

    tips: tuple[str, ...]
    of: int


def sample_of(store: Store, *, size: int = SAMPLE) -> Sample:
    """Give the tips whose keys have the smallest SHA-256: as good as drawn, and repeatable.

    Raises:
        StoreError: the store could not answer.
    """
    count = 0

    def drawn() -> Iterator[tuple[bytes, str]]:
        nonlocal count
        for key in _keys(store):
            count += 1
            yield hashlib.sha256(key.encode()).digest(), key

    chosen = heapq.nsmallest(size, drawn())
    return Sample(tips=tuple(sorted(key for _, key in chosen)), of=count)


def _keys(store: Store) -> Iterator[str]:
    after = ""
    while True:
        rows = store.read(TIP_KEYS, KeyPageParams(after=after))
        yield from (row.key for row in rows)
        if len(rows) < TIP_KEYS.max_rows:
            return
        after = rows[-1].key
