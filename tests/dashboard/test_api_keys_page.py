"""The page API keys over a real API: made, shown once, used, ended; and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from streamlit.testing.v1 import AppTest

from graph.casework.caller import Caller
from tests.api.live import LiveApi, live_api, opener_of
from tests.dashboard.meeting import alder_and_birch
from tests.dashboard.opened import cells, opened_as, words
from tests.stores import RunningStore


@pytest.fixture
def at(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[LiveApi, dict[str, Caller]]]:
    """Two agencies' people, and an API."""
    found = alder_and_birch(running_store.store)
    with live_api(opener_of(running_store.store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        yield live, found


def _opened(running: RunningStore, people: dict[str, Caller], user: str) -> AppTest:
    inviter = people["ops" if user.startswith("admin.") else f"admin.{user.rpartition('.')[2]}"]
    return opened_as(running.store, inviter, user).switch_page("app_pages/api_keys.py").run()


def _status(live: LiveApi, key: str) -> int:
    answer = httpx.get(f"{live.url}/v1/figures", headers={"Authorization": f"Bearer {key}"})
    return answer.status_code


def test_a_key_is_made_shown_once_used_and_ended(
    running_store: RunningStore, at: tuple[LiveApi, dict[str, Caller]]
) -> None:
    live, people = at
    page = _opened(running_store, people, "admin.alder")
    assert "Your agency has no key." in words(page)
    page = page.button(key="key-make").click().run()
    assert "Name the program's account" in words(page)
    page.text_input(key="key-user").input("rms.alder")
    page.multiselect(key="key-roles").set_value(["investigator"])
    page.multiselect(key="key-scopes").set_value(["figures.read"])
    page = page.button(key="key-make").click().run()
    assert not page.exception
    assert "shown now and never again" in words(page)
    key = page.code[0].value
    assert _status(live, key) == 200
    page = page.button(key="key-noted").click().run()
    assert len(page.code) == 0
    assert key not in repr(page)
    assert cells(page, "May") == [["figures.read"]]
    assert cells(page, "From") == [["anywhere"]]
    page = page.selectbox(key="chosen-api-keys").select_index(0).run()
    page = page.button(key="key-end").click().run()
    assert "opens nothing any more" in words(page)
    assert cells(page, "Ended")[0][0].endswith("by admin.alder")
    assert _status(live, key) == 401


def test_others_read_and_another_agency_sees_nothing(
    running_store: RunningStore, at: tuple[LiveApi, dict[str, Caller]]
) -> None:
    _, people = at
    page = _opened(running_store, people, "admin.alder")
    page.text_input(key="key-user").input("rms.alder")
    page.multiselect(key="key-roles").set_value(["investigator"])
    page.multiselect(key="key-scopes").set_value(["figures.read"])
    page.text_area(key="key-networks").input("not a network")
    page = page.button(key="key-make").click().run()
    assert cells(page, "Key") == []
    page.text_area(key="key-networks").input("192.0.2.0/24")
    page = page.button(key="key-make").click().run()
    assert cells(page, "From") == [["192.0.2.0/24"]]
    boss = _opened(running_store, people, "boss.alder")
    assert cells(boss, "For") == [["rms.alder"]]
    assert "key-make" not in [button.key for button in boss.button]
    other = _opened(running_store, people, "boss.birch")
    assert "Your agency has no key." in words(other)
