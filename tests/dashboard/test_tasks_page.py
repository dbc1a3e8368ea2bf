"""The page Tasks, over a real API: tasks, notes, assistance and requests to providers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.deeds import MEANWHILE
from tests.dashboard.daily import (
    HOSTILE,
    Daily,
    buttons,
    daily,
    filled,
    go,
    in_form,
    labelled,
    nothing_is_markup,
    pressed,
)
from tests.dashboard.opened import cells, words
from tests.stores import RunningStore

pytestmark = [
    # What a page shows is no matter of the engine; the desk itself is tried on both.
    pytest.mark.parametrize("running_store", ["embedded"], indirect=True),
]
TODAY = datetime.now(UTC).date()
SOON = TODAY + timedelta(days=7)


@pytest.fixture
def here(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daily]:
    """A store with work in it, and its API."""
    with daily(running_store, monkeypatch) as found:
        yield found


def turn(page: AppTest, section: str) -> AppTest:
    """Turn to a section."""
    page = page.radio(key="desk-section").set_value(section).run()
    assert not page.exception
    return page


def chosen(page: AppTest, name: str) -> AppTest:
    """Choose the first record of a box."""
    page = page.selectbox(key=f"{name}-choose").select_index(0).run()
    assert not page.exception
    return page


def test_a_task_is_given_handed_on_postponed_and_done(here: Daily) -> None:
    page = here.opened("deputy.north", "tasks")
    assert "Nothing is to be done by you." in words(page)
    page = pressed(page, "task-give")
    assert "Still needed: a tip's number" in words(page)
    page = filled(page, "task-give", Tip_number="2", What_is=HOSTILE, Due_on=SOON)
    assert "The task is given to deputy.north" in words(page)
    assert cells(page, "Whose") == [["deputy.north"]]
    assert cells(page, "What") == [[HOSTILE]]
    page = chosen(page, "task")
    assert "The chosen task" in [each.value for each in page.header]
    nothing_is_markup(page)
    page = labelled(page.selectbox, "What next").select("postpone").run()
    page = pressed(page, "task-do")
    assert "Still needed: the new day, a reason." in words(page)
    later = TODAY + timedelta(days=9)
    page = filled(page, "task-do", New_last=later, Reason="The reporter is away.")
    assert f"due {later.isoformat()}T23:59" in words(page)
    page = labelled(page.selectbox, "What next").select("hand on").run()
    page = filled(page, "task-do", User_name="lead.north", Reason="Hers.")
    assert "The task is open" in words(page)
    assert "Nothing is to be done by you." in words(page)
    page = pressed(page, "task-close")
    page = here.opened("lead.north", "tasks")
    page = chosen(page, "task")
    page = labelled(page.selectbox, "What next").select("finish").run()
    page = pressed(page, "task-do")
    assert "The task is done" in words(page)
    assert cells(page, "Step")[-1] == ["give", "postpone", "hand on", "finish"]
    page = page.selectbox(key="task-which").select("subject").run()
    page = filled(page, "task-subject", Tip_number="2")
    assert cells(page, "Stands") == [["done"]]


def test_a_colleague_looks_on_and_another_agency_sees_nothing(here: Daily) -> None:
    page = here.opened("boss.north", "tasks")
    filled(page, "task-give", Tip_number="2", What_is="Call.", Due_on=SOON)
    page = here.opened("lead.north", "tasks").selectbox(key="task-which").select("agency").run()
    page = chosen(page, "task")
    assert "Whoever is to do it, whoever gave it, and supervisors move it on." in words(page)
    assert "task-do" not in buttons(page)
    page = here.opened("boss.south", "tasks").selectbox(key="task-which").select("agency").run()
    assert "Your agency has no open task." in words(page)
    assert len(page.dataframe) == 0
    page = page.selectbox(key="task-which").select("subject").run()
    page = filled(page, "task-subject", Tip_number="2")
    assert "There is no such record." in words(page)


def test_a_note_is_marked_as_no_evidence_and_corrected_never_overwritten(here: Daily) -> None:
    page = turn(here.opened("deputy.north", "tasks"), "Notes")
    assert "Enter what the notes are about." in words(page)
    page = pressed(page, "note-subject")
    assert "one of the two" in words(page)
    page = filled(page, "note-subject", Tip_number="2")
    page = filled(page, "note-write", Note=HOSTILE)
    assert cells(page, "What it is") == [["NOTE, NOT EVIDENCE"]]
    labelled(page.selectbox, "Corrects").select_index(1)
    page = filled(page, "note-write", Note="It was a colleague of hers.")
    assert cells(page, "Text") == [[HOSTILE, "It was a colleague of hers."]]
    assert cells(page, "Corrected by")[0][0] != ""
    nothing_is_markup(page)


def test_assistance_is_shown_before_it_is_sent_and_leaves_receipts(here: Daily) -> None:
    page = turn(here.opened("lead.north", "tasks"), "Assistance")
    page = page.checkbox(key="help-write").check().run()
    in_form(page, "help-preview", "Asked of").select("south")  # type: ignore[attr-defined]
    page = filled(
        page, "help-preview", Your_reference="26-0117", What_is=f"One phone {HOSTILE}", By=SOON
    )
    assert "Nothing is sent yet." in words(page)
    assert f"What is needed: One phone {HOSTILE}" in words(page)
    page = pressed(page, "help-send")
    assert "south is asked." in words(page)
    nothing_is_markup(page)
    page = turn(here.opened("lead.south", "tasks"), "Assistance")
    page = chosen(page, "help-helped")
    assert cells(page, "Holds") == [["yes"]]
    page = pressed(page, "help-do-accept")
    assert "The request is accepted." in words(page)
    page = pressed(page, "help-do-deliver")
    assert "Still needed: a text" in words(page)
    page = filled(page, "help-do-deliver", What_was="An image, by hand.")
    assert cells(page, "Holds") == [["yes", "yes", "yes"]]
    page = turn(here.opened("deputy.north", "tasks"), "Assistance")
    page = page.radio(key="help-way").set_value("asked").run()
    assert cells(page, "Stands") == [["delivered"]]
    page = chosen(page, "help-asked")
    assert "help-do-receive" not in buttons(page), "an analyst answers for nobody"


def test_each_clock_has_its_source_and_is_to_be_confirmed(here: Daily) -> None:
    page = turn(here.opened("lead.north", "tasks"), "Requests to providers")
    page = filled(
        page,
        "provider-enter",
        Tip_number="2",
        Provider="Chatterbox",
        Reference="L-7",
        Sent_on=TODAY,
        Day_of=SOON,
    )
    assert "A letter has no day of return" in words(page)
    page = filled(page, "provider-enter", Day_of=None)
    assert "confirm with provider" in words(page)
    ends = cells(page, "Where the time comes from")[0]
    assert all(each != "" for each in ends)
    assert any("2703(f)" in each for each in ends)
    assert all("onfirm with provider" in each for each in cells(page, "Says")[0])
    page = chosen(page, "provider")
    page = pressed(page, "provider-do-renew")
    assert "The request is renewed" in words(page)
    assert "provider-do-renew" not in buttons(page), "once"
    page = pressed(page, "provider-do-call off")
    assert "Still needed: a reason." in words(page)
    page = filled(page, "provider-subject", Tip_number="2")
    assert ["renewed"] in cells(page, "Stands")
    nothing_is_markup(page)
    page = turn(here.opened("deputy.north", "tasks"), "Requests to providers")
    assert "provider-enter" not in buttons(page)


def test_what_somebody_else_did_first_is_said_and_not_overwritten(here: Daily) -> None:
    boss = here.opened("boss.north", "tasks")
    filled(boss, "task-give", Tip_number="2", What_is="Call.", Due_on=SOON, User_name="lead.north")
    boss = chosen(boss.selectbox(key="task-which").select("agency").run(), "task")
    boss = labelled(boss.selectbox, "What next").select("call off").run()
    lead = chosen(here.opened("lead.north", "tasks"), "task")
    lead = labelled(lead.selectbox, "What next").select("finish").run()
    assert "The task is done" in words(pressed(lead, "task-do"))
    boss = filled(boss, "task-do", Reason="Not needed.")
    assert MEANWHILE in words(boss)
    assert cells(boss, "Step")[-1] == ["give", "finish"]
    assert "It is done: nothing leads on from there." in words(boss)


def test_an_api_that_is_away_is_no_empty_desk(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with daily(running_store, monkeypatch) as here:
        page = here.opened("lead.north", "tasks")
    for section in ("Tasks", "Assistance", "Requests to providers"):
        page = turn(go(page, "tasks"), section)
        assert "The API does not answer" in words(page)
        assert len(page.dataframe) == 0
