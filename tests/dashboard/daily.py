"""Agencies at their daily work: tips in queues, people at their pages, hostile texts everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

import pytest
from streamlit.testing.v1 import AppTest

from graph.services.audit_reads import ReadLog
from graph.services.queue_reading import QueuedTip, show_queued
from graph.statements import FileStatement
from graph.store import Store
from tests.api.live import LiveApi, live_api, opener_of
from tests.dashboard.opened import opened_as
from tests.graph.services.handing import County, county
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore

HOSTILE = "<img src=x onerror=alert(1)> [x](https://host.example/) **b** $a$"
URGENT, PLAIN, FOREIGN = "ncmec:1", "ncmec:2", "ncmec:9"


class _Labelled(Protocol):
    @property
    def label(self) -> str: ...


W = TypeVar("W", bound=_Labelled)


@dataclass(frozen=True, slots=True)
class Daily:
    """North with an urgent and a plain tip, south with one of its own, and their people."""

    api: LiveApi
    county: County

    @property
    def store(self) -> Store:
        """The store."""
        return self.county.store

    def opened(self, user: str, page: str) -> AppTest:
        """Open a page as somebody."""
        agency = user.rpartition(".")[2]
        opened = opened_as(self.store, self.county.people[f"admin.{agency}"], user)
        return go(opened, page)

    def queued(self, tip: str, *, user: str = "boss.north") -> QueuedTip:
        """Give where a tip stands at somebody's agency."""
        reads = ReadLog(self.store)
        return show_queued(self.county.people[user], self.store, tip=tip, reads=reads)


@contextmanager
def daily(running: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daily]:
    """Fill a store, and run the API that the pages ask."""
    there = fill(running)
    with live_api(opener_of(running.store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        yield Daily(live, there)


def fill(running: RunningStore) -> County:
    """Enter agencies, people and tips."""
    there = county(running)
    file = FileStatement(
        file_id="1", name=f"{HOSTILE}.jpg", viewed_by_esp="no", classification="A1"
    )
    take_in(running.store, 1, urgency=0, provider_name=HOSTILE, files=(file,))
    take_in(running.store, 2, said="b@example.com", provider_name=HOSTILE)
    take_in(running.store, 9, said="c@example.com", holder="south")
    return there


def go(page: AppTest, name: str) -> AppTest:
    """Go to a page by its file's name."""
    opened = page.switch_page(f"app_pages/{name}.py").run()
    assert not opened.exception
    return opened


def labelled(widgets: Iterable[W], label: str) -> W:
    """Give the widget whose label begins so; there is one."""
    (found,) = [widget for widget in widgets if widget.label.startswith(label)]
    return found


def pressed(page: AppTest, key: str) -> AppTest:
    """Press a button."""
    after = page.button(key=key).click().run()
    assert not after.exception
    return after


def in_form(page: AppTest, button: str, label: str) -> object:
    """Give the field of a form that has a button, by its label."""
    form = page.button(key=button).form_id
    fields = (
        *page.text_input,
        *page.text_area,
        *page.date_input,
        *page.selectbox,
        *page.number_input,
    )
    (found,) = [one for one in fields if one.form_id == form and one.label.startswith(label)]
    return found


def filled(page: AppTest, button: str, **said: object) -> AppTest:
    """Fill in a form by its labels, with `_` for blanks, and send it."""
    for label, value in said.items():
        field = in_form(page, button, label.replace("_", " "))
        field.set_value(value)  # type: ignore[attr-defined]
    return pressed(page, button)


def buttons(page: AppTest) -> set[str]:
    """Give the keys of the buttons."""
    return {button.key for button in page.button if button.key is not None}


def nothing_is_markup(page: AppTest) -> None:
    """Come back when hostile texts stand in plain texts and tables only."""
    fixed = [*page.title, *page.header, *page.subheader, *page.caption, *page.markdown]
    fixed += [*page.error, *page.warning, *page.info, *page.success]
    for part in fixed:
        assert "onerror" not in str(part.value)
        assert "host.example" not in str(part.value)
    for widget in (*page.button, *page.selectbox, *page.text_area, *page.text_input, *page.radio):
        assert "onerror" not in widget.label
