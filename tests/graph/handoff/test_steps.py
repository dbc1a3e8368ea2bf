"""Every step by everybody at every stage, against the rules written out by hand."""

from __future__ import annotations

import itertools
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.casework.caller import Caller
from graph.casework.vocabulary import UserRole as R
from graph.errors import ChangedError, CrosstipError, RightsError, RowError
from graph.handoff.deciding import due_of, lapsed, placed, stage_at, stepped
from graph.handoff.receipts import Kept, Receipt, faults_of, logged_as, receipt_text
from graph.handoff.showing import (
    LEVELS,
    Level,
    Shown,
    at_level,
    require_no_identifier,
    sha256_of,
    shown_from,
    text_of_shown,
)
from graph.handoff.steps import HANDOFFS, HandoffStep, Holding, Kind, Shows, Side, Stage, shown_at
from graph.queries.handoffs import HandoffRow
from tests.deliveries import HOUR_US, MONDAY_US

LEADS = {R.INVESTIGATOR, R.SUPERVISOR}
OFFICE = {R.INVESTIGATOR, R.SUPERVISOR, R.PROSECUTOR}
BY_HAND: dict[tuple[str, str, str], tuple[str, str, bool]] = {
    ("offered", "accept", "south"): ("accepted", "the whole tip", False),
    ("offered", "decline", "south"): ("declined", "nothing", True),
    ("offered", "withdraw", "north"): ("withdrawn", "nothing", True),
    ("accepted", "return", "south"): ("returned", "nothing", True),
    ("accepted", "recall", "north"): ("ended", "nothing", True),
}
"""By stage, step and the agency whose step it is: where it leads, what the receiver sees since,
and whether a reason is needed. What is not here cannot be done by anybody."""
WHY = "Because of the test."


def row_at(stage: Stage, kind: Kind, *, version: int = 3) -> HandoffRow:
    """Give a hand-off from north to south that stands somewhere."""
    return placed(
        HandoffRow(
            key="0" * 32,
            tip="ncmec:1",
            giver="north",
            receiver="south",
            kind=kind.value,
            stage=stage.value,
            level="pointer",
            purpose="cybertip",
            offered_us=MONDAY_US,
            offered_by="lead.north",
            due_us=MONDAY_US + HOUR_US,
            until_us=MONDAY_US + 2 * HOUR_US if kind is Kind.PROSECUTION else None,
            answered_us=None,
            answered_by=None,
            answered_why=None,
            held_before=None,
            shown="{}",
            shown_sha256="0",
            permitted="Not checked.",
            agreement=None,
            steps=version,
            clock_us=None,
            giver_place=None,
            receiver_place=None,
            version=version,
        )
    )


def caller_as(role: R, agency: str, *, at_us: int = MONDAY_US) -> Caller:
    """Give somebody with one role."""
    of = None if role is R.OPERATOR else agency
    return Caller(user=f"one.{agency}", agency=of, roles=frozenset({role}), as_of_us=at_us)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.NONE])
def test_every_step_by_every_role_at_every_stage(stage: Stage) -> None:
    steps = [step for step in HandoffStep if step not in {HandoffStep.OFFER, HandoffStep.EXPIRE}]
    for step, kind, role, agency in itertools.product(steps, Kind, R, ("north", "south", "west")):
        place = (stage.value, step.value, kind.value, role.value, agency)
        whose = {"withdraw": "north", "recall": "north"}.get(step.value, "south")
        to, _, _ = BY_HAND.get((stage.value, step.value, whose), ("", "", False))
        if step is HandoffStep.RECALL and kind is not Kind.PROSECUTION:
            to = ""
        allowed = OFFICE if whose == "south" and kind is Kind.PROSECUTION else LEADS
        may = to != "" and role in allowed and agency == whose
        row, caller = row_at(stage, kind), caller_as(role, agency)
        refused: type[CrosstipError] | None = None
        after = row
        try:
            after = stepped(row, caller, step, expected=3, why=WHY).row
        except (RightsError, RowError) as error:
            refused = type(error)
        assert (refused is None) is may, place
        if may:
            assert (after.stage, after.version, after.steps) == (to, 4, 4), place
            assert after.answered_by == caller.user, place
        elif to == "":
            assert refused is RowError, place
        elif role not in allowed or agency == "west":
            assert refused is RightsError, place


def test_the_table_is_the_one_that_is_written_out() -> None:
    made = {
        (stage.value, step.value, {Side.GIVER: "north", Side.RECEIVER: "south"}[rule.side]): (
            rule.to.value,
            rule.shows.value,
            rule.needs_why,
        )
        for (stage, step), rule in HANDOFFS.items()
        if rule.deed is not None and step is not HandoffStep.OFFER
    }
    assert made == BY_HAND
    clock = {(s.value, r.to.value) for (s, _), r in HANDOFFS.items() if r.side is Side.CLOCK}
    assert clock == {("offered", "expired"), ("accepted", "ended")}
    holding = {(s.value, t.value): r.holding for (s, t), r in HANDOFFS.items()}
    assert {place for place, held in holding.items() if held is Holding.GIVES} == {
        ("offered", "accept")
    }
    assert {place for place, held in holding.items() if held is Holding.GIVES_BACK} == {
        ("accepted", "return")
    }
    shown = {stage.value: shown_at(stage).value for stage in Stage}
    assert {name for name, what in shown.items() if what != Shows.NOTHING} == {
        "offered",
        "accepted",
    }


@given(st.sampled_from(sorted(BY_HAND)), st.sampled_from([None, "", " ", "x" * 2001]))
def test_a_reason_is_asked_for_where_the_table_says_so(
    where: tuple[str, str, str], why: str | None
) -> None:
    stage, step, agency = where
    row, boss = row_at(Stage(stage), Kind.PROSECUTION), caller_as(R.SUPERVISOR, agency)
    if BY_HAND[where][2] or len(why or "") > 2000:
        with pytest.raises(RowError, match="reason"):
            stepped(row, boss, HandoffStep(step), expected=3, why=why)
    else:
        assert stepped(row, boss, HandoffStep(step), expected=3, why=why).row.answered_why is None


def test_whoever_looked_at_another_version_is_told_who_moved_it_on() -> None:
    row = row_at(Stage.ACCEPTED, Kind.JOINT).model_copy(
        update={"answered_by": "lead.south", "answered_us": MONDAY_US}
    )
    with pytest.raises(ChangedError, match=r"moved on by lead\.south.*accepted, version 3"):
        stepped(row, caller_as(R.SUPERVISOR, "south"), HandoffStep.ACCEPT, expected=2, why=None)


def test_an_offer_whose_time_is_over_is_answered_no_more() -> None:
    row = row_at(Stage.OFFERED, Kind.TRANSFER)
    late = caller_as(R.SUPERVISOR, "south", at_us=row.due_us)
    assert stage_at(row, row.due_us - 1) is Stage.OFFERED
    assert stage_at(row, row.due_us) is Stage.EXPIRED
    with pytest.raises(RowError, match="is expired"):
        stepped(row, late, HandoffStep.ACCEPT, expected=3, why=None)
    assert lapsed(row, at_us=row.due_us - 1) is None
    ended = lapsed(row, at_us=row.due_us)
    assert ended is not None
    assert (ended.row.stage, ended.row.clock_us) == ("expired", None)
    for_a_time = row_at(Stage.ACCEPTED, Kind.PROSECUTION)
    over = lapsed(for_a_time, at_us=MONDAY_US + 2 * HOUR_US)
    assert over is not None
    assert over.row.stage == "ended"
    assert row_at(Stage.ACCEPTED, Kind.JOINT).clock_us is None


def test_how_long_an_offer_waits_follows_from_its_urgency() -> None:
    hours = {p: due_of(p, None, at_us=0) // HOUR_US for p in ("at once", "today", "this week")}
    assert hours == {"at once": 4, "today": 24, "this week": 72}
    assert due_of("today", 5, at_us=0) == 5
    for wrong in (0, -1, 30 * 24 * HOUR_US + 1):
        with pytest.raises(RowError, match="30 days"):
            due_of("today", wrong, at_us=0)


WHOLE = Shown(
    tip="ncmec:1",
    giver="north",
    contact="555-0100",
    why=WHY,
    kind="transfer",
    purpose="cybertip",
    priority="today",
    provider="Chatterbox",
    files=2,
    place="Ohio",
    incident_types=("Online Enticement",),
    incident_us=MONDAY_US,
    reasons=("Sextortion.",),
    identifiers=("Email: dark.fox@example.com",),
    cut_off="Only the first 100 are shown.",
)


def test_a_level_shows_its_fields_and_no_other() -> None:
    pointer = at_level(WHOLE, Level.POINTER)
    hidden = {f.name for f in fields(Shown)} - set(LEVELS[Level.POINTER])
    assert hidden == {"incident_types", "incident_us", "reasons", "identifiers", "cut_off"}
    assert all(getattr(pointer, name) is None for name in hidden)
    assert "dark.fox" not in text_of_shown(pointer)
    assert shown_from(text_of_shown(pointer)) == pointer
    assert at_level(WHOLE, Level.SUBJECTS) == WHOLE
    assert shown_from(text_of_shown(WHOLE)) == WHOLE


@pytest.mark.parametrize(
    "text",
    [
        "He is dark.fox@example.com.",
        "Call +1 555 010 0199.",
        "At 198.18.0.77 again",
        "0123456789abcdef0123456789abcdef",
        "https://example.org/x",
        "See 2001:db8::77 there",
        "He sells on dark-fox.example (ask).",
        "Cell 555.010.0199",
        "@ dark.fox",
    ],
)
def test_a_pointer_takes_no_text_that_looks_like_an_identifier(text: str) -> None:
    with pytest.raises(RowError, match="identifier"):
        require_no_identifier(text, "The reason", level=Level.POINTER)
    require_no_identifier(text, "The reason", level=Level.SUBJECTS)
    for plain in ("In Ohio since 2024; 3 files.", "Seen on 2024-03-01, e.g. at 12:30.", "U.S. 5"):
        require_no_identifier(plain, "The reason", level=Level.POINTER)
    # A reference is as long as a telephone number, and may still not be an address.
    require_no_identifier("2026-0012345", "It", level=Level.POINTER, numbers=False)
    with pytest.raises(RowError, match="identifier"):
        require_no_identifier("dark-fox.example", "It", level=Level.POINTER, numbers=False)


def kept(number: int, prior: str | None, **more: str | None) -> Kept:
    """Give a receipt as it is kept."""
    receipt = Receipt(
        handoff="0" * 32,
        number=number,
        side="giver",
        agency="north",
        giver="north",
        receiver="south",
        tip="ncmec:1",
        kind="joint",
        step="offer",
        stage="offered",
        at_us=MONDAY_US,
        made_by="lead.north",
        made_for="north",
        why=WHY,
        level="pointer",
        disclosed_sha256=sha256_of("{}"),
        permitted="Not checked.",
        agreement=None,
        prior=prior,
    )
    body = receipt_text(receipt)
    values: dict[str, str | None] = {
        "body": body,
        "sha256": sha256_of(body),
        "disclosed": "{}",
        "disclosed_sha256": sha256_of("{}"),
        "leaf_outcome": logged_as("offer", sha256_of(body)),
        **more,
    }
    return Kept(number=number, step="offer", prior=prior, **values)  # type: ignore[arg-type]


def test_a_receipt_that_was_touched_says_so() -> None:
    first = kept(1, None)
    second = kept(2, first.sha256)
    assert faults_of(first, before=None) == faults_of(second, before=first) == ()
    assert "was changed" in faults_of(kept(1, None, body="{}"), before=None)[0]
    assert "no entry" in faults_of(kept(1, None, leaf_outcome=None), before=None)[0]
    assert "another receipt" in faults_of(kept(1, None, leaf_outcome="offer"), before=None)[0]
    assert "does not follow" in faults_of(second, before=None)[0]
    assert "disclosed" in faults_of(kept(1, None, disclosed="{ }"), before=None)[0]
