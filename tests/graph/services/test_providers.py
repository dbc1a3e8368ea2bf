"""Requests to providers: their clocks, who moves them on, what runs out first and who is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from graph.casework.caller import Caller
from graph.clock import now_us, to_us
from graph.desk.clocks import CONFIRM, UNKNOWN
from graph.desk.providers import ProviderKind, ProviderStep
from graph.errors import ChangedError, CrosstipError, NotFoundError, RightsError, RowError
from graph.queries.providers import ProviderRow
from graph.services.agencies import AgencyChange, change_agency
from graph.services.audit_reads import ReadLog
from graph.services.caseload import caseload_rows, show_caseload
from graph.services.caseload_asked import Wanted as Figures
from graph.services.desk_subjects import Subject
from graph.services.holders import release_tips
from graph.services.notices import list_notices
from graph.services.provider_clock import run_provider_clock
from graph.services.provider_reading import EndLine, list_ends, show_clocks_of, show_request
from graph.services.providers import (
    NewProviderRequest,
    ProviderChange,
    enter_request,
    step_request,
)
from graph.services.recording import record
from graph.services.triage_places import recount
from graph.services.triage_steps import move, take
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome
from tests.deliveries import delivery, email
from tests.graph.services.handing import at_once
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import take_in
from tests.graph.services.rights_world import Rehearsal
from tests.stores import RunningStore

WHY = "Because of the test."
DENVER = ZoneInfo("America/Denver")
LETTER, SUBPOENA = ProviderKind.LETTER, ProviderKind.SUBPOENA
SENT = date(2027, 12, 15)
"""90 days on it is 14 March 2028: over a leap day and a change of the hour."""


def _us(text: str) -> int:
    return to_us(datetime.fromisoformat(text).replace(tzinfo=DENVER))


def _at(caller: Caller, text: str) -> Caller:
    """Give a caller at a time of day in Denver."""
    return replace(caller, as_of_us=_us(text), until_us=None)


def _people(store: Store) -> dict[str, Caller]:
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    zone = AgencyChange(zone="America/Denver")
    change_agency(people["admin.north"], store, key="north", expected=1, change=zone)
    return people


def _stated(store: Store, number: int, text: str, *, holder: str = "north") -> str:
    """Record a tip that states when NCMEC received it."""
    bare = delivery(str(number), [email("somebody@example.com")], holder=holder)
    assert bare.statement.facts is not None
    facts = replace(bare.statement.facts, received_us=_us(text))
    record(store, [replace(bare, statement=replace(bare.statement, facts=facts))], actor="test")
    return f"ncmec:{number}"


def _sent(
    caller: Caller, store: Store, tip: str, kind: ProviderKind = LETTER, **more: object
) -> ProviderRow:
    wanted: dict[str, object] = {"sent_on": SENT, "provider": "Chatterbox", "reference": "L-1"}
    new = NewProviderRequest(subject=Subject(tip=tip), kind=kind, **{**wanted, **more})  # type: ignore[arg-type]
    return enter_request(caller, store, new=new)


def _step(
    caller: Caller, store: Store, row: ProviderRow, step: ProviderStep, **more: object
) -> ProviderRow:
    change = ProviderChange(step=step, **more)  # type: ignore[arg-type]
    return step_request(caller, store, key=row.key, expected=row.version or 0, change=change)


def _ends(caller: Caller, store: Store) -> Iterator[EndLine]:
    after = ""
    while True:
        page = list_ends(caller, store, reads=ReadLog(store), after=after, limit=1)
        yield from page.items
        if page.next_after is None:
            return
        after = page.next_after


def test_a_letter_over_a_leap_day_and_a_change_of_the_hour(running_store: RunningStore) -> None:
    store = running_store.store
    people = _people(store)
    lead = _at(people["lead.north"], "2027-12-20T09:00")
    tip = take_in(store, 1)
    row = _sent(lead, store, tip)
    assert (row.ends_on, row.ends_us) == ("2028-03-14", _us("2028-03-14T00:00"))
    assert "2703(f)" in row.source
    # The renewal is asked before the end; a microsecond later nothing is left to renew.
    for late in ("2028-03-14T00:00", "2028-03-14T09:00"):
        with pytest.raises(RowError, match="run out"):
            _step(_at(lead, late), store, row, ProviderStep.RENEW)
    last = replace(lead, as_of_us=row.ends_us - 1)
    renewed = _step(last, store, row, ProviderStep.RENEW)
    assert (renewed.stage, renewed.ends_on, renewed.renewed_on) == (
        *("renewed", "2028-06-12", "2028-03-13"),
    )
    with pytest.raises(RowError, match="no step"):
        _step(_at(lead, "2028-04-01T09:00"), store, renewed, ProviderStep.RENEW)
    with pytest.raises(ChangedError, match=r"moved on by lead\.north"):
        _step(last, store, row, ProviderStep.RETURN)
    done = _step(_at(lead, "2028-04-01T09:00"), store, renewed, ProviderStep.RETURN)
    assert (done.stage, done.answered_on, done.clock_us) == ("returned", "2028-04-01", None)
    story = show_request(lead, store, key=row.key, reads=ReadLog(store))
    assert [step.step for step in story.steps] == ["send", "renew", "return"]
    assert story.request.says == CONFIRM
    _refused(store, people, tip)


def _refused(store: Store, people: dict[str, Caller], tip: str) -> None:
    lead = _at(people["lead.north"], "2027-12-20T09:00")
    for wrong in (
        {"sent_on": date(2027, 12, 21)},
        {"due_on": date(2028, 1, 1)},
        {"kind": SUBPOENA},
        {"kind": SUBPOENA, "due_on": date(2027, 12, 1)},
        {"provider": " "},
        {"reference": "x" * 201},
    ):
        with pytest.raises(RowError):
            _sent(lead, store, tip, **wrong)
    # Still the day before in Denver, though it is the next one in UTC.
    with pytest.raises(RowError):
        _sent(_at(lead, "2027-12-14T23:30"), store, tip)
    with pytest.raises(RightsError):
        _sent(people["deputy.north"], store, tip)
    for caller, asked in ((people["lead.south"], tip), (lead, "ncmec:99")):
        with pytest.raises(NotFoundError):
            _sent(_at(caller, "2027-12-20T09:00"), store, asked)
    (row,) = show_clocks_of(lead, store, subject=Subject(tip=tip), reads=ReadLog(store)).requests
    south = people["lead.south"]
    with pytest.raises(NotFoundError):
        show_request(south, store, key=row.ref, reads=ReadLog(store))
    with pytest.raises(NotFoundError):
        show_clocks_of(south, store, subject=Subject(tip=tip), reads=ReadLog(store))
    assert list(_ends(south, store)) == []


def test_what_runs_out_first_is_first_and_a_time_that_is_not_stated_gives_no_date(
    store: Store,
) -> None:
    people = _people(store)
    lead = _at(people["lead.north"], "2027-12-20T09:00")
    soon = _stated(store, 1, "2027-01-15T23:00")
    later = _stated(store, 2, "2027-12-01T08:00")
    unknown = take_in(store, 3)
    _stated(store, 4, "2027-01-10T00:00", holder="south")
    _sent(lead, store, later)
    _sent(lead, store, unknown, SUBPOENA, due_on=date(2028, 2, 1), reference="S-1")
    lines = list(_ends(lead, store))
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
    assert [line.tip for line in _ends(lead, store)] == [line.tip for line in lines]
    take(lead, store, tip=soon)
    closed = Wanted(move=Move.CLOSE, outcome=Outcome.NO_OFFENCE, why=WHY)
    move(lead, store, tip=soon, expected=1, wanted=closed)
    release_tips(people["boss.north"], store, [later], agency="north")
    assert [line.kind for line in _ends(lead, store)] == ["subpoena", "preservation letter"]


def test_each_mark_is_told_once_and_a_letter_runs_out_by_itself(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = _people(store)
    lead = _at(people["lead.north"], "2027-12-20T09:00")
    row = _sent(lead, store, take_in(store, 1))

    def told(user: str) -> list[str]:
        rows = list_notices(people[user], store, reads=ReadLog(store), with_seen=True)
        return [each.kind for each in rows if each.kind.startswith("provider.")]

    for days in (30, 14, 7, 1):
        mark_us = row.ends_us - days * DAY_US
        assert run_provider_clock(store, at_us=mark_us - 1) == 0
        got, _ = at_once(
            {name: partial(run_provider_clock, store, at_us=mark_us) for name in ("a", "b")}
        )
        assert sorted(got.values()) == [0, 1]  # type: ignore[type-var]
    assert told("boss.north") == told("lead.north") == ["provider.ending"] * 4
    assert told("boss.south") == told("deputy.north") == []
    assert run_provider_clock(store, at_us=row.ends_us - 1) == 0
    assert run_provider_clock(store, at_us=row.ends_us) == 1
    assert run_provider_clock(store, at_us=row.ends_us + 99 * DAY_US) == 0
    assert told("boss.north")[0] == "provider.run_out"
    story = show_request(
        replace(lead, as_of_us=row.ends_us), store, key=row.key, reads=ReadLog(store)
    )
    assert [(step.step, step.made_by) for step in story.steps] == [
        ("send", "lead.north"),
        ("run out", "desk clock"),
    ]
    # A worker that slept tells the last mark alone.
    other = _sent(lead, store, "ncmec:1", reference="L-2")
    assert run_provider_clock(store, at_us=other.ends_us - 5 * DAY_US) == 1
    assert len(told("boss.north")) == 6


def test_presumed_ends_of_tips_are_told_together(store: Store) -> None:
    people = _people(store)
    for number in range(1, 6):
        _stated(store, number, "2027-01-15T08:00")
    _stated(store, 6, "2027-06-15T08:00")
    _stated(store, 7, "2027-01-15T08:00", holder="south")
    ends_us = _us("2028-01-15T00:00")

    def told(user: str) -> list[str]:
        rows = list_notices(people[user], store, reads=ReadLog(store), with_seen=True)
        return [each.text for each in rows if each.kind == "provider.presumed_ending"]

    assert run_provider_clock(store, at_us=ends_us - 31 * DAY_US) == 0
    assert run_provider_clock(store, at_us=ends_us - 30 * DAY_US + 8 * 3_600_000_000) == 6
    assert (len(told("boss.north")), len(told("boss.south"))) == (1, 1)
    assert "5 of your open tips" in told("boss.north")[0]
    assert run_provider_clock(store, at_us=ends_us - 20 * DAY_US) == 0
    recount(store, actor="test", at_us=now_us())
    assert run_provider_clock(store, at_us=ends_us - 20 * DAY_US) == 0
    # All marks up to the end were slept through: told once.
    assert run_provider_clock(store, at_us=ends_us + DAY_US) == 6
    assert run_provider_clock(store, at_us=ends_us + 2 * DAY_US) == 0
    assert len(told("boss.north")) == 2


def test_the_figure_of_what_runs_out_equals_a_recount_and_its_rows(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = _people(store)
    boss = _at(people["boss.north"], "2027-12-20T09:00")
    stated = (
        *("2026-11-01", "2026-12-19", "2026-12-20", "2026-12-21", "2026-12-27", "2026-12-28"),
        *("2027-01-03", "2027-01-04", "2027-01-19", "2027-01-20", "2027-06-01"),
    )
    for number, day in enumerate(stated, start=1):
        _stated(store, number, f"{day}T12:00")
    take_in(store, 20)
    _stated(store, 21, "2026-12-19T12:00", holder="south")
    found = show_caseload(boss, store, reads=ReadLog(store), wanted=Figures())
    (figure,) = [each for each in found.figures if each.name == "preservation"]
    # By hand, from what the tips state alone: a year later at midnight in Denver.
    lefts = [
        (_us(f"{date.fromisoformat(day).replace(year=int(day[:4]) + 1)}T00:00") - boss.as_of_us)
        / DAY_US
        for day in stated
    ]
    edges = (-9e9, 0, 1, 7, 14, 30)
    wanted = [sum(low < left <= high for left in lefts) for low, high in pairwise(edges)]
    assert [cell.value for cell in figure.cells] == wanted
    assert all(total > 0 for total in wanted)
    for cell in figure.cells:
        rows = caseload_rows(
            boss,
            store,
            figure="preservation",
            labels=cell.labels,
            reads=ReadLog(store),
            wanted=Figures(),
        ).rows
        assert len(rows) == cell.value
        assert {row.record for row in rows} <= {f"ncmec:{n}" for n in range(1, len(stated) + 1)}


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
    people = {key: _at(who, "2027-12-20T09:00") for key, who in _people(store).items()}
    tip, lead = take_in(store, 1), people["lead.north"]
    after = _at(lead, "2028-06-01T09:00")
    rows = {("sent", kind): _sent(lead, store, tip, kind, **due) for kind, due in _KINDS.items()}
    for step, stage in (
        (ProviderStep.RENEW, "renewed"),
        (ProviderStep.RETURN, "returned"),
        (ProviderStep.CALL_OFF, "called off"),
    ):
        rows[stage, LETTER] = _step(lead, store, _sent(lead, store, tip), step, why=WHY)
    rows["run out", LETTER] = _sent(lead, store, tip)
    trying = Rehearsal(store)
    count = "MATCH (s:DeskStep) RETURN COUNT(s)"
    before = running_store.rows(count)
    for (stage, kind), row in rows.items():
        for step in ProviderStep:
            for user, who in people.items():
                caller = replace(who, as_of_us=after.as_of_us) if stage == "run out" else who
                try:
                    found: str | None = _step(caller, trying, row, step, why=WHY).stage
                except CrosstipError:
                    found = None
                leads = STEPS.get((stage, step, kind), STEPS.get((stage, step, None)))
                assert found == (leads if user in MAY else None), (stage, kind, step, user)
    assert running_store.rows(count) == before


_KINDS: dict[ProviderKind, dict[str, object]] = {
    kind: {} if kind is LETTER else {"due_on": SENT + timedelta(days=30)} for kind in ProviderKind
}
