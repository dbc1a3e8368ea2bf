"""The page Queue without a browser, over a real API and a real store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import httpx
import pytest
from streamlit.testing.v1 import AppTest

from client.resources.urgent import UrgentCount, UrgentPage, UrgentTip
from dashboard.views.urgent_panel import UrgentLook, is_stale
from graph.services.triage_steps import move, take
from graph.triage.deciding import Wanted
from graph.triage.moves import Move
from tests.dashboard.daily import (
    FOREIGN,
    HOSTILE,
    PLAIN,
    URGENT,
    Daily,
    buttons,
    daily,
    go,
    labelled,
    nothing_is_markup,
    pressed,
)
from tests.dashboard.opened import cells, opened_as, start, words
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore

WHY = "Because of the test."


@pytest.fixture
def here(running_store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daily]:
    """A store with work in it, and its API."""
    with daily(running_store, monkeypatch) as found:
        yield found


def choose(page: AppTest, tip: str) -> AppTest:
    """Choose a tip of the page."""
    assert "queue-choose" in [box.key for box in page.selectbox], words(page)
    chosen = page.selectbox(key="queue-choose").select(tip).run()
    assert not chosen.exception
    return chosen


def do(page: AppTest, name: str, **given: str) -> AppTest:
    """Choose a move, fill its form in and send it."""
    page = labelled(page.selectbox, "Another move").select(name).run()
    for label, text in given.items():
        label = label.capitalize()
        if label == "Reason":
            labelled(page.text_area, label).input(text)
        elif label == "To":
            labelled(page.text_input, "To whom").input(text)
        else:
            labelled(page.selectbox, label).select(text)
    page = labelled(page.button, f"Do it: {name}").click().run()
    assert not page.exception
    return page


def test_what_waits_why_and_that_nobody_else_sees_it(here: Daily) -> None:
    page = here.opened("deputy.north", "queue")
    assert cells(page, "Tip")[0] == [URGENT, PLAIN]
    assert cells(page, "Class")[0][0] == "at once"
    assert "NCMEC marks it as imminent danger." in cells(page, "What decided it")[0][0]
    assert cells(page, "Whose")[0] == ["nobody's", "nobody's"]
    assert cells(page, "Provider")[0][0] == HOSTILE
    assert labelled(page.button, "at once").label == "at once: 1"
    assert labelled(page.button, "new").label == "new: 2"
    nothing_is_markup(page)
    page = choose(page, URGENT)
    said = words(page)
    assert "- NCMEC marks it as imminent danger." in said
    assert "Not stated, and so neither raised nor lowered" in said
    assert "Nobody has moved it yet." in said
    nothing_is_markup(page)
    page = pressed(page, "queue-priority-at once")
    assert cells(page, "Tip")[0] == [URGENT]
    page = pressed(page, "queue-priority-all")
    page = pressed(page, "queue-state-in review")
    assert "No tip fits these filters" in words(page)
    other = here.opened("boss.south", "queue")
    assert cells(other, "Tip") == [[FOREIGN]]
    assert URGENT not in words(other)
    assert "No urgent tip waits" in words(other)


def test_an_analyst_works_a_tip_from_new_to_closed(here: Daily) -> None:
    page = choose(here.opened("deputy.north", "queue"), URGENT)
    assert "queue-assign" not in buttons(page)
    assert "move-assign" not in buttons(page)
    offered = labelled(page.selectbox, "Another move").options
    assert offered == ["refer"]
    page = pressed(page, "move-take")
    assert f"{URGENT} is in review now, and deputy.north's." in words(page)
    assert here.queued(URGENT).line.owner == "deputy.north"
    page = do(page, "ask for more", reason="")
    assert "Still needed: reason." in words(page)
    page = do(page, "ask for more", reason=HOSTILE)
    assert here.queued(URGENT).line.state == "needs more"
    assert f"Reason of this state: {HOSTILE}" in words(page)
    nothing_is_markup(page)
    page = do(page, "resume")
    page = do(page, "close", outcome="not enough to act on", reason=WHY)
    there = here.queued(URGENT)
    assert (there.line.state, there.line.outcome) == ("closed", "not enough to act on")
    assert [row.move for row in there.moves] == ["take", "ask for more", "resume", "close"]
    assert "nothing that your roles allow leads on from there" in words(page)
    assert cells(page, "Move")[0] == ["take", "ask for more", "resume", "close"]
    assert cells(page, "Tip")[0] == [PLAIN]


def test_of_two_the_second_is_told_who_was_first(here: Daily) -> None:
    people, store = here.county.people, here.store
    page = choose(here.opened("deputy.north", "queue"), PLAIN)
    take(people["lead.north"], store, tip=PLAIN)
    page = pressed(page, "move-take")
    said = words(page)
    assert "Meanwhile somebody else was there. Nothing was overwritten" in said
    assert "lead.north" in said
    assert "It is lead.north's. They and supervisors move it on" in said
    assert "move-take" not in buttons(page)
    boss = choose(here.opened("boss.north", "queue"), PLAIN)
    put = Wanted(move=Move.PUT_BACK, why=WHY)
    move(
        people["lead.north"], store, tip=PLAIN, expected=here.queued(PLAIN).line.version, wanted=put
    )
    boss = do(boss, "put back", reason=WHY)
    assert "Meanwhile somebody else was there" in words(boss)
    assert [row.made_by for row in here.queued(PLAIN).moves] == ["lead.north", "lead.north"]
    assert "State: new" in words(boss)


def test_a_supervisor_sets_a_class_and_opens_again(here: Daily) -> None:
    page = choose(here.opened("boss.north", "queue"), PLAIN)
    page = do(page, "set priority", **{"class": "today", "reason": WHY})
    assert here.queued(PLAIN).line.priority == "today"
    assert "boss.north set it: Because of the test." in cells(page, "What decided it")[0][1]
    page = do(page, "lift priority", reason=WHY)
    assert not here.queued(PLAIN).line.is_set
    page = pressed(page, "move-take")
    page = do(page, "close", outcome="duplicate", reason=WHY)
    page = do(page, "reopen", reason=WHY)
    assert here.queued(PLAIN).line.state == "in review"
    page.multiselect(key="queue-picked").select(URGENT).run()
    page = pressed(page, "queue-assign")
    assert f"To be given: {URGENT}" in words(page)


def test_urgent_tips_are_acknowledged_on_their_panel(here: Daily) -> None:
    page = here.opened("deputy.north", "queue")
    said = words(page)
    assert "1 urgent: to be looked at at once" in said
    assert f"{URGENT} (new) waits" in said
    page = pressed(page, f"urgent-ack-{URGENT}")
    assert f"{URGENT} was acknowledged by deputy.north" in words(page)
    assert "No urgent tip waits" in words(page)
    assert URGENT in [text.value for text in page.text], "it is chosen"


def test_of_two_who_acknowledge_one_is_told(here: Daily) -> None:
    first = here.opened("deputy.north", "queue")
    second = here.opened("lead.north", "queue")
    pressed(first, f"urgent-ack-{URGENT}")
    assert "deputy.north did so at" in words(pressed(second, f"urgent-ack-{URGENT}"))


def test_pages_and_filters(here: Daily) -> None:
    for number in range(100, 160):
        take_in(here.store, number, said=f"n{number}@example.com")
    page = here.opened("lead.north", "queue")
    first = cells(page, "Tip")[0]
    assert len(first) == 50
    page = pressed(page, "queue-next")
    second = cells(page, "Tip")[0]
    assert len(second) == 12
    assert set(first).isdisjoint(second)
    assert cells(pressed(page, "queue-before"), "Tip")[0] == first
    page = choose(page, first[1])
    page = pressed(page, "move-take")
    labelled(page.selectbox, "Whose").select("mine")
    page = pressed(page, "queue-filter")
    assert cells(page, "Tip")[0] == [first[1]]
    labelled(page.selectbox, "Whose").select("of the name below")
    labelled(page.text_input, "Name of").input("deputy.north")
    page = pressed(page, "queue-filter")
    assert "No tip fits these filters" in words(page)
    labelled(page.number_input, "Held for").set_value(1)
    labelled(page.selectbox, "Whose").select("nobody's")
    page = pressed(page, "queue-filter")
    assert "held for 1 days or longer" in words(page)


def test_an_empty_queue_says_what_to_do(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with daily(running_store, monkeypatch) as here:
        page = here.opened("boss.west", "queue")
        assert "Tips come here when they are recorded for your agency" in words(page)


def test_an_api_that_goes_away_is_said_and_comes_back(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with daily(running_store, monkeypatch) as here:
        page = choose(here.opened("deputy.north", "queue"), PLAIN)
        url = here.api.url
    page.run()
    assert not page.exception
    assert "The API does not answer" in words(page)
    assert "No open tip" not in words(page)
    page = pressed(page, "move-take")
    assert "The API does not answer" in words(page)
    assert here.queued(PLAIN).line.owner is None
    assert url != ""


def test_the_page_is_not_for_everybody(here: Daily) -> None:
    page = start().switch_page("app_pages/queue.py").run()
    assert len(page.dataframe) == 0
    page = opened_as(here.store, here.county.people["admin.office"], "pros.office")
    with pytest.raises(Exception, match="queue"):
        go(page, "queue")


def test_the_panel_counts_and_lists_only_what_changed(
    here: Daily, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list is logged; looking every few seconds is not, and keeps no session alive."""
    asked: list[str] = []
    page = here.opened("deputy.north", "queue")
    client = page.session_state["crosstip"].client
    real = client._http.send

    def send(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return cast("httpx.Response", real(request))

    monkeypatch.setattr(client._http, "send", send)
    page.run()
    assert "/v1/urgent/count" in asked
    assert "/v1/urgent" not in asked
    take_in(here.store, 7, said="new@example.com", urgency=0)
    page.run()
    assert "/v1/urgent" in asked
    assert "2 urgent: to be looked at at once" in words(page)


def test_the_list_is_stale_when_other_tips_wait_or_further_people_were_told() -> None:
    def count(waiting: int, as_of: str) -> UrgentCount:
        return UrgentCount(
            as_of=as_of,
            synthetic=True,
            queries=(),
            waiting=waiting,
            is_more=False,
            oldest_at="2026-11-23T08:00:00Z",
            newest_at="2026-11-23T08:00:00Z",
        )

    tip = UrgentTip(
        tip=URGENT,
        at="2026-11-23T08:00:00Z",
        age_s=0,
        told="people on duty",
        next_at="2026-11-23T08:15:00Z",
        state="new",
        owner=None,
        reasons=(),
    )
    page = UrgentPage(
        as_of="2026-11-23T08:01:00Z", synthetic=True, queries=(), items=(tip,), next_after=None
    )
    look = UrgentLook(counted=count(1, "2026-11-23T08:01:00Z"), listed=page)
    assert not is_stale(look, count(1, "2026-11-23T08:14:59Z"))
    assert is_stale(look, count(1, "2026-11-23T08:15:00Z"))
    assert is_stale(look, count(2, "2026-11-23T08:02:00Z"))
    assert is_stale(UrgentLook(), count(0, "2026-11-23T08:02:00Z"))
