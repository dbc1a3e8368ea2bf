"""Exact matching, as analysts have it today: two tips are linked when they state an equal value.

MISP blocks a value that more attributes than a limit hold: none of its links are kept. The limit is
20 in the code (`app/Model/Correlation.php`, release 2.4.199; its settings page says 100). Values of
every linking role count, whatever Crosstip thinks of them, as MISP knows no states.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bench.links.candidates import Shared, shared_values
from bench.links.corpus import Corpus
from bench.links.linker import Answer, Decision
from bench.links.postings import EQUAL, Ints

MISP_LIMIT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactMatch:
    """Links every pair with an equal value; the score is how many values are equal."""

    most_holders: int | None
    """Values with more holders are dropped; None drops nothing."""

    @property
    def name(self) -> str:
        """Name in tables."""
        if self.most_holders is None:
            return "exact match, no limit"
        return f"exact match, at most {self.most_holders} holders (MISP)"

    @property
    def note(self) -> str:
        """Sentence that says how it works."""
        if self.most_holders is None:
            return (
                "Every equal value links. Hubs are walked through whole, query by query, so that "
                "no pair is left out and memory stays bounded."
            )
        return f"A value that more than {self.most_holders} tips state is dropped altogether."

    @property
    def decision(self) -> Decision:
        """What makes a pair that it names a link."""
        return Decision.NAMED

    def answers(self, corpus: Corpus, queries: Ints) -> Iterator[Answer]:
        """Answer each query with all tips that state an equal value."""
        blocks = shared_values(
            corpus.postings, queries, most_holders=self.most_holders, kinds=EQUAL
        )
        for block in blocks:
            yield from _counted(block, corpus.size)


def _counted(block: Shared, size: int) -> Iterator[Answer]:
    codes, counts = np.unique(block.query * size + block.other, return_counts=True)
    query, other = codes // size, codes % size
    bounds = np.searchsorted(query, np.arange(len(block.queries) + 1))
    for number, tip in enumerate(block.queries):
        part = slice(int(bounds[number]), int(bounds[number + 1]))
        yield Answer(
            query=int(tip),
            tips=other[part],
            scores=counts[part].astype(np.float64),
            grades=np.zeros(bounds[number + 1] - bounds[number], dtype=np.int64),
        )
