"""Every page, for everybody whom it is for, over a county whose every text is hostile."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from dashboard.navigation import ENTRIES, Entry
from graph.clock import now_us
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.crosstip.jobs.office import Office
from tests.dashboard.hostile_county import LINKED, OPENED, fill
from tests.dashboard.hostile_texts import typed
from tests.dashboard.page_faults import faults, settled
from tests.dashboard.running import log_in, running_dashboard, visit
from tests.dashboard.watched import browser, watched_page
from tests.graph.services.handing import County
from tests.graph.services.logging_on import code_at, enrolled, enrolled_by_machine
from tests.stores import RunningStore

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    # What pages look like is no matter of the engine.
    pytest.mark.parametrize("running_store", ["embedded"], indirect=True),
]
PEOPLE: Final = {
    "boss.north": "supervisor",
    "lead.north": "investigator",
    "audit.north": "auditor",
    "admin.north": "agency administrator",
    "ops": "operator",
}
"""Who goes round, and as what; the first whom a page is for looks at it."""
_ASKED: Final = {
    "assign": ("Tip number", OPENED, "Add the tip"),
    "audit": ("Record", OPENED, "Look"),
    "custody": ("Tip number", OPENED, "Show custody"),
    "explore": ("Tip number or any identifier", OPENED, "Find"),
}
"""Label, text and button, by page."""


@pytest.fixture
def started() -> Iterator[Browser]:
    """Chromium."""
    with browser() as running:
        yield running


def hand_in_broken(running: RunningStore, there: County, folder: Path) -> None:
    """Hand in what cannot be taken in, under a hostile name."""
    store, user = there.store, "deputy.north"
    with (
        live_api(opener_of(store), data_dir=folder) as live,
        logged_on_as(live, store, user) as person,
    ):
        name = quote(f"{typed(120)}.json", safe="")
        answer = person.post(
            "/v1/documents",
            content=json.dumps({"crosstip": "tip/1", "number": typed(400)}).encode(),
            params={"synthetic": True},
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
        )
        assert answer.status_code == 202, answer.text
        office = Office(running=running, data_dir=folder, people={user: person})
        assert office.worked() == 1


def rounds() -> dict[str, list[Entry]]:
    """Give each page to the first whom it is for; nobody is left without."""
    found: dict[str, list[Entry]] = {user: [] for user in PEOPLE}
    for entry in ENTRIES:
        users = [
            user for user, role in PEOPLE.items() if entry.roles is None or role in entry.roles
        ]
        found[users[0]].append(entry)
    return found


def test_hostile_texts_are_texts_on_every_page(
    started: Browser, running_store: RunningStore, tmp_path: Path
) -> None:
    county = fill(running_store)
    hand_in_broken(running_store, county, tmp_path)
    found: list[str] = []
    with running_dashboard(county.store, tmp_path, data_dir=tmp_path) as url:
        for user, entries in rounds().items():
            if len(entries) > 0:
                with entered(started, county, user, url, found) as page:
                    found += went_round(page, entries)
    assert found == []


@contextmanager
def entered(
    started: Browser, there: County, user: str, url: str, found: list[str]
) -> Iterator[Page]:
    """Log somebody in; whatever the browser tried meanwhile is a fault."""
    secret = second_factor(there, user)
    with watched_page(started) as watched:
        watched.page.goto(url)
        log_in(watched.page, user, code_at(secret, now_us()))
        yield watched.page
        if not watched.is_clean():
            found.append(f"{user}: {watched}")


def went_round(page: Page, entries: Sequence[Entry]) -> list[str]:
    """Look at pages, at what can be asked, chosen and opened there, and give the faults."""
    found: list[str] = []
    for entry in entries:
        visit(page, entry.section, entry.title)
        settled(page)
        found += faults(page, entry.title)
        for what in chain(asked(page, entry.file), deeper(page)):
            found += faults(page, f"{entry.title}, {what}")
    return found


def asked(page: Page, file: str) -> Iterator[str]:
    """Ask on a page that shows nothing before."""
    if file in _ASKED:
        label, text, button = _ASKED[file]
        page.get_by_label(label, exact=True).first.fill(text)
        press(page, page.get_by_role("button", name=button, exact=True).first)
        yield button
    if file == "explore":
        yield from linked(page)


def linked(page: Page) -> Iterator[str]:
    """Say why the found tip and another are linked, and open a saved chart."""
    page.locator(".st-key-explore-chosen input").first.fill(LINKED)
    press(page, page.get_by_role("option", name=f"Tip {LINKED}"))
    # While the list is open, nothing else is there for whoever asks by role.
    page.keyboard.press("Escape")
    settled(page)
    expect(page.get_by_role("heading", name="Why linked")).to_be_visible()
    yield "why linked"
    press(page, page.get_by_role("button", name="Show saved charts"))
    press(page, page.locator(".st-key-workspace-open button"))
    yield "a saved chart"


def second_factor(there: County, user: str) -> str:
    """Enrol somebody and give the secret of their second factor; the operator by the machine."""
    before_us = now_us() - 120_000_000
    if user == "ops":
        return enrolled_by_machine(there.store, user, at_us=before_us)
    by = "ops" if user.startswith("admin.") else f"admin.{user.rpartition('.')[2]}"
    return enrolled(there.store, there.people[by], user, at_us=before_us)


def deeper(page: Page) -> Iterator[str]:
    """Choose the first of every list, open what can be opened, turn to every side; say which."""
    title = page.get_by_role("heading", level=1).first.inner_text()
    sides = page.get_by_test_id("stMain").get_by_test_id("stRadio").count()
    yield from turned(page)
    for label in chosen(page):
        yield f"chosen: {label}"
    # Another page's record is looked at on that page.
    names_of = re.compile("^(Open|Show) (?!the tip|this tip)")
    opening = page.get_by_test_id("stMain").get_by_role("button", name=names_of)
    names = [each.inner_text() for each in opening.all() if each.is_enabled()]
    for name in names[:2]:
        wanted = page.get_by_role("button", name=name, exact=True).first
        if wanted.count() > 0 and wanted.is_enabled():
            press(page, wanted)
            yield name
            if page.get_by_role("heading", level=1).first.inner_text() != title:
                # What is another page is looked at as that page.
                return
            if page.get_by_test_id("stMain").get_by_test_id("stRadio").count() > sides:
                yield from turned(page)


def turned(page: Page) -> Iterator[str]:
    """Turn to every side of what has sides."""
    main = page.get_by_test_id("stMain")
    for at in range(main.get_by_test_id("stRadio").count()):
        options = main.get_by_test_id("stRadio").nth(at).locator("label:has(input)")
        for side in range(1, min(options.count(), 8)):
            option = main.get_by_test_id("stRadio").nth(at).locator("label:has(input)").nth(side)
            if option.count() == 0:
                break
            name = option.inner_text()
            press(page, option)
            yield f"turned to: {name}"


def chosen(page: Page) -> list[str]:
    """Choose the first of every list in which nothing is chosen."""
    found = []
    boxes = page.get_by_test_id("stMain").get_by_test_id("stSelectbox")
    for at in range(boxes.count()):
        box = boxes.nth(at)
        text = box.inner_text()
        if "Choose" not in text and "Open" not in text:
            continue
        _first_of(page, box)
        found.append(text)
    return found


def _first_of(page: Page, box: Locator) -> None:
    """Choose the first of a list; one that a late redrawing closed is opened again."""
    for _ in range(6):
        box.get_by_role("combobox").click()
        try:
            page.get_by_role("option").first.click(timeout=4_000)
            break
        except PlaywrightTimeoutError:
            page.keyboard.press("Escape")
    settled(page)


def press(page: Page, what: Locator) -> None:
    """Press something, and wait for what comes of it."""
    what.click()
    settled(page)


def test_what_is_wrong_would_be_found(started: Browser, running_store: RunningStore) -> None:
    """A canary that sings, markup, a hidden turn, and a text that is too wide and too high."""
    del running_store  # The mark of this file wants it.
    with watched_page(started) as watched:
        watched.page.set_content(
            "<div data-testid=stApp data-test-script-state=notRunning><div data-testid=stMain>"
            "<script>window.canary=1</script><font>x</font><p>a\u202eb</p>"
            "<div data-testid=stText style='width:3000px;height:3000px'>wide</div></div></div>"
        )
        found = faults(watched.page, "here")
    first_words = {each.split(": ")[1].split()[0] for each in found}
    assert first_words >= {"the", "made", "hides", "is", "ends", "html"}, found
