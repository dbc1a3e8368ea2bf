"""Two worlds: with and without what an agency hides, another one's answers are the same bytes.

Noninterference in the sense of Goguen and Meseguer (1982), over random histories.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import NoSuchExample

from tests.stores import RunningStore
from tests.worlds.alike import alike, player_on
from tests.worlds.history import History, histories
from tests.worlds.leaks import LEAKS
from tests.worlds.playing import Player

_SELDOM = frozenset({"meeting", "answer", "rank", "stub", "judgement"})
"""Leaks that few histories show: left to the long run."""
_EACH_RUN, _ON_NEO4J, _TO_FIND = 25, 20, 100
"""Histories: embedded in each run, on Neo4j with `--long`, at most for a leak.

The thousand of `test_many_histories` are asked by `--long`, which CI runs each time.
"""


@pytest.fixture(scope="module")
def player(_open_engines: dict[str, RunningStore]) -> Player:
    """A player on the embedded engine."""
    return player_on(_open_engines["embedded"])


@pytest.fixture(scope="module")
def player_on_neo4j(_open_engines: dict[str, RunningStore]) -> Player:
    """A player on Neo4j."""
    return player_on(_open_engines["neo4j"])


@pytest.mark.timeout(900)
def test_what_is_hidden_changes_no_answer(player: Player) -> None:
    alike(player, _EACH_RUN)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_what_is_hidden_changes_no_answer_on_neo4j(player_on_neo4j: Player) -> None:
    alike(player_on_neo4j, _ON_NEO4J)


@pytest.mark.parametrize(
    "leak",
    [pytest.param(name, marks=pytest.mark.long if name in _SELDOM else ()) for name in LEAKS],
)
def test_a_planted_leak_is_found(
    player: Player, monkeypatch: pytest.MonkeyPatch, leak: str
) -> None:
    LEAKS[leak](monkeypatch)

    def differs(history: History) -> bool:
        return player.answers(history, hidden=True) != player.answers(history, hidden=False)

    try:
        find(
            histories(),
            differs,
            settings=settings(
                max_examples=_TO_FIND,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                phases=(Phase.generate,),
                derandomize=True,
            ),
        )
    except NoSuchExample:
        pytest.fail(f"{_TO_FIND} histories did not show it: {LEAKS[leak].__doc__}")
