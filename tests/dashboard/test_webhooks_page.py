"""The page Webhooks over a real API: registered, its secret once, tested, ended, and apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from graph.casework.caller import Caller
from tests.api.live import live_api, opener_of
from tests.dashboard.meeting import alder_and_birch
from tests.dashboard.opened import cells, opened_as, words
from tests.stores import RunningStore

URL = "https://notices.alder.example/crosstip"


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
    return opened_as(running.store, inviter, user).switch_page("app_pages/webhooks.py").run()


def test_one_is_registered_tested_rotated_and_ended(
    running_store: RunningStore, people: dict[str, Caller]
) -> None:
    page = _opened(running_store, people, "admin.alder")
    assert "Your agency has no webhook." in words(page)
    page = page.button(key="webhook-add").click().run()
    assert "Write the address" in words(page)
    page.text_input(key="webhook-url").input("http://notices.alder.example/")
    page = page.button(key="webhook-add").click().run()
    assert cells(page, "Address") == []
    page.text_input(key="webhook-url").input(URL)
    page = page.button(key="webhook-add").click().run()
    assert not page.exception
    secret = page.code[0].value
    page = page.button(key="secret-noted").click().run()
    assert len(page.code) == 0
    assert cells(page, "Address") == [[URL]]
    page = page.selectbox(key="chosen-webhooks").select_index(0).run()
    page = page.button(key="webhook-test").click().run()
    assert "A test is on its way." in words(page)
    assert cells(page, "Kind") != []
    page = page.button(key="webhook-rotate").click().run()
    assert "There is a new secret." in words(page)
    assert page.code[0].value != secret
    boss = _opened(running_store, people, "boss.alder")
    assert cells(boss, "Address") == [[URL]]
    assert "webhook-add" not in [button.key for button in boss.button]
    assert "Your agency has no webhook." in words(_opened(running_store, people, "boss.birch"))
    page = page.button(key="webhook-end").click().run()
    assert "nothing goes there any more" in words(page)
    assert not page.exception
