"""The page Feedback to NCMEC, over a real API: written once, corrected, taken out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.views.feedback_page import FeedbackDesk
from graph.casework.caller import Caller
from graph.clock import now_us
from graph.services.triage_steps import move
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome
from tests.dashboard.daily import Daily, buttons, daily, filled, go, pressed
from tests.dashboard.opened import cells, words
from tests.graph.services.people import later
from tests.graph.services.rights_feedback import closed
from tests.stores import RunningStore

pytestmark = [
    # What a page shows is no matter of the engine; feedback itself is tried on both.
    pytest.mark.parametrize("running_store", ["embedded"], indirect=True),
]


@pytest.fixture
def here(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daily]:
    """A store with work in it, of which north closed a tip, and its API."""
    with daily(running_store, monkeypatch) as found:
        closed(_now(found), found.store, 31, Outcome.ARREST)
        yield found


def _now(here: Daily) -> Caller:
    caller = here.county.people["boss.north"]
    return later(caller, now_us() - caller.as_of_us)


def _file(page: AppTest) -> str:
    """Fetch the chosen feedback's CSV and give it."""
    page = pressed(page, "feedback-fetch")
    assert "as written." in words(page)
    name = f"{FeedbackDesk.__module__}.{FeedbackDesk.__qualname__}"
    desk = page.session_state[f"crosstip:{name}"]
    assert isinstance(desk, FeedbackDesk)
    assert desk.file is not None
    return desk.file[1].decode("utf-8-sig")


def test_a_feedback_is_written_once_corrected_and_taken_out(here: Daily) -> None:
    page = here.opened("boss.north", "feedback")
    assert "Your agency told NCMEC nothing yet." in words(page)
    page = pressed(page, "feedback-look")
    assert "Still needed: a time" in words(page)
    start = datetime.now(UTC).date() - timedelta(days=1)
    page = filled(page, "feedback-look", First_day=start)
    said = words(page)
    assert "Nothing is written yet." in said
    assert "It would tell 1 lines, 0 of them correct or retract" in said
    assert cells(page, "Report number") == [["31"]]
    assert "Your agency told NCMEC nothing yet." in said
    page = pressed(page, "feedback-write")
    assert "Written: 1 lines, 0 correct or retract." in words(page)
    assert cells(page, "Report number") == [["31"]]
    assert cells(page, "Told") == [["Arrest made"]]
    assert "31" in _file(page)
    _reopen(here)
    page = pressed(go(page, "feedback"), "feedback-look")
    page = pressed(page, "feedback-write")
    assert "Written: 1 lines, 1 correct or retract." in words(page)
    assert cells(page, "Kind") == [["retraction"]]
    page = filled(page, "feedback-look", First_day=start)
    assert "There is nothing new to tell of that time." in words(page)
    assert page.button(key="feedback-write").disabled
    assert cells(page, "Lines") == [["1", "1"]]


def _reopen(here: Daily) -> None:
    version = here.queued("ncmec:31").line.version
    wanted = Wanted(move=Move.REOPEN, why="Because of the test.")
    move(_now(here), here.store, tip="ncmec:31", expected=version, wanted=wanted)


def test_others_read_it_and_another_agency_sees_nothing(here: Daily) -> None:
    page = here.opened("boss.north", "feedback")
    start = datetime.now(UTC).date() - timedelta(days=1)
    page = pressed(filled(page, "feedback-look", First_day=start), "feedback-write")
    page = here.opened("deputy.north", "feedback")
    assert cells(page, "Made by") == [["boss.north"]]
    assert "feedback-look" not in buttons(page)
    assert "Supervisors of your agency write feedback." in words(page)
    page = here.opened("boss.south", "feedback")
    assert "Your agency told NCMEC nothing yet." in words(page)
    assert len(page.dataframe) == 0


def test_an_api_that_is_away_is_not_nothing_told(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with daily(running_store, monkeypatch) as here:
        page = here.opened("boss.north", "feedback")
    page = go(page, "feedback")
    assert "The API does not answer" in words(page)
    assert "told NCMEC nothing yet" not in words(page)
