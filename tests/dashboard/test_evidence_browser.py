"""Files to take away, opened in Chromium with hostile texts: nothing runs, nothing is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, expect

from dashboard.charting.evidence import chart_page
from dashboard.charting.filters import Filters, in_sight
from dashboard.charting.selecting import Ids
from dashboard.charting.svg import chart_svg
from dashboard.reporting.page import report_page
from tests.dashboard.charting.charts import hostile_chart
from tests.dashboard.reporting.made import hostile
from tests.dashboard.watched import Watched, browser, watched_page
from tests.hostile import HOSTILE

pytestmark = pytest.mark.browser
_LOADING = "img, iframe, object, embed, video, link, base, form, option, script[src], [onerror]"


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


def test_the_chart_as_a_page_draws_hostile_texts_and_asks_for_nothing(
    watched: Watched, tmp_path: Path
) -> None:
    chart, ids, page = hostile_chart(HOSTILE), Ids(), watched.page
    sight = in_sight(chart, Filters())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    target = tmp_path / "chart.html"
    target.write_bytes(chart_page(chart, sight, ids, lines=HOSTILE))
    page.goto(target.as_uri())
    expect(page.locator("canvas").first).to_be_visible()
    assert page.evaluate("network.body.data.nodes.length") == len(sight.nodes)
    places = cast(
        "list[dict[str, float]]",
        page.evaluate(
            "network.getSeed() && Object.values(network.getPositions())"
            ".map(place => network.canvasToDOM(place))"
        ),
    )
    for place in places[:6]:
        page.locator("#mynetwork").hover(position=place, force=True)  # type: ignore[arg-type]
        page.wait_for_timeout(320)
    assert page.locator(_LOADING).count() == 0
    assert page.title() == "Crosstip: link chart"
    assert asked == [target.as_uri()]
    assert watched.is_clean(), watched


def test_the_policy_of_a_page_stops_what_gets_in(watched: Watched, tmp_path: Path) -> None:
    """Were a text to become markup all the same, this is what would be left of it."""
    chart, ids, page = hostile_chart(HOSTILE[:3]), Ids(), watched.page
    target = tmp_path / "chart.html"
    written = chart_page(chart, in_sight(chart, Filters()), ids, lines=()).decode()
    let_in = "<script>alert(1)</script><img src=https://evil.example/x.png onerror=alert(2)>"
    target.write_text(written.replace("<body>", f"<body>{let_in}"), encoding="utf-8")
    page.goto(target.as_uri())
    expect(page.locator("canvas").first).to_be_visible()
    assert watched.dialogs == []
    refused = [text for text in watched.errors if "Content Security Policy" in text]
    assert len(refused) >= 3
    watched.errors.clear()


def test_the_chart_as_svg_holds_hostile_texts_and_asks_for_nothing(
    watched: Watched, tmp_path: Path
) -> None:
    chart, page = hostile_chart(HOSTILE), watched.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    target = tmp_path / "chart.svg"
    target.write_bytes(chart_svg(chart, in_sight(chart, Filters()), lines=HOSTILE))
    page.goto(target.as_uri())
    assert page.locator("text").count() > len(HOSTILE)
    assert page.locator("script, image, foreignObject, a, use, style").count() == 0
    assert asked == [target.as_uri()]
    assert watched.is_clean(), watched


def test_a_report_holds_hostile_texts_asks_for_nothing_and_gives_its_record(
    watched: Watched, tmp_path: Path
) -> None:
    made, page = hostile(HOSTILE), watched.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    target = tmp_path / "report.html"
    target.write_bytes(report_page(made.report, made.place, picture=made.svg))
    page.goto(target.as_uri())
    expect(
        page.get_by_role("heading", name="Place in the log, and how to check it")
    ).to_be_visible()
    assert page.locator(f"{_LOADING}, script, foreignObject").count() == 0
    assert page.locator("svg text").count() > len(HOSTILE)
    # Nothing wider than the window: long names are broken.
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("getComputedStyle(document.querySelector('th')).backgroundColor") == (
        "rgb(238, 238, 238)"
    ), "the policy lets the page's own style be"
    assert asked == [target.as_uri()]
    with page.expect_download() as coming:
        page.get_by_role("link", name="Save the record").click()
    assert sha256(coming.value.path().read_bytes()).hexdigest() == made.report.sha256
    assert watched.is_clean(), watched
