"""Every page as axe sees it in a real browser: nothing serious against WCAG 2.2, level AA."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from dashboard.navigation import ENTRIES, Entry
from graph.clock import now_us
from tests.dashboard.daily import fill
from tests.dashboard.running import log_in, rested, running_dashboard, visit
from tests.dashboard.watched import browser, watched_page
from tests.graph.services.logging_on import code_at, enrolled
from tests.stores import RunningStore

pytestmark = [
    pytest.mark.browser,
    # What pages look like is no matter of the engine.
    pytest.mark.parametrize("running_store", ["embedded"], indirect=True),
]
_RULES: dict[str, object] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
_GRAVE = frozenset({"serious", "critical"})


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    """One browser for all tests here."""
    with browser() as running:
        yield running


def faults(page: Page, title: str) -> list[str]:
    """Give what axe finds grave on a page, each element with its rule."""
    return [
        f"{title}: {each['id']}: {node['target']} {node['html'][:150]}"
        for each in Axe().run(page, options=_RULES).response["violations"]
        if each["impact"] in _GRAVE
        for node in each["nodes"]
    ]


def supervisors() -> list[Entry]:
    """Give the pages of a supervisor, which are nearly all."""
    return [each for each in ENTRIES if each.roles is None or "supervisor" in each.roles]


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_no_page_keeps_anybody_out(
    started: Browser,
    running_store: RunningStore,
    tmp_path: Path,
    scheme: Literal["light", "dark"],
) -> None:
    there = fill(running_store)
    user = "boss.north"
    secret = enrolled(there.store, there.people["admin.north"], user, at_us=now_us() - 120_000_000)
    with running_dashboard(there.store, tmp_path) as url, watched_page(started) as watched:
        page = watched.page
        page.emulate_media(color_scheme=scheme)
        page.goto(url)
        page.get_by_label("User name", exact=True).wait_for()
        rested(page)
        found = faults(page, "Log in")
        log_in(page, user, code_at(secret, now_us()))
        for each in supervisors():
            visit(page, each.section, each.title)
            found += faults(page, each.title)
    assert found == []


def test_a_fault_would_be_found(started: Browser, running_store: RunningStore) -> None:
    """Axe is there and looks: faint words and a field without a name are two."""
    del running_store  # The mark of this file wants it.
    with watched_page(started) as watched:
        watched.page.set_content(
            "<html lang='en'><title>t</title><p style='color:#bbb;background:#fff'>faint</p>"
            "<input type='text'></html>"
        )
        found = faults(watched.page, "t")
    assert {each.split(": ")[1] for each in found} == {"color-contrast", "label"}
