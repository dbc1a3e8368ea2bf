"""The whole scoreboard on a small world: figures hang together and can be read again."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from bench.links.board import CorpusFigures, Scoreboard
from bench.links.corpus import Corpus, read_corpus
from bench.links.exact import ExactMatch
from bench.links.groupings import BAD_VALUES, GROUPS, STRONG
from bench.links.linker import Decision, Grade, Linker
from bench.links.measuring import sample
from bench.links.oracle import Oracle
from bench.links.ours import ours
from bench.links.pairwise import PairScore, PairwiseLinker
from bench.links.report import COLUMNS, page_of, rows_of
from bench.links.scoreboard import Plan, run_scoreboard, standard_linkers
from bench.links.tally import Tally
from bench.links.variants import BASE, VARIANTS
from graph.scoring.weights import shipped_weights
from tests.bench.links.corpora import corpus
from tests.deliveries import email
from world.generate import write_world

pytestmark = pytest.mark.long

TIPS = 500


def _knows(read: Corpus) -> PairScore:
    """Score as somebody would who knows the truth, with one weak mistake for each tip."""

    def score(first: int, second: int) -> tuple[float, Grade] | None:
        is_true = second in read.true_kin(first)
        return (9.0, Grade.STRONG) if is_true else (1.0, Grade.WEAK)

    return score


PERFECT = PairwiseLinker(name="knows it", note="Is told.", prepare=_knows, most_holders=10**9)
LINKERS: tuple[Linker, ...] = (
    ExactMatch(most_holders=20),
    ExactMatch(most_holders=None),
    PERFECT,
    Oracle(),
)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scoreboard, list[str]]:
    """One small run, and what it said it was doing."""
    said: list[str] = []
    board = run_scoreboard(
        tmp_path_factory.mktemp("scoreboard"),
        Plan(seeds=(1,), sizes=(TIPS,), fit_seeds=(2,), workers=1),
        linkers=LINKERS,
        progress=lambda doing, _done, _total: said.append(doing),
    )
    return board, said


@pytest.fixture(scope="module")
def only(measured: tuple[Scoreboard, list[str]]) -> CorpusFigures:
    """The one corpus that was measured."""
    (found,) = measured[0].corpora
    return found


def test_who_knows_the_truth_scores_one(only: CorpusFigures) -> None:
    perfect = only.systems[2]
    assert (perfect.pairs.f1, perfect.ranks.all_ahead, perfect.best_f1) == (1.0, 1.0, 1.0)
    assert perfect.groups is not None
    assert perfect.groups.f1 == 1.0
    assert perfect.grades["strong"].f1 == 1.0
    assert perfect.grades["weak"].precision < 1.0


def test_our_own_links_beat_equality_and_name_their_weights(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    own = ours()
    board = run_scoreboard(
        tmp_path_factory.mktemp("ours"),
        Plan(seeds=(1,), sizes=(TIPS,), fit_seeds=(2,), workers=1),
        linkers=(ExactMatch(most_holders=20), own),
    )
    exact, crosstip = board.corpora[0].systems
    assert crosstip.name == f"Crosstip, weights {shipped_weights().version}"
    assert crosstip.pairs.f1 > exact.pairs.f1 + 0.15
    assert crosstip.grades["strong"].precision >= 0.99
    assert [type(x) for x in standard_linkers()].count(type(own)) == 1
    ways = board.corpora[0].groupings
    assert ways is not None
    assert ways[GROUPS].precision >= 0.99
    assert ways[STRONG].recall >= ways[GROUPS].recall
    spoilt = [ways[f"{way}, {BAD_VALUES} bad values"].precision for way in (STRONG, GROUPS)]
    assert spoilt[0] < spoilt[1] - 0.05
    assert "B-cubed, means over seeds" in page_of(board)


def test_systems_stand_in_the_order_that_they_must(only: CorpusFigures) -> None:
    capped, unlimited, perfect, oracle = only.systems
    assert unlimited.pairs.recall > capped.pairs.recall
    assert unlimited.pairs.precision < capped.pairs.precision
    assert perfect.pairs.f1 > oracle.pairs.f1 > capped.pairs.f1 > unlimited.pairs.f1


def test_thresholds_come_from_other_seeds(only: CorpusFigures) -> None:
    oracle = only.systems[-1]
    assert oracle.threshold is not None
    assert oracle.pairs.f1 <= oracle.best_f1
    assert [system.threshold for system in only.systems[:3]] == [None] * 3
    with pytest.raises(ValueError, match="not measured"):
        run_scoreboard(Path(), Plan(seeds=(1,), fit_seeds=(1,)), linkers=LINKERS)


def test_the_run_says_what_it_does(measured: tuple[Scoreboard, list[str]]) -> None:
    _, said = measured
    assert f"{TIPS} tips, seed 1, as assumed: reading the world" in said
    assert any(doing.startswith("fit, seed 2: oracle") for doing in said)


def test_the_result_is_read_again_as_it_was_written(
    measured: tuple[Scoreboard, list[str]],
) -> None:
    board, _ = measured
    assert Scoreboard.model_validate_json(board.model_dump_json()) == board


def test_the_page_holds_every_figure(measured: tuple[Scoreboard, list[str]]) -> None:
    board, _ = measured
    page = page_of(board)
    for corpus_figures in board.corpora:
        for row in rows_of(corpus_figures):
            assert len(row) == len(COLUMNS)
            assert "| " + " | ".join(row) + " |" in page
    for name, note in board.notes.items():
        assert f"- **{name}.** {note}" in page
    assert f"Measured {board.made}" in page


def test_a_sample_gives_about_what_all_give(tmp_path: Path) -> None:
    write_world(tmp_path / "world", seed=1, tips=TIPS)
    read = read_corpus(tmp_path / "world", workers=1)
    asked = sample(read, TIPS // 2)
    assert len(asked) == len(set(asked.tolist())) == TIPS // 2
    assert sample(read, TIPS // 2).tolist() == asked.tolist()
    found = [Tally(corpus=read, queries=queries) for queries in (read.everyone, asked)]
    for tally in found:
        for answer in PERFECT.answers(read, tally.queries):
            tally.add(answer)
    assert all(tally.at_grade(Grade.STRONG).f1 == 1.0 for tally in found)
    assert found[1].wanted < found[0].wanted


def test_each_pair_of_two_queries_is_scored_once() -> None:
    calls: list[tuple[int, int]] = []

    def prepare(_read: Corpus) -> PairScore:
        def score(first: int, second: int) -> tuple[float, Grade] | None:
            calls.append((first, second))
            return None if (first, second) == (0, 1) else (2.0, Grade.WEAK)

        return score

    found = corpus({n: [email("x@mail.example")] for n in "1234"}, {})
    linker = PairwiseLinker(name="counts", note="", prepare=prepare)
    answers = {a.query: a for a in linker.answers(found, np.array([0, 1, 3]))}
    assert sorted(calls) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    assert answers[0].tips.tolist() == [2, 3]
    assert answers[1].tips.tolist() == [2, 3]
    assert answers[3].tips.tolist() == [0, 1, 2]


def test_the_standard_systems_are_there() -> None:
    names = [linker.name for linker in standard_linkers()]
    assert names[0] == "exact match, at most 20 holders (MISP)"
    assert names[-1] == "oracle (ceiling)"
    assert len(names) == len(set(names)) >= 3


def test_variants_change_one_group_or_all() -> None:
    assert BASE.name == "as assumed"
    assert len(VARIANTS) == 12
    assert VARIANTS["viral doubled"].shares.viral == 2.0
    assert VARIANTS["viral doubled"].shares.vpn == 1.0
    assert VARIANTS["all halved"].shares.missing == 0.5


@pytest.mark.skipif(find_spec("splink") is None, reason="dependency group `bench` not installed")
def test_splink_learns_without_labels(tmp_path: Path) -> None:
    from bench.links.splink_linker import SplinkLinker

    write_world(tmp_path / "world", seed=1, tips=TIPS)
    read = read_corpus(tmp_path / "world", workers=1)
    blind = corpus_without_people(read)
    tally = Tally(corpus=read, queries=read.everyone)
    for answer in SplinkLinker().answers(blind, read.everyone):
        tally.add(answer)
        assert len(set(answer.tips.tolist())) == len(answer.tips)
    assert SplinkLinker().decision is Decision.THRESHOLD
    assert tally.at_score(tally.best_threshold()).f1 > 0.5


def corpus_without_people(read: Corpus) -> Corpus:
    """Give the same tips with nothing said of who they are about."""
    return Corpus(
        tips=read.tips,
        states=read.states,
        postings=read.postings,
        persons={},
        kin={},
        true={},
        hub_only={},
    )
