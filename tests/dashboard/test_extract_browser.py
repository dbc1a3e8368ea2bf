"""Hand out as… in a real browser: the file that comes opens, and is what its manifest says."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from graph.services.recording import record
from tests.crosstip.jobs.office import Office
from tests.dashboard.meeting import alder_and_birch
from tests.dashboard.running import rested, running_dashboard, visit
from tests.dashboard.test_office_browser import opened
from tests.dashboard.watched import browser
from tests.deliveries import delivery, email
from tests.stores import RunningStore

pytestmark = pytest.mark.browser
EMAIL = "subject@example.com"


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    """Chromium."""
    with browser() as found:
        yield found


def test_a_chart_is_handed_out_twice_and_both_files_open(
    started: Browser, running_store: RunningStore, tmp_path: Path
) -> None:
    store = running_store.store
    people = alder_and_birch(store)
    for number in ("198000001", "198000002"):
        said = delivery(number, [email(EMAIL)], holder="alder")
        record(store, [said], actor="test")
    office = Office(running=running_store, data_dir=tmp_path, people={})
    with (
        running_dashboard(store, tmp_path, data_dir=tmp_path) as url,
        opened(started, store, people, "lead.alder", url) as watched,
    ):
        page = watched.page
        visit(page, "Explore", "Link chart")
        page.get_by_label("Tip number or any identifier").fill("198000001")
        page.get_by_role("button", name="Find", exact=True).click()
        expect(page.get_by_role("heading", name="The chart as tables")).to_be_visible()
        rested(page)
        name, data, manifest = _handed_out(page, office, "GraphML", tmp_path)
        assert name == "SYNTHETIC-crosstip-extract-ncmec-198000001-and-1.graphml"
        assert manifest["tips"] == ["ncmec:198000001", "ncmec:198000002"]
        graph: Any = nx.read_graphml(io.BytesIO(data))
        kinds = sorted(said["kind"] for _, said in graph.nodes(data=True))
        assert kinds == ["Email", "Tip", "Tip"]
        page.get_by_role("button", name="Make another one").click()
        rested(page)
        name, data, manifest = _handed_out(page, office, "A workbook (XLSX)", tmp_path)
        assert name.endswith("-and-1.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(data))
        assert [row[1] for row in book["tips"].iter_rows(min_row=2, values_only=True)] == (
            manifest["tips"]
        )


def _handed_out(
    page: Page, office: Office, tool: str, folder: Path
) -> tuple[str, bytes, dict[str, Any]]:
    """Fill the form in, have it made, take both files away; nothing is ordered without a whom."""
    _choose(page, tool)
    whom = page.get_by_label("Whom it is for")
    make = page.get_by_role("button", name="Make the file")
    whom.fill("")
    make.click()
    expect(page.get_by_text("Write whom it is for: it stands in the log.")).to_be_visible()
    rested(page)
    whom.fill("the county's lab")
    make.click()
    expect(page.get_by_text("The extract is being made").first).to_be_visible()
    assert office.worked() == 1
    expect(page.get_by_role("button", name="Download the file")).to_be_visible()
    rested(page)
    name, data = _taken(page, "Download the file", folder)
    beside, said = _taken(page, "Download its manifest", folder)
    manifest: dict[str, Any] = json.loads(said)
    assert beside == f"{name}.manifest.json"
    assert manifest["sha256"] == hashlib.sha256(data).hexdigest()
    return name, data, manifest


def _choose(page: Page, tool: str) -> None:
    """Choose the tool; a list that a late redrawing closed is opened again, as a person does."""
    box, wanted = (
        page.get_by_role("combobox", name="Hand out as"),
        page.get_by_role("option", name=tool),
    )
    for _ in range(6):
        box.click()
        try:
            wanted.wait_for(timeout=5_000.0)
        except PlaywrightTimeoutError:
            page.keyboard.press("Escape")
        else:
            break
    wanted.click()
    rested(page)


def _taken(page: Page, button: str, folder: Path) -> tuple[str, bytes]:
    with page.expect_download() as coming:
        page.get_by_role("button", name=button, exact=True).click()
    name = coming.value.suggested_filename
    coming.value.save_as(folder / name)
    return name, (folder / name).read_bytes()
