"""The report on the page, over a real API: nothing is given before it is in the log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from client.client import CrosstipClient
from client.errors import ApiError
from dashboard.views.explore_report import Made, Reports
from graph.clock import now_us
from graph.queries.audit import KeysParams
from graph.queries.leaves import ENTRIES_BY_KEY
from graph.services.holders import hold_tips
from graph.services.tips import list_tips
from graph.store import Store
from tests.api.county import fill
from tests.api.live import LiveApi, live_api, opener_of
from tests.dashboard.opened import opened_as, words
from tests.graph.services.people import staff

FILES = ("Download report (HTML)", "Download report (PDF)", "Download its record")


@pytest.fixture
def api(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveApi]:
    """The API that the page asks."""
    fill(store)
    with live_api(opener_of(store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        yield live


@pytest.mark.usefixtures("api")
def test_a_report_is_in_the_log_before_it_can_be_taken_away(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = staff(store, "north", at_us=now_us() - 120_000_000)
    held = [tip.key for tip in list_tips(store, limit=200).tips]
    hold_tips(people["ops"], store, held, agency="north")
    page = opened_as(store, people["admin.north"], "lead.north")
    page = page.switch_page("app_pages/explore.py").run()
    page.text_input(key="explore-text").input("198000001")
    page = page.button(key="explore-find").click().run()
    assert _buttons(page) == []
    page.text_input(key="report-for").input("write to a@example.com")
    page = page.button(key="report-make").click().run()
    assert _buttons(page) == [], "the log refused the sentence"
    page.text_input(key="report-for").input("the prosecutor")
    page = page.button(key="report-make").click().run()
    assert not page.exception
    made = _made(page)
    assert f"Entered as {made.entry.entry}" in words(page)
    (row,) = store.read(ENTRIES_BY_KEY, KeysParams(keys=[made.entry.entry]))
    assert (row.actor, row.log) == ("lead.north", "agency:north")
    assert made.report.sha256 in row.outcome
    assert set(row.disclosed or ()) == set(made.report.tips) != set()
    assert made.entry.sha256 == made.report.sha256
    assert _buttons(page) == [*FILES]
    page = page.button(key="explore-clear").click().run()
    assert _buttons(page) == []

    def away(_client: CrosstipClient, _wanted: object, **_more: object) -> None:
        raise ApiError("api-away", "The API does not answer.", status=None)

    page.text_input(key="explore-text").input("198000001")
    page = page.button(key="explore-find").click().run()
    assert "has changed since" not in words(page)
    monkeypatch.setattr(CrosstipClient, "enter_report", away)
    page = page.button(key="report-make").click().run()
    assert "The API does not answer" in words(page)
    assert _buttons(page) == []


def _buttons(page: AppTest) -> list[str]:
    labels = [str(button.label) for button in page.get("download_button")]  # type: ignore[union-attr]
    return [label for label in labels if "report" in label or "record" in label]


def _made(page: AppTest) -> Made:
    kept = page.session_state["crosstip:dashboard.views.explore_report.Reports"]
    assert isinstance(kept, Reports)
    assert kept.made is not None
    return kept.made
