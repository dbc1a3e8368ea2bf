"""The page Link chart without a browser, over a real API and a real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from client.client import CrosstipClient
from client.errors import ApiError
from dashboard.charting.desk import Desk
from graph.clock import now_us
from graph.services.holders import hold_tips
from graph.services.tips import list_tips
from graph.store import Store
from tests.api.county import CHILD, HOSTILE, LINKED, SHARED_EMAIL, URGENT, fill
from tests.api.live import LiveApi, live_api, opener_of
from tests.dashboard.opened import cells, log_in, opened_as, search, start, words
from tests.graph.services.people import staff

PAGE = "app_pages/explore.py"
CENTRE = ("Tip", URGENT)
OTHER = ("Tip", LINKED)
EMAIL = ("Email", SHARED_EMAIL)


@pytest.fixture
def api(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveApi]:
    """The API that the page asks."""
    fill(store)
    with live_api(opener_of(store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        yield live


@pytest.fixture
def page(api: LiveApi) -> AppTest:
    """The page with a chart that began with the urgent tip."""
    return _find(log_in(api.token).switch_page(PAGE).run(), "198000001")


def desk_of(page: AppTest) -> Desk:
    """Give what the page keeps."""
    found = page.session_state["crosstip:dashboard.charting.desk.Desk"]
    assert isinstance(found, Desk)
    return found


def _find(page: AppTest, text: str) -> AppTest:
    page.text_input(key="explore-text").input(text)
    page = page.button(key="explore-find").click().run()
    assert not page.exception
    return page


def _press(page: AppTest, key: str) -> AppTest:
    page = page.button(key=f"explore-{key}").click().run()
    assert not page.exception
    return page


def _select(page: AppTest, *names: tuple[str, str]) -> AppTest:
    ids = desk_of(page).ids
    page.multiselect(key="explore-chosen").set_value([ids.of_node(name) for name in names])
    page = page.run()
    assert not page.exception
    return page


@pytest.mark.usefixtures("api")
def test_nothing_is_shown_before_the_log_in() -> None:
    page = start().switch_page(PAGE).run()
    assert [box.key for box in page.text_input] == ["access-token"]


def test_a_tips_number_begins_a_chart(page: AppTest) -> None:
    chart = desk_of(page).chart
    assert {CENTRE, OTHER, EMAIL} <= set(chart.nodes)
    kinds = {kind for kind, _ in chart.nodes}
    assert "Investigation" in kinds
    assert chart.links[CENTRE, OTHER].grade is not None
    assert len(page.get("bidi_component")) == 2, "the chart, and what is suggested while typing"
    said = words(page)
    assert "Reported by: Chatterbox" in said
    assert "of at most 300 on the chart" in said
    assert "0 of " in said
    assert "hidden by filters" in said
    assert "Investigative lead, not identification." in said
    nodes = cells(page, "What")[0]
    assert LINKED in nodes
    assert SHARED_EMAIL in nodes
    labels = [str(button.label) for button in page.get("download_button")]  # type: ignore[union-attr]
    assert "Download chart" in labels
    assert "Download SVG" in labels
    assert "Download PNG" in labels


def test_an_identifier_in_any_spelling_begins_a_chart(api: LiveApi) -> None:
    page = _find(log_in(api.token).switch_page(PAGE).run(), "Dark.Fox@example.com")
    assert "Read as Email: Dark.Fox@example.com" in words(page)
    page = _press(page, "start")
    chart = desk_of(page).chart
    assert {EMAIL, CENTRE, OTHER} <= set(chart.nodes)
    assert len([kind for kind, _ in chart.nodes if kind == "Investigation"]) == 2
    said = words(page)
    assert "Tip: 2, 2 on the chart" in said
    assert "Tips that mention it: 2" in said


def test_the_tip_that_is_open_on_its_page_begins_a_chart_and_back(api: LiveApi) -> None:
    page = search(log_in(api.token), "198000002").switch_page(PAGE).run()
    page = _press(page, "open-tip")
    assert OTHER in desk_of(page).chart.nodes
    page = page.button(key="explore-open").click().run()
    assert not page.exception
    assert [title.value for title in page.title] == ["Tip"]


def test_nothing_found_says_what_that_means(api: LiveApi) -> None:
    page = _find(log_in(api.token).switch_page(PAGE).run(), "nobody@example.com")
    assert "says nothing about other stores" in words(page)
    assert len(desk_of(page).chart.nodes) == 0


def test_what_is_selected_in_the_chart_is_inspected(page: AppTest) -> None:
    ids = desk_of(page).ids
    chosen = {"nodes": [ids.of_node(EMAIL), "no such", 5], "edges": [], "turn": 7}
    page.session_state["explore-chart"] = {"selection": chosen}
    page.run()
    assert not page.exception
    assert f"Email {SHARED_EMAIL}" in words(page)
    assert "Tip: 2, 2 on the chart" in words(page)
    assert desk_of(page).nodes == (EMAIL,)


def test_hide_undo_redo_keep_and_show(page: AppTest) -> None:
    before = desk_of(page).chart
    page = _press(_select(page, OTHER), "hide")
    assert desk_of(page).chart.hidden == {OTHER}
    assert "1 hidden by hand" in words(page)
    assert LINKED not in cells(page, "What")[0]
    page = _press(page, "undo")
    assert desk_of(page).chart == before
    page = _press(page, "redo")
    assert desk_of(page).chart.hidden == {OTHER}
    page = _press(page, "show-hidden")
    assert desk_of(page).chart == before
    page = _press(_select(page, CENTRE, OTHER), "keep")
    assert set(cells(page, "What")[0]) == {URGENT, LINKED}
    page = _press(page, "remove-hidden")
    assert set(desk_of(page).chart.nodes) == {CENTRE, OTHER}


def test_expanding_by_kind_moves_nothing(page: AppTest) -> None:
    page = _press(_select(page, CENTRE, OTHER), "keep")
    page = _select(_press(page, "remove-hidden"), CENTRE)
    before = desk_of(page).chart
    page.pills(key="explore-kinds").set_value(["Email"]).run()
    page = _press(page, "expand")
    after = desk_of(page).chart
    assert {kind for kind, _ in set(after.nodes) - set(before.nodes)} == {"Email"}
    assert {name: after.places[name] for name in before.places} == before.places
    assert EMAIL in after.nodes


def test_days_and_grades_are_filtered_and_nothing_is_lost(page: AppTest) -> None:
    count = len(desk_of(page).chart.nodes)
    page.date_input(key="explore-since").set_value(date(2030, 1, 1)).run()
    assert not page.exception
    assert URGENT not in cells(page, "What")[0]
    page.date_input(key="explore-since").set_value(None).run()
    assert URGENT in cells(page, "What")[0]
    page.pills(key="explore-grades-off").set_value(["strong"]).run()
    assert URGENT in cells(page, "What")[0]
    assert LINKED not in cells(page, "What")[0]
    assert len(desk_of(page).chart.nodes) == count


def test_filters_hide_and_say_how_many(page: AppTest) -> None:
    count = len(desk_of(page).chart.nodes)
    emails = sum(kind == "Email" for kind, _ in desk_of(page).chart.nodes)
    page.pills(key="explore-kinds-off").set_value(["Email"]).run()
    assert f"{emails} of {count} hidden by filters" in words(page)
    assert SHARED_EMAIL not in cells(page, "What")[0]
    assert len(desk_of(page).chart.nodes) == count


def test_two_selected_say_why_and_the_weights_add_up(page: AppTest) -> None:
    page = _select(page, CENTRE, OTHER)
    said = words(page)
    assert "Why linked" in said
    assert "investigative lead, not identification" in said
    assert "By chance:" in said
    assert "Weights version" in said
    why = desk_of(page).why
    assert why is not None
    assert sum(reason.weight for reason in why.reasons) == why.score
    assert SHARED_EMAIL in [cell for column in cells(page, "Identifier") for cell in column]
    page = _press(page, "chains")
    assert "Chains between the two" in words(page)
    assert desk_of(page).chains is not None
    page = _press(page, "draw-chains")
    assert {CENTRE, OTHER} <= set(desk_of(page).chart.nodes)


def test_a_link_between_two_tips_is_explained_and_another_one_described(page: AppTest) -> None:
    ids = desk_of(page).ids
    for turn, (ends, is_explained) in enumerate(
        [((CENTRE, OTHER), True), ((EMAIL, CENTRE), False)]
    ):
        chosen = {"nodes": [], "edges": [ids.of_link(ends)], "turn": turn + 1}
        page.session_state["explore-chart"] = {"selection": chosen}
        page.run()
        assert not page.exception
        assert ("Why linked" in words(page)) == is_explained
        assert f"{ends[0][0]} {ends[0][1]}" in words(page)
        assert "Weight: " in words(page)
    assert "Times: 2023-11-14T22:13:20Z" in words(page)


def test_two_that_are_no_tips_have_no_link_page(page: AppTest) -> None:
    assert "Why linked" not in words(_select(page, CENTRE, EMAIL))


def test_a_judgement_without_a_reason_is_not_sent(page: AppTest) -> None:
    page = _select(page, CENTRE, OTHER)
    page.selectbox(key="explore-verdict").select("same actor")
    page = _press(page, "record")
    assert "Choose a verdict and write the reason." in words(page)
    assert desk_of(page).chart.links[CENTRE, OTHER].judged is None


def test_the_api_away_is_said_and_the_chart_stays(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise ApiError("api-away", "Nobody answers.")

    before = desk_of(page).chart
    with monkeypatch.context() as while_away:
        while_away.setattr(CrosstipClient, "tip", away)
        page = _select(page, OTHER)
        assert "The API does not answer." in words(page)
        page = _press(_select(page, OTHER), "hide")
        page = _press(page, "undo")
    assert desk_of(page).chart == before
    page = _select(page, OTHER)
    assert "Around it" in words(page)


def test_texts_of_tips_are_never_markup(page: AppTest) -> None:
    for chosen in ((CENTRE,), (CENTRE, OTHER), (EMAIL,)):
        page = _select(page, *chosen)
        fixed = [*page.title, *page.header, *page.subheader, *page.caption, *page.markdown]
        fixed += [*page.error, *page.warning, *page.info]
        for part in fixed:
            assert "onerror" not in part.value
            assert SHARED_EMAIL not in part.value
        for button in page.button:
            assert SHARED_EMAIL not in button.label
        assert (HOSTILE in words(page)) == (chosen == (CENTRE,))


def test_a_person_judges_and_another_agency_sees_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    people = staff(store, "north", "south", at_us=now_us() - 120_000_000)
    held = [tip.key for tip in list_tips(store, limit=200).tips]
    hold_tips(people["ops"], store, held, agency="north")
    with live_api(opener_of(store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        page = opened_as(store, people["admin.north"], "lead.north").switch_page(PAGE).run()
        page = _select(_find(page, "198000001"), CENTRE, OTHER)
        page.selectbox(key="explore-verdict").select("same actor")
        page.text_area(key="explore-why").input("The same address, days apart.")
        page = _press(page, "record")
        assert desk_of(page).chart.links[CENTRE, OTHER].judged == "same actor"
        assert "The same address, days apart." in cells(page, "Why")[0]
        page = opened_as(store, people["admin.south"], "lead.south").switch_page(PAGE).run()
        page = _find(page, "198000001")
        assert len(desk_of(page).chart.nodes) == 0
        assert CHILD not in words(page)
