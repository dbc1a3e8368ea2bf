"""The page Custody, over a real API and a worker: what stands there, and the bundle."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from client.resources.custody import CustodyLog
from crosstip.serving.dashboard_process import DashboardProcess
from crosstip.serving.ports import address, free_port
from dashboard.views.custody_given import CustodyView
from graph.audit.keys import load_signer, new_signer, save_signer
from graph.audit.settings import AuditSettings
from graph.audit.standalone_custody import check_bundle
from graph.casework.caller import Caller
from graph.clock import now_us
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.crosstip.jobs.office import LEAD, Office, tips
from tests.dashboard.daily import buttons, go, labelled, pressed
from tests.dashboard.meeting import alder_and_birch, opened_at
from tests.dashboard.opened import cells, words
from tests.dashboard.running import HOST, log_in, rested, visit
from tests.dashboard.watched import browser, watched_page
from tests.graph.services.logging_on import code_at, enrolled
from tests.stores import RunningStore

pytestmark = [
    # What a page shows is no matter of the engine; custody itself is tried on both.
    pytest.mark.parametrize("running_store", ["embedded"], indirect=True),
]
TIP = "ncmec:198000001"


@pytest.fixture
def at(
    running_store: RunningStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Office, dict[str, Caller]]]:
    """An API whose worker keeps originals; alder has handed a tip in."""
    store = running_store.store
    monkeypatch.setenv("CROSSTIP_DATA_DIR", str(tmp_path))
    save_signer(AuditSettings().keys.signing, new_signer())
    people = alder_and_birch(store)
    with live_api(opener_of(store), data_dir=tmp_path) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        with logged_on_as(live, store, LEAD) as lead:
            office = Office(running=running_store, data_dir=tmp_path, people={LEAD: lead})
            office.handed(tips(198000001))
            assert office.worked() == 1
            yield office, people


def asked(page: AppTest, number: str) -> AppTest:
    """Ask for a tip's custody."""
    labelled(page.text_input, "Tip number").input(number)
    return pressed(page, "custody-ask")


def remembered(page: AppTest) -> CustodyView:
    """Give what the page remembers."""
    name = f"{CustodyView.__module__}.{CustodyView.__qualname__}"
    found = page.session_state[f"crosstip:{name}"]
    assert isinstance(found, CustodyView)
    return found


def test_from_the_number_to_a_bundle_that_is_checked_offline(
    at: tuple[Office, dict[str, Caller]],
) -> None:
    office, people = at
    page = opened_at(office.running.store, people, "boss.alder", "custody")
    assert "Enter the number of a tip that your agency holds" in words(page)
    page = asked(page, "198000001")
    said = words(page)
    assert "Summary, not evidence." in said
    assert cells(page, "Where the original is") == [["in the vault"]]
    assert cells(page, "Handed in by") == [[LEAD]]
    assert cells(page, "Kind")[0][0] == "received"
    assert "u198000001@example.com" not in said + str([each.value for each in page.dataframe])
    page.text_input(key="bundle-for").input("jane@example.com")
    page = pressed(page, "bundle-make")
    assert "This could not be answered." in words(page), "whom it is for holds no identifier"
    assert remembered(page).job is None
    page.text_input(key="bundle-for").input("the defence")
    page = pressed(page, "bundle-make")
    assert "The bundle is being made (queued)" in words(page)
    assert office.worked() == 1
    page = pressed(page, "bundle-look")
    assert "SHA-256 of the file: " in words(page)
    assert "crosstip custody verify FILE --key KEY" in words(page)
    (button,) = [each for each in page.get("download_button") if "bundle" in each.proto.label]
    assert button.proto.label == "Download the bundle"
    data = remembered(page).data
    assert data is not None
    public = load_signer(AuditSettings().keys.signing).public.text
    assert "1 of 1 originals are in it" in check_bundle(data, keys=[public])
    page = pressed(page, "bundle-again")
    assert "bundle-make" in buttons(page)
    assert remembered(page).data is None


def test_the_page_is_read_once_and_opened_from_the_tip(
    at: tuple[Office, dict[str, Caller]],
) -> None:
    office, people = at
    page = opened_at(office.running.store, people, "lead.alder", "tip")
    page = page.selectbox(key="choose-tips").select(TIP).run()
    page = pressed(pressed(page, "open-tips"), "open-custody")
    assert [title.value for title in page.title] == ["Custody"]
    assert cells(page, "Kind")[0][0] == "received"
    first = remembered(page)
    answer, logs = first.answer, first.logs
    page = go(go(page, "custody"), "custody")
    again = remembered(page)
    assert again.answer is answer, "drawing it again is no other look, and no other entry"
    assert again.logs is logs
    page = asked(page, TIP)
    looked = [kind for kind in cells(page, "Kind")[0] if kind == "view"]
    assert len(looked) > _kinds(logs).count("view"), "asked again, it is one"


def _kinds(logs: tuple[CustodyLog, ...]) -> list[str]:
    return [item.kind for log in logs for item in log.items]


def test_another_agency_and_another_role_are_told_nothing(
    at: tuple[Office, dict[str, Caller]],
) -> None:
    office, people = at
    page = asked(opened_at(office.running.store, people, "boss.birch", "custody"), TIP)
    assert "There is no such record." in words(page)
    assert "Check the number." in words(page)
    assert len(page.dataframe) == 0
    page = opened_at(office.running.store, people, "deputy.alder", "tip")
    page = page.selectbox(key="choose-tips").select(TIP).run()
    assert "open-custody" not in buttons(pressed(page, "open-tips"))


@pytest.mark.browser
def test_a_browser_sees_the_bundle_come_by_itself(
    at: tuple[Office, dict[str, Caller]], tmp_path: Path
) -> None:
    office, people = at
    store, log = office.running.store, tmp_path / "dashboard.log"
    secret = enrolled(store, people["admin.alder"], "boss.alder", at_us=now_us() - 120_000_000)
    port = free_port(HOST, 0)
    api = os.environ["CROSSTIP_API_URL"]
    running = DashboardProcess(host=HOST, port=port, api_url=api, log=log)
    try:
        running.wait_until_ready()
        with browser() as started, watched_page(started) as watched:
            page = watched.page
            page.goto(address(HOST, port))
            log_in(page, "boss.alder", code_at(secret, now_us()))
            visit(page, "Work", "Custody")
            page.get_by_role("textbox", name="Tip number").fill(TIP)
            page.get_by_role("button", name="Show custody").click()
            page.get_by_role("button", name="Make the bundle").click()
            expect(page.get_by_text("The bundle is being made (queued)")).to_be_visible()
            assert office.worked() == 1
            download = page.get_by_role("button", name="Download the bundle")
            expect(download).to_be_visible()
            rested(page)
            with page.expect_download() as coming:
                download.click()
            file = tmp_path / coming.value.suggested_filename
            coming.value.save_as(file)
            assert watched.is_clean(), watched
    finally:
        running.stop()
    assert file.name == "SYNTHETIC-crosstip-custody-ncmec-198000001.zip"
    public = load_signer(AuditSettings().keys.signing).public.text
    assert "1 of 1 originals are in it" in check_bundle(file.read_bytes(), keys=[public])
    assert log.read_text(encoding="utf-8") == ""


def test_an_api_that_is_away_is_no_empty_custody(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = alder_and_birch(running_store.store)
    with live_api(opener_of(running_store.store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        page = opened_at(running_store.store, people, "boss.birch", "custody")
    page = asked(page, "1")
    assert "The API does not answer" in words(page)
    assert "Received" not in [title.value for title in page.header]
