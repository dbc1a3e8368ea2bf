"""What may be done about hand-offs, and a hand-off of every kind for it."""

from __future__ import annotations

from collections.abc import Mapping

from graph.casework.caller import Caller
from graph.handoff.steps import HandoffStep, Kind
from graph.services.handoff_offering import NewOffer, offer
from graph.services.handoff_reading import (
    Direction,
    list_handoffs,
    show_handoff,
    show_receipts,
)
from graph.services.handoff_steps import take_step
from graph.services.upkeep import run_handoff_clock
from graph.store import Store
from tests.graph.services.rights_trying import Operation

_WHY = "Because of the test."

HANDOFFS: Mapping[str, Operation] = {
    "handoff_offering.offer": lambda at: offer(
        at.caller, at.store, new=NewOffer(tip=at.key, to="west", kind=Kind.JOINT, why=_WHY)
    ),
    "handoff_reading.list_handoffs": lambda at: list_handoffs(
        at.caller, at.store, direction=Direction.RECEIVED, reads=at.reads
    ),
    "handoff_reading.show_handoff": lambda at: show_handoff(
        at.caller, at.store, key=at.key, reads=at.reads
    ),
    "handoff_reading.show_receipts": lambda at: show_receipts(
        at.caller, at.store, key=at.key, reads=at.reads
    ),
    "handoff_steps.take_step": lambda at: take_step(
        at.caller, at.store, key=at.key, step=step_of(at.resolved), expected=1, why=_WHY
    ),
    "upkeep.run_handoff_clock": lambda at: run_handoff_clock(at.caller, at.store),
}


def step_of(text: str) -> HandoffStep:
    """Give the step that is tried on a hand-off."""
    return HandoffStep.WITHDRAW if text == HandoffStep.WITHDRAW else HandoffStep.ACCEPT


def handoff_keys(store: Store, people: Mapping[str, Caller]) -> dict[str, str]:
    """Offer tips: of north's, to north, and between others; the steps that are tried beside it."""
    found = {"own offer resolved": HandoffStep.WITHDRAW.value}
    for name, giver, tip, to in (
        ("own offer", "boss.north", "ncmec:11", "south"),
        ("offer to us", "boss.south", "ncmec:13", "north"),
        ("others' offer", "boss.south", "ncmec:13", "west"),
    ):
        new = NewOffer(tip=tip, to=to, kind=Kind.JOINT, why=_WHY)
        found[name] = offer(people[giver], store, new=new).key
    return found
