"""A linker made of a function of two tips: candidates are found here, the function scores them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from bench.links.candidates import shared_values
from bench.links.corpus import Corpus
from bench.links.linker import Answer, Decision, Grade
from bench.links.postings import OBSERVED, Ints

PairScore: TypeAlias = Callable[[int, int], tuple[float, Grade] | None]
"""Scores two tips by number; None leaves the pair unnamed. Must not depend on their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairwiseLinker:
    """Scores every pair that shares a value which is no hub; each pair of queries only once."""

    name: str
    note: str
    prepare: Callable[[Corpus], PairScore]
    """Builds what is computed once for each corpus (profiles, snapshot) and gives the scorer."""
    most_holders: int = 200
    """Values with more holders find no candidates; they still count in the scorer's eyes."""
    kinds: Set[int] = OBSERVED
    decision: Decision = Decision.MODERATE

    def answers(self, corpus: Corpus, queries: Ints) -> Iterator[Answer]:
        """Answer each query; memory grows with the pairs that are met from both sides."""
        score = self.prepare(corpus)
        is_query = np.zeros(corpus.size, dtype=bool)
        is_query[queries] = True
        met: dict[tuple[int, int], tuple[float, Grade] | None] = {}
        blocks = shared_values(
            corpus.postings, queries, most_holders=self.most_holders, kinds=self.kinds
        )
        for block in blocks:
            codes = np.unique(block.query * corpus.size + block.other)
            bounds = np.searchsorted(codes // corpus.size, np.arange(len(block.queries) + 1))
            others = codes % corpus.size
            for number, tip in enumerate(block.queries.tolist()):
                rows: list[tuple[int, float, int]] = []
                for other in others[bounds[number] : bounds[number + 1]].tolist():
                    pair = (min(tip, other), max(tip, other))
                    # A pair of two queries comes twice: kept until then, and no longer.
                    found = met.pop(pair) if pair in met else score(*pair)
                    if is_query[other] and other > tip:
                        met[pair] = found
                    if found is not None:
                        rows.append((other, found[0], int(found[1])))
                yield _answer(tip, rows)


def _answer(tip: int, rows: list[tuple[int, float, int]]) -> Answer:
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return Answer(
        query=tip,
        tips=table[:, 0].astype(np.int64),
        scores=table[:, 1],
        grades=table[:, 2].astype(np.int64),
    )
