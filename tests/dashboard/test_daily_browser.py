"""The pages of daily work in a real browser: a person's path on each, and nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from graph.clock import now_us
from graph.services.triage_steps import take
from tests.dashboard.daily import PLAIN, URGENT, fill
from tests.dashboard.running import log_in, rested, running_dashboard, visit
from tests.dashboard.watched import Watched, browser, watched_page
from tests.graph.services.handing import County
from tests.graph.services.logging_on import code_at, enrolled
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore

pytestmark = pytest.mark.browser
WHY = "Because of the test."


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    """One browser for all tests here."""
    with browser() as running:
        yield running


@pytest.fixture
def there(running_store: RunningStore) -> County:
    """Agencies, people and tips with hostile texts."""
    return fill(running_store)


@contextmanager
def logged_in(started: Browser, there: County, user: str, folder: Path) -> Iterator[Watched]:
    """Open the dashboard as somebody; whatever they do, nothing is asked of other hosts."""
    agency = user.rpartition(".")[2]
    admin = there.people[f"admin.{agency}"]
    secret = enrolled(there.store, admin, user, at_us=now_us() - 120_000_000)
    with running_dashboard(there.store, folder) as url, watched_page(started) as watched:
        watched.page.goto(url)
        log_in(watched.page, user, code_at(secret, now_us()))
        yield watched
        assert watched.page.locator("img[src='x'], [onerror]").count() == 0
        assert watched.page.locator("a[href*='host.example']").count() == 0
        assert watched.is_clean(), watched


def pick(page: Page, label: str, option: str) -> None:
    """Choose from a box; one that a late redrawing closed again is opened again."""
    wanted = page.get_by_role("option", name=option).first
    for _ in range(6):
        page.get_by_label(label).first.click()
        try:
            wanted.wait_for(timeout=5_000.0)
            break
        except PlaywrightTimeoutError:
            page.keyboard.press("Escape")
    wanted.click()
    rested(page)


def seen(page: Page, text: str) -> None:
    """Wait until the page says something, and until it is drawn to its end."""
    expect(page.get_by_text(text).first).to_be_visible()
    rested(page)


def press(page: Page, name: str) -> None:
    """Press a button by its name."""
    page.get_by_role("button", name=name, exact=True).first.click()
    rested(page)


def test_an_analyst_finds_takes_and_asks(started: Browser, there: County, tmp_path: Path) -> None:
    with logged_in(started, there, "deputy.north", tmp_path) as watched:
        page = watched.page
        visit(page, "Work", "Queue")
        seen(page, "1 urgent: to be looked at at once")
        press(page, "Acknowledge")
        seen(page, "was acknowledged by deputy.north")
        seen(page, "No urgent tip waits")
        press(page, "Take it")
        seen(page, f"{URGENT} is in review now, and deputy.north's.")
        pick(page, "Another move", "ask for more")
        page.get_by_label("Reason", exact=True).fill("<img src=x onerror=alert(2)>")
        press(page, "Do it: ask for more")
        seen(page, f"{URGENT} is needs more now")
        press(page, "Open the tip")
        expect(page.get_by_role("heading", name="Work on this tip")).to_be_visible()
        page.get_by_text("Files and legal gate", exact=True).click()
        expect(page.get_by_text("Crosstip holds no file.").first).to_be_visible()
        seen(page, "No legal advice.")


def test_a_new_urgent_tip_comes_up_by_itself(
    started: Browser, there: County, tmp_path: Path
) -> None:
    with logged_in(started, there, "lead.north", tmp_path) as watched:
        page = watched.page
        visit(page, "Work", "Queue")
        press(page, "Acknowledge")
        seen(page, "No urgent tip waits")
        take_in(there.store, 7, said="new@example.com", urgency=0)
        seen(page, "1 urgent: to be looked at at once")
        seen(page, "ncmec:7 (new) waits")


@pytest.mark.long
def test_a_supervisor_gives_tips_out(started: Browser, there: County, tmp_path: Path) -> None:
    take(there.people["deputy.north"], there.store, tip=URGENT)
    with logged_in(started, there, "boss.north", tmp_path) as watched:
        page = watched.page
        visit(page, "Work", "Assign")
        page.get_by_label("Tip number").fill("2")
        press(page, "Add the tip")
        seen(page, f"To be given: {PLAIN}")
        pick(page, "To whom", "lead.north")
        page.get_by_label("Reason", exact=True).fill(WHY)
        press(page, "Give")
        seen(page, "1 of 1 tips were given to lead.north.")
        page.get_by_text("Keep a skill, an absence or a conflict").click()
        page.get_by_label("Skill", exact=True).fill("phones")
        press(page, "Keep")
        seen(page, "Kept: listed skill.")


@pytest.mark.long
def test_an_offer_is_accepted_and_returned(started: Browser, there: County, tmp_path: Path) -> None:
    there.new(PLAIN)
    with logged_in(started, there, "lead.south", tmp_path) as watched:
        page = watched.page
        visit(page, "Work", "Hand-offs")
        pick(page, "Choose a hand-off", PLAIN)
        seen(page, f"Reason: {WHY}")
        press(page, "Accept")
        seen(page, f"{PLAIN}: the hand-off is accepted.")
        page.get_by_label("Reason to return").fill("Not ours.")
        press(page, "Return")
        seen(page, f"{PLAIN}: the hand-off is returned.")
        assert there.held(PLAIN) == ["north"]
