"""A tip that goes back and forth: what an earlier hand-off gave ends with that holding."""

from __future__ import annotations

from graph.handoff.steps import HandoffStep, Kind
from graph.queries.handoffs import HandoffRow
from graph.services.handoff_offering import NewOffer, offer
from graph.services.handoff_steps import take_step
from graph.services.holders import release_tips
from tests.graph.services.handing import WHY, County, county
from tests.graph.services.people import later
from tests.graph.services.queueing import listed, take_in
from tests.stores import RunningStore


def _handed(
    at: County, tip: str, giver: str, receiver: str, *, turn: int, kind: Kind = Kind.TRANSFER
) -> HandoffRow:
    """Offer a tip and accept it, a moment after all that was done before."""
    new = NewOffer(tip=tip, to=receiver, kind=kind, why=WHY)
    row = offer(later(at.people[f"boss.{giver}"], turn), at.store, new=new)
    return _stepped(at, f"boss.{receiver}", row, HandoffStep.ACCEPT, turn=turn + 1)


def _stepped(at: County, user: str, row: HandoffRow, step: HandoffStep, *, turn: int) -> HandoffRow:
    caller = later(at.people[user], turn)
    return take_step(caller, at.store, key=row.key, step=step, expected=row.version or 0, why=WHY)


def test_what_was_handed_on_and_comes_back_is_held_by_the_newer_hand_off(
    running_store: RunningStore,
) -> None:
    at = county(running_store)
    tip = take_in(at.store, 1)
    _handed(at, tip, "north", "south", turn=1)
    _handed(at, tip, "south", "north", turn=3)
    again = _handed(at, tip, "north", "south", turn=5)
    assert at.held(tip) == ["south"]
    _stepped(at, "boss.south", again, HandoffStep.RETURN, turn=7)
    assert at.held(tip) == ["north"]
    assert listed(at.people["lead.south"], at.store) == []


def test_who_lost_a_tip_can_be_offered_it_again(running_store: RunningStore) -> None:
    at = county(running_store)
    tip = take_in(at.store, 1)
    _handed(at, tip, "north", "south", turn=1, kind=Kind.JOINT)
    release_tips(later(at.people["boss.south"], 3), at.store, [tip], agency="south")
    again = _handed(at, tip, "north", "south", turn=4, kind=Kind.JOINT)
    assert at.held(tip) == ["north", "south"]
    _stepped(at, "boss.south", again, HandoffStep.RETURN, turn=6)
    assert at.held(tip) == ["north"]
