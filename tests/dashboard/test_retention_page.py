"""The page Retention, over a real API: two people, dry run, holds, and what others see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from graph.retention.classes import RecordClass
from graph.services.retention_purge import run_purge
from tests.dashboard.daily import (
    HOSTILE,
    PLAIN,
    Daily,
    buttons,
    daily,
    filled,
    go,
    nothing_is_markup,
    pressed,
)
from tests.dashboard.opened import cells, opened_as, words
from tests.graph.services.retaining import closed, in_force, years_later
from tests.stores import RunningStore

pytestmark = [
    # What a page shows is no matter of the engine; retention itself is tried on both.
    pytest.mark.parametrize("running_store", ["embedded"], indirect=True),
]


@pytest.fixture
def here(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daily]:
    """A store with work in it, and its API."""
    with daily(running_store, monkeypatch) as found:
        yield found


def at_policies(here: Daily) -> AppTest:
    """Open the policies for tips as north's administrator, whom an operator invites."""
    page = opened_as(here.store, here.county.people["ops"], "admin.north")
    page = go(page, "retention").selectbox(key="policy-kind").select("tips").run()
    assert not page.exception
    return page


def test_one_proposes_another_looks_at_the_dry_run_and_confirms(here: Daily) -> None:
    closed(here.county.people["lead.north"], here.store, PLAIN)
    page = at_policies(here)
    assert "kept for good" in words(page)
    assert "policy-confirm" not in buttons(page)
    page = pressed(page, "policy-propose")
    assert "Still needed: the schedule or order" in words(page)
    page = filled(
        page,
        "policy-propose",
        Days=30,
        Retention_schedule=HOSTILE,
        Its_date=date(2023, 1, 1),
        Why="The county's schedule.",
    )
    assert "Version 1 for tips is proposed. It has no effect yet." in words(page)
    assert cells(page, "Confirmed by") == [["nobody: no effect"]]
    assert "waits for a supervisor" in words(page)
    nothing_is_markup(page)
    page = here.opened("boss.north", "retention")
    page = page.radio(key="retention-section").set_value("Dry run").run()
    page = filled(page, "dry-run", Version=1)
    assert "By version 1, of tips" in words(page)
    assert cells(page, "What becomes of it") in ([["too young"]], []), "nothing is a month old"
    page = page.radio(key="retention-section").set_value("Policies").run()
    page = page.selectbox(key="policy-kind").select("tips").run()
    assert "policy-propose" not in buttons(page)
    page = pressed(page, "policy-confirm")
    assert "Version 1 for tips counts from" in words(page)
    assert cells(page, "Confirmed by") == [["boss.north"]]
    assert "policy-confirm" not in buttons(page)


def test_a_version_that_somebody_else_confirmed_first_is_said(here: Daily) -> None:
    page = at_policies(here)
    in_force(here.county.people, here.store, "north", RecordClass.TIPS)
    page = filled(
        page,
        "policy-propose",
        Retention_schedule="Schedule 8",
        Its_date=date(2024, 1, 1),
        Why="The county's schedule.",
    )
    assert "Meanwhile somebody else was there." in words(page)
    assert cells(page, "Schedule or order") == [["County schedule 7"]]


def test_a_supervisor_places_and_lifts_a_hold_with_reasons(here: Daily) -> None:
    page = here.opened("boss.north", "retention")
    page = page.radio(key="retention-section").set_value("Legal holds").run()
    assert "Nothing of your agency is on hold" in words(page)
    page = filled(page, "hold-place", The_order="Letter 7", Why=HOSTILE)
    assert "of a tip or an investigation which one" in words(page)
    page = filled(page, "hold-place", Tip_number="2")
    assert "Placed by boss.north." in words(page)
    assert cells(page, "About") == [[f"tip {PLAIN}"]]
    nothing_is_markup(page)
    page = pressed(page, "hold-end")
    assert "Still needed: which hold" in words(page)
    page.selectbox(key="hold-which").select_index(0)
    page = filled(page, "hold-end", Why_it="The case is over.")
    assert cells(page, "Counts") == [["ended"]]
    assert "hold-end" not in buttons(page)
    for user, seen in (("deputy.north", 1), ("boss.south", 0)):
        page = here.opened(user, "retention")
        page = page.radio(key="retention-section").set_value("Legal holds").run()
        assert len(page.dataframe) == seen, user
    page = here.opened("deputy.north", "retention")
    page = page.radio(key="retention-section").set_value("Legal holds").run()
    assert "hold-place" not in buttons(page)


def test_what_was_purged_leaves_counts_and_no_name(here: Daily) -> None:
    people, store = here.county.people, here.store
    closed(people["lead.north"], store, PLAIN)
    in_force(people, store, "north", RecordClass.TIPS)
    run_purge(years_later(people["ops"]), store)
    page = here.opened("boss.north", "retention")
    page = page.radio(key="retention-section").set_value("Records of purges").run()
    assert cells(page, "Purged") == [["1"]]
    assert PLAIN not in str([table.value for table in page.dataframe])
    page = filled(page, "purged-ask", Tip_number="2")
    assert "under County schedule 7 of 2023-01-01, version 1." in words(page)
    page = filled(page, "purged-ask", Tip_number="1")
    assert "There is no such record." in words(page)
    other = here.opened("boss.south", "retention")
    other = other.radio(key="retention-section").set_value("Records of purges").run()
    assert "Nothing of your agency was purged" in words(other)


def test_an_api_that_is_away_is_no_empty_retention(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with daily(running_store, monkeypatch) as here:
        page = here.opened("boss.north", "retention")
    for section in ("Policies", "Legal holds", "Records of purges"):
        page = go(page, "retention").radio(key="retention-section").set_value(section).run()
        assert "The API does not answer" in words(page)
        assert len(page.dataframe) == 0
