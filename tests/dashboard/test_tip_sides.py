"""The triage side of the page Tip without a browser: triage, files and gate, routes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from streamlit.testing.v1 import AppTest

from graph.clock import now_us
from graph.handoff.steps import HandoffStep, Kind
from graph.services.audit_reads import ReadLog
from graph.services.enrolment import Enrolment, enrol, invite_by_machine, offer_second_factor
from graph.services.evidence import show_evidence
from graph.services.routing_areas import load_areas
from graph.triage.gate import HOLDS_NO_FILE
from tests.dashboard.daily import (
    PLAIN,
    URGENT,
    Daily,
    buttons,
    daily,
    go,
    labelled,
    nothing_is_markup,
    pressed,
)
from tests.dashboard.opened import cells, log_in_as, start, words
from tests.graph.services.logging_on import HASHING, PASSWORD, code_at
from tests.graph.services.people import DAY_US
from tests.graph.services.routing_world import HEADER, phone, take
from tests.stores import RunningStore

WHY = "Because of the test."
FILES, ROUTES = "Files and legal gate", "Who may hold it"


@pytest.fixture
def here(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daily]:
    """A store with work in it, and its API."""
    with daily(running_store, monkeypatch) as found:
        yield found


def opened(here: Daily, user: str, tip: str) -> AppTest:
    """Open a tip as somebody."""
    page = here.opened(user, "tip")
    page = page.selectbox(key="choose-tips").select(tip).run()
    return pressed(page, "open-tips")


def turn(page: AppTest, tip: str, section: str) -> AppTest:
    """Turn to a section."""
    page = page.radio(key=f"sides-{tip}").set_value(section).run()
    assert not page.exception
    return page


def test_triage_stands_beside_the_tip_and_moves_it(here: Daily) -> None:
    page = opened(here, "deputy.north", URGENT)
    assert "- NCMEC marks it as imminent danger." in words(page)
    page = pressed(page, "move-take")
    assert "State: in review" in words(page)
    assert here.queued(URGENT).line.owner == "deputy.north"
    nothing_is_markup(page)
    page = pressed(page, "sides-queue")
    assert [title.value for title in page.title] == ["Queue"]
    assert "Whose: deputy.north" in words(page)


def test_from_the_tip_to_an_offer(here: Daily) -> None:
    page = pressed(opened(here, "boss.north", PLAIN), "sides-offer")
    assert labelled(page.text_input, "Tip number").value == PLAIN


def test_asserted_and_verified_stand_apart_and_the_gate_asks(here: Daily) -> None:
    page = turn(opened(here, "deputy.north", URGENT), URGENT, FILES)
    said = words(page)
    assert HOLDS_NO_FILE in said
    assert cells(page, "The gate answers") == [["ask your prosecutor"]]
    assert "the answer is: ask your prosecutor" in said
    assert "Nobody of your agency has verified anything" in said
    (what,) = cells(page, "What is asserted")[0]
    page = page.selectbox(key=f"verify-file-{URGENT}").select("1").run()
    labelled(page.selectbox, "What you saw").select("adult")
    page = pressed(page, "verify-do")
    assert "Still needed: what you saw, and a reason." in words(page)
    labelled(page.text_area, "Reason").input("<b>The person is forty.</b>")
    labelled(page.radio, "Your verdict").set_value("refuted")
    page = pressed(page, "verify-do")
    assert "Name the authority under which" in words(page)
    labelled(page.text_input, "Authority").input("Warrant 26-1")
    page = pressed(page, "verify-do")
    assert "Recorded as refuted by deputy.north" in words(page)
    assert cells(page, "About") == [[what]]
    assert cells(page, "What is asserted") == [[what]], "what was asserted stays"
    assert "deputy.north" in cells(page, "Standing")[0][0]
    nothing_is_markup(page)
    reads = ReadLog(here.store)
    person = here.county.people["boss.north"]
    (file,) = show_evidence(person, here.store, tip=URGENT, reads=reads).files
    assert [row.authority for row in file.verifications] == ["Warrant 26-1"]


def test_a_prosecutor_asks_the_gate_and_verifies_nothing(here: Daily) -> None:
    row = here.county.new(
        URGENT, to="office", kind=Kind.PROSECUTION, scope="Trial", until_us=now_us() + DAY_US
    )
    here.county.step("pros.office", row, HandoffStep.ACCEPT, None)
    page = opened(here, "pros.office", URGENT)
    assert buttons(page).isdisjoint({"move-take", "sides-offer"}), "nothing of it is read unasked"
    page = turn(page, URGENT, FILES)
    assert cells(page, "The gate answers") == [["ask your prosecutor"]]
    assert "verify-do" not in buttons(page)
    assert f"verify-file-{URGENT}" not in {box.key for box in page.selectbox}


def test_routes_are_shown_with_reasons_and_an_officer_decides_nothing(here: Daily) -> None:
    areas = f"{HEADER}\nsouth,US,CO,,,2020-01-01,,yes,test,2026-11-23\n"
    load_areas(here.county.people["ops"], here.store, text=areas, name="areas.csv")
    tip = take(here.store, 5, phone("+13035550123"), holder="north")
    page = turn(opened(here, "deputy.north", tip), tip, ROUTES)
    assert any("south" in agency for agency in cells(page, "Agency")[0])
    assert cells(page, "Confidence")[0][0] != ""
    assert "route-do" not in buttons(page)
    assert "Whoever runs the installation routes tips" in words(page)
    nothing_is_markup(page)


def test_whoever_runs_the_installation_decides(here: Daily) -> None:
    areas = f"{HEADER}\nsouth,US,CO,,,2020-01-01,,yes,test,2026-11-23\n"
    load_areas(here.county.people["ops"], here.store, text=areas, name="areas.csv")
    tip = take(here.store, 5, phone("+13035550123"))
    page = go(_operator(here), "routing")
    assert "Enter the number of a tip" in words(page)
    labelled(page.text_input, "Tip number").input("404")
    page = pressed(page, "routing-ask")
    assert "There is no such record." in words(page)
    labelled(page.text_input, "Tip number").input("5")
    page = pressed(page, "routing-ask")
    assert "Held by: nobody" in words(page)
    assert "3035550123" not in words(page) + str([table.value for table in page.dataframe])
    page = pressed(page, "route-do")
    assert "Still needed: the agency" in words(page)
    labelled(page.text_input, "Or the key").input("west")
    page = pressed(page, "route-do")
    assert "No proposal names the agency" in words(page)
    labelled(page.text_area, "Reason (needed").input(WHY)
    page = pressed(page, "route-do")
    assert f"west holds {tip} now." in words(page)
    assert here.county.held(tip) == ["west"]
    assert "Held by: west" in words(page)
    labelled(page.selectbox, "Proposed agency").select("south")
    labelled(page.selectbox, "End the access").select("west")
    labelled(page.text_area, "Reason (needed").input("<b>Wrong county.</b>")
    page = pressed(page, "route-do")
    assert here.county.held(tip) == ["south"]
    nothing_is_markup(page)
    given = (
        here.opened("deputy.west", "handoffs").checkbox(key="route-receipts-shown").check().run()
    )
    assert cells(given, "Side") == [["given to", "taken from"]]
    assert cells(given, "Reason")[0][1] == "<b>Wrong county.</b>"
    nothing_is_markup(given)


def _operator(here: Daily) -> AppTest:
    """Open the dashboard as whoever runs the installation."""
    code = invite_by_machine(here.store, key="ops", actor="machine", why="test", hours=1)
    at_us = now_us() - 120_000_000
    offer = offer_second_factor(here.store, user="ops", enrolment_code=code, at_us=at_us)
    wanted = Enrolment(
        user="ops",
        enrolment_code=code,
        password=SecretStr(PASSWORD),
        code=code_at(offer.secret, at_us),
    )
    enrol(here.store, HASHING, wanted, needs_code=True, at_us=at_us)
    return log_in_as(start(), "ops", PASSWORD, code_at(offer.secret, now_us()))
