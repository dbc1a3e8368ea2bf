"""Marks before an end, each told once; presumed ends together; and the figure of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise

from graph.clock import now_us
from graph.ddl.to_units import place_anew
from graph.services.audit_reads import ReadLog
from graph.services.caseload import caseload_rows, show_caseload
from graph.services.caseload_asked import Wanted as Figures
from graph.services.notices import list_notices
from graph.services.provider_clock import run_provider_clock
from graph.services.provider_reading import show_request
from graph.services.triage_places import recount
from graph.store import Store
from tests.graph.services.handing import at_once
from tests.graph.services.people import DAY_US
from tests.graph.services.preserving import (
    at_time,
    denver_us,
    in_denver,
    sent,
    stated,
)
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore


def test_each_mark_is_told_once_and_a_letter_runs_out_by_itself(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = in_denver(store)
    lead = at_time(people["lead.north"], "2027-12-20T09:00")
    row = sent(lead, store, take_in(store, 1))

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
    other = sent(lead, store, "ncmec:1", reference="L-2")
    assert run_provider_clock(store, at_us=other.ends_us - 5 * DAY_US) == 1
    assert len(told("boss.north")) == 6


def test_presumed_ends_of_tips_are_told_together(store: Store) -> None:
    people = in_denver(store)
    for number in range(1, 6):
        stated(store, number, "2027-01-15T08:00")
    stated(store, 6, "2027-06-15T08:00")
    stated(store, 7, "2027-01-15T08:00", holder="south")
    ends_us = denver_us("2028-01-15T00:00")

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


def test_older_places_get_their_presumed_end_and_twice_does_no_harm(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    in_denver(store)
    for number, day in enumerate(("2027-01-15", "2028-02-29"), start=1):
        stated(store, number, f"{day}T12:00")
    take_in(store, 3)
    said = (
        "MATCH (q:Triage) RETURN q.key, q.expires_on, q.expires_us, q.expiry_place, "
        "q.expiry_clock_us ORDER BY q.key"
    )
    wanted = running_store.rows(said)
    assert [row[1] for row in wanted] == ["2028-01-15", "2029-02-28", None]
    running_store.rows(
        "MATCH (q:Triage) SET q.expires_on = null, q.expires_us = null, q.expiry_place = null, "
        "q.expiry_clock_us = null RETURN q.key"
    )
    for _ in range(2):
        place_anew(store)
        assert running_store.rows(said) == wanted


def test_the_figure_of_what_runs_out_equals_a_recount_and_its_rows(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = in_denver(store)
    boss = at_time(people["boss.north"], "2027-12-20T09:00")
    days = (
        *("2026-11-01", "2026-12-19", "2026-12-20", "2026-12-21", "2026-12-27", "2026-12-28"),
        *("2027-01-03", "2027-01-04", "2027-01-19", "2027-01-20", "2027-06-01"),
    )
    for number, day in enumerate(days, start=1):
        stated(store, number, f"{day}T12:00")
    take_in(store, 20)
    stated(store, 21, "2026-12-19T12:00", holder="south")
    found = show_caseload(boss, store, reads=ReadLog(store), wanted=Figures())
    (figure,) = [each for each in found.figures if each.name == "preservation"]
    # By hand, from what the tips state alone: a year later at midnight in Denver.
    later = [f"{date.fromisoformat(day).replace(year=int(day[:4]) + 1)}T00:00" for day in days]
    lefts = [(denver_us(text) - boss.as_of_us) / DAY_US for text in later]
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
        assert {row.record for row in rows} <= {f"ncmec:{n}" for n in range(1, len(days) + 1)}
