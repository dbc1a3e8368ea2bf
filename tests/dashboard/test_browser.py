"""The dashboard in a real browser: it works, asks no other host, and runs nothing of a tip's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from crosstip.serving.dashboard_process import DashboardProcess
from crosstip.serving.ports import address, free_port
from dashboard.components.export import as_html
from graph.clock import now_us
from graph.identifiers.core import IdentifierKind
from graph.services.holders import hold_tips
from graph.services.recording import record
from graph.services.tips import list_tips
from graph.store import Store
from tests.api.county import LINKED, URGENT, fill
from tests.dashboard.pictures import PAYLOADS, hostile_picture
from tests.dashboard.running import HOST, log_in, rested, running_dashboard, visit
from tests.dashboard.watched import Watched, browser, watched_page
from tests.deliveries import delivery, says
from tests.graph.services.logging_on import code_at, enrolled
from tests.graph.services.people import staff

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    """One browser for all tests here."""
    with browser() as running:
        yield running


@pytest.fixture
def watched(started: Browser) -> Iterator[Watched]:
    """A page that is looked after."""
    with watched_page(started) as page:
        yield page


@pytest.fixture
def pages(store: Store, watched: Watched, tmp_path: Path) -> Iterator[Watched]:
    """The dashboard over a store with hostile texts in it, logged in."""
    fill(store)
    fill_with_payloads(store)
    now = now_us() - 120_000_000
    people = staff(store, "north", at_us=now)
    held = [tip.key for tip in list_tips(store, limit=200).tips]
    hold_tips(people["ops"], store, held, agency="north")
    admin = people["admin.north"]
    secret = enrolled(store, admin, "lead.north", at_us=now)
    with running_dashboard(store, tmp_path) as url:
        watched.page.goto(url)
        log_in(watched.page, "lead.north", code_at(secret, now_us()))
        yield watched
        assert watched.page.url.endswith(("/", "/overlaps")), watched.page.url


def test_log_in_search_look_and_open(pages: Watched) -> None:
    page = pages.page
    expect(page.get_by_text("SYNTHETIC: all data here is made up")).to_be_visible()
    _search(page, "198000001")
    chart = _chart(page)
    assert "The tables below it say the same" in (chart.get_attribute("aria-label") or "")
    # Investigations, links, reasons, the picture's two, identifiers.
    tables = page.get_by_test_id("stDataFrame")
    expect(tables.nth(5)).to_be_attached()
    places = _places(chart)
    linked = _node_of(chart, f"T {LINKED}")
    chart.click(position={"x": places[linked][0], "y": places[linked][1]})
    expect(page.get_by_text(f"Selected: Tip {LINKED}")).to_be_visible()
    assert _places(_chart(page)) == places, "the picture moved"
    page.get_by_role("button", name="Open this tip").click()
    expect(page.get_by_text(LINKED, exact=True).first).to_be_visible()
    expect(page.get_by_text("Escalated", exact=True).first).to_be_visible()
    rested(page)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download CSV").first.click()
    name = coming.value.suggested_filename
    assert name.startswith("SYNTHETIC-")
    assert name.endswith(".csv")
    visit(page, "Deconflict", "Overlaps")
    expect(page.get_by_text("Who meets")).to_be_visible()
    expect(page.get_by_text("not event safety")).to_be_visible()
    assert pages.is_clean(), pages


def test_hostile_texts_are_texts(pages: Watched) -> None:
    """Payloads stand in names of files, providers, accounts and investigations."""
    page = pages.page
    _search(page, "666000001")
    chart = _chart(page)
    places = _places(chart)
    assert len(places) >= len(PAYLOADS)
    for x, y in places.values():
        chart.hover(position={"x": x, "y": y}, force=True)
        page.wait_for_timeout(250)
        titles = chart.locator(".vis-tooltip")
        assert titles.locator("img, script, option, h1").count() == 0
    for opened in page.get_by_test_id("stExpander").all():
        opened.locator("summary").click()
    page.wait_for_timeout(500)
    _search(page, URGENT)
    expect(page.get_by_text("IMMINENT DANGER", exact=True)).to_be_visible()
    visit(page, "Deconflict", "Overlaps")
    expect(page.get_by_text("Who meets")).to_be_visible()
    assert page.locator("img[src='x'], [onerror]").count() == 0
    assert page.locator("a[href*='host.example']").count() == 0
    assert pages.is_clean(), pages


def test_the_downloaded_picture_runs_nothing_of_a_tip(watched: Watched, tmp_path: Path) -> None:
    target = tmp_path / "picture.html"
    target.write_bytes(as_html(hostile_picture()))
    page = watched.page
    page.goto(target.as_uri())
    expect(page.locator("canvas").first).to_be_visible()
    drawn = cast("int", page.evaluate("network.body.data.nodes.length"))
    assert drawn == len(PAYLOADS)
    for place in page.evaluate(
        "Object.values(network.getPositions()).map(p => network.canvasToDOM(p))"
    ):
        page.locator("#mynetwork").hover(position={"x": place["x"], "y": place["y"]}, force=True)
        page.wait_for_timeout(500)
    expect(page.get_by_text("SYNTHETIC: all data here is made up")).to_be_visible()
    assert page.locator("body img, option, h1 img").count() == 0
    assert watched.is_clean(), watched


DEEDS = (
    "fetch('https://evil.example/x').catch(() => 0)",
    "document.body.append(Object.assign(new Image(), {src: 'https://evil.example/x.png'}))",
    "document.body.append(Object.assign(document.createElement('script'), {text: 'alert(1)'}))",
    "document.body.insertAdjacentHTML('beforeend', '<img src=x: onerror=alert(1)>')",
    "document.body.insertAdjacentHTML('beforeend', '<iframe src=https://evil.example></iframe>')",
)


def test_the_policy_stops_what_gets_in_and_the_watch_notes_it(
    started: Browser, tmp_path: Path
) -> None:
    """Were a text ever to become markup, this is what would be left of it."""
    port = free_port(HOST, 0)
    running = DashboardProcess(
        host=HOST, port=port, api_url="http://127.0.0.1:9", log=tmp_path / "log"
    )
    try:
        running.wait_until_ready()
        for deed in DEEDS:
            with watched_page(started) as watched:
                watched.page.goto(address(HOST, port))
                expect(watched.page.get_by_role("button", name="Try again")).to_be_visible()
                assert watched.is_clean(), watched
                watched.page.evaluate(f"() => {{ {deed} }}")
                watched.until(lambda: "Content Security Policy" in " ".join(watched.errors))
                watched.page.wait_for_timeout(400)
                assert watched.dialogs == []
    finally:
        running.stop()


def fill_with_payloads(store: Store) -> None:
    """Record two tips with a payload in every text that a tip can carry."""
    names = [says(IdentifierKind.SCREEN_NAME, payload, stated_as=payload) for payload in PAYLOADS]
    first = delivery(
        "666000001",
        names,
        provider_name=PAYLOADS[0],
        incident_types=PAYLOADS,
        notes=tuple((payload, payload) for payload in PAYLOADS),
        urgency=1,
        urgency_reasons=PAYLOADS,
    )
    record(store, [first, delivery("666000002", names)], actor="test")


def _search(page: Page, text: str) -> None:
    page.get_by_label("Tip number or any identifier").fill(text)
    page.get_by_role("button", name="Search", exact=True).click()
    # What the page writes last.
    expect(page.get_by_text("Versions and documents")).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)


def _chart(page: Page) -> Locator:
    chart = page.locator(".linkchart")
    expect(chart).to_have_count(1)
    chart.scroll_into_view_if_needed()
    expect(chart.locator("canvas")).to_be_visible()
    return chart


def _places(chart: Locator) -> dict[str, tuple[float, float]]:
    found = chart.evaluate(
        "box => Object.entries(box.linkchart.getPositions())"
        ".map(([id, p]) => [id, box.linkchart.canvasToDOM(p)])"
    )
    return {node: (round(place["x"], 1), round(place["y"], 1)) for node, place in found}


def _node_of(chart: Locator, label: str) -> str:
    found = chart.evaluate(
        "(box, label) => box.linkchart.body.data.nodes.get()"
        ".filter(node => node.label === label).map(node => node.id)",
        label,
    )
    (node,) = cast("list[str]", found)
    return node
