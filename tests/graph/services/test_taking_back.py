"""Whoever was told because of a tip is told when the tip says it no longer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graph.casework.caller import Caller
from graph.casework.vocabulary import Visibility
from graph.clock import now_us
from graph.ddl.to_units import name_tips_of_reasons
from graph.services.audit_reads import ReadLog
from graph.services.conflict_reading import list_conflicts, show_conflict
from graph.services.holders import release_tips
from graph.services.judgements import judge
from graph.services.judging import Verdict
from graph.services.recording import record
from graph.services.withdrawal import withdraw
from graph.statements import Assertion
from graph.store import Store
from tests.deliveries import delivery, email
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.meeting import notices_in
from tests.graph.services.people import staff
from tests.linking import BASIS
from tests.stores import RunningStore

OLD, NEW = email("typo@example.com"), email("right@example.com")
FELL = {"tip.taken_back", "conflict.taken_back", "tip.withdrawn"}


def _say(store: Store, number: str, said: Assertion, *, holder: str, at: int = 0) -> None:
    one = delivery(number, [said], body=f"{number} {at}", holder=holder, issued_us=now_us() + at)
    record(store, [one], actor="test", at_us=now_us())


def _fallen(running: RunningStore) -> list[tuple[object, ...]]:
    return [row for row in notices_in(running) if row[1] in FELL]


def _met(running: RunningStore) -> Mapping[str, Caller]:
    """Let north claim an address that a tip of its own states, and one of south's."""
    store = running.store
    people = staff(store, "north", "south", at_us=now_us())
    lead = people["lead.north"]
    claimed(lead, store, case(lead, store), draft("typo@example.com"))
    _say(store, "1", OLD, holder="north")
    _say(store, "2", OLD, holder="south")
    assert _fallen(running) == []
    return people


def test_case_38_whoever_was_told_of_a_hit_is_told_that_it_was_corrected(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = _met(running_store)
    for at, number in enumerate(("1", "2"), start=1):
        _say(store, number, NEW, holder=("north", "south")[at - 1], at=at)
    officers, bosses = ["lead.north"], ["*supervisors", "boss.south", "chief.south"]
    expected = [
        ("north", "conflict.taken_back", officers),
        ("north", "tip.taken_back", officers),
        ("south", "conflict.taken_back", bosses),
    ]
    assert _fallen(running_store) == expected
    lead, reads = people["lead.north"], ReadLog(store)
    (line,) = list_conflicts(replace(lead, as_of_us=now_us()), store, reads=reads)
    shown = show_conflict(lead, store, ref=line.ref, reads=reads)
    assert [reason.taken_back_us is not None for reason in shown.reasons] == [True]
    assert shown.status == "open", "people say what follows from it"
    # Told once, however often the tip is delivered again.
    _say(store, "1", email("other@example.com"), holder="north", at=5)
    assert _fallen(running_store) == expected
    # And what it states again is told again.
    _say(store, "1", OLD, holder="north", at=7)
    _say(store, "2", OLD, holder="south", at=8)
    again = [row for row in notices_in(running_store) if row[1] == "tip.named"]
    assert again == [("north", "tip.named", officers)] * 2
    shown = show_conflict(lead, store, ref=line.ref, reads=reads)
    assert [reason.taken_back_us for reason in shown.reasons] == [None]


def test_case_03_everybody_who_had_a_tip_is_told_of_its_withdrawal(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = _met(running_store)
    _say(store, "2", OLD, holder="north")
    release_tips(people["ops"], store, ["ncmec:2"], agency="north")
    assert withdraw(store, "ncmec:2", why="Sent in error.", actor="test")
    assert not withdraw(store, "ncmec:2", why="Again.", actor="test")
    assert [row[:2] for row in _fallen(running_store)] == [
        ("north", "conflict.taken_back"),
        ("north", "tip.taken_back"),
        ("north", "tip.withdrawn"),
        ("south", "conflict.taken_back"),
        ("south", "tip.withdrawn"),
    ]


def test_a_side_that_is_told_nothing_is_told_nothing_of_it(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    boss = people["boss.north"]
    sealed = draft("typo@example.com", visibility=Visibility.SEALED, sealed_to="boss.north")
    claimed(boss, store, case(boss, store), sealed)
    _say(store, "2", OLD, holder="south")
    _say(store, "2", NEW, holder="south", at=1)
    assert _fallen(running_store) == [("north", "conflict.taken_back", ["boss.north"])]


def test_what_a_judgement_led_to_stays_while_the_tip_does(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", at_us=now_us())
    lead = people["lead.north"]
    claimed(lead, store, case(lead, store), draft("typo@example.com"))
    _say(store, "1", OLD, holder="north")
    _say(store, "2", NEW, holder="north")
    same = Verdict.SAME
    judge(store, "ncmec:1", "ncmec:2", verdict=same, why="One hand.", basis=BASIS, actor="test")
    named = [row for row in notices_in(running_store) if row[1] == "tip.named"]
    assert len(named) == 2
    _say(store, "2", email("third@example.com"), holder="north", at=1)
    assert _fallen(running_store) == []
    withdraw(store, "ncmec:2", why="Sent in error.", actor="test")
    kinds = [row[1] for row in _fallen(running_store)]
    assert kinds == ["tip.taken_back", "tip.withdrawn"]


def test_reasons_of_an_older_schema_get_their_tips(running_store: RunningStore) -> None:
    store = running_store.store
    _met(running_store)
    running_store.rows("MATCH (r:Reason) REMOVE r.tip")
    for _ in range(2):
        name_tips_of_reasons(store)
        assert running_store.rows("MATCH (r:Reason) RETURN r.tip") == [("ncmec:2",)]
