"""The page Check, over a real API and store: asked, answered, and never more than is known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from graph.casework.vocabulary import Visibility
from graph.clock import now_us
from graph.services.holders import hold_tips
from graph.services.recording import record
from graph.store import Store
from tests.api.live import LiveApi, live_api, opener_of
from tests.dashboard.meeting import HOSTILE, SUBJECT, alder_and_birch, claim_it, opened_at
from tests.dashboard.opened import cells, words
from tests.deliveries import delivery, email
from tests.graph.services.casework import claimed, draft

DAY_US = 86_400_000_000


@pytest.fixture
def api(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveApi]:
    """The API that the pages ask; answers are not slowed down."""
    monkeypatch.setenv("CROSSTIP_CHECK_BUCKET_MS", "1")
    with live_api(opener_of(store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        yield live


def ask(page: AppTest, *lines: str) -> AppTest:
    """Ask for lines, for birch's investigation."""
    page.selectbox(key="check-investigation").select("B-1")
    page.selectbox(key="check-purpose").select("cybertip")
    page.text_area(key="check-lines").input("\n".join(lines))
    return page.button(key="check-button").click().run()


@pytest.mark.usefixtures("api")
def test_a_hit_a_miss_and_what_was_not_checked_are_three_things(store: Store) -> None:
    people = alder_and_birch(store)
    claim_it(people, store, "alder")
    page = opened_at(store, people, "lead.birch", "check")
    page = ask(page, "Dark.Fox@Example.com", "nobody@example.com", HOSTILE, "0151 555 0101")
    assert not page.exception
    said = words(page)
    assert "4 lines: 1 hit, 2 not checked, 1 nothing to show." in said
    assert "are no misses" in said
    assert "is not a statement that nobody works this" in said
    results = dict(zip(cells(page, "As typed")[0], cells(page, "Result")[0], strict=True))
    assert results["nobody@example.com"] == "nothing to show"
    assert results["0151 555 0101"] == "not checked"
    assert "Email dark.fox@example.com" in cells(page, "Taken for")[0]
    assert cells(page, "Their investigation")[0][0] == "A-1"
    assert cells(page, "Used today")[0][0] != "0"
    fixed = [*page.title, *page.header, *page.subheader, *page.caption, *page.markdown]
    fixed += [*page.error, *page.warning, *page.info, *page.success]
    assert not any("onerror" in part.value or SUBJECT in part.value for part in fixed)
    labels = [str(button.label) for button in page.get("download_button")]  # type: ignore[union-attr]
    assert "Download the record to print" in labels


@pytest.mark.usefixtures("api")
def test_nothing_is_asked_without_what_is_required(store: Store) -> None:
    people = alder_and_birch(store)
    page = opened_at(store, people, "lead.birch", "check")
    page.text_area(key="check-lines").input(SUBJECT)
    page = page.button(key="check-button").click().run()
    assert "Name the investigation" in words(page)
    page.selectbox(key="check-investigation").select("B-1")
    page = page.button(key="check-button").click().run()
    assert "Choose the purpose" in words(page)
    assert cells(page, "Used today")[0][0] == "0"
    assert "Result" not in words(page)


@pytest.mark.usefixtures("api")
def test_a_silent_claim_is_shown_as_none_is(store: Store) -> None:
    people = alder_and_birch(store)
    silent = draft(
        "hidden@example.com",
        visibility=Visibility.SILENT,
        silent_until_us=now_us() + 30 * DAY_US,
    )
    claimed(people["boss.alder"], store, "alder|A-1", silent)
    page = ask(
        opened_at(store, people, "lead.birch", "check"), "hidden@example.com", "none@example.com"
    )
    assert cells(page, "Result")[0] == ["nothing to show"] * 2
    for title in ("Why", "Agency", "Call", "Their investigation", "Status", "Shared"):
        assert cells(page, title)[0] == ["", ""], title


@pytest.mark.usefixtures("api")
def test_own_matches_are_apart_and_a_tip_and_all_claims_may_be_checked(store: Store) -> None:
    people = alder_and_birch(store)
    claim_it(people, store, "birch")
    record(store, [delivery("198000001", [email(SUBJECT)])], actor="test")
    hold_tips(people["ops"], store, ["ncmec:198000001"], agency="birch")
    page = ask(opened_at(store, people, "lead.birch", "check"), SUBJECT)
    assert cells(page, "Result")[0] == ["nothing to show"]
    assert cells(page, "Our investigation") == [["B-1"]]
    page = page.radio(key="check-way").set_value("A tip").run()
    page.text_input(key="check-tip").input("198000001")
    page = page.button(key="check-button").click().run()
    assert not page.exception
    assert cells(page, "As typed")[0] == [f"Email {SUBJECT}"]
    page = page.radio(key="check-way").set_value("All claims of the investigation").run()
    page = page.button(key="check-button").click().run()
    assert not page.exception
    assert cells(page, "As typed")[0] == [f"Email {SUBJECT}"]


@pytest.mark.usefixtures("api")
def test_a_file_comes_back_with_its_results(store: Store) -> None:
    people = alder_and_birch(store)
    claim_it(people, store, "alder")
    page = opened_at(store, people, "lead.birch", "check")
    page = page.radio(key="check-way").set_value("A file").run()
    page.selectbox(key="check-investigation").select("B-1")
    page.selectbox(key="check-purpose").select("cybertip")
    page = page.button(key="check-button").click().run()
    assert "Choose a file" in words(page)
    text = f"value,note of mine\n{SUBJECT},one\nnobody@example.com,=cmd\n\n".encode()
    page.file_uploader(key="check-file").set_value(("list.csv", text, "text/csv"))
    page = page.button(key="check-button").click().run()
    assert not page.exception
    assert cells(page, "result")[0][:2] == ["hit", "nothing to show"]
    assert cells(page, "note of mine")[0][:2] == ["one", "=cmd"]


@pytest.mark.usefixtures("api")
def test_a_long_list_waits_for_another_supervisor_and_is_then_answered(store: Store) -> None:
    people = alder_and_birch(store)
    lines = [f"n{number}@example.com" for number in range(51)]
    page = ask(opened_at(store, people, "lead.birch", "check"), *lines)
    said = words(page)
    assert "The list waits for a supervisor" in said
    assert "51 lines: 51 not checked." in said
    boss = opened_at(store, people, "boss.birch", "check")
    boss.selectbox(key="chosen-requests").select_index(0).run()
    boss = boss.button(key="approve-list").click().run()
    assert "Approved: the asker" in words(boss)
    page = page.button(key="check-button").click().run()
    assert "51 lines: 51 nothing to show." in words(page)


@pytest.mark.usefixtures("api")
def test_another_agency_chooses_its_own_investigations_only(store: Store) -> None:
    people = alder_and_birch(store)
    page = opened_at(store, people, "lead.cedar", "check")
    assert page.selectbox(key="check-investigation").options == []
    assert "No list waits" in words(page)


def test_an_api_that_is_away_is_no_miss(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSTIP_CHECK_BUCKET_MS", "1")
    people = alder_and_birch(store)
    with live_api(opener_of(store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        page = ask(opened_at(store, people, "lead.birch", "check"), SUBJECT)
        assert cells(page, "Result")[0] == ["nothing to show"]
    page = page.button(key="check-button").click().run()
    said = words(page)
    assert "The API does not answer" in said
    assert not page.exception
