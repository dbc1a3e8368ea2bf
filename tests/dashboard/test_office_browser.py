"""The pages of stage C in a real browser: hand in, audit, administration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.store import Store
from tests.crosstip.jobs.office import Office, tips
from tests.dashboard.meeting import alder_and_birch
from tests.dashboard.running import log_in, rested, running_dashboard, visit
from tests.dashboard.watched import Watched, browser, watched_page
from tests.graph.services.logbook import publish, settings_in
from tests.graph.services.logging_on import code_at, enrolled
from tests.stores import RunningStore

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    """Chromium."""
    with browser() as found:
        yield found


@pytest.fixture
def running(_open_engines: dict[str, RunningStore]) -> RunningStore:
    """The embedded engine's store: what a browser shows is the same over either."""
    found = _open_engines["embedded"]
    found.wipe(synthetic=True)
    return found


@contextmanager
def opened(
    started: Browser, store: Store, people: dict[str, Caller], user: str, url: str
) -> Iterator[Watched]:
    """Open the pages as somebody; nothing is asked of other hosts."""
    admin = people["ops" if user.startswith("admin.") else f"admin.{user.rpartition('.')[2]}"]
    secret = enrolled(store, admin, user, at_us=now_us() - 120_000_000)
    with watched_page(started) as watched:
        watched.page.goto(url)
        log_in(watched.page, user, code_at(secret, now_us()))
        yield watched
        assert watched.page.locator("img[src='x'], [onerror], a[href*='host.example']").count() == 0
        assert watched.is_clean(), watched


@pytest.mark.long
def test_files_are_dropped_and_their_end_shows_by_itself(
    started: Browser, running: RunningStore, tmp_path: Path
) -> None:
    people = alder_and_birch(running.store)
    office = Office(running=running, data_dir=tmp_path, people={})
    with (
        running_dashboard(running.store, tmp_path, data_dir=tmp_path) as url,
        opened(started, running.store, people, "lead.alder", url) as watched,
    ):
        page = watched.page
        visit(page, "Work", "Hand in")
        # More than 1 MB: Starlette alone would write it to the disk.
        large = tips(1, 2) * 6000
        files: list[FilePayload] = [
            {"name": "two.jsonl", "mimeType": "application/json", "buffer": tips(1, 2)},
            {"name": "broken.json", "mimeType": "application/json", "buffer": b'{"a": 1}'},
            {"name": "large.txt", "mimeType": "text/plain", "buffer": b"x" + large},
        ]
        page.locator(".st-key-ingest-files-0 input[type=file]").set_input_files(files)
        expect(page.get_by_text("large.txt")).to_be_visible()
        rested(page)
        page.get_by_role("button", name="Hand in", exact=True).click()
        expect(page.get_by_text("3 received")).to_be_visible()
        expect(page.get_by_text("Looked at every two seconds.")).to_be_visible()
        assert office.worked() == 3
        expect(page.get_by_role("button", name="Look again")).to_be_visible()
        rested(page)
        page.get_by_role("combobox", name="Choose a file").click()
        page.get_by_role("option", name="two.jsonl").click()
        expect(page.get_by_text("Done. 2 taken in; 0 known already")).to_be_visible()


def test_an_auditor_takes_a_checkpoint_away_and_verifies_against_it(
    started: Browser, running: RunningStore, tmp_path: Path
) -> None:
    people = alder_and_birch(running.store)
    settings = settings_in(tmp_path)
    publish(running, settings)
    with (
        running_dashboard(running.store, tmp_path) as url,
        opened(started, running.store, people, "audit.alder", url) as watched,
    ):
        page = watched.page
        visit(page, "Office", "Audit")
        page.get_by_label("Record", exact=True).fill("alder|A-1")
        page.get_by_role("button", name="Look", exact=True).click()
        expect(page.get_by_text("alder|A-1: 1 of 1 entries.")).to_be_visible()
        page.get_by_role("button", name="Get the newest checkpoint").click()
        with page.expect_download() as coming:
            page.get_by_role("button", name="Download the checkpoint").click()
        kept = tmp_path / "kept.json"
        coming.value.save_as(kept)
        publish(running, settings)
        page.locator("input[type=file]").set_input_files(kept)
        expect(page.get_by_text("kept.json")).to_be_visible()
        rested(page)
        page.get_by_role("button", name="Verify", exact=True).click()
        expect(page.get_by_text("Checked on this page, from the hashes")).to_be_visible()
        expect(page.get_by_text("Everything that is numbered and signed holds.")).to_be_visible()


@pytest.mark.long
def test_an_administrator_invites_somebody_and_gets_their_code_once(
    started: Browser, running: RunningStore, tmp_path: Path
) -> None:
    people = alder_and_birch(running.store)
    with (
        running_dashboard(running.store, tmp_path) as url,
        opened(started, running.store, people, "admin.alder", url) as watched,
    ):
        page = watched.page
        visit(page, "Office", "People")
        page.get_by_role("combobox", name="Choose somebody").click()
        page.get_by_role("option", name="lead.alder").click()
        rested(page)
        page.get_by_role("button", name="Invite", exact=True).click()
        expect(page.get_by_text("This code is shown now and never again.")).to_be_visible()
        page.get_by_role("button", name="It is noted").click()
        expect(page.get_by_text("This code is shown now and never again.")).to_have_count(0)


def test_an_administrator_enters_somebody_by_keyboard_alone(
    started: Browser, running: RunningStore, tmp_path: Path
) -> None:
    people = alder_and_birch(running.store)
    with (
        running_dashboard(running.store, tmp_path) as url,
        opened(started, running.store, people, "admin.alder", url) as watched,
    ):
        page = watched.page
        visit(page, "Office", "People")
        page.get_by_role("textbox", name="User name", exact=True).fill("new.alder")
        page.get_by_role("textbox", name="Name", exact=True).fill("New Person")
        page.get_by_role("combobox", name="Roles").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.type("analyst")
        expect(page.get_by_role("option")).to_have_text(["analyst"])
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Enter", exact=True).click()
        expect(page.get_by_text("new.alder is entered.")).to_be_visible()
