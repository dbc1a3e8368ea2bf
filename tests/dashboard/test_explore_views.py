"""Groups, saved charts, timeline and map on the page Link chart, over a real API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charting.desk import Desk
from dashboard.charting.grouping import said_group
from graph.casework.caller import Caller
from graph.clock import now_us
from graph.services.holders import hold_tips, release_tips
from graph.services.recording import record
from graph.services.tips import list_tips
from graph.store import Store
from tests.api.county import LINKED, SHARED_EMAIL, URGENT, fill
from tests.api.live import live_api, opener_of
from tests.dashboard.opened import cells, opened_as, words
from tests.deliveries import MONDAY_US, delivery, email
from tests.graph.services.people import staff

pytestmark = pytest.mark.parametrize("running_store", ["embedded"], indirect=True)
_PLACE = ("reported[0]/estimated location", "Portland, OR, US (timestamp 2023-11-13)")
_LOCATED = delivery(
    "198000900",
    [
        email(SHARED_EMAIL, at_us=MONDAY_US, time_raw="14 Nov 2023 22:13"),
        email("once@example.com", time_raw="once"),
    ],
    details=(_PLACE,),
)
PAGE = "app_pages/explore.py"
CENTRE, OTHER, EMAIL = ("Tip", URGENT), ("Tip", LINKED), ("Email", SHARED_EMAIL)


@pytest.fixture
def people(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mapping[str, Caller]]:
    """Two agencies, of which north holds every tip, and the API that the page asks."""
    fill(store)
    record(store, [_LOCATED], actor="test")
    found = staff(store, "north", "south", at_us=now_us() - 120_000_000)
    held = [tip.key for tip in list_tips(store, limit=200).tips]
    hold_tips(found["ops"], store, held, agency="north")
    with live_api(opener_of(store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        yield found


def _desk(page: AppTest) -> Desk:
    found = page.session_state["crosstip:dashboard.charting.desk.Desk"]
    assert isinstance(found, Desk)
    return found


def _press(page: AppTest, key: str) -> AppTest:
    page = page.button(key=key).click().run()
    assert not page.exception
    return page


def _found(page: AppTest, text: str = "198000001") -> AppTest:
    page.text_input(key="explore-text").input(text)
    return _press(page, "explore-find")


def _selected(page: AppTest, *names: tuple[str, str]) -> AppTest:
    ids = _desk(page).ids
    page.multiselect(key="explore-chosen").set_value([ids.of_node(name) for name in names])
    page = page.run()
    assert not page.exception
    return page


def test_a_chart_is_grouped_saved_shared_and_opened_by_its_link(
    store: Store, people: Mapping[str, Caller]
) -> None:
    page = opened_as(store, people["admin.north"], "lead.north").switch_page(PAGE).run()
    page = _selected(_found(page), CENTRE, EMAIL)
    page.text_input(key="explore-group-name").input("Ring A")
    page.selectbox(key="explore-group-look").select("green")
    page = _press(page, "explore-group-make")
    assert said_group(_desk(page).chart, CENTRE) == "(1) Ring A"
    said = words(page)
    assert "(1) Ring A: 2, green" in said
    assert "no evidence" in said
    assert cells(page, "Group")[0].count("(1) Ring A") == 2
    page = _press(page, "explore-undo")
    assert _desk(page).chart.groups == ()
    page = _press(page, "explore-redo")
    page = _selected(page, OTHER)
    page = _press(_press(page, "explore-hide"), "workspace-save")
    assert "Write a name for it first" in words(page)
    page.text_input(key="workspace-name").input("The ring")
    page.text_area(key="workspace-note").input("Ask the lab.")
    page.date_input(key="explore-since").set_value(date(2020, 1, 1))
    page = _press(page.run(), "workspace-save")
    before = _desk(page).chart
    assert "Saved as The ring, version 1." in words(page)
    page.radio(key="workspace-with").set_value("people")
    page.text_input(key="workspace-who").input("boss.north")
    page = _press(page, "workspace-share")
    assert "shared with 1 people, version 2" in words(page)
    link = page.query_params["workspace"]
    opened = link if isinstance(link, str) else link[0]
    page = _press(page, "workspace-again")
    assert "version 3" in words(page)
    _a_colleague_opens_it(store, people, opened)
    after = _reader(store, people, "lead.south", opened)
    assert len(_desk(after).chart.nodes) == 0
    assert "There is no such workspace, or it is not shared with you." in words(after)
    page.text_input(key="explore-group-other-name").input("Ring B")
    page = _press(page, "explore-group-rename")
    assert said_group(_desk(page).chart, CENTRE) == "(1) Ring B"
    page = _press(page, "explore-undo")
    page = _press(page, "workspace-drop")
    assert "The saved chart is deleted." in words(page)
    assert _desk(page).chart == before


def test_saving_over_what_one_was_not_shown_whole_takes_a_tick(
    store: Store, people: Mapping[str, Caller]
) -> None:
    page = opened_as(store, people["admin.north"], "lead.north").switch_page(PAGE).run()
    page = _found(page)
    page.text_input(key="workspace-name").input("The ring")
    page = _press(page.run(), "workspace-save")
    link = page.query_params["workspace"]
    release_tips(people["ops"], store, [LINKED], agency="north")
    page = _reader(store, people, "lead.north", link if isinstance(link, str) else link[0])
    assert "is not shown to you" in words(page)
    assert page.button(key="workspace-again").disabled
    page.checkbox(key="workspace-partial").check()
    page = _press(page.run(), "workspace-again")
    assert "version 2" in words(page)
    assert "is not shown to you" not in words(page)


def _reader(store: Store, people: Mapping[str, Caller], user: str, link: str) -> AppTest:
    agency = user.partition(".")[2]
    page = opened_as(store, people[f"admin.{agency}"], user)
    page.query_params["workspace"] = link
    page = page.switch_page(PAGE).run()
    assert not page.exception
    return page


def _a_colleague_opens_it(store: Store, people: Mapping[str, Caller], link: str) -> None:
    page = _reader(store, people, "boss.north", link)
    chart = _desk(page).chart
    assert {CENTRE, EMAIL, OTHER} <= set(chart.nodes)
    assert chart.hidden == {OTHER}
    assert said_group(chart, EMAIL) == "(1) Ring A"
    assert (CENTRE, OTHER) in chart.links
    assert CENTRE in chart.beyond
    said = words(page)
    assert "kept by lead.north" in said
    assert "NOTE, NOT EVIDENCE: Ask the lab." in said
    assert "is not shown to you" not in said
    assert page.date_input(key="explore-since").value is not None
    assert "workspace-again" not in [button.key for button in page.button]
    release_tips(people["ops"], store, [LINKED], agency="north")
    page = _press(page, "workspace-list")
    page.selectbox(key="workspace-chosen").select_index(0)
    page = _press(page.run(), "workspace-open")
    assert OTHER not in _desk(page).chart.nodes
    assert "Some of what was drawn is not shown to you" in words(page)


def test_a_timeline_and_a_map_say_what_is_known_and_count_the_rest(
    store: Store, people: Mapping[str, Caller]
) -> None:
    page = opened_as(store, people["admin.north"], "lead.north").switch_page(PAGE).run()
    page = _found(page, "198000900")
    said = words(page)
    assert "without a known time stay listed" in said
    assert "Estimated by providers, not an address" in said
    assert "1 placed, 2 unknown or outside; not read: expand the tip: 2" in said
    (placed,) = cells(page, "Placed in")
    assert sorted(placed) == ["Oregon", "unknown", "unknown"]
    assert "2023-11-13" in cells(page, "As of")[0]
    whole = cells(page, "At (UTC)")[0]
    assert "2023-11-14T22:13:20Z" in whole
    assert "unknown" in whole
    assert "once" in cells(page, "As stated")[0]
    page.date_input(key="explore-until").set_value(date(2020, 1, 1))
    page = page.run()
    narrow = cells(page, "At (UTC)")[0]
    assert set(narrow) == {"unknown"}
    assert "Narrowed to the first to 2020-01-01 day." in words(page)
    page = _press(page, "explore-whole-time")
    assert cells(page, "At (UTC)")[0] == whole
