"""What is done with all records of an incident: taken together, moved together."""

from __future__ import annotations

import threading

import pytest

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.errors import ChangedError, CrosstipError, RightsError, RowError
from graph.services.audit_reads import ReadLog
from graph.services.queue_reading import show_queued
from graph.services.triage_steps import Moved, move, take
from graph.services.triage_together import Looked, move_together
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome, State
from tests.graph.services.folds import WHY, rows, shown, take_in
from tests.graph.services.people import DAY_US, staff


def test_whoever_takes_one_takes_all_that_stand_alike(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    lead, deputy, boss = (people[f"{name}.north"] for name in ("lead", "deputy", "boss"))
    for number in (1, 2, 3):
        take_in(store, number)
    taken = take(lead, store, tip="ncmec:2")
    assert (taken.tip, taken.also) == ("ncmec:2", ("ncmec:1", "ncmec:3"))
    assert rows(lead, store, owner="lead.north") == [("ncmec:1", "ncmec:2", "ncmec:3")]
    with pytest.raises(ChangedError, match=r"moved by lead\.north"):
        take(deputy, store, tip="ncmec:3")
    # One that comes later is nobody's, has a row of its own, and says where the others stand.
    take_in(store, 4)
    assert rows(boss, store) == [("ncmec:1", "ncmec:2", "ncmec:3"), ("ncmec:4",)]
    assert {(one.tip, one.owner) for one in shown(boss, store, "ncmec:4").elsewhere} == {
        (f"ncmec:{number}", "lead.north") for number in (1, 2, 3)
    }
    assert [one.tip for one in shown(boss, store, "ncmec:1").elsewhere] == ["ncmec:4"]
    assert take(deputy, store, tip="ncmec:4").also == ()


def test_of_two_who_take_different_records_at_once_one_gets_all(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    for row in range(3):
        pair = [take_in(store, 10 * row + n, accounts=(f"u-{row}",)) for n in (1, 2)]
        barrier = threading.Barrier(2)
        got: dict[str, Moved] = {}
        told: dict[str, CrosstipError] = {}

        def work(name: str, tip: str, barrier: threading.Barrier) -> None:
            barrier.wait()
            try:
                got[name] = take(people[name], store, tip=tip)  # noqa: B023
            except CrosstipError as error:
                told[name] = error  # noqa: B023

        names = ("lead.north", "deputy.north")
        threads = [
            threading.Thread(target=work, args=(name, tip, barrier))
            for name, tip in zip(names, pair, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        (winner,), (loser,) = got, told
        assert isinstance(told[loser], ChangedError)
        assert f"moved by {winner}" in str(told[loser])
        assert {got[winner].tip, *got[winner].also} == set(pair)
        assert [shown(people[winner], store, tip).owner for tip in pair] == [winner, winner]


def looked(caller: Caller, store: Store, *numbers: int) -> list[Looked]:
    """Give records as they stand now."""
    tips = [f"ncmec:{number}" for number in numbers]
    return [Looked(tip=tip, version=shown(caller, store, tip).version) for tip in tips]


def test_one_move_on_all_is_all_or_nothing(store: Store) -> None:
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, deputy, boss = (people[f"{name}.north"] for name in ("lead", "deputy", "boss"))
    for number in (1, 2, 3):
        take_in(store, number)
    take_in(store, 8, accounts=("u-8",))
    take(lead, store, tip="ncmec:1")
    take_in(store, 4)
    close = Wanted(move=Move.CLOSE, outcome=Outcome.DUPLICATE, why=WHY)
    all_three = looked(lead, store, 1, 2, 3)

    def refused(error: type[CrosstipError], match: str, by: Caller = lead, **more: object) -> None:
        asked = {"tip": "ncmec:1", "records": all_three, "wanted": close, **more}
        with pytest.raises(error, match=match):
            move_together(by, store, **asked)  # type: ignore[arg-type]

    refused(RowError, r"ncmec:4 is new and nobody's\. Nothing was changed")
    refused(RightsError, r"duties\.team", by=deputy, leave_others=True)
    refused(ChangedError, "further record", records=all_three[:2], leave_others=True)
    stranger = [*all_three, Looked(tip="ncmec:8", version=0)]
    refused(ChangedError, "ncmec:8 is no record", records=stranger, leave_others=True)
    refused(RowError, "among them", records=all_three[1:])
    refused(RowError, "one tip at a time", wanted=Wanted(move=Move.APART, why=WHY))
    # One that was moved meanwhile keeps them all where they are; so does one that cannot be moved.
    move(lead, store, tip="ncmec:3", expected=1, wanted=Wanted(move=Move.KEEP, why=WHY))
    refused(ChangedError, "ncmec:3 was moved by", leave_others=True)
    refused(RowError, "no move from there", records=looked(lead, store, 1, 2, 3, 4), by=boss)
    assert rows(lead, store, owner="lead.north") == [("ncmec:1", "ncmec:2", "ncmec:3")]
    assert shown(lead, store, "ncmec:1").version == 1
    done = move_together(
        lead,
        store,
        tip="ncmec:1",
        records=looked(lead, store, 1, 2, 3),
        wanted=close,
        leave_others=True,
    )
    assert [(one.tip, one.state) for one in done] == [(f"ncmec:{n}", "closed") for n in (1, 2, 3)]
    assert rows(lead, store, state=State.CLOSED) == [("ncmec:1", "ncmec:2", "ncmec:3")]
    assert rows(lead, store) == [("ncmec:4",), ("ncmec:8",)]
    assert show_queued(lead, store, tip="ncmec:2", reads=ReadLog(store)).moves[-1].why == WHY
