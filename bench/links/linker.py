"""What every linker is asked and how it answers, whatever it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from bench.links.corpus import Corpus
from bench.links.postings import Ints

Floats: TypeAlias = npt.NDArray[np.float64]


class Grade(IntEnum):
    """How strong a linker itself calls a pair; `NONE` for linkers that give a score alone."""

    NONE = 0
    WEAK = 1
    MODERATE = 2
    STRONG = 3


class Decision(StrEnum):
    """What makes a named pair a link."""

    NAMED = "every pair that is named"
    THRESHOLD = "score from which F1 was best on other seeds"
    MODERATE = "grade moderate or above"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that a linker names for one tip; pairs that it does not name it holds for unrelated."""

    query: int
    tips: Ints
    """Each once, never the query."""
    scores: Floats
    """Greater is stronger; comparable between queries."""
    grades: Ints
    """Values of `Grade`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPair:
    """A pair of tips with what a linker makes of it."""

    first: int
    second: int
    score: float
    grade: Grade = Grade.NONE


class Linker(Protocol):
    """A system that is measured."""

    @property
    def name(self) -> str:
        """Name in tables."""

    @property
    def note(self) -> str:
        """Sentence that says how it works, cut-offs included."""

    @property
    def decision(self) -> Decision:
        """What makes a pair that it names a link."""

    def answers(self, corpus: Corpus, queries: Ints) -> Iterator[Answer]:
        """Answer each query once, also those for which there is nothing, in any order.

        Whatever is learnt without labels is learnt here, from this very corpus.
        """


def answers_of_pairs(pairs: Iterable[ScoredPair], queries: Ints) -> Iterator[Answer]:
    """Turn pairs, each given once, into answers; for linkers that think in pairs."""
    rows = [(pair.first, pair.second, pair.score, int(pair.grade)) for pair in pairs]
    table = np.array(rows, dtype=np.float64).reshape(-1, 4)
    ends = table[:, :2].astype(np.int64)
    yield from answers_of_arrays(
        ends[:, 0], ends[:, 1], table[:, 2], queries, grades=table[:, 3].astype(np.int64)
    )


def answers_of_arrays(
    first: Ints, second: Ints, scores: Floats, queries: Ints, *, grades: Ints | None = None
) -> Iterator[Answer]:
    """Turn arrays of pairs, each given once, into answers."""
    graded = np.zeros(len(first), dtype=np.int64) if grades is None else grades
    own = np.concatenate((first, second))
    order = np.argsort(own, kind="stable")
    own = own[order]
    other = np.concatenate((second, first))[order]
    score = np.concatenate((scores, scores))[order]
    grade = np.concatenate((graded, graded))[order]
    starts = np.searchsorted(own, queries)
    ends = np.searchsorted(own, queries, side="right")
    for query, start, end in zip(queries, starts, ends, strict=True):
        yield Answer(
            query=int(query),
            tips=other[start:end],
            scores=score[start:end],
            grades=grade[start:end],
        )
