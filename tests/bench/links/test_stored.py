"""A store answers what the scorer says in memory, whatever the engine and the order of arrival."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.links.ours import ours
from bench.links.report import agreement_of
from bench.links.scoreboard import Plan, run_scoreboard
from bench.links.stored import StoreLinker

TIPS = 200


@pytest.mark.long
def test_links_are_equal_to_the_last_unit_in_memory_and_on_both_engines(tmp_path: Path) -> None:
    board = run_scoreboard(
        tmp_path,
        Plan(seeds=(1,), sizes=(TIPS,), fit_seeds=(2,), workers=1),
        linkers=(
            ours(),
            StoreLinker(engine="embedded"),
            StoreLinker(engine="neo4j", order=1),
        ),
    )
    (corpus,) = board.corpora
    assert len(corpus.systems) == 3
    assert len({system.digest for system in corpus.systems}) == 1
    assert corpus.systems[0].pairs.recall > 0
    (sentence,) = agreement_of(corpus)
    assert "embedded store; Crosstip, weights 4, neo4j store" in sentence
    assert [path for path in tmp_path.iterdir() if path.name.startswith("world-")] == []
