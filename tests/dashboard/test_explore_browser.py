"""The link chart in a real browser: from a tip's number to an explained link and a file."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from graph.clock import now_us
from graph.services.holders import hold_tips
from graph.services.tips import list_tips
from graph.store import Store
from tests.api.county import LINKED, SHARED_EMAIL, fill
from tests.dashboard.running import log_in, rested, running_dashboard, visit
from tests.dashboard.suggesting import begun_with_a_suggestion
from tests.dashboard.test_browser import fill_with_payloads
from tests.dashboard.watched import Watched, browser, watched_page
from tests.graph.services.logging_on import code_at, enrolled
from tests.graph.services.people import staff

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    """One browser for all tests here."""
    with browser() as running:
        yield running


@pytest.fixture
def pages(store: Store, started: Browser, tmp_path: Path) -> Iterator[Watched]:
    """The page over a store with hostile texts in it, logged in."""
    fill(store)
    fill_with_payloads(store)
    now = now_us() - 120_000_000
    people = staff(store, "north", at_us=now)
    held = [tip.key for tip in list_tips(store, limit=200).tips]
    hold_tips(people["ops"], store, held, agency="north")
    secret = enrolled(store, people["admin.north"], "lead.north", at_us=now)
    with watched_page(started) as watched, running_dashboard(store, tmp_path) as url:
        watched.page.goto(url)
        log_in(watched.page, "lead.north", code_at(secret, now_us()))
        visit(watched.page, "Explore", "Link chart")
        yield watched


def test_from_a_number_to_an_explained_link_a_judgement_and_a_file(
    pages: Watched, tmp_path: Path
) -> None:
    page = pages.page
    chart = _find(page, "198000001")
    before = _positions(chart)
    linked, email = _node(chart, f"T {LINKED}"), _node(chart, f"E {SHARED_EMAIL}")
    _click(chart, linked)
    expect(_said(page, f"Tip {LINKED}")).to_be_visible()
    rested(page)
    _double_click(chart, email)
    expect(_said(page, SHARED_EMAIL)).to_be_visible()
    rested(page)
    after = _positions(chart)
    assert {node: after[node] for node in before} == before, "what was drawn moved"
    centre = _node(chart, "T ncmec:198000001")
    _click(chart, centre)
    expect(_said(page, "Tip ncmec:198000001")).to_be_visible()
    rested(page)
    chart.page.keyboard.down("Control")
    _click(chart, linked)
    chart.page.keyboard.up("Control")
    expect(page.get_by_role("heading", name="Why linked")).to_be_visible()
    expect(_said(page, "By chance:")).to_be_visible()
    rested(page)
    _choose(pages, "Judge these two tips", "same actor")
    page.get_by_label("Reason, which stays on record").fill("Seen on both screens.")
    page.get_by_role("button", name="Record judgement").click()
    expect(_said(page, "The judgement is recorded: same actor.")).to_be_visible()
    rested(page)
    for name, ending in (("Download chart", ".html"), ("Download SVG", ".svg")):
        target = tmp_path / f"chart{ending}"
        assert _taken(page, name, target) == f"SYNTHETIC-crosstip-chart{ending}"
    _taken(page, "Download PNG", tmp_path / "chart.png")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    _report(page, tmp_path)
    assert pages.is_clean(), pages
    for ending in (".html", ".svg"):
        page.goto((tmp_path / f"chart{ending}").as_uri())
        page.wait_for_timeout(500)
        if ending == ".html":
            expect(page.locator("canvas").first).to_be_visible()
            drawn = cast("dict[str, dict[str, float]]", page.evaluate("network.getPositions()"))
            assert {node: (at["x"], at["y"]) for node, at in drawn.items()} == after
        else:
            assert page.locator("text").count() > 5
    page.goto((tmp_path / "report.html").as_uri())
    expect(page.get_by_role("heading", name=f"Why ncmec:198000001 and {LINKED}")).to_be_visible()
    expect(page.get_by_role("cell", name="the prosecutor", exact=True)).to_be_visible()
    assert pages.is_clean(), pages


def test_keys_do_what_the_buttons_do_and_go_no_further(pages: Watched) -> None:
    page = pages.page
    begun_with_a_suggestion(page, "dark.f", f"Email {SHARED_EMAIL}")
    chart = _find(page, "198000001")
    linked = _node(chart, f"T {LINKED}")
    _click(chart, linked)
    expect(_said(page, f"Tip {LINKED}")).to_be_visible()
    rested(page)
    assert chart.evaluate("box => box.getRootNode().activeElement === box")
    page.keyboard.press("h")
    expect(_said(page, "1 hidden")).to_be_visible()
    rested(page)
    assert linked not in _positions(chart)
    page.keyboard.press("Control+z")
    expect(_said(page, "Undone.")).to_be_visible()
    rested(page)
    assert linked in _positions(chart)
    page.keyboard.press("Control+y")
    expect(_said(page, "Done again.")).to_be_visible()
    rested(page)
    assert linked not in _positions(chart)
    page.keyboard.press("Control+z")
    expect(_said(page, "Undone.")).to_be_visible()
    rested(page)
    page.evaluate(
        "() => { window.gone = 0; document.addEventListener('keydown', () => { gone += 1; }); }"
    )
    # Streamlit's own: clear the cache, and run again.
    page.keyboard.press("c")
    page.keyboard.press("r")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("window.gone") == 0
    live = chart.locator("xpath=following-sibling::*[@aria-live]")
    expect(live).to_contain_text("Selected:")
    page.wait_for_timeout(600)
    rested(page)
    page.keyboard.press("Enter")
    expect(live).to_contain_text("on the chart")
    assert pages.is_clean(), pages


def test_a_node_that_was_dragged_is_pinned_where_it_was_put(pages: Watched) -> None:
    page = pages.page
    chart = _find(page, "198000001")
    linked = _node(chart, f"T {LINKED}")
    before = _positions(chart)
    x, y = _at(chart, linked)
    box = chart.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.down()
    page.mouse.move(box["x"] + x + 60, box["y"] + y - 40, steps=5)
    page.mouse.up()
    expect(_said(page, "1 moved and pinned.")).to_be_visible()
    rested(page)
    after = _positions(chart)
    assert [node for node in before if after[node] != before[node]] == [linked]
    page.get_by_role("button", name="Undo").click()
    expect(_said(page, "Undone.")).to_be_visible()
    rested(page)
    assert _positions(chart) == before
    # Panning with something selected moves the view and nothing else.
    box = chart.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 80, box["y"] + 60, steps=5)
    page.mouse.up()
    page.wait_for_timeout(800)
    rested(page)
    expect(_said(page, "Undone.")).to_be_visible()
    assert _positions(chart) == before
    assert _at(chart, linked) != (x, y)
    assert pages.is_clean(), pages


@pytest.mark.long
def test_hostile_texts_are_texts_in_chart_and_files(pages: Watched, tmp_path: Path) -> None:
    page = pages.page
    chart = _find(page, "666000001")
    for node in list(_positions(chart))[:12]:
        x, y = _at(chart, node)
        chart.hover(position={"x": x, "y": y}, force=True)
        page.wait_for_timeout(250)
        assert chart.locator(".vis-tooltip").locator("img, script, option, h1").count() == 0
    _click(chart, _node(chart, "T ncmec:666000001"))
    chart.page.keyboard.down("Control")
    _click(chart, _node(chart, "T ncmec:666000002"))
    chart.page.keyboard.up("Control")
    expect(page.get_by_role("heading", name="Why linked")).to_be_visible()
    rested(page)
    assert page.locator("img[src='x'], [onerror]").count() == 0
    for name, ending in (("Download chart", ".html"), ("Download SVG", ".svg")):
        _taken(page, name, tmp_path / f"chart{ending}")
    for ending in (".html", ".svg"):
        page.goto((tmp_path / f"chart{ending}").as_uri())
        page.wait_for_timeout(700)
        assert page.locator("img, option, [onerror]").count() == 0
    assert pages.is_clean(), pages


def _report(page: Page, folder: Path) -> None:
    """Make a report and take it away: a page, a PDF, and the record that the log names."""
    page.get_by_label("For whom").fill("the prosecutor")
    page.get_by_role("button", name="Make the report").click()
    said = _said(page, "SHA-256 of its record:")
    expect(said).to_be_visible()
    rested(page)
    _taken(page, "Download report (HTML)", folder / "report.html")
    _taken(page, "Download report (PDF)", folder / "report.pdf")
    _taken(page, "Download its record", folder / "report.json")
    digest = sha256((folder / "report.json").read_bytes()).hexdigest()
    assert digest in said.inner_text()
    read = PdfReader(folder / "report.pdf")
    assert digest in read.pages[0].extract_text()
    assert [held for (held,) in read.attachments.values()] == [
        (folder / "report.json").read_bytes()
    ]


def _taken(page: Page, name: str, target: Path) -> str:
    """Take a file away and give the name that it comes with."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=name, exact=True).click()
    coming.value.save_as(target)
    return coming.value.suggested_filename


def _find(page: Page, text: str) -> Locator:
    # What is typed while the page is still being drawn is gone: typed again, as a person would.
    rested(page)
    box, drawn = page.get_by_label("Tip number or any identifier"), "The chart as tables"
    box.fill(text)
    page.get_by_role("button", name="Find", exact=True).click()
    rested(page)
    if box.input_value() == "" and page.get_by_role("heading", name=drawn).count() == 0:
        box.fill(text)
        page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("heading", name=drawn)).to_be_visible()
    rested(page)
    chart = page.locator(".linkchart")
    expect(chart.locator("canvas")).to_be_visible()
    chart.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    return chart


def _choose(pages: Watched, label: str, wanted: str) -> None:
    """Choose from a box. It closes by itself when the page above it grows: then once more."""
    page = pages.page
    option = page.get_by_role("option", name=wanted)

    def is_open() -> bool:
        page.get_by_role("combobox", name=label).fill("")
        page.get_by_role("combobox", name=label).fill(wanted)
        page.wait_for_timeout(400)
        return option.count() == 1

    pages.until(is_open)
    option.click()


def _said(page: Page, text: str) -> Locator:
    return page.get_by_test_id("stText").filter(has_text=text).first


def _positions(chart: Locator) -> dict[str, tuple[float, float]]:
    found = chart.evaluate("box => box.linkchart.getPositions()")
    return {node: (place["x"], place["y"]) for node, place in found.items()}


def _at(chart: Locator, node: str) -> tuple[float, float]:
    place = chart.evaluate(
        "(box, id) => box.linkchart.canvasToDOM(box.linkchart.getPositions([id])[id])", node
    )
    return place["x"], place["y"]


def _click(chart: Locator, node: str) -> None:
    x, y = _at(chart, node)
    chart.click(position={"x": x, "y": y})


def _double_click(chart: Locator, node: str) -> None:
    x, y = _at(chart, node)
    chart.dblclick(position={"x": x, "y": y})


def _node(chart: Locator, label: str) -> str:
    found = chart.evaluate(
        "(box, label) => box.linkchart.body.data.nodes.get()"
        ".filter(node => node.label.startsWith(label)).map(node => node.id)",
        label,
    )
    (node,) = cast("list[str]", found)
    return node
