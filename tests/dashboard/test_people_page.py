"""The page People over a real API: entered, invited, changed, logged out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.desk.people_lists import lacking
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
    return opened_as(running.store, inviter, user).switch_page("app_pages/people.py").run()


def test_an_administrator_enters_invites_and_changes_somebody(
    running_store: RunningStore, people: dict[str, Caller]
) -> None:
    page = _opened(running_store, people, "admin.alder")
    assert not page.exception
    (users,) = cells(page, "User")
    assert all(user.endswith(".alder") for user in users)
    page = page.button(key="add-button").click().run()
    assert "Say which user name they get" in words(page)
    page.text_input(key="add-user").input("new.alder")
    page.text_input(key="add-name").input(HOSTILE)
    page.multiselect(key="add-roles").set_value(["analyst"])
    page = page.button(key="add-button").click().run()
    assert "new.alder is entered" in words(page)
    (users,) = cells(page, "User")
    assert "new.alder" in users
    page = page.selectbox(key="chosen-people").select_index(users.index("new.alder")).run()
    page = page.button(key="invite").click().run()
    said = words(page)
    assert "This code is shown now and never again." in said
    page = page.button(key="code-noted").click().run()
    assert "This code is shown now" not in words(page)
    page.multiselect(key="roles-new.alder").set_value(["investigator"])
    page = page.button(key="change-button").click().run()
    assert "new.alder is changed." in words(page)
    assert "investigator" in cells(page, "Roles")[0][users.index("new.alder")]
    page = page.button(key="end-sessions").click().run()
    assert "All sessions of new.alder are ended." in words(page)
    assert not page.exception


def test_who_only_reads_is_offered_nothing_to_do_and_sees_no_other_agency(
    running_store: RunningStore, people: dict[str, Caller]
) -> None:
    page = _opened(running_store, people, "audit.birch")
    assert not page.exception
    (users,) = cells(page, "User")
    assert all(user.endswith(".birch") for user in users)
    page = page.selectbox(key="chosen-people").select_index(0).run()
    keys = {button.key for button in page.button}
    assert not keys & {"invite", "add-button", "change-button", "end-sessions"}


@pytest.mark.parametrize(
    ("user", "name", "roles", "said"),
    [("", "a", ["b"], "user name"), ("a", "", ["b"], "their name"), ("a", "a", [], "role")],
)
def test_what_is_missing_is_said(user: str, name: str, roles: list[str], said: str) -> None:
    assert said in (lacking(user=user, name=name, roles=roles) or "")
    assert lacking(user="a", name="a", roles=["b"]) is None
