"""The ceiling: a linker that was told which pairs of this very corpus are true.

It counts likelihood ratios for each class of shared value (kind, holders, time gap, true network
class, ports, standing) over all labelled pairs, and fits by logistic regression how they add up,
with providers, accounts and the time between the tips. No linker without labels can know more of
these classes; one that sees more than these classes could in principle pass it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from bench.links.candidates import Shared, shared_values
from bench.links.corpus import Corpus
from bench.links.linker import Answer, Decision, Floats
from bench.links.oracle_classes import CONTEXTS, Classes
from bench.links.postings import ALIAS, KINDS, OBSERVED, Ints

_SEEN = OBSERVED | {KINDS.index(ALIAS)}
_PRIOR = 4.0
"""So many imagined rows of the coarse class stand behind each fine class."""
_MOST_FALSE = 200_000
"""False pairs that the regression is fitted on; more are sampled and weighted."""
_RIDGE = 1e-3
_MOST_STEPS = 60
_LEAST_STEP = 1e-3
_CONVERGED = 1e-6
_WIDTH = 2 * len(KINDS) + CONTEXTS + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pairs:
    """Pairs of a block with their features and their places in it."""

    query: Ints
    """Index into the block's queries."""
    other: Ints
    features: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Oracle:
    """Knows what is true; measures how far evidence can go."""

    most_holders: int | None = 200
    """Values with more holders are left out; None keeps all, in 3 GiB at 10,000 tips."""

    @property
    def name(self) -> str:
        """Name in tables."""
        return "oracle (ceiling)"

    @property
    def note(self) -> str:
        """Sentence that says how it works."""
        return (
            "Likelihood ratios and their combination fitted on the labels of the same corpus, with "
            f"the true network classes; values with more than {self.most_holders} holders are left "
            "out. No system can be built so."
        )

    @property
    def decision(self) -> Decision:
        """What makes a pair that it names a link."""
        return Decision.THRESHOLD

    def answers(self, corpus: Corpus, queries: Ints) -> Iterator[Answer]:
        """Answer each query with all tips that share anything, scored in bits."""
        labels = _Labels(corpus)
        classes = Classes(corpus)
        ratios = _ratios(self._blocks(corpus, queries), classes, labels)
        weights = _fitted(self._blocks(corpus, queries), classes, labels, ratios)
        for block in self._blocks(corpus, queries):
            pairs = _pairs(block, classes, ratios, corpus.size)
            scores = pairs.features @ weights / np.log(2)
            bounds = np.searchsorted(pairs.query, np.arange(len(block.queries) + 1))
            for number, tip in enumerate(block.queries.tolist()):
                part = slice(int(bounds[number]), int(bounds[number + 1]))
                others = pairs.other[part]
                grades = np.zeros(len(others), dtype=np.int64)
                yield Answer(query=tip, tips=others, scores=scores[part], grades=grades)

    def _blocks(self, corpus: Corpus, queries: Ints) -> Iterator[Shared]:
        return shared_values(corpus.postings, queries, most_holders=self.most_holders, kinds=_SEEN)


class _Labels:
    """Which pairs are true, and which are neither true nor false."""

    def __init__(self, corpus: Corpus) -> None:
        self.size = corpus.size
        """How many tips there are."""
        self._true = self._codes(corpus.true)
        self._kin = self._codes(corpus.kin)

    def _codes(self, pairs: Mapping[int, Ints]) -> Ints:
        codes = [tip * self.size + others for tip, others in sorted(pairs.items())]
        return np.concatenate(codes) if len(codes) > 0 else np.empty(0, dtype=np.int64)

    def of(self, first: Ints, second: Ints) -> tuple[np.ndarray, np.ndarray]:
        """Give which pairs are true and which are false; some are neither."""
        codes = first * self.size + second
        is_true = np.isin(codes, self._true)
        return is_true, ~np.isin(codes, self._kin)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ratios:
    """Natural logarithms of likelihood ratios by class."""

    classes: Ints
    """Ascending."""
    logs: Floats

    def of(self, classes: Ints) -> Floats:
        """Give the ratios of rows."""
        return self.logs[np.searchsorted(self.classes, classes)]


def _ratios(blocks: Iterator[Shared], classes: Classes, labels: _Labels) -> _Ratios:
    counts: dict[tuple[int, int], np.ndarray] = {}
    for block in blocks:
        is_true, is_false = labels.of(block.queries[block.query], block.other)
        coarse = classes.coarse(block)
        both = np.stack((coarse, classes.fine(block, coarse)), axis=1)
        found, places = np.unique(both, axis=0, return_inverse=True)
        places = places.reshape(-1)
        sums = np.stack(
            [np.bincount(places, weights=w, minlength=len(found)) for w in (is_true, is_false)],
            axis=1,
        )
        for (wide, narrow), count in zip(found.tolist(), sums, strict=True):
            known = counts.setdefault((wide, narrow), np.zeros(2))
            known += count
    wide_counts: dict[int, np.ndarray] = {}
    for (wide, _), count in counts.items():
        wide_counts[wide] = wide_counts.get(wide, np.full(2, 0.5)) + count
    logs = {
        narrow: _log_odds(count + _PRIOR * wide_counts[wide] / wide_counts[wide].sum())
        for (wide, narrow), count in counts.items()
    }
    order = sorted(logs)
    return _Ratios(
        classes=np.array(order, dtype=np.int64), logs=np.array([logs[code] for code in order])
    )


def _log_odds(count: np.ndarray) -> float:
    return float(np.log(count[0]) - np.log(count[1]))


def _pairs(block: Shared, classes: Classes, ratios: _Ratios, size: int) -> _Pairs:
    logs = ratios.of(classes.fine(block, classes.coarse(block)))
    codes, places = np.unique(block.query * size + block.other, return_inverse=True)
    query, other = codes // size, codes % size
    features = np.zeros((len(codes), _WIDTH))
    kinds = classes.kind(block)
    best = np.full((len(codes), len(KINDS)), -np.inf)
    np.maximum.at(best, (places, kinds), logs)
    np.add.at(features, (places, len(KINDS) + kinds), 1.0)
    features[:, : len(KINDS)] = np.where(np.isinf(best), 0.0, best)
    features[:, len(KINDS) : 2 * len(KINDS)] = np.log1p(features[:, len(KINDS) : 2 * len(KINDS)])
    context = classes.context(block.queries[query], other)
    features[np.arange(len(codes)), 2 * len(KINDS) + context] = 1.0
    features[:, -1] = 1.0
    return _Pairs(query=query, other=other, features=features)


def _fitted(blocks: Iterator[Shared], classes: Classes, labels: _Labels, ratios: _Ratios) -> Floats:
    """Give the weights of the features, by weighted ridge logistic regression."""
    dice = np.random.default_rng(0)
    kept: list[Floats] = []
    wanted: list[Floats] = []
    shares: list[Floats] = []
    size = labels.size
    for block in blocks:
        pairs = _pairs(block, classes, ratios, size)
        is_true, is_false = labels.of(block.queries[pairs.query], pairs.other)
        share = min(1.0, _MOST_FALSE / max(1, int(is_false.sum())))
        chosen = is_true | (is_false & (dice.random(len(is_true)) < share))
        kept.append(pairs.features[chosen])
        wanted.append(is_true[chosen].astype(np.float64))
        shares.append(np.where(is_true[chosen], 1.0, 1.0 / share))
    return _regression(np.concatenate(kept), np.concatenate(wanted), np.concatenate(shares))


def _regression(x: Floats, y: Floats, w: Floats) -> Floats:
    """Minimise the ridge logistic loss by Newton's method, halving steps that make it worse."""
    weights = np.zeros(x.shape[1])
    value = _loss(x, y, w, weights)
    for _ in range(_MOST_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (w * (chance - y)) + 2 * _RIDGE * weights
        bend = (x.T * (w * np.maximum(chance * (1 - chance), 1e-9))) @ x
        step = np.linalg.solve(bend + 2 * _RIDGE * np.eye(len(weights)), slope)
        size = 1.0
        while (better := _loss(x, y, w, weights - size * step)) > value and size > _LEAST_STEP:
            size /= 2
        if value - better < _CONVERGED * value:
            break
        weights, value = weights - size * step, better
    return weights


def _loss(x: Floats, y: Floats, w: Floats, weights: Floats) -> float:
    score = x @ weights
    loss = float((w * (np.logaddexp(0, score) - y * score)).sum())
    return loss + _RIDGE * float((weights * weights).sum())
