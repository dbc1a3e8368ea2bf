"""Pairs of tips that share a value: the one place where hubs are walked through or left alone."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.links.postings import OBSERVED, Ints, Postings

_ROWS = 4_000_000
"""About so many rows are in memory at once; a single tip may have more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Rows: a query tip, another tip, and a value that both state. All of a query's rows."""

    queries: Ints
    """The queries that this block answers, those without any row included."""
    query: Ints
    """Index into `queries`, ascending."""
    other: Ints
    own_posting: Ints
    other_posting: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatePairs:
    """Pairs of tips, each once, the lower number first."""

    first: Ints
    second: Ints


def shared_values(
    postings: Postings,
    queries: Ints,
    *,
    most_holders: int | None,
    kinds: Set[int] = OBSERVED,
) -> Iterator[Shared]:
    """Give block by block what query tips share with other tips.

    Args:
        postings: of the whole corpus.
        queries: tips, each once.
        most_holders: values that more tips state are not walked through; None for no limit.
        kinds: codes of the kinds of value that count.
    """
    usable = usable_values(postings, most_holders=most_holders, kinds=kinds)
    fan_out = np.where(usable[postings.value], postings.holders[postings.value], 0)
    sums = np.concatenate(([0], np.cumsum(fan_out)))
    rows = sums[postings.starts[queries + 1]] - sums[postings.starts[queries]]
    for block in _blocks(queries, rows):
        yield _expand(postings, block, usable)


def usable_values(
    postings: Postings, *, most_holders: int | None, kinds: Set[int] = OBSERVED
) -> npt.NDArray[np.bool_]:
    """Say of each value whether it is of one of the kinds and no hub."""
    usable = np.isin(postings.kind, sorted(kinds)) & (postings.holders > 1)
    if most_holders is not None:
        usable &= postings.holders <= most_holders
    return usable


def candidate_pairs(
    postings: Postings, *, most_holders: int, kinds: Set[int] = OBSERVED
) -> CandidatePairs:
    """Give all pairs that share a value which at most so many tips state."""
    everyone = np.arange(len(postings.starts) - 1)
    first: list[Ints] = []
    second: list[Ints] = []
    for block in shared_values(postings, everyone, most_holders=most_holders, kinds=kinds):
        own = block.queries[block.query]
        is_first = own < block.other
        width = len(everyone)
        codes = np.unique(own[is_first] * width + block.other[is_first])
        first.append(codes // width)
        second.append(codes % width)
    if len(first) == 0:
        return CandidatePairs(first=np.empty(0, np.int64), second=np.empty(0, np.int64))
    return CandidatePairs(first=np.concatenate(first), second=np.concatenate(second))


def _blocks(queries: Ints, rows: Ints) -> Iterator[Ints]:
    ends = np.cumsum(rows)
    at = 0
    while at < len(queries):
        before = ends[at - 1] if at > 0 else 0
        end = max(at + 1, int(np.searchsorted(ends, before + _ROWS, side="right")))
        yield queries[at:end]
        at = end


def _expand(postings: Postings, queries: Ints, usable: npt.NDArray[np.bool_]) -> Shared:
    """Give a row for each holder of each usable value of each query, the query itself left out."""
    counts = postings.starts[queries + 1] - postings.starts[queries]
    own = _ranges(postings.starts[queries], counts)
    query = np.repeat(np.arange(len(queries)), counts)
    keep = usable[postings.value[own]]
    own, query = own[keep], query[keep]
    value = postings.value[own]
    holders = postings.holders[value]
    other_posting = postings.by_value[_ranges(postings.value_starts[value], holders)]
    own, query = np.repeat(own, holders), np.repeat(query, holders)
    other = postings.tip[other_posting]
    keep = other != queries[query]
    return Shared(
        queries=queries,
        query=query[keep],
        other=other[keep],
        own_posting=own[keep],
        other_posting=other_posting[keep],
    )


def _ranges(starts: Ints, counts: Ints) -> Ints:
    """Give `start, start + 1, ...` of each range, one after the other."""
    total = int(counts.sum())
    if total == 0:
        return np.empty(0, dtype=np.int64)
    before = np.concatenate(([0], np.cumsum(counts)[:-1]))
    return np.arange(total) + np.repeat(starts - before, counts)
