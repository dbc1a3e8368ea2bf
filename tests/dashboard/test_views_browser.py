"""Groups, timeline, map and a saved chart in a real browser, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from graph.clock import now_us
from graph.services.holders import hold_tips
from graph.services.recording import record
from graph.services.tips import list_tips
from graph.store import Store
from tests.api.county import SHARED_EMAIL, fill
from tests.dashboard.running import log_in, rested, running_dashboard, visit
from tests.dashboard.watched import browser, watched_page
from tests.deliveries import MONDAY_US, delivery, email
from tests.graph.services.logging_on import code_at, enrolled
from tests.graph.services.people import staff
from tests.stores import RunningStore

pytestmark = pytest.mark.browser
_PLACE = ("reported[0]/estimated location", "Portland, OR, US")


@pytest.fixture
def store(_open_engines: dict[str, RunningStore]) -> Store:
    """The embedded engine's store: what a browser shows is the same over either."""
    found = _open_engines["embedded"]
    found.wipe(synthetic=True)
    return found.store


@pytest.fixture
def started() -> Iterator[Browser]:
    """Chromium."""
    with browser() as running:
        yield running


def test_a_chart_is_grouped_narrowed_mapped_saved_and_opened_by_its_link(
    store: Store, started: Browser, tmp_path: Path
) -> None:
    fill(store)
    said = [email(SHARED_EMAIL, at_us=MONDAY_US - 40 * 86_400_000_000)]
    record(store, [delivery("198000900", said, details=(_PLACE,))], actor="test")
    now = now_us() - 120_000_000
    people = staff(store, "north", at_us=now)
    held = [tip.key for tip in list_tips(store, limit=200).tips]
    hold_tips(people["ops"], store, held, agency="north")
    secret = enrolled(store, people["admin.north"], "lead.north", at_us=now)
    with watched_page(started) as watched, running_dashboard(store, tmp_path) as url:
        page = watched.page
        page.goto(url)
        log_in(page, "lead.north", code_at(secret, now_us()))
        visit(page, "Explore", "Link chart")
        page.get_by_label("Tip number or any identifier").fill("198000900")
        page.get_by_role("button", name="Find", exact=True).click()
        expect(page.get_by_role("heading", name="The chart as tables")).to_be_visible()
        rested(page)
        _grouped(page)
        _narrowed(page)
        _mapped(page)
        link = _saved(page)
        before = _drawn(page)
        with watched_page(started) as again:
            later, missed = again.page, list[str]()
            later.on("response", lambda got: missed.append(got.url) if got.status == 404 else None)
            later.goto(f"{url}/explore?workspace={link}")
            log_in(later, "lead.north", code_at(secret, now_us() + 30_000_000))
            expect(_said(later, "Saved chart: The ring")).to_be_visible()
            rested(later)
            expect(_said(later, "(1) Ring A")).to_be_visible()
            assert _drawn(later) == before
            # Streamlit looks for its own routes beneath the page's path first, and then above it.
            assert {each.partition("/explore/")[2] for each in missed} <= {
                "_stcore/health",
                "_stcore/host-config",
            }
            assert len(again.errors) == len(missed)
            assert again.outside == again.dialogs == []
        assert watched.is_clean(), watched


def _grouped(page: Page) -> None:
    page.get_by_text("Groups and colours").click()
    page.get_by_label("Name of a new group").fill("Ring A")
    page.get_by_role("button", name="Group 1 selected").click()
    expect(_said(page, "(1) Ring A: 1, orange")).to_be_visible()
    rested(page)
    labels = _drawn(page)
    assert any(label.startswith("(1) T") for label in labels), labels


def _narrowed(page: Page) -> None:
    """Mark the right half of the time with the mouse: the older half is out of sight then."""
    expect(_said(page, "moments of tips on the chart")).to_be_visible()
    drawn = page.get_by_test_id("stVegaLiteChart").first
    drawn.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = drawn.locator("canvas.marks, svg.marks").first.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2 - 15
    page.mouse.move(box["x"] + box["width"] * 0.6, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.97, middle, steps=8)
    page.mouse.up()
    expect(_said(page, "Narrowed to ")).to_be_visible()
    rested(page)
    page.get_by_role("button", name="Whole time").click()
    expect(_said(page, "Narrowed to ")).to_have_count(0)
    rested(page)


def _mapped(page: Page) -> None:
    expect(_said(page, "Estimated by providers, not an address")).to_be_visible()
    picture = page.get_by_alt_text("Oregon 1")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 0


def _saved(page: Page) -> str:
    page.get_by_text("Saved charts", exact=True).click()
    page.get_by_label("Name", exact=True).fill("The ring")
    page.get_by_role("button", name="Save as a new one").click()
    expect(_said(page, "Saved as The ring, version 1.")).to_be_visible()
    rested(page)
    address: str = page.evaluate("location.search")
    return address.partition("workspace=")[2]


def _drawn(page: Page) -> dict[str, list[float]]:
    """Give what is drawn by its label, and where."""
    chart = page.locator(".linkchart")
    expect(chart.locator("canvas")).to_be_visible()
    found: dict[str, list[float]] = chart.evaluate(
        "box => Object.fromEntries(Object.entries(box.linkchart.getPositions()).map(([id, at]) => "
        "[box.linkchart.body.data.nodes.get(id).label, [Math.round(at.x), Math.round(at.y)]]))"
    )
    return found


def _said(page: Page, text: str) -> Locator:
    return page.get_by_test_id("stText").filter(has_text=text).first
