"""Hand out as…, on the pages Tip and Link chart, over a real API and a worker."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from client.resources.jobs import ExtractThis
from dashboard.desk.extract_lists import TOOLS, file_name, lacking
from dashboard.views.extract_making import Extracting, Extracts
from graph.casework.caller import Caller
from graph.exchange.formats import FORMATS
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.crosstip.jobs.office import LEAD, Office, tips
from tests.dashboard.daily import buttons, pressed
from tests.dashboard.meeting import alder_and_birch, opened_at
from tests.dashboard.opened import words
from tests.stores import RunningStore

TIP = "ncmec:198000001"
PLACE = f"tip-{TIP}"


@pytest.fixture
def at(
    running_store: RunningStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Office, dict[str, Caller]]]:
    """An API with a worker beside it; alder has handed a tip in."""
    store = running_store.store
    people = alder_and_birch(store)
    with live_api(opener_of(store), data_dir=tmp_path) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        with logged_on_as(live, store, LEAD) as lead:
            office = Office(running=running_store, data_dir=tmp_path, people={LEAD: lead})
            office.handed(tips(198000001))
            assert office.worked() == 1
            yield office, people


def downloads(page: AppTest, place: str) -> list[str]:
    """Give the labels of the buttons that give an extract's files."""
    ids: list[Any] = list(page.get("download_button"))
    return [str(one.proto.label) for one in ids if f"extract-{place}-" in one.proto.id]


def remembered(page: AppTest, place: str) -> Extracting:
    """Give what the pages remember of an extract."""
    found = page.session_state[f"crosstip:{Extracts.__module__}.{Extracts.__qualname__}"]
    assert isinstance(found, Extracts)
    return found.places[place]


@pytest.mark.parametrize("running_store", ["embedded"], indirect=True)
def test_a_tip_and_a_chart_are_handed_out(at: tuple[Office, dict[str, Caller]]) -> None:
    office, people = at
    page = opened_at(office.running.store, people, "boss.alder", "tip")
    page = page.selectbox(key="choose-tips").select(TIP).run()
    page = pressed(page, "open-tips")
    page = page.radio(key=f"sides-{TIP}").set_value("Hand out as…").run()
    assert "Every tip that leaves is an entry of the log" in words(page)
    page = pressed(page, f"extract-{PLACE}-make")
    assert "Write whom it is for" in words(page)
    page.text_input(key=f"extract-{PLACE}-for").input("jane@example.com")
    page = pressed(page, f"extract-{PLACE}-make")
    assert "This could not be answered." in words(page), "whom it is for holds no identifier"
    page.text_input(key=f"extract-{PLACE}-for").input("the county's lab")
    page.selectbox(key=f"extract-{PLACE}-format").select("graphml")
    page = pressed(page, f"extract-{PLACE}-make")
    assert "The extract is being made (queued)" in words(page)
    assert downloads(page, PLACE) == []
    assert office.worked() == 1
    page = pressed(page, f"extract-{PLACE}-look")
    assert downloads(page, PLACE) == ["Download the file", "Download its manifest"]
    view = remembered(page, PLACE)
    assert view.data is not None
    assert view.job is not None
    assert view.job.export is not None
    assert view.job.export.proof is not None
    assert view.job.export.proof["sha256"] == hashlib.sha256(view.data).hexdigest()
    assert json.loads(json.dumps(view.job.export.proof))["tips"] == [TIP]
    assert b"<graphml" in view.data
    page = pressed(page, f"extract-{PLACE}-again")
    assert f"extract-{PLACE}-make" in buttons(page)
    page = page.switch_page("app_pages/explore.py").run()
    page.text_input(key="explore-text").input("198000001")
    page = pressed(page, "explore-find")
    page.text_input(key="extract-chart-for").input("the county's lab")
    page = pressed(page, "extract-chart-make")
    assert office.worked() == 1
    page = pressed(page, "extract-chart-look")
    assert downloads(page, "chart") == ["Download the file", "Download its manifest"]


def test_the_formats_are_the_cores() -> None:
    assert {name: (one.suffix, one.mime) for name, one in TOOLS.items()} == {
        name: (one.suffix, one.media_type) for name, one in FORMATS.items()
    }


def test_what_is_named_and_what_lacks() -> None:
    wanted = ExtractThis(
        tips=("ncmec:1/../x", "ncmec:2"), format="i2", purpose="cybertip", recipient="a lab"
    )
    assert file_name(wanted, synthetic=True) == (
        "SYNTHETIC-crosstip-extract-ncmec-1----x-and-1.i2.zip"
    )
    assert lacking((), "a lab") == "No tip is in sight: an extract is made of tips."
    assert "201 are in sight" in (lacking(("t",) * 201, "a lab") or "")
    assert lacking(("t",), "  ") == "Write whom it is for: it stands in the log."
    assert lacking(("t",), "a lab") is None
