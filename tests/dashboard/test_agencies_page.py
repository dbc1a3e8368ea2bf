"""The page Agencies over a real API: read by all, changed by whoever may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.desk.agency_lists import may_change
from graph.casework.caller import Caller
from tests.api.live import live_api, opener_of
from tests.dashboard.meeting import HOSTILE, alder_and_birch
from tests.dashboard.opened import cells, opened_as, words
from tests.stores import RunningStore


@pytest.fixture
def people(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Caller]]:
    """Two agencies' people, and an API."""
    found = alder_and_birch(running_store.store)
    with live_api(opener_of(running_store.store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        yield found


def _opened(running: RunningStore, people: dict[str, Caller], user: str) -> AppTest:
    inviter = people["ops" if user.startswith("admin.") else f"admin.{user.rpartition('.')[2]}"]
    return opened_as(running.store, inviter, user).switch_page("app_pages/agencies.py").run()


def test_an_administrator_changes_the_own_entry_and_enters_a_unit(
    running_store: RunningStore, people: dict[str, Caller]
) -> None:
    page = _opened(running_store, people, "admin.alder")
    assert not page.exception
    (agencies,) = cells(page, "Agency")
    assert {"alder", "birch"} <= set(agencies)
    page = page.selectbox(key="chosen-agencies").select_index(agencies.index("alder")).run()
    page.text_input(key="agency-contact-alder").input("Desk, 555 0100")
    page.text_input(key="agency-zone-alder").input("America/Denver")
    page = page.button(key="agency-change").click().run()
    assert "alder is changed." in words(page)
    assert cells(page, "Zone")[0][agencies.index("alder")] == "America/Denver"
    page = page.button(key="unit-add").click().run()
    assert "A unit has a name." in words(page)
    page.text_input(key="unit-name").input(HOSTILE)
    page = page.button(key="unit-add").click().run()
    assert "is entered." in words(page)
    assert not page.exception
    page = page.selectbox(key="chosen-agencies").select_index(agencies.index("birch")).run()
    assert "agency-change" not in [button.key for button in page.button]
    reader = _opened(running_store, people, "lead.birch")
    buttons = {button.key for button in reader.button}
    assert not {"agency-add", "unit-add", "agency-change"} & buttons
    assert "None is entered." in words(reader)


@pytest.mark.parametrize(
    ("roles", "own", "may"),
    [
        (["operator"], None, True),
        (["agency administrator"], "alder", True),
        (["agency administrator"], "birch", False),
        (["supervisor"], "alder", False),
    ],
)
def test_who_is_offered_to_change_an_entry(roles: list[str], own: str | None, *, may: bool) -> None:
    assert may_change(roles, own, "alder") is may
