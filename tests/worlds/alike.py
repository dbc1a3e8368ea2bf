"""Plays random histories in both worlds and compares what the asker is told."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, seed, settings

from graph.clock import now_us
from tests.graph.services.people import DAY_US, staff
from tests.stores import RunningStore
from tests.worlds.history import AGENCIES, History, histories, is_hidden
from tests.worlds.playing import Player


def player_on(running: RunningStore) -> Player:
    """Give a player on an empty store with three agencies."""
    running.wipe(synthetic=True)
    return Player(running, staff(running.store, *AGENCIES, at_us=now_us() - 10 * DAY_US))


def alike(player: Player, histories_wanted: int, *, part: int | None = None) -> None:
    """Compare so many histories; what differs is shrunk and shown.

    Parts differ also where the same examples are drawn each time, as where CI is set.
    """
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

    if part is not None and settings().derandomize:
        compared = seed(part)(compared)
    compared()
    assert hidden_deeds >= histories_wanted, "the histories hide too little to prove anything"
