"""A tip that goes back and forth: what an earlier hand-off gave ends with that holding."""

from __future__ import annotations

from graph.handoff.deciding import GIVEN_UP
from graph.handoff.steps import HandoffStep, Kind
from graph.queries.handoffs import HandoffRow
from graph.services.audit_reads import ReadLog
from graph.services.handoff_lapsing import lapse_due
from graph.services.handoff_offering import NewOffer, offer
from graph.services.handoff_reading import HandoffView, show_handoff
from graph.services.handoff_steps import take_step
from graph.services.holders import hold_tips, release_tips
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


def _shown(at: County, user: str, row: HandoffRow, *, turn: int) -> HandoffView:
    return show_handoff(
        later(at.people[user], turn), at.store, key=row.key, reads=ReadLog(at.store)
    )


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


def test_what_the_giver_gives_up_is_offered_no_longer(running_store: RunningStore) -> None:
    """Both sides read why, and what other agencies offered of the tip stays."""
    at = county(running_store)
    tip = take_in(at.store, 1)
    _handed(at, tip, "north", "south", turn=1, kind=Kind.JOINT)
    new = NewOffer(tip=tip, to="west", kind=Kind.JOINT, why=WHY)
    mine, theirs = (
        offer(later(at.people[user], 3), at.store, new=new) for user in ("boss.north", "boss.south")
    )
    assert _shown(at, "boss.west", mine, turn=4).stage == "offered"
    release_tips(later(at.people["boss.north"], 4), at.store, [tip], agency="north")
    at_us = later(at.people["boss.west"], 5).as_of_us
    assert _shown(at, "boss.west", mine, turn=5).stage == "expired"
    assert lapse_due(at.store, at_us=at_us) == (mine.key,)
    assert lapse_due(at.store, at_us=at_us) == ()
    for user in ("boss.north", "boss.west"):
        seen = _shown(at, user, mine, turn=6)
        assert (seen.stage, seen.answered_why) == ("expired", GIVEN_UP)
    assert _stepped(at, "boss.west", theirs, HandoffStep.ACCEPT, turn=7).stage == "accepted"
    assert at.held(tip) == ["south", "west"]


def test_who_gave_a_tip_up_and_has_it_again_offers_it_anew(running_store: RunningStore) -> None:
    """Without waiting for the clock that ends the first offer."""
    at = county(running_store)
    tip = take_in(at.store, 1)
    new = NewOffer(tip=tip, to="west", kind=Kind.TRANSFER, why=WHY)
    first = offer(later(at.people["boss.north"], 1), at.store, new=new)
    release_tips(later(at.people["boss.north"], 2), at.store, [tip], agency="north")
    hold_tips(later(at.people["ops"], 3), at.store, [tip], agency="north")
    second = offer(later(at.people["boss.north"], 4), at.store, new=new)
    assert lapse_due(at.store, at_us=later(at.people["ops"], 5).as_of_us) == (first.key,)
    assert _stepped(at, "boss.west", second, HandoffStep.ACCEPT, turn=6).stage == "accepted"
    assert at.held(tip) == ["west"]
