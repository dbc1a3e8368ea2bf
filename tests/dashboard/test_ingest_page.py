"""The page Hand in over a real API, its intake and a worker."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.views.ingest_page import File, Said, lacking
from graph.casework.caller import Caller
from tests.api.live import live_api, opener_of
from tests.crosstip.jobs.office import Office, tips
from tests.dashboard.meeting import HOSTILE, alder_and_birch, opened_at
from tests.dashboard.opened import cells, words
from tests.stores import RunningStore

BROKEN = json.dumps({"crosstip": "tip/1", "number": HOSTILE}).encode()


@pytest.fixture
def at(
    running_store: RunningStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Office, dict[str, Caller]]]:
    """An API with intake, and its worker."""
    people = alder_and_birch(running_store.store)
    with live_api(opener_of(running_store.store), data_dir=tmp_path) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        yield Office(running=running_store, data_dir=tmp_path, people={}), people


def test_files_are_handed_in_and_each_says_what_became_of_it(
    at: tuple[Office, dict[str, Caller]],
) -> None:
    office, people = at
    page = opened_at(office.running.store, people, "lead.alder", "ingest")
    assert not page.exception
    assert "You have handed nothing in" in words(page)
    page = page.button(key="ingest-button").click().run()
    assert "Choose a file." in words(page)
    page.file_uploader(key="ingest-files-0").set_value(
        [
            ("two.jsonl", tips(1, 2), "application/json"),
            ("broken<b>\u202e.json", BROKEN, "application/json"),
        ]
    )
    page = page.button(key="ingest-button").click().run()
    assert not page.exception
    assert "2 received" in words(page)
    assert cells(page, "State") == [["queued", "queued"]]
    names = cells(page, "File")[0]
    assert sorted(names) == ["broken<b>\\u202e.json", "two.jsonl"]
    page = page.selectbox(key="chosen-uploads").select_index(names.index("two.jsonl")).run()
    assert "It waits for its turn." in words(page)
    assert office.worked() == 2
    page = page.run()
    assert "Done. 2 taken in; 0 known already; 0 quarantined." in words(page)
    page = page.selectbox(key="chosen-uploads").select_index(1 - names.index("two.jsonl")).run()
    said = words(page)
    assert "0 taken in; 0 known already; 1 quarantined." in said
    assert "Not taken in, and why:" in said
    assert "onerror" not in said, "the document's text is shown nowhere"
    page = page.button(key="ingest-quarantine").click().run()
    assert not page.exception
    assert "Quarantine" in words(page)
    assert office.count()[0] == 2


def test_the_same_bytes_are_known_and_one_that_waits_is_called_off(
    at: tuple[Office, dict[str, Caller]],
) -> None:
    office, people = at
    page = opened_at(office.running.store, people, "lead.alder", "ingest")
    for turn in range(2):
        box = page.file_uploader(key=f"ingest-files-{turn}")
        box.set_value([(f"one{turn}.jsonl", tips(1), "application/json")])
        page = page.button(key="ingest-button").click().run()
        assert office.worked() == 1
    page = page.selectbox(key="chosen-uploads").select_index(0).run()
    assert "Done. 0 taken in; 1 known already; 0 quarantined." in words(page)
    page.file_uploader(key="ingest-files-2").set_value([("x.jsonl", tips(3), "application/json")])
    page = page.button(key="ingest-button").click().run()
    page = page.selectbox(key="chosen-uploads").select_index(0).run()
    page = page.button(key="ingest-cancel").click().run()
    assert "It is called off." in words(page)
    assert office.count()[0] == 1
    other = opened_at(office.running.store, people, "lead.birch", "ingest")
    assert "You have handed nothing in" in words(other)


TABLE = b"no,mail,what\n17,kim@example.org,=1+1\n18,lee@example.org,x\n"


def test_a_table_is_looked_at_tried_and_handed_in(at: tuple[Office, dict[str, Caller]]) -> None:
    office, people = at
    page = opened_at(office.running.store, people, "lead.alder", "ingest")
    page.file_uploader(key="table-file-0").set_value(("web<b>.csv", TABLE, "text/csv"))
    page = page.run().button(key="table-look").click().run()
    assert not page.exception
    assert cells(page, "Column") == [["no", "mail", "what"]]
    assert "2 rows were looked at." in words(page)
    page.text_area(key="table-mapping").input("format = 1")
    page = page.run()
    assert "try it before it is handed in" in words(page)
    assert page.button(key="table-send").disabled
    page = page.button(key="table-try").click().run()
    assert "not complete" in words(page)
    good = (
        'format = "crosstip-mapping/1"\nsource = "webform"\nreporter_role = "parent"\n'
        '[columns]\nno = "number"\nmail = "reported email"\nwhat = "note"\n'
    )
    page.text_area(key="table-mapping").input(good)
    page = page.run().button(key="table-try").click().run()
    assert not page.button(key="table-send").disabled
    page = page.button(key="table-send").click().run()
    assert not page.exception
    assert "The table is received." in words(page)
    assert office.worked() == 1
    page = page.run()
    page = page.selectbox(key="chosen-uploads").select_index(0).run()
    assert "Done. 2 taken in; 0 known already; 0 quarantined." in words(page)
    assert office.count()[0] == 2


def test_without_intake_nothing_is_said_to_be_in(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = alder_and_birch(running_store.store)
    with live_api(opener_of(running_store.store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        page = opened_at(running_store.store, people, "lead.birch", "ingest")
    page.file_uploader(key="ingest-files-0").set_value([("x.jsonl", tips(3), "application/json")])
    page = page.button(key="ingest-button").click().run()
    assert "Not handed in: x.jsonl" in words(page)
    assert "The API does not answer" in words(page)
    assert "You have handed nothing in" not in words(page)
    assert not page.exception


@pytest.mark.parametrize(
    ("files", "number", "said"),
    [
        ([], None, "Choose a file."),
        ([File("a", b"")], None, "A file is empty. Take it off the list."),
        ([File("a", b"1")], "12x", "A report number has digits only."),
        ([File("a", b"1")], "٣", "A report number has digits only."),
        ([File("a", b"1"), File("b", b"2")], "12", "A report number is for one file."),
        ([File("a", b"1")], "12", None),
    ],
)
def test_what_hinders_is_said_before_anything_is_sent(
    files: list[File], number: str | None, said: str | None
) -> None:
    wanted = Said(synthetic=True, report_number=number, provider=None)
    assert lacking(files, wanted) == said
