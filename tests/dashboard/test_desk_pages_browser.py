"""Custody and the desk's further pages in a real browser, and nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.dashboard.daily import PLAIN, fill
from tests.dashboard.running import visit
from tests.dashboard.test_daily_browser import logged_in, press, seen
from tests.dashboard.watched import browser
from tests.graph.services.handing import County
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
