"""The page Conflicts, over a real API and store: seen by the sides alone, and every step."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from graph.store import Store
from tests.api.live import LiveApi, live_api, opener_of
from tests.dashboard.meeting import HOSTILE, SUBJECT, alder_and_birch, meet, opened_at
from tests.dashboard.opened import cells, words

RESOLVED = "Resolved. The other side is told"


@pytest.fixture
def api(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveApi]:
    """The API that the pages ask."""
    with live_api(opener_of(store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        yield live


def _open_first(page: AppTest) -> AppTest:
    page.selectbox(key="chosen-conflicts").select_index(0).run()
    return page.button(key="open-conflict").click().run()


@pytest.mark.usefixtures("api")
def test_from_a_conflict_to_its_end_and_back(store: Store) -> None:
    people = alder_and_birch(store)
    meet(people, store)
    page = opened_at(store, people, "lead.birch", "conflicts")
    assert not page.exception
    assert cells(page, "Other agency") == [["ALDER"]] or cells(page, "Other agency") == [["alder"]]
    assert "left" in cells(page, "Our clock")[0][0]
    assert page.button(key="live-notices").label == "Notices: 1"
    page = _open_first(page)
    assert not page.exception
    said = words(page)
    assert "Their investigation: A-1" in said
    assert cells(page, "Met by") == [["claim"]]
    page = page.button(key="acknowledge-conflict").click().run()
    assert "your side's clock has ended" in words(page)
    assert "Our clock: acknowledged" in words(page)
    page.text_area(key="message-text").input(HOSTILE)
    page = page.button(key="message-button").click().run()
    assert "The message is written" in words(page)
    assert "\\u202e" in cells(page, "Message")[0][0]
    page = page.button(key="coordinate-conflict").click().run()
    assert "State: coordinating" in words(page)
    page = page.button(key="resolve-button").click().run()
    assert "Say how it ended" in words(page)
    page.selectbox(key="resolution").select("split")
    page.text_area(key="resolve-why").input("Agreed by telephone.")
    page = page.button(key="resolve-button").click().run()
    assert RESOLVED in words(page)
    assert "State: resolved" in words(page)
    page.text_area(key="reopen-why").input("It goes on.")
    page = page.button(key="reopen-button").click().run()
    assert "State: open" in words(page)
    assert not page.exception
    fixed = [*page.title, *page.header, *page.subheader, *page.caption, *page.markdown]
    fixed += [*page.error, *page.warning, *page.info, *page.success]
    assert not any("onerror" in part.value or "host.example" in part.value for part in fixed)
    page = page.button(key="conflict-back").click().run()
    assert cells(page, "State") == [["open"]]


@pytest.mark.usefixtures("api")
def test_whoever_is_of_neither_side_sees_nothing_of_it(store: Store) -> None:
    people = alder_and_birch(store)
    meet(people, store)
    page = opened_at(store, people, "lead.cedar", "conflicts")
    assert not page.exception
    said = words(page)
    assert "Your side is told of no conflict, as of the time below" in said
    assert "No notice waits for you" in said
    assert page.button(key="live-notices").label == "Notices: 0"
    everything = said + repr([table.value.to_dict() for table in page.dataframe])
    for hidden in ("A-1", "B-1", "alder", "birch", SUBJECT):
        assert hidden not in everything


@pytest.mark.usefixtures("api")
def test_a_step_from_what_has_changed_meanwhile_is_refused_and_read_again(store: Store) -> None:
    people = alder_and_birch(store)
    meet(people, store)
    mine = _open_first(opened_at(store, people, "lead.birch", "conflicts"))
    theirs = _open_first(opened_at(store, people, "lead.alder", "conflicts"))
    theirs.button(key="coordinate-conflict").click().run()
    mine.selectbox(key="resolution").select("joined")
    mine.text_area(key="resolve-why").input("We join.")
    mine.button(key="resolve-button").click().run()
    said = words(mine)
    assert "Somebody changed it since it was shown" in said
    assert "State: coordinating" in said
    mine.button(key="resolve-button").click().run()
    assert "State: resolved" in words(mine), "once it was looked at, the step is taken"


@pytest.mark.usefixtures("api")
def test_a_notice_is_acknowledged_once(store: Store) -> None:
    people = alder_and_birch(store)
    meet(people, store)
    page = opened_at(store, people, "lead.birch", "conflicts")
    page.selectbox(key="chosen-notices").select_index(0).run()
    page = page.button(key="acknowledge-notice").click().run()
    assert "The notice is acknowledged" in words(page)
    assert page.button(key="live-notices").label == "Notices: 0"
    page = page.checkbox(key="with-seen").check().run()
    assert cells(page, "Acknowledged")[0][0] != ""


def test_an_api_that_is_away_is_no_empty_list_and_comes_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = alder_and_birch(store)
    meet(people, store)
    with live_api(opener_of(store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        page = opened_at(store, people, "lead.birch", "conflicts")
        before = cells(page, "Other agency")
    page.run()
    assert not page.exception
    assert "The API does not answer" in words(page)
    assert "told of no conflict" not in words(page)
    assert page.button(key="live-notices").label == "Notices: not known"
    assert len(before[0]) == 1
