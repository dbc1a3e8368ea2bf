"""The desk's pages in a real browser: an officer's path, two agencies at once, a supervisor's."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PageTimeoutError

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.services.holders import hold_tips
from graph.store import Store
from tests.dashboard.meeting import HOSTILE, SUBJECT, alder_and_birch, claim_it, meet
from tests.dashboard.running import log_in, rested, running_dashboard, visit
from tests.dashboard.watched import Watched, browser, watched_page
from tests.graph.services.logging_on import code_at, enrolled
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore

pytestmark = pytest.mark.browser
SHOWN_WITHIN_S = 5.0


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    """Chromium."""
    with browser() as found:
        yield found


@pytest.fixture
def store(_open_engines: dict[str, RunningStore], monkeypatch: pytest.MonkeyPatch) -> Store:
    """The embedded engine's store: what a browser shows is the same over either."""
    monkeypatch.setenv("CROSSTIP_CHECK_BUCKET_MS", "1")
    found = _open_engines["embedded"]
    found.wipe(synthetic=True)
    return found.store


@contextmanager
def at_the_desk(
    started: Browser, store: Store, people: dict[str, Caller], user: str, url: str
) -> Iterator[Watched]:
    """Open the pages in a browser of their own, as somebody."""
    admin = people[f"admin.{user.rpartition('.')[2]}"]
    secret = enrolled(store, admin, user, at_us=now_us() - 120_000_000)
    with watched_page(started) as watched:
        watched.page.goto(url)
        log_in(watched.page, user, code_at(secret, now_us()))
        yield watched


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a box, by a part of its name."""
    box = page.get_by_role("combobox", name=label)
    wanted = page.get_by_role("option").filter(has_text=option).first
    for _ in range(3):
        box.click()
        try:
            wanted.click(timeout=10_000)
            break
        except PageTimeoutError:
            # A list that opens while the page is drawn anew closes again: a person opens it again.
            page.keyboard.press("Escape")
    else:
        box.click()
        wanted.click()
    rested(page)


def test_a_conflict_shows_at_the_other_agency_within_five_seconds(
    started: Browser, store: Store, tmp_path: Path
) -> None:
    people = alder_and_birch(store)
    claim_it(people, store, "birch")
    with (
        running_dashboard(store, tmp_path) as url,
        at_the_desk(started, store, people, "lead.birch", url) as birch,
        at_the_desk(started, store, people, "lead.cedar", url) as cedar,
    ):
        counter = birch.page.get_by_role("button", name="Notices: ")
        expect(counter).to_have_text("Notices: 0")
        claim_it(people, store, "alder")
        begun = time.monotonic()
        expect(birch.page.get_by_role("button", name="Notices: 1")).to_be_visible()
        took_s = time.monotonic() - begun
        assert took_s < SHOWN_WITHIN_S, took_s
        expect(cedar.page.get_by_role("button", name="Notices: 0")).to_be_visible()
        page = birch.page
        counter.click()
        expect(page.get_by_role("heading", name="Conflicts", exact=True).first).to_be_visible()
        rested(page)
        page.get_by_role("combobox", name="Choose a conflict").click()
        # Two looks at the notices go by meanwhile: they close nothing that is open.
        page.wait_for_timeout(5_000)
        page.get_by_role("option").first.click()
        rested(page)
        page.get_by_role("button", name="Open conflict").click()
        expect(page.get_by_text("Their investigation: A-1")).to_be_visible()
        page.get_by_role("button", name="Acknowledge: our side knows").click()
        expect(page.get_by_text("your side's clock has ended")).to_be_visible()
        page.get_by_role("textbox", name="Message to the other side").fill(HOSTILE)
        page.get_by_role("button", name="Write", exact=True).click()
        expect(page.get_by_text("The message is written")).to_be_visible()
        choose(page, "How it ended", "split")
        page.get_by_role("textbox", name="Why", exact=True).fill("Agreed by telephone.")
        page.get_by_role("button", name="Resolve", exact=True).click()
        expect(page.get_by_text("State: resolved")).to_be_visible()
        assert page.locator("img[src='x'], [onerror], a[href*='host.example']").count() == 0
        assert birch.is_clean(), birch
        assert cedar.is_clean(), cedar


@pytest.mark.long
def test_an_officer_claims_and_checks_lines_and_a_file(
    started: Browser, store: Store, tmp_path: Path
) -> None:
    people = alder_and_birch(store)
    claim_it(people, store, "alder")
    with (
        running_dashboard(store, tmp_path) as url,
        at_the_desk(started, store, people, "lead.birch", url) as watched,
    ):
        page = watched.page
        visit(page, "Deconflict", "Check")
        choose(page, "Investigation (required)", "B-1")
        choose(page, "Purpose (required)", "cybertip")
        lines = page.get_by_role("textbox", name="Identifiers, one a line")
        lines.fill(f"{SUBJECT}\n{HOSTILE}\nnone@example.com")
        page.get_by_role("button", name="Check", exact=True).click()
        expect(
            page.get_by_text("3 lines: 1 hit, 1 not checked, 1 nothing to show.")
        ).to_be_visible()
        rested(page)
        with page.expect_download() as coming:
            page.get_by_role("button", name="Download the record to print").click()
        record = tmp_path / "record.html"
        coming.value.save_as(record)
        _is_text_alone(started, record)
        page.get_by_text("A file", exact=True).click()
        rested(page)
        page.locator("input[type=file]").set_input_files(
            {"name": "list.csv", "mimeType": "text/csv", "buffer": f"value\n{SUBJECT}\n".encode()}
        )
        expect(page.get_by_text("list.csv")).to_be_visible()
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.get_by_text("list.csv: 1 lines: 1 hit.")).to_be_visible()
        visit(page, "Deconflict", "Claims")
        choose(page, "Choose an investigation", "B-1")
        page.get_by_role("button", name="Open investigation").click()
        expect(page.get_by_text("Nothing is claimed yet")).to_be_visible()
        assert page.locator("img[src='x'], [onerror], a[href*='host.example']").count() == 0
        assert watched.is_clean(), watched


def _is_text_alone(started: Browser, record: Path) -> None:
    with watched_page(started) as printed:
        printed.page.goto(record.as_uri())
        expect(printed.page.get_by_text("Digest of the question")).to_be_visible()
        assert printed.page.locator("script, img, a").count() == 0
        assert printed.is_clean(), printed


@pytest.mark.long
def test_a_supervisor_goes_from_a_figure_to_the_tip(
    started: Browser, store: Store, tmp_path: Path
) -> None:
    people = alder_and_birch(store)
    meet(people, store)
    for number, provider in ((1, HOSTILE), (2, "plaintalk")):
        take_in(store, number, holder=None, provider=provider)
        hold_tips(people["ops"], store, [f"ncmec:{number}"], agency="birch")
    with (
        running_dashboard(store, tmp_path) as url,
        at_the_desk(started, store, people, "boss.birch", url) as watched,
    ):
        page = watched.page
        visit(page, "Supervise", "Caseload")
        charts = page.get_by_test_id("stVegaLiteChart")
        expect(charts).to_have_count(2)
        for at in range(2):
            charts.nth(at).scroll_into_view_if_needed()
            expect(charts.nth(at).locator("canvas, svg").first).to_be_visible()
        rested(page)
        choose(page, "Figure", "open")
        choose(page, "Choose a number", "new")
        choose(page, "Choose a row", "ncmec:")
        page.get_by_role("button", name="Open the tip").click()
        expect(page.get_by_text("Versions and documents")).to_be_visible()
        visit(page, "Supervise", "Quarantine")
        expect(page.get_by_text("Nothing waits, as of the time below.")).to_be_visible()
        assert page.locator("img[src='x'], [onerror], a[href*='host.example']").count() == 0
        assert watched.is_clean(), watched
