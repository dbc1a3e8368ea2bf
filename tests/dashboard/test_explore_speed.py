"""How fast the link chart is in Chromium with software rendering: issue 6's three aims.

The best of three tries counts, as other tests run beside this one; the figures are logged
(`--log-cli-level=INFO`), with the load.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import cast

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from graph.clock import now_us
from graph.services.holders import hold_tips
from graph.services.recording import record
from graph.services.tips import list_tips
from graph.store import Store
from tests.dashboard.running import log_in, rested, running_dashboard, visit
from tests.dashboard.watched import Watched, browser, watched_page
from tests.deliveries import delivery, email
from tests.graph.services.logging_on import code_at, enrolled
from tests.graph.services.people import staff

pytestmark = [pytest.mark.browser, pytest.mark.long]

_LOG = logging.getLogger(__name__)

DRAWN_S = 2.5
EXPANDED_S = 1.0
FRAMES = 20.0
TRIES = 3
_PAN = """
async (box) => {
  const network = box.linkchart;
  let drawn = 0;
  network.on("afterDrawing", () => { drawn += 1; });
  const from = network.getViewPosition();
  const start = performance.now();
  const gaps = [];
  let last = start;
  for (let at = 0; performance.now() - start < 3000; at += 1) {
    network.moveTo({ position: { x: from.x + 4 * (at % 60), y: from.y }, animation: false });
    await new Promise((done) => requestAnimationFrame(done));
    const now = performance.now();
    gaps.push(now - last);
    last = now;
  }
  return { drawn, seconds: (performance.now() - start) / 1000, gaps };
}
"""


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    """One browser for all tests here."""
    with browser() as running:
        yield running


@pytest.fixture
def pages(store: Store, started: Browser, tmp_path: Path) -> Iterator[Watched]:
    """The page over a tip with 1,000 things around it, logged in."""
    _fill(store)
    now = now_us() - 120_000_000
    people = staff(store, "north", at_us=now)
    held = [tip.key for tip in list_tips(store, limit=200).tips]
    held += [f"ncmec:{number}" for number in range(700_000_001, 700_000_301)]
    hold_tips(people["ops"], store, sorted(set(held)), agency="north")
    secret = enrolled(store, people["admin.north"], "lead.north", at_us=now)
    with watched_page(started) as watched, running_dashboard(store, tmp_path) as url:
        watched.page.goto(url)
        log_in(watched.page, "lead.north", code_at(secret, now_us()))
        visit(watched.page, "Explore", "Link chart")
        yield watched


def test_300_are_drawn_and_expanding_moves_nothing(pages: Watched) -> None:
    page = pages.page
    begun = time.monotonic()
    _find(page, "700000000", least=300)
    started = time.monotonic() - begun
    rested(page)
    opened = min(_opened(page) for _ in range(TRIES))
    page.get_by_role("button", name="At most 600").click()
    expect(page.get_by_role("button", name="At most 300")).to_be_visible()
    rested(page)
    expanded = min(_expanded(page, nth) for nth in range(TRIES))
    said = (
        f"300: from the number {started:.2f} s, opened {opened:.2f} s, expanded {expanded:.2f} s, "
        f"load {os.getloadavg()[0]:.1f}"
    )
    _LOG.info(said)
    assert opened <= DRAWN_S, said
    assert expanded <= EXPANDED_S, said


def _opened(page: Page) -> float:
    """Give the seconds from going to the page until the 300 that were on it are drawn."""
    visit(page, "Explore", "Tip")
    begun = time.monotonic()
    page.get_by_role("button", name="Explore", exact=True).click()
    page.get_by_role("menuitem", name="Link chart", exact=True).click()
    _drawn(page, least=300)
    opened = time.monotonic() - begun
    rested(page)
    return opened


def _expanded(page: Page, nth: int) -> float:
    """Expand one more tip and give the seconds until its nodes came; nothing else moves."""
    chart = _drawn(page, least=300)
    chart.scroll_into_view_if_needed()
    before = _positions(chart)
    place = chart.evaluate(
        "(box, id) => box.linkchart.canvasToDOM(box.linkchart.getPositions([id])[id])",
        _tip(chart, nth),
    )
    chart.evaluate(
        "(box) => { box.grown = new Promise((done) => {"
        "box.linkchart.body.data.nodes.on('add', () => done(performance.now())); });"
        "box.addEventListener('dblclick', () => { box.begun = performance.now(); }, true); }"
    )
    chart.dblclick(position={"x": place["x"], "y": place["y"]})
    expanded = cast("float", chart.evaluate("async (b) => (await b.grown) - b.begun")) / 1000
    after = _positions(chart)
    assert {name: after[name] for name in before} == before, "what was drawn moved"
    rested(page)
    return expanded


def test_1000_are_panned_smoothly(pages: Watched) -> None:
    page = pages.page
    page.get_by_role("button", name="At most 1000").click()
    expect(page.get_by_role("button", name="At most 300")).to_be_visible()
    rested(page)
    chart = _find(page, "700000000", least=1000)
    rested(page)
    tries = [cast("dict[str, float]", chart.evaluate(_PAN)) for _ in range(TRIES)]
    found = max(tries, key=lambda each: each["drawn"] / each["seconds"])
    gaps = cast("list[float]", found["gaps"])
    frames = found["drawn"] / found["seconds"]
    said = (
        f"1000: {frames:.1f} frames a second, median {median(gaps):.1f} ms, load "
        f"{os.getloadavg()[0]:.1f}"
    )
    _LOG.info(said)
    assert frames >= FRAMES, said


def _fill(store: Store) -> None:
    """One tip with 800 addresses, each of 300 others with one of them and one of its own."""
    centre = [email(f"shared{at:04}@example.com") for at in range(800)]
    others = [
        delivery(
            f"7{at:08}",
            [email(f"shared{at:04}@example.com"), email(f"own{at:04}@example.com")],
        )
        for at in range(1, 301)
    ]
    record(store, [delivery("700000000", centre), *others], actor="test")


def _find(page: Page, text: str, *, least: int) -> Locator:
    page.get_by_label("Tip number or any identifier").fill(text)
    page.get_by_role("button", name="Find", exact=True).click()
    return _drawn(page, least=least)


def _drawn(page: Page, *, least: int) -> Locator:
    chart = page.locator(".linkchart")
    expect(chart.locator("canvas")).to_be_attached()
    page.wait_for_function(
        "least => { for (const host of document.querySelectorAll('*')) {"
        "const box = host.shadowRoot?.querySelector('.linkchart');"
        "if (box?.linkchart?.body.data.nodes.length >= least) return true; } return false; }",
        arg=least,
        polling=20,
    )
    # Two frames after the last node came: it is on the screen.
    page.evaluate("new Promise(d => requestAnimationFrame(() => requestAnimationFrame(d)))")
    return chart


def _positions(chart: Locator) -> dict[str, tuple[float, float]]:
    found = chart.evaluate("box => box.linkchart.getPositions()")
    return {node: (place["x"], place["y"]) for node, place in found.items()}


def _tip(chart: Locator, nth: int) -> str:
    return cast(
        "str",
        chart.evaluate(
            "(box, nth) => box.linkchart.body.data.nodes.get()"
            ".filter(n => n.shape === 'square' && !n.label.includes('700000000'))[nth].id",
            nth,
        ),
    )
