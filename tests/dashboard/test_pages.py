"""Pages without a browser, over a real API and a real store."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from graph.clock import now_us
from graph.errors import StoreUnavailableError
from graph.services.enrolment import invite
from graph.services.holders import hold_tips
from graph.services.locked_accounts import end_user_sessions
from graph.services.sessions import sessions_of
from graph.store import Store
from tests.api.county import CHILD, HOSTILE, LINKED, SHARED_EMAIL, URGENT, fill
from tests.api.live import LiveApi, failing, live_api, opener_of
from tests.dashboard.opened import cells, log_in, log_in_as, search, start, words
from tests.graph.services.logging_on import PASSWORD, code_at
from tests.graph.services.people import staff
from tests.linking import BASIS
from tests.stores import RunningStore

DRAWN = {"Tip", "Email", "Investigation"}
CAVEAT = "Investigative lead, not identification."


@pytest.fixture
def api(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveApi]:
    """The API that the pages ask."""
    fill(store)
    with live_api(opener_of(store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        yield live


@pytest.mark.usefixtures("api")
def test_nothing_is_shown_before_the_log_in() -> None:
    page = start()
    assert [box.key for box in page.text_input] == ["access-token"]
    assert len(page.dataframe) == 0
    assert CAVEAT in words(page)
    page = log_in("wrong" * 10)
    assert "was not accepted" in words(page)
    assert len(page.dataframe) == 0
    page.text_input(key="access-token").input(" ")
    assert "Enter the access token" in words(page.button(key="log-in-button").click().run())


def test_the_list_of_tips_shows_danger_first(api: LiveApi) -> None:
    page = log_in(api.token)
    assert not page.exception
    assert cells(page, "Tip")[0][:2] == [URGENT, LINKED]
    assert cells(page, "Urgency")[0][:3] == ["IMMINENT DANGER", "Escalated", ""]
    assert "SYNTHETIC" in words(page)
    assert CAVEAT in words(page)
    assert "As of 20" in words(page)


def test_a_tip_with_all_that_belongs_to_it(api: LiveApi) -> None:
    page = search(log_in(api.token), "198000001")
    assert not page.exception
    said = words(page)
    assert "IMMINENT DANGER" in said
    assert "The reporter ticked imminent danger." in said
    assert f"Provider: Chatterbox {HOSTILE}" in said
    assert "[x](https://host.example/) **says** $a$" in said
    links, _reasons, *_ = cells(page, "Tip")
    assert links[0] == LINKED
    assert CHILD in links
    assert cells(page, "Score (bits)")[0][0] == str(
        round(BASIS.weights.of("email").weight / 1000, 1)
    )
    words_of_it = cells(page, "In words")[0]
    assert any("fewer than 5 tips held it when last counted, as" in cell for cell in words_of_it)
    assert "Investigations of different agencies meet in this tip" in said
    assert {"Tip", "Email", "Investigation"} in [
        set(kinds) & DRAWN for kinds in cells(page, "Kind")
    ]
    assert len(page.get("bidi_component")) == 1
    labels = [str(button.label) for button in page.get("download_button")]  # type: ignore[union-attr]
    assert labels.count("Download CSV") == len(page.dataframe)
    assert "Download picture" in labels


def test_texts_of_tips_are_never_markup(api: LiveApi) -> None:
    """Only fixed sentences go where Streamlit reads Markdown or HTML."""
    for wanted in ("198000001", SHARED_EMAIL):
        page = search(log_in(api.token), wanted)
        fixed = [*page.title, *page.header, *page.subheader, *page.caption, *page.markdown]
        fixed += [*page.error, *page.warning, *page.info]
        for part in fixed:
            assert "onerror" not in part.value
            assert "host.example" not in part.value
            assert SHARED_EMAIL not in part.value
        for button in page.button:
            assert SHARED_EMAIL not in button.label


def test_what_is_selected_in_the_picture_is_told(api: LiveApi) -> None:
    page = search(log_in(api.token), "198000001")
    page.session_state[f"picture-{URGENT}"] = {"selection": {"nodes": ["n0", "no such", 5]}}
    page.run()
    assert f"Selected: Tip {URGENT}" in words(page)
    assert not page.exception


def test_a_search_for_an_identifier_and_the_way_to_a_tip(api: LiveApi) -> None:
    page = search(log_in(api.token), "Dark.Fox@example.com")
    said = words(page)
    assert "Read as Email: Dark.Fox@example.com" in said
    assert "2 tips mention it" in said
    assert cells(page, "Agency") == [["alder", "birch"]]
    page.selectbox(key="choose-found-0").select(LINKED).run()
    page.button(key="open-found-0").click().run()
    assert LINKED in [text.value for text in page.text]
    page.button(key="close-tip").click().run()
    assert "Read as Email" in words(page)
    page.button(key="search-clear").click().run()
    assert cells(page, "Tip")[0][0] == URGENT


def test_nothing_found_says_what_that_means(api: LiveApi) -> None:
    said = words(search(log_in(api.token), "nobody@example.com"))
    assert "says nothing about other stores" in said


def test_the_page_of_overlaps(api: LiveApi) -> None:
    page = log_in(api.token).switch_page("app_pages/overlaps.py").run()
    assert not page.exception
    said = words(page)
    assert "not event safety" in said
    assert "SYNTHETIC" in said
    assert CAVEAT in said
    assert cells(page, "Call")[0] == ["555-555-0101"]
    assert cells(page, "Call there")[1] == ["555-555-0103"], "possibly the same child"
    assert cells(page, "Both claim the same")[0] == ["yes"]
    assert any(SHARED_EMAIL in cell for cell in cells(page, "Identifiers")[0])


@pytest.mark.usefixtures("api")
def test_overlaps_are_not_shown_before_the_log_in() -> None:
    page = start().switch_page("app_pages/overlaps.py").run()
    assert [box.key for box in page.text_input] == ["access-token"]
    assert len(page.dataframe) == 0


def test_logging_out_forgets_everything(api: LiveApi) -> None:
    page = search(log_in(api.token), "198000001")
    page.button(key="log-out").click().run()
    assert [box.key for box in page.text_input] == ["access-token"]
    left = repr(page.session_state)
    assert "client=None" in left
    assert URGENT not in left
    assert api.token not in left


def test_an_empty_store_says_what_to_do(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    running_store.wipe(synthetic=False)
    with live_api(opener_of(running_store.store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        page = log_in(live.token)
        assert "There is no tip yet" in words(page)
        assert "SYNTHETIC" not in words(page)
        page = page.switch_page("app_pages/overlaps.py").run()
        assert "No investigations meet" in words(page)


def test_an_api_that_goes_away_is_no_empty_list(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with live_api(opener_of(store)) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        page = log_in(live.token)
    page.run()
    assert not page.exception
    assert "The API does not answer" in words(page)
    assert "no tip yet" not in words(page)


def test_nobody_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    monkeypatch.setenv("CROSSTIP_API_URL", f"http://127.0.0.1:{port}")
    page = start()
    assert "The API does not answer" in words(page)
    assert len(page.text_input) == 0
    assert "The API does not answer" in words(page.button(key="try-again").click().run())


def test_a_store_that_is_away_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    with live_api(failing(StoreUnavailableError("away"))) as live:
        monkeypatch.setenv("CROSSTIP_API_URL", live.url)
        assert "This is not an empty result" in words(start())


def test_from_enrolment_to_a_log_in_and_its_end(api: LiveApi, store: Store) -> None:
    """Everything that a person types the first time, and what ends it."""
    people = staff(store, "north", at_us=now_us())
    hold_tips(people["ops"], store, [URGENT], agency="north")
    admin = people["admin.north"]
    invitation = invite(admin, store, key="lead.north", hours=1)
    page = start()
    assert "restricted law enforcement system" in words(page)
    page.text_input(key="enrol-user").input("lead.north")
    page.text_input(key="enrol-code").input(invitation)
    page = page.button(key="enrol-offer-button").click().run()
    secret = page.code[0].value
    for key, typed in (
        ("enrol-password", PASSWORD),
        ("enrol-again", PASSWORD),
        ("enrol-factor", code_at(secret, now_us())),
    ):
        page.text_input(key=key).input(typed)
    page = page.button(key="enrol-button").click().run()
    recovery = [str(block.value) for block in page.code if block.value != secret]
    assert len(recovery) == 10
    assert "Accept the notice" in words(
        log_in_as(page, "lead.north", PASSWORD, recovery[0], accepts=False)
    )
    page = start()
    assert "was not accepted" in words(log_in_as(page, "lead.north", "wrong " * 4, recovery[0]))
    page = log_in_as(page, "lead.north", PASSWORD, recovery[0])
    assert not page.exception
    assert cells(page, "Tip")[0][0] == URGENT
    assert PASSWORD not in repr(page.session_state)
    end_user_sessions(admin, store, key="lead.north")
    page.run()
    assert "was not accepted, or is over" in words(page)
    assert len(page.dataframe) == 0
    page = log_in_as(page, "lead.north", PASSWORD, recovery[1])
    page = page.button(key="log-out").click().run()
    assert sessions_of(store, "lead.north") == ()
    assert URGENT not in repr(page.session_state)
    assert api.url != ""
