"""The page Hand-offs without a browser, over a real API and a real store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from graph.clock import now_us
from graph.handoff.steps import HandoffStep, Kind
from tests.dashboard.daily import (
    PLAIN,
    Daily,
    buttons,
    daily,
    labelled,
    nothing_is_markup,
    pressed,
)
from tests.dashboard.opened import cells, words
from tests.graph.services.people import DAY_US
from tests.stores import RunningStore

WHY = "Because of the test."
TEXT = "<img src=x onerror=alert(1)> **b** [x](javascript:y)"


@pytest.fixture
def here(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daily]:
    """A store with work in it, and its API."""
    with daily(running_store, monkeypatch) as found:
        yield found


def choose(page: AppTest) -> AppTest:
    """Choose the first hand-off of the list."""
    page = page.selectbox(key="handoff-choose").select_index(0).run()
    assert not page.exception
    return page


def step(page: AppTest, name: str, why: str | None = WHY) -> AppTest:
    """Take a step."""
    if why is not None:
        labelled(page.text_area, f"Reason to {name}").input(why)
    return pressed(page, f"handoff-do-{name}")


def offer(page: AppTest, to: str, *, level: str = "pointer", **fields: str) -> AppTest:
    """Write an offer and send it."""
    page = page.checkbox(key="offer-write").check().run()
    page = page.selectbox(key="offer-to").select(to).run()
    page = page.radio(key="offer-level").set_value(level).run()
    labelled(page.text_input, "Tip number").input(fields.get("tip", "2"))
    labelled(page.text_area, "Reason").input(fields.get("why", WHY))
    labelled(page.text_input, "General place").input(fields.get("place", "Ohio"))
    return pressed(page, "offer-do")


def test_an_offer_shows_what_its_level_says_and_nothing_else(here: Daily) -> None:
    giver = here.opened("boss.north", "handoffs")
    assert "No agency waits for an answer of yours." in words(giver)
    giver = giver.checkbox(key="offer-write").check().run()
    assert "THE IDENTIFIERS" not in words(giver)
    giver = giver.radio(key="offer-level").set_value("subjects").run()
    assert "THE IDENTIFIERS that the tip states" in words(giver)
    assert "Identifiers leave your agency with the offer" in words(giver)
    giver = offer(giver, "south", why="")
    assert "Still needed: to whom, the tip's number, and a reason." in words(giver)
    giver = offer(giver, "south", why="Ask b@example.com")
    assert "holds what looks like an identifier" in words(giver)
    giver = offer(giver, "south", why=TEXT)
    said = words(giver)
    assert f"{PLAIN} is offered to south." in said
    assert cells(giver, "Stands") == [["offered"]]
    assert cells(giver, "Step") == [["offer"]]
    assert cells(giver, "Holds") == [["yes"]]
    receiver = choose(here.opened("boss.south", "handoffs"))
    said = words(receiver)
    assert f"Reason: {TEXT}" in said
    assert "Place: Ohio" in said
    assert "b@example.com" not in said + str([table.value for table in receiver.dataframe])
    assert "Your agency then sees the whole tip and holds it" in said
    assert "handoff-open" not in buttons(receiver)
    nothing_is_markup(receiver)
    nothing_is_markup(giver)
    other = here.opened("boss.west", "handoffs")
    assert "No agency waits for an answer of yours." in words(other)
    assert cells(other, "Stands") == []


def test_accepted_returned_and_a_receipt_of_each_step(here: Daily) -> None:
    here.county.new(PLAIN)
    page = choose(here.opened("lead.south", "handoffs"))
    page = step(page, "accept", None)
    assert f"{PLAIN}: the hand-off is accepted." in words(page)
    assert here.county.held(PLAIN) == ["south"]
    assert cells(page, "Step") == [["offer", "accept"]]
    assert "handoff-open" in buttons(page)
    page = step(page, "return", " ")
    assert "Still needed: a reason." in words(page)
    page = step(page, "return", "Not our county.")
    assert here.county.held(PLAIN) == ["north"]
    assert cells(page, "Step") == [["offer", "accept", "return"]]
    assert cells(page, "Holds") == [["yes"] * 3]
    assert "Nothing any more" in words(page)
    giver = here.opened("boss.north", "handoffs")
    giver = giver.radio(key="handoff-direction").set_value("given").run()
    assert "No offer of yours waits for an answer." in words(giver)
    giver = giver.checkbox(key="handoff-done").check().run()
    assert cells(giver, "Reason of the answer") == [["Not our county."]]


def test_declined_and_withdrawn(here: Daily) -> None:
    here.county.new(PLAIN)
    page = step(choose(here.opened("boss.south", "handoffs")), "decline", TEXT)
    assert "the hand-off is declined" in words(page)
    nothing_is_markup(page)
    here.county.new(PLAIN)
    giver = here.opened("boss.north", "handoffs")
    giver = choose(giver.radio(key="handoff-direction").set_value("given").run())
    giver = step(giver, "withdraw")
    assert "the hand-off is withdrawn" in words(giver)
    assert here.county.held(PLAIN) == ["north"]


def test_of_two_answers_the_second_is_told(here: Daily) -> None:
    row = here.county.new(PLAIN)
    page = choose(here.opened("boss.south", "handoffs"))
    here.county.step("chief.south", row, HandoffStep.DECLINE)
    page = step(page, "accept", None)
    assert "Meanwhile somebody else was there" in words(page)
    assert here.county.held(PLAIN) == ["north"]


def test_an_analyst_sees_and_takes_no_step(here: Daily) -> None:
    here.county.new(PLAIN)
    page = choose(here.opened("deputy.south", "handoffs"))
    assert "It waits for an answer by an investigator or supervisor of yours." in words(page)
    assert buttons(page).isdisjoint({"handoff-do-accept", "handoff-do-decline", "offer-do"})
    assert "offer-write" not in {box.key for box in page.checkbox}


def test_a_prosecutor_sees_what_is_handed_to_them_and_answers(here: Daily) -> None:
    here.county.new(
        PLAIN,
        to="office",
        kind=Kind.PROSECUTION,
        scope="The indictment of the suspect.",
        until_us=now_us() + 30 * DAY_US,
    )
    page = choose(here.opened("pros.office", "handoffs"))
    assert "Scope: The indictment of the suspect." in words(page)
    page = step(page, "accept", None)
    assert here.county.held(PLAIN) == ["north", "office"]
    page = pressed(page, "handoff-open")
    assert PLAIN in [text.value for text in page.text]
    assert "This tip stands in no queue of yours" not in words(page)
    giver = here.opened("boss.north", "handoffs")
    giver = giver.radio(key="handoff-direction").set_value("given").run()
    giver = choose(giver.checkbox(key="handoff-done").check().run())
    giver = step(giver, "recall")
    assert here.county.held(PLAIN) == ["north"]


def test_an_offer_to_an_office_asks_for_scope_and_time(here: Daily) -> None:
    page = here.opened("boss.north", "handoffs")
    page = page.checkbox(key="offer-write").check().run()
    page = page.selectbox(key="offer-to").select("office").run()
    assert page.radio(key="offer-kind-True").options == ["prosecution"]
    labelled(page.text_input, "Tip number").input("2")
    labelled(page.text_area, "Reason").input(WHY)
    page = pressed(page, "offer-do")
    assert "is told for what and until when" in words(page)


def test_an_api_that_goes_away_is_said_and_comes_back(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with daily(running_store, monkeypatch) as here:
        here.county.new(PLAIN)
        page = choose(here.opened("boss.south", "handoffs"))
    page = step(page, "accept", None)
    assert "The API does not answer" in words(page)
    assert "No agency waits" not in words(page)
    assert here.county.held(PLAIN) == ["north"]
