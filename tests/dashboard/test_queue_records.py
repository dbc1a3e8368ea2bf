"""Records of one incident, and what changed, on the page Queue; over a real API and store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from client.resources.queue import Move
from dashboard import moves
from tests.dashboard.daily import HOSTILE, Daily, daily, labelled, nothing_is_markup, pressed
from tests.dashboard.opened import cells, words
from tests.dashboard.test_queue_page import choose, do
from tests.graph.services.folds import take_in
from tests.stores import RunningStore

WHY = "Because of the test."
RECORDS = ("ncmec:21", "ncmec:22", "ncmec:23")


@pytest.fixture
def here(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daily]:
    """A store with three records of one incident, one of them more urgent, and its API."""
    with daily(running_store, monkeypatch) as found:
        for number, holder in ((21, "north"), (22, "north"), (23, "north"), (24, "south")):
            marked = ("sextortion",) if number == 22 else ()
            take_in(found.store, number, holder=holder, annotations=marked, provider_name=HOSTILE)
        yield found


def row_of(page: AppTest, tip: str) -> tuple[object, ...]:
    """Give what a tip's row says of further records, and of changes."""
    at = cells(page, "Tip")[0].index(tip)
    return cells(page, "Records")[0][at], cells(page, "Changed")[0][at]


def test_records_are_one_row_and_are_taken_and_closed_together(here: Daily) -> None:
    page = here.opened("deputy.north", "queue")
    assert set(cells(page, "Tip")[0]) == {"ncmec:1", "ncmec:2", "ncmec:22"}
    assert row_of(page, "ncmec:22") == ("3", "")
    page = choose(page, "ncmec:22")
    assert "Same provider, account, file and time: 2 more in its row." in words(page)
    assert cells(page, "In the same row")[0] == ["yes", "yes"]
    assert "ncmec:24" not in words(page)
    nothing_is_markup(page)
    page = pressed(page, "move-take")
    assert "So are 2 more records of the incident." in words(page)
    page = do(page, "keep apart", reason=HOSTILE)
    assert f"Kept apart from other records by deputy.north: {HOSTILE}" in words(page)
    nothing_is_markup(page)
    page = do(page, "fold again", reason=WHY)
    assert row_of(page, "ncmec:22") == ("3", "")
    page = do(page, "close", outcome="duplicate", reason=WHY)
    assert "3 records of the incident are closed now." in words(page)
    assert {here.queued(tip).line.state for tip in RECORDS} == {"closed"}


def test_one_record_alone_is_moved_where_that_is_asked(here: Daily) -> None:
    page = choose(here.opened("deputy.north", "queue"), "ncmec:22")
    page = pressed(page, "move-take")
    page = labelled(page.selectbox, "Another move").select("ask for more").run()
    labelled(page.text_area, "Reason").input(WHY)
    labelled(page.checkbox, "Of all 3 records").uncheck()
    page = labelled(page.button, "Do it: ask for more").click().run()
    assert [here.queued(tip).line.state for tip in RECORDS] == [
        "in review",
        "needs more",
        "in review",
    ]
    assert "2 more elsewhere" in words(page)


def test_what_changed_is_shown_filtered_and_left_as_it_is(here: Daily) -> None:
    page = choose(here.opened("deputy.north", "queue"), "ncmec:22")
    page = pressed(page, "move-take")
    page = do(page, "close", outcome="duplicate", reason=WHY)
    take_in(here.store, 22, accounts=("u-1", "u-7"), body="more", provider_name=HOSTILE)
    page = here.opened("deputy.north", "queue")
    labelled(page.checkbox, "Only what says more").check()
    page = pressed(page, "queue-filter")
    assert "changed since last moved" in words(page)
    assert cells(page, "Tip")[0] == ["ncmec:22"]
    assert cells(page, "Changed")[0] == ["CHANGED"]
    page = choose(page, "ncmec:22")
    assert "Changed since it was closed." in [str(part.value) for part in page.warning]
    assert "1 identifier more (Account 1)" in words(page)
    labelled(page.selectbox, "Another move").select("leave as it is").run()
    labelled(page.text_area, "Reason").input("Nothing that helps.")
    page = labelled(page.button, "Do it: leave as it is").click().run()
    assert here.queued("ncmec:22").line.news == ()
    assert "No tip fits these filters" in words(page)


def test_what_would_say_nothing_is_not_offered() -> None:
    def offered(**more: bool) -> set[Move]:
        found = moves.offered(None, state="closed", owner="b", is_set=False, **more)
        return set(found) - {"reopen"}

    assert offered() == set()
    assert offered(has_news=True) == {"leave as it is"}
    assert offered(has_records=True) == {"keep apart"}
    assert offered(has_records=True, is_apart=True) == {"fold again"}
