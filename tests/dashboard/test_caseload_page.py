"""The page Caseload over a real API and store: figures to supervisors, from each to its rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.casework.caller import Caller
from graph.services.agencies import AgencyChange, change_agency
from graph.services.holders import hold_tips
from graph.store import Store
from tests.api.live import LiveApi, live_api, opener_of
from tests.dashboard.meeting import HOSTILE, alder_and_birch, meet, opened_at
from tests.dashboard.opened import cells, words
from tests.graph.services.queueing import take_in

TIP = "ncmec:1"


@pytest.fixture
def api(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveApi]:
    """The API that the pages ask."""
    with live_api(opener_of(store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        yield live


def office(store: Store) -> dict[str, Caller]:
    """Give the agencies, with three tips that birch holds of two providers."""
    people = alder_and_birch(store)
    for number in (1, 2, 3):
        provider = HOSTILE if number == 1 else "plaintalk"
        take_in(store, number, holder=None, provider=provider)
        hold_tips(people["ops"], store, [f"ncmec:{number}"], agency="birch")
    return people


@pytest.mark.usefixtures("api")
def test_from_a_figure_to_its_rows_and_to_the_tip(store: Store) -> None:
    people = office(store)
    meet(people, store)
    page = opened_at(store, people, "boss.birch", "caseload")
    assert not page.exception
    numbers = {metric.label: metric.value for metric in page.metric}
    assert numbers["Open tips"] == "3"
    assert numbers["Came in"] == "3"
    assert numbers["Conflicts not resolved"] == "1"
    said = words(page)
    assert "As of 20" in said
    assert "days of UTC" in said
    assert "Tips that your agency holds and has neither closed" in said
    assert cells(page, "Agency") == [["alder"]]
    assert "\\u202e" in repr(cells(page, "Provider"))
    page = page.button(key="tile-Open tips").click().run()
    assert page.selectbox(key="caseload-figure").value == "open"
    rows = cells(page, "Cell")[0]
    page = page.selectbox(key="chosen-cells-open").select_index(0).run()
    assert not page.exception
    assert len(rows) >= 1
    counted = int(cells(page, "Number")[0][0])
    assert len(cells(page, "Record")[0]) == counted
    wanted = cells(page, "Record")[0][0]
    page.selectbox(key="chosen-rows").select_index(0).run()
    page = page.button(key="go").click().run()
    assert not page.exception
    assert wanted in [text.value for text in page.text]


@pytest.mark.usefixtures("api")
def test_from_a_conflict_counted_to_the_conflict(store: Store) -> None:
    people = alder_and_birch(store)
    meet(people, store)
    page = opened_at(store, people, "boss.birch", "caseload")
    # Beside the figures, what is urgent; acknowledged there.
    assert "No urgent tip waits" in words(page)
    take_in(store, 4, holder="birch", urgency=0, urgency_reasons=("Imminent danger.",))
    page = page.run()
    assert "1 urgent: to be looked at at once" in words(page)
    page = page.button(key="urgent-ack-ncmec:4").click().run()
    assert "ncmec:4 was acknowledged by boss.birch" in words(page)
    assert "No urgent tip waits" in words(page)
    page.selectbox(key="caseload-figure").select("conflicts").run()
    page.selectbox(key="chosen-cells-conflicts").select_index(0).run()
    page.selectbox(key="chosen-rows").select_index(0).run()
    page = page.button(key="go").click().run()
    assert not page.exception
    assert "Their investigation: A-1" in words(page)


@pytest.mark.usefixtures("api")
def test_for_somebody_outside_small_numbers_are_withheld_and_rows_stay_inside(
    store: Store,
) -> None:
    people = office(store)
    page = opened_at(store, people, "boss.birch", "caseload")
    page = page.checkbox(key="caseload-shared").check().run()
    assert not page.exception
    assert "urgent tip waits" not in words(page)
    assert "counts below 5 are withheld" in words(page)
    numbers = {metric.label: metric.value for metric in page.metric}
    assert numbers["Open tips"] == "withheld"
    assert "3" not in {cell for column in cells(page, "Number") for cell in column}
    assert "Conflicts by agency" not in words(page)


@pytest.mark.usefixtures("api")
def test_an_officer_sees_their_own_load_and_another_agency_nothing(store: Store) -> None:
    people = office(store)
    page = opened_at(store, people, "lead.birch", "caseload")
    assert not page.exception
    assert len(page.metric) == 0
    assert "The agency's figures are for its supervisors" in words(page)
    page = opened_at(store, people, "boss.cedar", "caseload")
    assert not page.exception
    numbers = {metric.label: metric.value for metric in page.metric}
    assert numbers["Open tips"] == "0"
    everything = words(page) + repr([table.value.to_dict() for table in page.dataframe])
    assert "birch" not in everything
    assert "plaintalk" not in everything


@pytest.mark.usefixtures("api")
def test_a_zone_that_is_none_is_said_to_be(store: Store) -> None:
    people = alder_and_birch(store)
    page = opened_at(store, people, "boss.birch", "caseload")
    page.text_input(key="caseload-zone").input("Nowhere/Land").run()
    assert not page.exception
    assert "could not be answered" in words(page)
    page.text_input(key="caseload-zone").input("America/Denver").run()
    assert "days of America/Denver" in words(page)
    change = AgencyChange(zone="America/Juneau")
    change_agency(people["admin.birch"], store, key="birch", expected=1, change=change)
    page.text_input(key="caseload-zone").input("").run()
    assert not page.exception
    assert "days of America/Juneau" in words(page)


def test_an_api_that_is_away_is_no_zero(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    people = alder_and_birch(store)
    with live_api(opener_of(store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        page = opened_at(store, people, "boss.birch", "caseload")
    page.run()
    assert "The API does not answer" in words(page)
    assert len(page.metric) == 0
    assert not page.exception
