"""Two worlds: with and without what an agency hides, another one's answers are the same bytes.

Noninterference in the sense of Goguen and Meseguer (1982), over random histories.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis.errors import NoSuchExample

from graph.clock import now_us
from tests.by_hand import BY_HAND
from tests.graph.services.people import DAY_US, staff
from tests.stores import RunningStore
from tests.worlds.history import AGENCIES, History, histories, is_hidden
from tests.worlds.leaks import LEAKS
from tests.worlds.playing import Player

_SELDOM = {
    "meeting": (pytest.mark.long,),
    "answer": (pytest.mark.long,),
    "rank": (pytest.mark.long,),
    "stub": (pytest.mark.long, BY_HAND),
    "judgement": (pytest.mark.long, BY_HAND),
}
"""Leaks that few histories show: left to the long run."""
_EACH_RUN, _LONG, _ON_NEO4J, _TO_FIND = 100, 1000, 20, 100
"""Histories: embedded in each run, embedded and on Neo4j with `--long`, at most for a leak."""


def _player(running: RunningStore) -> Player:
    running.wipe(synthetic=True)
    return Player(running, staff(running.store, *AGENCIES, at_us=now_us() - 10 * DAY_US))


@pytest.fixture(scope="module")
def player(_open_engines: dict[str, RunningStore]) -> Player:
    """A player on the embedded engine."""
    return _player(_open_engines["embedded"])


@pytest.fixture(scope="module")
def player_on_neo4j(_open_engines: dict[str, RunningStore]) -> Player:
    """A player on Neo4j."""
    return _player(_open_engines["neo4j"])


def _alike(player: Player, histories_wanted: int) -> None:
    """Compare so many histories; what differs is shrunk and shown."""
    hidden_deeds = 0

    @settings(
        max_examples=histories_wanted,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        print_blob=True,
    )
    @given(history=histories())
    def compared(history: History) -> None:
        nonlocal hidden_deeds
        hidden_deeds += sum(map(is_hidden, history))
        assert player.answers(history, hidden=True) == player.answers(history, hidden=False)

    compared()
    assert hidden_deeds >= histories_wanted, "the histories hide too little to prove anything"


def test_what_is_hidden_changes_no_answer(player: Player) -> None:
    _alike(player, _EACH_RUN)


@BY_HAND
@pytest.mark.long
@pytest.mark.timeout(3000)
def test_what_is_hidden_changes_no_answer_in_many_histories(player: Player) -> None:
    _alike(player, _LONG)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_what_is_hidden_changes_no_answer_on_neo4j(player_on_neo4j: Player) -> None:
    _alike(player_on_neo4j, _ON_NEO4J)


@pytest.mark.parametrize(
    "leak",
    [pytest.param(name, marks=_SELDOM.get(name, ())) for name in LEAKS],
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
