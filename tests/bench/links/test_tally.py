"""Counting answers: each pair once, whether all tips are asked or some."""

from __future__ import annotations

import numpy as np
import pytest

from bench.links.corpus import HUB_HOLDERS, Corpus
from bench.links.exact import ExactMatch
from bench.links.linker import Answer, Grade, ScoredPair, answers_of_pairs
from bench.links.postings import Ints
from bench.links.tally import Tally
from tests.bench.links.corpora import corpus
from tests.deliveries import email


@pytest.fixture(scope="module")
def five() -> Corpus:
    """Person x: tips 1, 2, 3 share one mail; 3 shares nothing else; 4 and 5 are strangers."""
    mail = email("x@mail.example")
    return corpus({**{n: [mail] for n in "123"}, "4": [], "5": []}, {"x": ["1", "2", "3"]})


def _pair(first: int, second: int, score: float, grade: Grade = Grade.NONE) -> ScoredPair:
    return ScoredPair(first=first, second=second, score=score, grade=grade)


PAIRS = (
    _pair(0, 1, 9.0, Grade.STRONG),
    _pair(0, 2, 5.0, Grade.MODERATE),
    _pair(0, 3, 6.0, Grade.MODERATE),
    _pair(2, 4, 1.0, Grade.WEAK),
)
"""Of these 0-1 and 0-2 are true; 1-2 is missed."""


def counted(five: Corpus, queries: Ints) -> Tally:
    """Count `PAIRS` as answers to some tips."""
    tally = Tally(corpus=five, queries=queries, keep_edges=True)
    touching = [p for p in PAIRS if p.first in queries or p.second in queries]
    for answer in answers_of_pairs(touching, queries):
        tally.add(answer)
    return tally


def test_pairs_are_counted_once_when_all_are_asked(five: Corpus) -> None:
    tally = counted(five, five.everyone)
    assert tally.wanted == 3
    everything = tally.at_score(0.0)
    assert (everything.precision, everything.recall) == (2 / 4, 2 / 3)
    assert tally.at_score(5.5).precision == 1 / 2
    strong, moderate = tally.at_grade(Grade.STRONG), tally.at_grade(Grade.MODERATE)
    assert (strong.precision, strong.recall) == (1.0, 1 / 3)
    assert (moderate.precision, moderate.recall) == (2 / 3, 2 / 3)
    assert tally.at_grade(Grade.WEAK) == tally.at_grade(Grade.NONE) == everything


def test_pairs_are_counted_once_when_some_are_asked(five: Corpus) -> None:
    # Asked: 0 and 1. True pairs that touch them: all three. Named: 0-1, 0-2, 0-3.
    tally = counted(five, np.array([0, 1]))
    assert tally.wanted == 3
    found = tally.at_score(0.0)
    assert (found.precision, found.recall) == (2 / 3, 2 / 3)


def test_the_best_threshold_is_the_one_with_the_best_f1(five: Corpus) -> None:
    tally = counted(five, five.everyone)
    scores = [1.0, 5.0, 6.0, 9.0, 10.0]
    best = max(scores, key=lambda score: tally.at_score(score).f1)
    assert tally.best_threshold() == pytest.approx(best) == 5.0


def test_ranks_are_over_tips_that_have_true_ones(five: Corpus) -> None:
    ranks = counted(five, five.everyone).ranks()
    assert ranks.queries == 3
    # Tip 0: true, false, true. Tip 1: one of two found. Tip 2: one of two found, ahead of 4.
    assert ranks.all_ahead == 0.0
    precisions = ((1 + 2 / 3) / 2, 1 / 2, 1 / 2)
    assert ranks.mean_average_precision == pytest.approx(sum(precisions) / 3)
    assert ranks.first_true == 1.0


def test_one_persons_pair_without_an_observation_is_neither_right_nor_wrong() -> None:
    found = corpus({"1": [], "2": [], "3": []}, {"x": ["1", "2"]})
    tally = Tally(corpus=found, queries=found.everyone)
    pairs = (_pair(0, 1, 5.0), _pair(1, 2, 5.0))
    for answer in answers_of_pairs(pairs, found.everyone):
        tally.add(answer)
    assert tally.wanted == 0
    assert tally.at_score(0.0).precision == 0.0
    only = Tally(corpus=found, queries=found.everyone)
    for answer in answers_of_pairs(pairs[:1], found.everyone):
        only.add(answer)
    assert only.at_score(0.0).precision == 1.0


def test_edges_are_kept_once(five: Corpus) -> None:
    edges = counted(five, five.everyone).edges()
    kept = sorted(zip(edges.first.tolist(), edges.second.tolist(), strict=True))
    assert kept == sorted((pair.first, pair.second) for pair in PAIRS)


def test_nothing_named_is_no_error(five: Corpus) -> None:
    tally = Tally(corpus=five, queries=five.everyone, keep_edges=True)
    empty = np.empty(0, dtype=np.int64)
    for tip in five.everyone.tolist():
        tally.add(Answer(query=tip, tips=empty, scores=empty.astype(float), grades=empty))
    assert tally.at_score(tally.best_threshold()).f1 == 0.0
    assert len(tally.edges().first) == 0
    assert tally.ranks().all_ahead == 0.0


def test_exact_match_counts_equal_values_up_to_its_limit() -> None:
    hub, rare = email("hub@mail.example"), email("rare@mail.example")
    found = corpus({"1": [hub, rare], "2": [hub, rare], "3": [hub]}, {})
    unlimited = {a.query: a for a in ExactMatch(most_holders=None).answers(found, found.everyone)}
    assert unlimited[0].tips.tolist() == [1, 2]
    assert unlimited[0].scores.tolist() == [2.0, 1.0]
    capped = {a.query: a for a in ExactMatch(most_holders=2).answers(found, found.everyone)}
    assert capped[0].tips.tolist() == [1]
    assert capped[2].tips.tolist() == []
    assert sorted(capped) == [0, 1, 2]


def test_true_tips_behind_hubs_alone_are_ranked_apart() -> None:
    hub, mine = email("hub@mail.example"), email("mine@mail.example")
    strangers = {str(n): [hub] for n in range(100, 100 + HUB_HOLDERS)}
    found = corpus({"1": [hub, mine], "2": [mine], "3": [hub], **strangers}, {"x": ["1", "2", "3"]})
    one = found.tips.index("ncmec:1")
    two, three = found.tips.index("ncmec:2"), found.tips.index("ncmec:3")
    assert found.true_kin(one).tolist() == [two, three]
    assert found.hub_only_kin(one).tolist() == [three]
    tally = Tally(corpus=found, queries=np.array([one]))
    for answer in ExactMatch(most_holders=HUB_HOLDERS).answers(found, tally.queries):
        tally.add(answer)
    assert (tally.ranks().all_ahead, tally.ranks().all_ahead_no_hubs) == (0.0, 1.0)
