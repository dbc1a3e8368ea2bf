"""The page Claims, over a real API and store: opened, claimed, reviewed, closed; by the team."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from dashboard.views.case_opening import OPENING
from graph.casework.purposes import PURPOSES
from graph.store import Store
from tests.api.live import LiveApi, live_api, opener_of
from tests.dashboard.meeting import (
    HOSTILE,
    SUBJECT,
    alder_and_birch,
    claim_it,
    meet,
    opened_at,
)
from tests.dashboard.opened import cells, words


@pytest.fixture
def api(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveApi]:
    """The API that the pages ask; answers are not slowed down."""
    monkeypatch.setenv("CROSSTIP_CHECK_BUCKET_MS", "1")
    with live_api(opener_of(store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        yield live


def _open_case(page: AppTest, at: int = 0) -> AppTest:
    page.selectbox(key="chosen-cases").select_index(at).run()
    return page.button(key="open-case").click().run()


def test_an_investigation_is_opened_for_purposes_of_the_list() -> None:
    core = {key for key, purpose in PURPOSES.items() if "investigation" in purpose.used_for}
    assert set(OPENING) == core


@pytest.mark.usefixtures("api")
def test_from_an_investigation_opened_to_one_closed(store: Store) -> None:
    people = alder_and_birch(store)
    claim_it(people, store, "alder")
    page = opened_at(store, people, "lead.birch", "claims")
    assert not page.exception
    page.text_input(key="opening-reference").input("B-2")
    page.selectbox(key="opening-purpose").select("cybertip")
    page.text_input(key="opening-title").input(HOSTILE)
    page = page.button(key="opening-button").click().run()
    assert "The investigation is open" in words(page)
    assert cells(page, "Investigation")[0] == ["B-1", "B-2"]
    page = _open_case(page, 1)
    assert "Nothing is claimed yet" in words(page)
    page.text_area(key="adding-lines").input(f"{SUBJECT}\n{HOSTILE}")
    page.text_area(key="adding-predicate").input("Seen in the chat of 3 March.")
    page.text_input(key="adding-source").input("Warrant 26-11.")
    page.text_input(key="adding-support").input("File 26, tab 4.")
    page.selectbox(key="adding-rel").select("reliable")
    page.selectbox(key="adding-content").select("probable")
    page.selectbox(key="adding-handling").select("permitted")
    page = page.button(key="adding-button").click().run()
    assert not page.exception
    said = words(page)
    assert "1 claimed, 0 claimed before, 1 refused." in said
    assert cells(page, "Identifier")[0] == [SUBJECT]
    assert page.button(key="live-notices").label != "Notices: 0", "the claim met another agency's"
    page.selectbox(key="chosen-claims").select_index(0).run()
    page = page.button(key="validate-button").click().run()
    assert "Say what was looked at" in words(page)
    page.text_area(key="validate-what").input("New log-ins last week.")
    page = page.button(key="validate-button").click().run()
    assert "Validated: the review date has moved" in words(page)
    assert "New log-ins last week" in cells(page, "Validated")[0][0]
    assert not page.exception
    page = page.selectbox(key="chosen-claims").select_index(None).run()
    page.text_area(key="closing-why").input("Nobody is left to look for.")
    page = page.button(key="closing-button").click().run()
    assert "Status: closed" in words(page)
    assert "adding-form" not in repr([form.form_id for form in page.text_area])
    page = page.button(key="case-back").click().run()
    assert "closed" in cells(page, "Status")[0]


@pytest.mark.usefixtures("api")
def test_what_others_may_learn_is_set_from_the_version_that_was_looked_at(store: Store) -> None:
    people = alder_and_birch(store)
    claim_it(people, store, "birch")
    first = _open_case(opened_at(store, people, "lead.birch", "claims"))
    second = _open_case(
        opened_at(store, people, "boss.birch", "claims").checkbox(key="all-cases").check().run()
    )
    for page in (first, second):
        page.selectbox(key="chosen-claims").select_index(0).run()
    (box,) = [box for box in second.selectbox if str(box.key).startswith("visibility-")]
    box.select("pointer")
    second = second.button(key="visibility-button").click().run()
    assert "What others may learn is set" in words(second)
    assert cells(second, "Others see")[0] == ["pointer"]
    first.text_area(key="validate-what").input("Looked.")
    first = first.button(key="validate-button").click().run()
    assert "Somebody changed it since it was shown" in words(first)
    assert cells(first, "Validated")[0] == [""]
    said = words(first)
    assert "Changed by boss.birch at " in said
    assert "Nothing that is shown here is another one." in said


@pytest.mark.usefixtures("api")
def test_a_claim_is_corrected_from_what_was_seen_and_taken_out_for_good(store: Store) -> None:
    people = alder_and_birch(store)
    claim_it(people, store, "birch")
    first = _open_case(opened_at(store, people, "lead.birch", "claims"))
    second = _open_case(
        opened_at(store, people, "boss.birch", "claims").checkbox(key="all-cases").check().run()
    )
    for page in (first, second):
        page.selectbox(key="chosen-claims").select_index(0).run()
    _area(second, "edit-source").input("Warrant 26-12.")
    second = second.button(key="edit-button").click().run()
    assert "Corrected" in words(second)
    assert cells(second, "Source")[0] == ["Warrant 26-12."]
    # What the first one typed about what they saw is not sent, and not lost.
    _area(first, "edit-predicate").input("Seen again in the chat.")
    first = first.button(key="edit-button").click().run()
    said = words(first)
    assert "Somebody changed it since it was shown" in said
    assert "Changed by boss.birch at " in said
    facts = dict(zip(cells(first, "Fact")[0], cells(first, "You had typed")[0], strict=True))
    assert facts["Facts that the suspicion rests on"] == "Seen again in the chat."
    assert "Warrant 26-12." in cells(first, "Now")[0]
    _area(first, "edit-predicate").input("Seen again in the chat.")
    first = first.button(key="edit-button").click().run()
    assert cells(first, "Rests on")[0] == ["Seen again in the chat."]
    assert cells(first, "Source")[0] == ["Warrant 26-12."]
    # Taken out: not without why and a confirmation.
    assert "purge-button" not in [box.key for box in first.button], "a supervisor's"
    second = second.run()
    second = second.button(key="purge-button").click().run()
    assert "Say why, and confirm it" in words(second)
    _area(second, "purge-why").input("Entered by mistake.")
    (sure,) = [box for box in second.checkbox if str(box.key).startswith("purge-sure-")]
    sure.check()
    second = second.button(key="purge-button").click().run()
    said = words(second)
    assert "Nothing is claimed yet" in said
    assert "Commitment: " in said
    assert "Salt: " in said
    second = second.button(key="purge-kept").click().run()
    assert "Salt: " not in words(second)
    assert not second.exception


def _area(page: AppTest, name: str) -> TextArea:
    (box,) = [box for box in page.text_area if str(box.key).startswith(name)]
    return box


@pytest.mark.usefixtures("api")
def test_another_agency_sees_nothing_of_it(store: Store) -> None:
    people = alder_and_birch(store)
    meet(people, store)
    page = opened_at(store, people, "lead.cedar", "claims")
    page = page.checkbox(key="all-cases").check().run()
    assert not page.exception
    everything = words(page) + repr([table.value.to_dict() for table in page.dataframe])
    for hidden in ("A-1", "B-1", SUBJECT):
        assert hidden not in everything
    assert "You lead none" in everything


@pytest.mark.usefixtures("api")
def test_mine_are_those_that_i_lead_or_am_a_deputy_of(store: Store) -> None:
    people = alder_and_birch(store)
    meet(people, store)
    page = opened_at(store, people, "deputy.birch", "claims")
    assert "You lead none" in words(page)
    page = page.checkbox(key="all-cases").check().run()
    assert cells(page, "Lead")[0] == ["lead.birch"]
    assert "opening-form" not in repr([box.form_id for box in page.text_input])


def test_an_api_that_is_away_is_no_empty_list(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = alder_and_birch(store)
    with live_api(opener_of(store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        page = opened_at(store, people, "lead.birch", "claims")
    page.run()
    said = words(page)
    assert "The API does not answer" in said
    assert "You lead none" not in said
    assert not page.exception
