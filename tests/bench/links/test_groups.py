"""Components of links, and the overlaps of investigations that links show."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from bench.links.causes import NO_TRAP, by_cause, false_links
from bench.links.clusters import grouping_quality, joined
from bench.links.corpus import Corpus, read_corpus
from bench.links.exact import ExactMatch
from bench.links.overlaps import overlaps
from bench.links.postings import Ints
from bench.links.tally import Tally
from tests.bench.links.corpora import corpus
from tests.deliveries import email
from world.generate import smallest_world, write_world
from world.meetings import How
from world.traps import Cause


def test_components_follow_links() -> None:
    groups = joined(5, np.array([0, 1]), np.array([1, 4])).tolist()
    assert groups[0] == groups[1] == groups[4]
    assert len({groups[0], groups[2], groups[3]}) == 3


def test_one_bad_link_joins_two_people() -> None:
    tips = {n: [email(f"{'x' if n in '12' else 'y'}@mail.example")] for n in "1234"}
    found = corpus(tips, {"x": ["1", "2"], "y": ["3", "4"]})
    right = grouping_quality(found, np.array([0, 2]), np.array([1, 3]))
    assert (right.precision, right.recall) == (1.0, 1.0)
    joined_up = grouping_quality(found, np.array([0, 2, 1]), np.array([1, 3, 2]))
    assert (joined_up.precision, joined_up.recall) == (0.5, 1.0)
    nothing = grouping_quality(found, np.empty(0, np.int64), np.empty(0, np.int64))
    assert (nothing.precision, nothing.recall) == (1.0, 0.5)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The smallest world, whose showcase has collisions of every kind."""
    folder = tmp_path_factory.mktemp("overlaps") / "world"
    write_world(folder, seed=3, tips=smallest_world())
    return read_corpus(folder, workers=1)


def _links(read: Corpus) -> tuple[Ints, Ints]:
    tally = Tally(corpus=read, queries=read.everyone, keep_edges=True)
    for answer in ExactMatch(most_holders=20).answers(read, read.everyone):
        tally.add(answer)
    edges = tally.edges()
    return edges.first, edges.second


def test_overlaps_over_two_tips_are_found_by_links_alone(read: Corpus) -> None:
    assert read.truth is not None
    none = np.empty(0, dtype=np.int64)
    without = overlaps(read, none, none)
    found = overlaps(read, *_links(read))
    assert without is not None
    assert found is not None
    over_two = sum(c.how is How.TWO_TIPS for c in read.truth.collisions)
    assert 0 < without.wanted <= over_two
    assert (without.missed, without.named) == (without.wanted, 0)
    assert found.missed == 0
    assert found.named - found.false >= found.wanted


def test_a_world_without_collisions_makes_every_overlap_false(read: Corpus) -> None:
    assert read.truth is not None
    truth = read.truth.model_copy(update={"collisions": (), "persona_meetings": ()})
    found = overlaps(replace(read, truth=truth), *_links(read))
    assert found is not None
    assert found.wanted == 0
    assert found.false == found.named > 0


def test_false_links_are_told_by_cause(read: Corpus) -> None:
    assert read.truth is not None
    first, second = _links(read)
    found = by_cause(read, first, second)
    wrong, _ = false_links(read, first, second)
    assert sum(found.values()) >= len(wrong) > 0
    assert found.keys() <= {cause.value for cause in Cause} | {NO_TRAP}
    trap = max(read.truth.traps, key=lambda trap: trap.pairs)
    numbers = [read.tips.index(f"ncmec:{tip}") for tip in trap.tips]
    pairs = [(a, b) for a, b in combinations(sorted(numbers), 2) if b not in read.kin.get(a, ())]
    ends = np.array(pairs, dtype=np.int64)
    inside = by_cause(read, ends[:, 0], ends[:, 1])
    assert inside[trap.cause.value] == len(pairs)


def test_a_corpus_without_truth_has_no_overlaps() -> None:
    none = np.empty(0, dtype=np.int64)
    assert overlaps(corpus({"1": []}, {}), none, none) is None
