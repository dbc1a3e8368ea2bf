"""Custody and the desk's further pages in a real browser, and nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from graph.clock import now_us
from graph.triage.moves import Outcome
from tests.dashboard.daily import HOSTILE, PLAIN, fill
from tests.dashboard.running import visit
from tests.dashboard.test_daily_browser import logged_in, pick, press, seen
from tests.dashboard.watched import browser
from tests.graph.services.handing import County
from tests.graph.services.people import later
from tests.graph.services.rights_feedback import closed
from tests.stores import RunningStore

pytestmark = [
    pytest.mark.browser,
    # What pages look like is no matter of the engine.
    pytest.mark.parametrize("running_store", ["embedded"], indirect=True),
]


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    """One browser for all tests here."""
    with browser() as running:
        yield running


@pytest.fixture
def there(running_store: RunningStore) -> County:
    """Agencies, people and tips with hostile texts."""
    return fill(running_store)


def test_custody_of_a_tip_is_asked_for_and_its_log_taken_out(
    started: Browser, there: County, tmp_path: Path
) -> None:
    there.new(PLAIN)
    with logged_in(started, there, "boss.north", tmp_path) as watched:
        page = watched.page
        visit(page, "Work", "Custody")
        page.get_by_role("textbox", name="Tip number").fill("2")
        press(page, "Show custody")
        seen(page, "Summary, not evidence.")
        expect(page.get_by_role("heading", name="Signed bundle")).to_be_visible()
        heading = page.get_by_role("heading", name="Every view, decision, export and hand-off")
        heading.scroll_into_view_if_needed()
        with page.expect_download() as coming:
            page.locator(".st-key-csv-custody-log").get_by_role("button").click()
        file = tmp_path / "log.csv"
        coming.value.save_as(file)
        assert "handoff.offer" in file.read_text(encoding="utf-8-sig")
        seen(page, "crosstip custody verify FILE --key KEY")


@pytest.mark.long
def test_a_task_and_a_request_are_entered_and_read(
    started: Browser, there: County, tmp_path: Path
) -> None:
    with logged_in(started, there, "lead.north", tmp_path) as watched:
        page = watched.page
        visit(page, "Work", "Tasks")
        seen(page, "Nothing is to be done by you.")
        page.get_by_role("textbox", name="Tip number").fill("2")
        page.get_by_role("textbox", name="What is to be done").fill(HOSTILE)
        _type_day(page, "Due on (UTC)", datetime.now(UTC).date() + timedelta(days=7))
        press(page, "Give the task")
        seen(page, "The task is given to lead.north")
        pick(page, "Choose a task", "<img src=x")
        seen(page, "The chosen task")
        pick(page, "What next", "finish")
        press(page, "Finish")
        seen(page, "The task is done")
        page.get_by_text("Requests to providers", exact=True).first.click()
        seen(page, "Every end is presumed")
        seen(page, "What runs out first")


def test_a_hold_is_placed(started: Browser, there: County, tmp_path: Path) -> None:
    with logged_in(started, there, "boss.north", tmp_path) as watched:
        page = watched.page
        visit(page, "Supervise", "Retention")
        seen(page, "How long each kind of record is kept")
        page.get_by_text("Legal holds", exact=True).first.click()
        seen(page, "Nothing of your agency is on hold")
        page.get_by_role("textbox", name="Tip number or reference").fill("2")
        page.get_by_role("textbox", name="The order or letter").fill("Letter 7")
        page.get_by_role("textbox", name="Why", exact=True).fill(HOSTILE)
        press(page, "Place the hold")
        seen(page, "Placed by boss.north.")
        page.get_by_text("Dry run", exact=True).first.click()
        seen(page, "A dry run: nothing goes.")
        press(page, "Run dry")
        seen(page, "No policy is in force, of tips")


@pytest.mark.long
def test_feedback_is_looked_at_and_written_once(
    started: Browser, there: County, tmp_path: Path
) -> None:
    boss = there.people["boss.north"]
    closed(later(boss, now_us() - boss.as_of_us), there.store, 31, Outcome.ARREST)
    with logged_in(started, there, "boss.north", tmp_path) as watched:
        page = watched.page
        visit(page, "Supervise", "Feedback to NCMEC")
        seen(page, "Your agency told NCMEC nothing yet.")
        _type_day(page, "First day (UTC)", datetime.now(UTC).date() - timedelta(days=1))
        press(page, "Look at it")
        seen(page, "Nothing is written yet.")
        press(page, "Write it")
        seen(page, "Written: 1 lines, 0 correct or retract.")
        press(page, "Fetch the file")
        seen(page, "as written.")
        with page.expect_download() as coming:
            page.get_by_role("button", name="Download the file").click()
        file = tmp_path / "told.csv"
        coming.value.save_as(file)
        assert "Arrest made" in file.read_text(encoding="utf-8-sig")


def _type_day(page: Page, label: str, day: date) -> None:
    """Type a day into a page's box for days, which takes year, month and day apart."""
    for part, digits in (("year", f"{day:%Y}"), ("month", f"{day:%m}"), ("day", f"{day:%d}")):
        page.get_by_role("spinbutton", name=f"{part}, {label}", exact=True).press_sequentially(
            digits
        )
    page.keyboard.press("Escape")
