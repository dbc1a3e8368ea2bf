"""The page Quarantine, over a real API, its intake and a worker: why, tried again, dismissed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graph.casework.caller import Caller
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.crosstip.jobs.office import LEAD, Office
from tests.dashboard.meeting import alder_and_birch, opened_at
from tests.dashboard.opened import cells, words
from tests.stores import RunningStore

HOSTILE = "<img src=x onerror=alert(1)>\u202e.json"


@pytest.fixture
def at(
    running_store: RunningStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Office, dict[str, Caller]]]:
    """An API with intake; alder has handed in a document that cannot be taken in."""
    store = running_store.store
    people = alder_and_birch(store)
    with live_api(opener_of(store), data_dir=tmp_path) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        with logged_on_as(live, store, LEAD) as lead:
            office = Office(running=running_store, data_dir=tmp_path, people={LEAD: lead})
            _hand_in(lead)
            assert office.worked() == 1
            yield office, people


def _hand_in(lead: httpx.Client) -> None:
    broken = json.dumps({"crosstip": "tip/1", "number": HOSTILE, "provider": "ACME <b>"}).encode()
    answer = lead.post(
        "/v1/documents",
        content=broken,
        params={"synthetic": True},
        headers={"Content-Disposition": "attachment; filename*=UTF-8''broken%E2%80%AE.json"},
    )
    assert answer.status_code == 202, answer.text


def test_a_document_is_looked_at_tried_again_and_dismissed(
    at: tuple[Office, dict[str, Caller]],
) -> None:
    office, people = at
    page = opened_at(office.running.store, people, "boss.alder", "quarantine")
    assert not page.exception
    assert cells(page, "State") == [["waiting"]]
    assert "\u202e" not in repr(cells(page, "Document"))
    assert cells(page, "Provider named") == [["ACME <b>"]]
    assert cells(page, "Waiting") == [["1"]]
    page = page.selectbox(key="chosen-quarantine").select_index(0).run()
    said = words(page)
    assert "SHA-256: " in said
    assert "Tries: 1" in said
    assert "onerror" not in said, "the document's text is shown nowhere"
    page = page.button(key="retry-entry").click().run()
    assert "A job tries it again" in words(page)
    assert office.worked() == 1
    page = page.run()
    assert "Tries: 2" in words(page)
    page = page.button(key="dismiss-button").click().run()
    assert "Say why" in words(page)
    page.text_area(key="dismiss-why").input("Torn <b>off</b>.")
    page = page.button(key="dismiss-button").click().run()
    assert not page.exception
    assert "Dismissed. Who, when and why stay." in words(page)
    assert cells(page, "State") == [["dismissed"]]
    assert "Dismissed because: Torn <b>off</b>." in words(page)


def test_another_agency_sees_nothing_of_it(at: tuple[Office, dict[str, Caller]]) -> None:
    office, people = at
    page = opened_at(office.running.store, people, "boss.birch", "quarantine")
    assert not page.exception
    assert "Nothing waits, as of the time below" in words(page)
    assert len(page.dataframe) == 0


def test_an_api_that_is_away_is_no_empty_quarantine(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = alder_and_birch(running_store.store)
    with live_api(opener_of(running_store.store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        page = opened_at(running_store.store, people, "boss.birch", "quarantine")
    page.run()
    assert "The API does not answer" in words(page)
    assert "Nothing waits" not in words(page)
    assert not page.exception
