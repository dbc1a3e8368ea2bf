"""The page Assign without a browser, over a real API and a real store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from graph.assignment.staff import RecordKind, Subject
from graph.services.assignment_staff import NewRecord, keep_record, list_staff
from graph.services.audit_reads import ReadLog
from graph.services.triage_steps import take
from tests.dashboard.daily import (
    HOSTILE,
    PLAIN,
    URGENT,
    Daily,
    buttons,
    daily,
    labelled,
    nothing_is_markup,
    pressed,
)
from tests.dashboard.opened import cells, words
from tests.stores import RunningStore

WHY = "Because of the test."


@pytest.fixture
def here(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daily]:
    """A store with work in it, and its API."""
    with daily(running_store, monkeypatch) as found:
        yield found


def add(page: AppTest, tip: str) -> AppTest:
    """Enter the number of a tip."""
    labelled(page.text_input, "Tip number").input(tip)
    return pressed(page, "assign-add-button")


def give(page: AppTest, whom: str, why: str, override: str = "") -> AppTest:
    """Fill the form in and send it."""
    labelled(page.selectbox, "To whom").select(whom)
    labelled(page.text_area, "Reason").input(why)
    if override != "":
        labelled(page.text_area, "Why in spite").input(override)
    return pressed(page, "assign-do")


def test_who_may_be_given_a_tip_and_what_bears_on_it(here: Daily) -> None:
    boss, store = here.county.people["boss.north"], here.store
    take(here.county.people["deputy.north"], store, tip=URGENT)
    conflict = NewRecord(
        kind=RecordKind.CONFLICT,
        user="chief.north",
        about=Subject.TIP,
        subject=PLAIN,
        why=HOSTILE.replace("https://host.example/", "elsewhere"),
    )
    keep_record(boss, store, new=conflict)
    page = here.opened("boss.north", "assign")
    assert "No tip is chosen" in words(page)
    page = add(page, "404")
    assert "There is no such record." in words(page)
    page = add(page, "ncmec:9")
    assert "There is no such record." in words(page), "it is another agency's"
    page = add(page, "2")
    assert f"To be given: {PLAIN}" in words(page)
    who = cells(page, "Who")[0]
    assert who[-1] == "chief.north (chief.north)", "a conflict of interest comes last"
    assert not any("south" in one or "admin" in one for one in who)
    at = who.index("deputy.north (deputy.north)")
    assert cells(page, "Urgent")[0][at] == "1"
    assert cells(page, "at once")[0][at] == "1"
    assert "onerror" in cells(page, "Conflict of interest")[0][-1]
    nothing_is_markup(page)
    page = give(page, "chief.north", WHY)
    assert "has a conflict of interest" in words(page)
    assert here.queued(PLAIN).line.owner is None
    page = give(page, "chief.north", WHY, override="Nobody else is here.")
    assert f"1 of 1 tips were given to chief.north. {PLAIN}: " not in words(page)
    assert "1 of 1 tips were given to chief.north." in words(page)
    assert here.queued(PLAIN).line.owner == "chief.north"


def test_several_at_once_and_what_became_of_each(here: Daily) -> None:
    page = add(add(here.opened("boss.north", "assign"), URGENT), PLAIN)
    assert f"To be given: {URGENT}, {PLAIN}" in words(page)
    page = give(page, "deputy.north", " ")
    assert "Still needed: to whom, and a reason." in words(page)
    take(here.county.people["lead.north"], here.store, tip=PLAIN)
    page = give(page, "deputy.north", WHY)
    said = words(page)
    assert "1 of 2 tips were given to deputy.north." in said
    assert "Some tips were not given" in said
    assert f"{PLAIN}: " in said
    assert "lead.north" in said
    assert here.queued(URGENT).line.owner == "deputy.north"
    assert here.queued(PLAIN).line.owner == "lead.north"


def test_supervisors_keep_what_counts_of_people(here: Daily) -> None:
    page = here.opened("boss.north", "assign")
    assert "A supervisor begins with the list of skills" in words(page)
    labelled(page.text_input, "Skill").input("phones")
    page = pressed(page, "staff-keep")
    page = page.selectbox(key="staff-kind").select("skill").run()
    labelled(page.text_input, "User name").input("deputy.north")
    labelled(page.selectbox, "Skill of the list").select("phones")
    page = pressed(page, "staff-keep")
    page = page.selectbox(key="staff-kind").select("absence").run()
    labelled(page.text_input, "User name").input("lead.north")
    page = pressed(page, "staff-keep")
    assert sorted(cells(page, "What")[0]) == ["absence", "listed skill", "skill"]
    page = add(page, PLAIN)
    who = cells(page, "Who")[0]
    assert cells(page, "Skills")[0][who.index("deputy.north (deputy.north)")] == "phones"
    assert "until 20" in cells(page, "Away")[0][who.index("lead.north (lead.north)")]
    page = page.multiselect(key="assign-skills").select("phones").run()
    assert cells(page, "Who")[0][0] == "deputy.north (deputy.north)"
    labelled(page.selectbox, "Which").select_index(0)
    labelled(page.text_area, "Why it is ended").input(WHY)
    page = pressed(page, "staff-end-button")
    assert "It stays on record" in words(page)
    reads = ReadLog(here.store)
    rows = list_staff(here.county.people["boss.north"], here.store, reads=reads)
    assert sum(row.ended_us is None for row in rows) == 2


def test_an_analyst_declares_and_gives_nothing(here: Daily) -> None:
    page = here.opened("deputy.north", "assign")
    assert "Tips are assigned by investigators and supervisors" in words(page)
    assert buttons(page).isdisjoint({"assign-do", "assign-add-button", "staff-keep"})
    labelled(page.selectbox, "With").select("relation")
    labelled(page.text_input, "Number of the tip").input(HOSTILE)
    labelled(page.text_area, "Why you are").input("My brother works there.")
    page = pressed(page, "staff-declare-button")
    assert "Colleagues read it who may not see the tip" in words(page)
    labelled(page.text_input, "Number of the tip").input("<b>Works</b> at that school")
    page = pressed(page, "staff-declare-button")
    assert "Your conflict of interest is on record" in words(page)
    assert cells(page, "Which")[0] == ["relation <b>Works</b> at that school"]
    nothing_is_markup(page)
    other = here.opened("boss.south", "assign")
    assert cells(other, "Which") == []


def test_an_api_that_goes_away_is_said(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with daily(running_store, monkeypatch) as here:
        page = add(here.opened("boss.north", "assign"), PLAIN)
    page = give(page, "deputy.north", WHY)
    assert "The API does not answer" in words(page)
    assert "Nothing is kept yet" not in words(page)
    assert here.queued(PLAIN).line.owner is None
