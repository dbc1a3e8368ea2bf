"""What two agencies hand to each other is nothing to a third: its answers are the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pytest

from graph.clock import now_us
from graph.handoff.showing import Level
from graph.handoff.steps import HandoffStep, Kind
from graph.services.handoff_offering import NewOffer, offer
from graph.services.handoff_reading import Direction, list_handoffs
from graph.services.handoff_steps import take_step
from tests.graph.services.people import DAY_US, later, staff
from tests.stores import RunningStore
from tests.worlds.history import (
    ADDRESSES,
    AGENCIES,
    ASKER,
    BOTH,
    HIDDEN_TIP,
    HIDER,
    OPEN_CASE,
    SEEN_TIPS,
    THIRD,
    UNCLAIMED,
    Arrives,
    Asks,
    Claims,
    Deed,
    History,
    Looks,
)
from tests.worlds.playing import Player


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands(Looks):
    """The hider offers the third agency a tip, which then takes some steps."""

    number: int
    kind: Kind
    steps: tuple[HandoffStep, ...] = ()


class HandingPlayer(Player):
    """Plays hand-offs too, or leaves them out."""

    handing = True

    def _play(self, deed: Deed, *, at_us: int) -> list[str]:
        if not isinstance(deed, Hands):
            return super()._play(deed, at_us=at_us)
        if self.handing:
            self._hand(deed, at_us=at_us)
        return []

    def _hand(self, deed: Hands, *, at_us: int) -> None:
        giver = later(self._people[f"boss.{HIDER}"], at_us)
        new = NewOffer(
            tip=f"ncmec:{deed.number}",
            to=THIRD,
            kind=deed.kind,
            why="Yours, it seems.",
            level=Level.SUBJECTS,
        )
        row = offer(giver, self._store, new=new)
        for step in deed.steps:
            who = (
                giver
                if step is HandoffStep.WITHDRAW
                else later(self._people[f"boss.{THIRD}"], at_us)
            )
            row = take_step(
                who,
                self._store,
                key=row.key,
                step=step,
                expected=row.version or 0,
                why="As said.",
            )

    def _look(self, who: str, at_us: int) -> list[str]:
        caller = later(self._people[who], at_us)
        lists = [
            self._asked(
                partial(
                    list_handoffs,
                    caller,
                    self._store,
                    direction=way,
                    reads=self._reads,
                    with_done=True,
                )
            )
            for way in Direction
        ]
        return [*super()._look(who, at_us), *lists]


HISTORY: History = (
    Claims(agency=ASKER, case=OPEN_CASE, address=ADDRESSES[0], visibility=None),
    Arrives(number=SEEN_TIPS[0], addresses=UNCLAIMED, holder=BOTH),
    Arrives(number=SEEN_TIPS[1], addresses=UNCLAIMED, holder=BOTH),
    Arrives(number=SEEN_TIPS[2], addresses=UNCLAIMED, holder=ASKER, refers=HIDDEN_TIP),
    Arrives(number=HIDDEN_TIP, addresses=UNCLAIMED, holder=HIDER, refers=SEEN_TIPS[0]),
    Hands(number=SEEN_TIPS[0], kind=Kind.JOINT, steps=(HandoffStep.ACCEPT, HandoffStep.RETURN)),
    Hands(number=SEEN_TIPS[0], kind=Kind.JOINT, steps=(HandoffStep.ACCEPT,)),
    Hands(number=SEEN_TIPS[1], kind=Kind.TRANSFER, steps=(HandoffStep.WITHDRAW,)),
    Hands(number=SEEN_TIPS[1], kind=Kind.TRANSFER, steps=(HandoffStep.ACCEPT,)),
    Hands(number=HIDDEN_TIP, kind=Kind.TRANSFER),
    Looks(),
    Asks(agency=ASKER, addresses=ADDRESSES),
    Looks(),
)


@pytest.fixture(scope="module")
def running(_open_engines: dict[str, RunningStore]) -> RunningStore:
    """The embedded engine."""
    return _open_engines["embedded"]


@pytest.mark.parametrize("planted", [False, True])
def test_a_third_agency_sees_nothing_of_a_hand_off(
    running: RunningStore, monkeypatch: pytest.MonkeyPatch, *, planted: bool
) -> None:
    """Planted: its list counts what is offered between others."""
    running.wipe(synthetic=True)
    people = staff(running.store, *AGENCIES, at_us=now_us() - 10 * DAY_US)
    player = HandingPlayer(running, people)
    if planted:

        def leaking(self: HandingPlayer, who: str, at_us: int) -> list[str]:
            del self, who, at_us
            return [str(running.rows("MATCH (h:Handoff) RETURN count(h)"))]

        monkeypatch.setattr(HandingPlayer, "_look", leaking)
    with_them = player.answers(HISTORY, hidden=True)
    monkeypatch.setattr(HandingPlayer, "handing", False)
    without = player.answers(HISTORY, hidden=True)
    assert len(with_them) > 2
    assert (with_them == without) is not planted
