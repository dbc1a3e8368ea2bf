"""Counts a linker's answers, one query at a time, so that no more than one is in memory."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np

from bench.links.corpus import Corpus
from bench.links.linker import Answer, Floats, Grade
from bench.links.metrics import Quality, quality, ranked
from bench.links.postings import Ints
from graph.scoring.weights import BITS

STEP = 0.01
"""Scores are counted in steps of this size: the finest threshold that is told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """Ranking figures over all queries that have a true tip."""

    queries: int
    all_ahead: float
    """Share of them with every true tip ahead of every false one."""
    all_ahead_no_hubs: float
    """The same over true tips that share more than hubs; those that do not are left out."""
    mean_average_precision: float
    first_true: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Pairs that were named, each once."""

    first: Ints
    second: Ints
    scores: Floats
    grades: Ints


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a linker's answers amount to. A pair of two queries is seen twice and counted once."""

    corpus: Corpus
    queries: Ints
    keep_edges: bool = False
    """Only sensible when every tip is a query."""
    _is_query: np.ndarray = field(init=False)
    _wanted: float = 0.0
    _hits: dict[int, float] = field(default_factory=dict)
    _named: dict[int, float] = field(default_factory=dict)
    _graded: np.ndarray = field(default_factory=lambda: np.zeros((len(Grade), 2)))
    _ranks: list[tuple[float, float, float]] = field(default_factory=list)
    _ahead_no_hubs: list[bool] = field(default_factory=list)
    _edges: list[tuple[Ints, Ints, Floats, Ints]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Note the queries, and how many pairs a perfect linker would name for them."""
        self._is_query = np.zeros(self.corpus.size, dtype=bool)
        self._is_query[self.queries] = True
        for query in self.queries.tolist():
            self._wanted += self._weights(self.corpus.true_kin(query)).sum()

    def add(self, answer: Answer) -> None:
        """Count one query's answer."""
        true = self.corpus.true_kin(answer.query)
        told = ~np.isin(answer.tips, self.corpus.untold_kin(answer.query))
        tips, scores, grades = answer.tips[told], answer.scores[told], answer.grades[told]
        is_true = np.isin(tips, true)
        weights = self._weights(tips)
        steps = np.round(scores / STEP).astype(np.int64)
        for counted, chosen in ((self._named, weights), (self._hits, weights * is_true)):
            values, places = np.unique(steps, return_inverse=True)
            sums = np.bincount(places, weights=chosen, minlength=len(values))
            for value, count in zip(values.tolist(), sums.tolist(), strict=True):
                counted[value] = counted.get(value, 0.0) + count
        self._graded[:, 0] += np.bincount(grades, weights=weights * is_true, minlength=len(Grade))
        self._graded[:, 1] += np.bincount(grades, weights=weights, minlength=len(Grade))
        if len(true) > 0:
            rank = ranked(scores, is_true, wanted=len(true))
            self._ranks.append((rank.all_ahead, rank.average_precision, rank.first_true))
        hub_only = self.corpus.hub_only_kin(answer.query)
        if len(true) > len(hub_only):
            kept = ~np.isin(tips, hub_only)
            rank = ranked(scores[kept], is_true[kept], wanted=len(true) - len(hub_only))
            self._ahead_no_hubs.append(rank.all_ahead)
        if self.keep_edges:
            up = answer.tips > answer.query
            own = np.full(int(up.sum()), answer.query, dtype=np.int64)
            self._edges.append((own, answer.tips[up], answer.scores[up], answer.grades[up]))

    def _weights(self, tips: Ints) -> Floats:
        return np.where(self._is_query[tips], 0.5, 1.0)

    @property
    def wanted(self) -> float:
        """How many true pairs touch a query."""
        return self._wanted

    def at_score(self, threshold: float) -> Quality:
        """Give the quality of all pairs that score at least so much."""
        least = round(threshold / STEP)
        return quality(
            hits=sum(count for step, count in self._hits.items() if step >= least),
            named=sum(count for step, count in self._named.items() if step >= least),
            wanted=self._wanted,
        )

    def at_grade(self, grade: Grade) -> Quality:
        """Give the quality of all pairs of at least that grade."""
        hits, named = self._graded[int(grade) :].sum(axis=0).tolist()
        return quality(hits=hits, named=named, wanted=self._wanted)

    def best_threshold(self) -> float:
        """Give the score from which on F1 is best on these very answers; 0 without answers."""
        best, at = -1.0, 0.0
        hits = named = 0.0
        for step in sorted(self._named, reverse=True):
            hits += self._hits[step]
            named += self._named[step]
            f1 = quality(hits=hits, named=named, wanted=self._wanted).f1
            if f1 > best:
                best, at = f1, step * STEP
        return at

    def ranks(self) -> Ranks:
        """Give the ranking figures."""
        count = len(self._ranks)
        table = np.array(self._ranks, dtype=np.float64).reshape(-1, 3)
        means = table.mean(axis=0).tolist() if count > 0 else [0.0, 0.0, 0.0]
        return Ranks(
            queries=count,
            all_ahead=means[0],
            all_ahead_no_hubs=float(np.mean(self._ahead_no_hubs or [False])),
            mean_average_precision=means[1],
            first_true=means[2],
        )

    def digest(self) -> str:
        """Give a SHA-256 over the links of grade moderate and above, in order of their tips."""
        edges = self.edges()
        chosen = np.flatnonzero(edges.grades >= int(Grade.MODERATE))
        lines = sorted(
            f"{self.corpus.tips[edges.first[at]]} {self.corpus.tips[edges.second[at]]} "
            f"{round(float(edges.scores[at]) * BITS)} {edges.grades[at]}"
            for at in chosen.tolist()
        )
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def edges(self) -> Edges:
        """Give the pairs that were named, where they were kept."""
        if len(self._edges) == 0:
            none = np.empty(0, dtype=np.int64)
            return Edges(first=none, second=none, scores=none.astype(np.float64), grades=none)
        first, second, scores, grades = zip(*self._edges, strict=True)
        return Edges(
            first=np.concatenate(first),
            second=np.concatenate(second),
            scores=np.concatenate(scores),
            grades=np.concatenate(grades),
        )
