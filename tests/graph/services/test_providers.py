"""Requests to providers: their clocks, who moves them on, what runs out first and who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.desk.clocks import CONFIRM, UNKNOWN
from graph.desk.providers import ProviderKind, ProviderStep
from graph.errors import ChangedError, CrosstipError, NotFoundError, RightsError, RowError
from graph.services.audit_reads import ReadLog
from graph.services.desk_subjects import Subject
from graph.services.holders import release_tips
from graph.services.provider_reading import show_clocks_of, show_request
from graph.services.triage_places import recount
from graph.services.triage_steps import move, take
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome
from tests.graph.services.handing import at_once
from tests.graph.services.preserving import (
    LETTER,
    SENT,
    WHY,
    all_ends,
    at_time,
    denver_us,
    in_denver,
    sent,
    stated,
    stepped,
)
from tests.graph.services.queueing import take_in
from tests.graph.services.rights_world import Rehearsal
from tests.stores import RunningStore


def test_a_letter_over_a_leap_day_and_a_change_of_the_hour(running_store: RunningStore) -> None:
    store = running_store.store
    people = in_denver(store)
    lead = at_time(people["lead.north"], "2027-12-20T09:00")
    tip = take_in(store, 1)
    row = sent(lead, store, tip)
    assert (row.ends_on, row.ends_us) == ("2028-03-14", denver_us("2028-03-14T00:00"))
    assert "2703(f)" in row.source
    # The renewal is asked before the end; a microsecond later nothing is left to renew.
    for late in ("2028-03-14T00:00", "2028-03-14T09:00"):
        with pytest.raises(RowError, match="run out"):
            stepped(at_time(lead, late), store, row, ProviderStep.RENEW)
    last = replace(lead, as_of_us=row.ends_us - 1)
    renewed = stepped(last, store, row, ProviderStep.RENEW)
    assert (renewed.stage, renewed.ends_on, renewed.renewed_on) == (
        *("renewed", "2028-06-12", "2028-03-13"),
    )
    with pytest.raises(RowError, match="no step"):
        stepped(at_time(lead, "2028-04-01T09:00"), store, renewed, ProviderStep.RENEW)
    with pytest.raises(ChangedError, match=r"moved on by lead\.north"):
        stepped(last, store, row, ProviderStep.RETURN)
    done = stepped(at_time(lead, "2028-04-01T09:00"), store, renewed, ProviderStep.RETURN)
    assert (done.stage, done.answered_on, done.clock_us) == ("returned", "2028-04-01", None)
    story = show_request(lead, store, key=row.key, reads=ReadLog(store))
    assert [step.step for step in story.steps] == ["send", "renew", "return"]
    assert story.request.says == CONFIRM
    _refused(store, people, tip)


def _refused(store: Store, people: dict[str, Caller], tip: str) -> None:
    lead = at_time(people["lead.north"], "2027-12-20T09:00")
    for wrong in (
        {"sent_on": date(2027, 12, 21)},
        {"due_on": date(2028, 1, 1)},
        {"kind": ProviderKind.SUBPOENA},
        {"kind": ProviderKind.SUBPOENA, "due_on": date(2027, 12, 1)},
        {"provider": " "},
        {"reference": "x" * 201},
    ):
        with pytest.raises(RowError):
            sent(lead, store, tip, **wrong)
    # Still the day before in Denver, though it is the next one in UTC.
    with pytest.raises(RowError):
        sent(at_time(lead, "2027-12-14T23:30"), store, tip)
    with pytest.raises(RightsError):
        sent(people["deputy.north"], store, tip)
    for caller, asked in ((people["lead.south"], tip), (lead, "ncmec:99")):
        with pytest.raises(NotFoundError):
            sent(at_time(caller, "2027-12-20T09:00"), store, asked)
    (row,) = show_clocks_of(lead, store, subject=Subject(tip=tip), reads=ReadLog(store)).requests
    south = people["lead.south"]
    with pytest.raises(NotFoundError):
        show_request(south, store, key=row.ref, reads=ReadLog(store))
    with pytest.raises(NotFoundError):
        show_clocks_of(south, store, subject=Subject(tip=tip), reads=ReadLog(store))
    assert list(all_ends(south, store)) == []


def test_what_runs_out_first_is_first_and_a_time_that_is_not_stated_gives_no_date(
    store: Store,
) -> None:
    people = in_denver(store)
    lead = at_time(people["lead.north"], "2027-12-20T09:00")
    soon = stated(store, 1, "2027-01-15T23:00")
    later = stated(store, 2, "2027-12-01T08:00")
    unknown = take_in(store, 3)
    stated(store, 4, "2027-01-10T00:00", holder="south")
    sent(lead, store, later)
    sent(lead, store, unknown, ProviderKind.SUBPOENA, due_on=date(2028, 2, 1), reference="S-1")
    lines = list(all_ends(lead, store))
    assert [(line.kind, line.tip, line.ends_on) for line in lines] == [
        ("presumed expiry", soon, "2028-01-15"),
        ("subpoena", unknown, "2028-02-01"),
        ("preservation letter", later, "2028-03-14"),
        ("presumed expiry", later, "2028-12-01"),
    ]
    assert all(line.says == CONFIRM for line in lines)
    assert lines[0].left_days == 25
    asked = show_clocks_of(lead, store, subject=Subject(tip=unknown), reads=ReadLog(store))
    assert asked.presumed is not None
    assert (asked.presumed.ends_on, asked.presumed.ends_us, asked.presumed.says) == (
        *(None, None, UNKNOWN),
    )
    # Kept places are what a recount makes of them, and what is closed or given away waits no more.
    recount(store, actor="test", at_us=now_us())
    assert [line.tip for line in all_ends(lead, store)] == [line.tip for line in lines]
    take(lead, store, tip=soon)
    closed = Wanted(move=Move.CLOSE, outcome=Outcome.NO_OFFENCE, why=WHY)
    move(lead, store, tip=soon, expected=1, wanted=closed)
    release_tips(people["boss.north"], store, [later], agency="north")
    assert [line.kind for line in all_ends(lead, store)] == ["subpoena", "preservation letter"]


def test_of_two_who_move_a_request_at_once_one_does_and_the_other_is_told_who(
    store: Store,
) -> None:
    people = {key: at_time(who, "2027-12-20T09:00") for key, who in in_denver(store).items()}
    tip = take_in(store, 1)
    for row in [sent(people["lead.north"], store, tip) for _ in range(3)]:
        steps = {"lead.north": ProviderStep.RENEW, "boss.north": ProviderStep.CALL_OFF}
        got, told = at_once(
            {
                user: partial(stepped, people[user], store, row, step, why=WHY)
                for user, step in steps.items()
            }
        )
        (winner,), (loser,) = got, told
        assert f"moved on by {winner}" in told[loser]
        story = show_request(people["boss.north"], store, key=row.key, reads=ReadLog(store))
        assert [step.number for step in story.steps] == [1, 2]


STEPS = {
    ("sent", "renew", "preservation letter"): "renewed",
    ("sent", "return", None): "returned",
    ("sent", "call off", None): "called off",
    ("renewed", "return", None): "returned",
    ("renewed", "call off", None): "called off",
    ("run out", "return", None): "returned",
}
MAY = {"lead.north", "boss.north", "chief.north"}


def test_every_step_by_everybody_at_every_stage(running_store: RunningStore) -> None:
    store = running_store.store
    people = {key: at_time(who, "2027-12-20T09:00") for key, who in in_denver(store).items()}
    tip, lead = take_in(store, 1), people["lead.north"]
    after = at_time(lead, "2028-06-01T09:00")
    rows = {("sent", kind): sent(lead, store, tip, kind, **due) for kind, due in _KINDS.items()}
    for step, stage in (
        (ProviderStep.RENEW, "renewed"),
        (ProviderStep.RETURN, "returned"),
        (ProviderStep.CALL_OFF, "called off"),
    ):
        rows[stage, LETTER] = stepped(lead, store, sent(lead, store, tip), step, why=WHY)
    rows["run out", LETTER] = sent(lead, store, tip)
    trying = Rehearsal(store)
    count = "MATCH (s:DeskStep) RETURN COUNT(s)"
    before = running_store.rows(count)
    for (stage, kind), row in rows.items():
        for step in ProviderStep:
            for user, who in people.items():
                caller = replace(who, as_of_us=after.as_of_us) if stage == "run out" else who
                try:
                    found: str | None = stepped(caller, trying, row, step, why=WHY).stage
                except CrosstipError:
                    found = None
                leads = STEPS.get((stage, step, kind), STEPS.get((stage, step, None)))
                assert found == (leads if user in MAY else None), (stage, kind, step, user)
    assert running_store.rows(count) == before


_KINDS: dict[ProviderKind, dict[str, object]] = {
    kind: {} if kind is LETTER else {"due_on": SENT + timedelta(days=30)} for kind in ProviderKind
}
