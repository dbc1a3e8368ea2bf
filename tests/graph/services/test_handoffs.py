"""Hand-offs between agencies: who sees what when, whose the tip is, and what both sides keep."""

from __future__ import annotations

from functools import partial

import pytest

from graph.errors import ChangedError, NotFoundError, RightsError, RowError
from graph.handoff.showing import Level
from graph.handoff.steps import HandoffStep, Kind
from graph.queries.handoffs import HandoffRow
from graph.services.audit_reads import ReadLog
from graph.services.handoff_offering import NewOffer, offer
from graph.services.handoff_reading import (
    Direction,
    list_handoffs,
)
from graph.services.handoff_steps import take_step
from graph.services.holders import hold_tips, release_tips
from graph.services.queue_reading import show_queued
from graph.services.triage_steps import take
from graph.services.upkeep import run_handoff_clock
from tests.deliveries import HOUR_US
from tests.graph.services.handing import WHY, County, at_once, county
from tests.graph.services.people import DAY_US, later
from tests.graph.services.queueing import listed, take_in
from tests.stores import RunningStore


def test_a_hand_off_from_offer_to_return(running_store: RunningStore) -> None:
    at = county(running_store)
    tip = take_in(at.store, 1, said="dark.fox@example.com", provider_name="Chatterbox")
    _what_an_offer_shows(at, tip)
    _declined_withdrawn_expired(at, tip)
    row = _accepted(at, tip)
    _receipts_hold_and_tell_when_not(at, row)
    _returned(at, tip, row)
    _joint(at)
    _prosecution(at)
    _refused(at)


def _what_an_offer_shows(at: County, tip: str) -> None:
    reads = ReadLog(at.store)
    row = at.new(tip, place="Ohio", contact="555-0100")
    seen = at.shown("deputy.south", row)
    assert seen.shown is not None
    assert (seen.side, seen.stage, seen.shown.provider) == ("receiver", "offered", "Chatterbox")
    assert (seen.shown.place, seen.shown.contact, seen.shown.why) == ("Ohio", "555-0100", WHY)
    assert (seen.shown.identifiers, seen.shown.incident_types) == (None, None)
    assert "dark.fox" not in str(seen)
    # Seeing the offer is not holding the tip, and nobody else sees any of it.
    assert listed(at.people["lead.south"], at.store) == []
    with pytest.raises(NotFoundError):
        take(at.people["lead.south"], at.store, tip=tip)
    for nobody in ("boss.west", "pros.office"):
        with pytest.raises(NotFoundError):
            at.shown(nobody, row)
        for direction in Direction:
            page = list_handoffs(
                at.people[nobody], at.store, direction=direction, reads=reads, with_done=True
            )
            assert page.items == ()
        assert at.told(nobody) == []
    assert at.told("boss.south") == ["handoff.offered"]
    assert at.told("boss.north") == ["handoff.offered"]
    more = at.step("boss.north", row, HandoffStep.WITHDRAW)
    subjects = at.new(tip, level=Level.SUBJECTS)
    shown = at.shown("lead.south", subjects).shown
    assert shown is not None
    assert shown.identifiers == ("Email: dark.fox@example.com",)
    at.step("boss.north", subjects, HandoffStep.WITHDRAW)
    after = at.shown("lead.south", more)
    assert (after.stage, after.shown, after.answered_why) == ("withdrawn", None, WHY)
    kept = at.shown("lead.north", more)
    assert kept.shown is not None


def _declined_withdrawn_expired(at: County, tip: str) -> None:
    row = at.new(tip, due_us=at.people["boss.north"].as_of_us + HOUR_US)
    with pytest.raises(ChangedError, match=r"offered to south \(transfer\) by boss\.north"):
        at.new(tip, "west", kind=Kind.JOINT)
    with pytest.raises(RowError, match="receiver's step"):
        at.step("boss.north", row, HandoffStep.ACCEPT)
    with pytest.raises(RightsError):
        at.step("deputy.south", row, HandoffStep.DECLINE)
    declined = at.step("lead.south", row, HandoffStep.DECLINE)
    assert declined.stage == "declined"
    with pytest.raises(RowError, match="nothing leads on"):
        at.step("lead.south", declined, HandoffStep.ACCEPT)
    row = at.new(tip, due_us=at.people["boss.north"].as_of_us + HOUR_US)
    late = later(at.people["lead.south"], HOUR_US)
    with pytest.raises(RowError, match="is expired"):
        take_step(late, at.store, key=row.key, step=HandoffStep.ACCEPT, expected=1)
    ops = later(at.people["ops"], HOUR_US)
    assert run_handoff_clock(at.people["ops"], at.store) == ()
    assert run_handoff_clock(ops, at.store) == (row.key,)
    assert run_handoff_clock(ops, at.store) == ()
    assert at.shown("boss.north", row).stage == "expired"
    assert at.held(tip) == ["north"]
    assert [each.step for each in at.receipts("lead.south", row)] == ["offer", "expire"]


def _accepted(at: County, tip: str) -> HandoffRow:
    taken = take(at.people["lead.north"], at.store, tip=tip)
    assert taken.owner == "lead.north"
    row = at.new(tip)
    row = at.step("lead.south", row, HandoffStep.ACCEPT, None)
    assert at.held(tip) == ["south"]
    assert listed(at.people["lead.south"], at.store) == [tip]
    assert listed(at.people["lead.north"], at.store) == []
    theirs = show_queued(at.people["lead.south"], at.store, tip=tip, reads=ReadLog(at.store))
    # What one agency did about it stays its own.
    assert (theirs.line.state, theirs.line.owner, theirs.moves) == ("new", None, ())
    with pytest.raises(NotFoundError):
        take(at.people["boss.north"], at.store, tip=tip)
    with pytest.raises(ChangedError, match=r"moved on by lead\.south.*accepted"):
        take_step(
            at.people["boss.south"], at.store, key=row.key, step=HandoffStep.ACCEPT, expected=1
        )
    return row


def _receipts_hold_and_tell_when_not(at: County, row: HandoffRow) -> None:
    for user in ("audit.north", "boss.west"):
        with pytest.raises((RightsError, NotFoundError)):
            at.receipts(user, row)
    given, got = at.receipts("boss.north", row), at.receipts("boss.south", row)
    assert [each.step for each in given] == [each.step for each in got] == ["offer", "accept"]
    assert all(each.holds for each in (*given, *got))
    assert {each.sha256 for each in given}.isdisjoint({each.sha256 for each in got})
    pairs = [(a.disclosed_sha256, b.disclosed_sha256) for a, b in zip(given, got, strict=True)]
    assert all(a == b and a is not None for a, b in pairs)
    assert "#" in (given[1].disclosed or "")
    assert (given[0].disclosed, got[0].disclosed) == (row.shown, None)
    logs = at.running.rows(
        "MATCH (e:AuditEntry) WHERE e.object = '" + row.key + "' AND e.action STARTS WITH "
        "'handoff.' AND e.decision IS NULL OR e.object = '" + row.key + "' AND "
        "e.decision = 'permit' AND e.outcome CONTAINS 'receipt' "
        "RETURN e.agency, e.action ORDER BY e.at_us, e.agency, e.action"
    )
    logged = [tuple(each) for each in logs if "read" not in str(each[1])]
    assert sorted(logged) == [
        ("north", "handoff.answer"),
        ("north", "handoff.offer"),
        ("south", "handoff.answer"),
        ("south", "handoff.offer"),
    ]
    at.running.rows(
        "MATCH (r:HandoffReceipt {handoff: '" + row.key + "', agency: 'south', number: 1}) "
        "SET r.body = replace(r.body, 'boss.north', 'boss.west') RETURN r.number"
    )
    faults = [each.faults for each in at.receipts("boss.south", row)]
    assert "was changed" in faults[0][0]
    assert faults[1] == ()


def _returned(at: County, tip: str, row: HandoffRow) -> None:
    back = at.step("boss.south", row, HandoffStep.RETURN)
    assert (back.stage, at.held(tip)) == ("returned", ["north"])
    # It stands where it stood.
    again = show_queued(at.people["lead.north"], at.store, tip=tip, reads=ReadLog(at.store))
    assert (again.line.state, again.line.owner) == ("in review", "lead.north")
    assert listed(at.people["lead.south"], at.store) == []
    assert at.shown("lead.south", back).shown is None
    with pytest.raises(RightsError, match=r"handoff\.team"):
        offer(
            at.people["lead.north"],
            at.store,
            new=NewOffer(tip=take_by_another(at), to="south", kind=Kind.JOINT, why=WHY),
        )


def take_by_another(at: County) -> str:
    """Give a tip of north's that the deputy has."""
    tip = take_in(at.store, 2)
    take(at.people["deputy.north"], at.store, tip=tip)
    return tip


def _joint(at: County) -> None:
    tip = take_in(at.store, 3)
    # Who holds a tip anyway is offered it like anybody: the offer does not tell who holds it.
    hold_tips(at.people["ops"], at.store, [tip], agency="south")
    first = at.new(tip, kind=Kind.JOINT)
    second = at.new(tip, "west", kind=Kind.JOINT)
    first = at.step("lead.south", first, HandoffStep.ACCEPT, None)
    second = at.step("lead.west", second, HandoffStep.ACCEPT, None)
    assert at.held(tip) == ["north", "south", "west"]
    at.step("lead.south", first, HandoffStep.RETURN)
    assert at.held(tip) == ["north", "south", "west"]
    release_tips(at.people["boss.north"], at.store, [tip], agency="north")
    release_tips(at.people["boss.south"], at.store, [tip], agency="south")
    at.step("lead.west", second, HandoffStep.RETURN)
    assert at.held(tip) == ["north"]


def _prosecution(at: County) -> None:
    tip, other = take_in(at.store, 4), take_in(at.store, 5)
    until_us = at.people["boss.north"].as_of_us + 2 * DAY_US
    for wrong in (
        {"kind": Kind.JOINT},
        {"kind": Kind.PROSECUTION},
        {"kind": Kind.PROSECUTION, "scope": "Trial."},
    ):
        with pytest.raises(RowError, match="prosecutor's office"):
            at.new(tip, "office", **wrong)
    row = at.new(tip, "office", kind=Kind.PROSECUTION, scope="Trial.", until_us=until_us)
    assert at.told("pros.office") == ["handoff.offered"]
    with pytest.raises(RightsError):
        at.step("admin.office", row, HandoffStep.ACCEPT, None)
    row = at.step("pros.office", row, HandoffStep.ACCEPT, None)
    assert at.held(tip) == ["north", "office"]
    assert at.held(other) == ["north"]
    seen = at.shown("pros.office", row).shown
    assert seen is not None
    assert (seen.scope, seen.until_us) == ("Trial.", until_us)
    # Another agency's prosecutor answers nothing that is handed between police.
    ops = later(at.people["ops"], 2 * DAY_US)
    assert run_handoff_clock(ops, at.store) == (row.key,)
    assert at.held(tip) == ["north"]
    again = at.new(tip, "office", kind=Kind.PROSECUTION, scope="Appeal.", until_us=until_us)
    again = at.step("pros.office", again, HandoffStep.ACCEPT, None)
    at.step("boss.north", again, HandoffStep.RECALL)
    assert at.held(tip) == ["north"]
    assert at.told("pros.office").count("handoff.ended") == 2


def _refused(at: County) -> None:
    tip = take_in(at.store, 6)
    for wrong, said in (
        ({"to": "north"}, "assigned"),
        ({"why": " "}, "A reason"),
        ({"why": "See dark.fox@example.com"}, "identifier"),
        ({"scope": "Trial."}, "prosecutor's office"),
        ({"due_us": 1}, "30 days"),
        ({"purpose": "idle"}, "purpose"),
    ):
        with pytest.raises(RowError, match=said):
            at.new(tip, **wrong)
    with pytest.raises(NotFoundError):
        at.new(tip, "nowhere")
    for user in ("boss.south", "lead.west"):
        with pytest.raises(NotFoundError) as refused:
            offer(
                at.people[user],
                at.store,
                new=NewOffer(tip=tip, to="north", kind=Kind.JOINT, why=WHY),
            )
        assert str(refused.value) == f"Your agency holds no tip {tip}. Check the number."
    row = at.new(tip)
    release_tips(at.people["boss.north"], at.store, [tip], agency="north")
    with pytest.raises(RowError, match="is expired: `accept` is no step"):
        at.step("lead.south", row, HandoffStep.ACCEPT, None)


def test_of_two_who_offer_or_answer_at_once_one_does(running_store: RunningStore) -> None:
    at = county(running_store)
    for number in (1, 2):
        tip = take_in(at.store, number)
        new = NewOffer(tip=tip, to="south", kind=Kind.TRANSFER, why=WHY)
        other = NewOffer(tip=tip, to="west", kind=Kind.JOINT, why=WHY)
        got, told = at_once(
            {
                "boss.north": partial(offer, at.people["boss.north"], at.store, new=new),
                "lead.north": partial(offer, at.people["lead.north"], at.store, new=other),
            }
        )
        (winner,), (loser,) = got, told
        assert f"by {winner}" in told[loser]
        row = got[winner]
        assert isinstance(row, HandoffRow)
        to = row.receiver
        steps = {
            f"lead.{to}": (HandoffStep.ACCEPT, None),
            f"boss.{to}": (HandoffStep.DECLINE, WHY),
            "boss.north": (HandoffStep.WITHDRAW, WHY),
        }
        got, told = at_once(
            {user: partial(at.step, user, row, step, why) for user, (step, why) in steps.items()}
        )
        (winner,) = got
        assert set(told) == set(steps) - {winner}
        assert all(f"moved on by {winner}" in said for said in told.values())
        receipts = at.receipts("boss.north", row)
        assert [each.number for each in receipts] == [1, 2]
        assert all(each.holds for each in receipts)
