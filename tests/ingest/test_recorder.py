"""What the store refuses: one document is quarantined alone, a store out of order ends the run."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import pytest

from graph.errors import StoreError, StoreRefusedError, StoreTimeoutError, StoreUnavailableError
from graph.queries.core import Mode, NoParams, Query, Row
from graph.store import Store, WriteUnit
from ingest.pipeline import Intake
from ingest.preparing import Prepared
from ingest.receiving import Declared
from ingest.sources import find_files
from ingest.summary import Summary
from tests.ingest.cases.documents import AGENCIES, claims, ids_tip
from tests.ingest.desk import Desk
from tests.stores import RunningStore

T = TypeVar("T")
POISON = "100000002"
BAD = Query(
    name="test.bad",
    doc="The store refuses it.",
    text="SET nothing",
    params=NoParams,
    row=Row,
    mode=Mode.WRITE,
)


class _Found(Row):
    key: str


HOLDS_POISON = Query(
    name="test.poison",
    doc="Test.",
    text="MATCH (t:Tip {key: 'ncmec:100000002'}) RETURN t.key AS key LIMIT 1",
    params=NoParams,
    row=_Found,
)


class Refusing(Store):
    """A store whose server refuses, or is late with, some of what it is given."""

    def __init__(self, running: RunningStore, *, when: str, error: Exception | None = None) -> None:
        self.__dict__.update(running.store.__dict__)
        self.when = when
        self.error = error

    def writing(self, work: Callable[[WriteUnit], T], *, name: str) -> T:
        """Do the work, and be refused by the real server where that is wanted."""

        def refused(unit: WriteUnit) -> T:
            done = work(unit)
            is_wanted = {
                "always": True,
                "never": False,
                "recording": name == "recording tips",
                "poison": len(unit.read(HOLDS_POISON, NoParams())) > 0,
                "claims": name == "entering claims",
            }[self.when]
            if is_wanted and self.error is not None:
                raise self.error
            if is_wanted:
                unit.run(BAD, NoParams())
            return done

        return super().writing(refused, name=name)


def intake(desk: Desk, store: Store, *, batch_tips: int = 500) -> Intake:
    return Intake(store, desk.site, synthetic=True, actor="test", batch_tips=batch_tips)


def when_all_are_kept(intake: Intake, documents: int) -> Intake:
    """Have nothing recorded before so many documents are kept: a second thread does that."""
    steps, all_in, kept = intake._steps, threading.Event(), 0
    keep, record = steps.keep, steps.record

    def kept_and_counted(items: Iterable[Prepared]) -> None:
        nonlocal kept
        batch = list(items)
        keep(batch)
        kept += len(batch)
        if kept >= documents:
            all_in.set()

    def recorded_then(items: Sequence[Prepared], summary: Summary) -> None:
        assert all_in.wait(60)
        record(items, summary)

    steps.keep = kept_and_counted  # type: ignore[method-assign]
    steps.record = recorded_then  # type: ignore[method-assign]
    return intake


def take(desk: Desk, intake: Intake, *numbers: str) -> Summary:
    for number in numbers:
        desk.put(ids_tip(number), name=f"in/{number}.json")
    return intake.ingest(find_files([desk.inbox / "in"]), declared=Declared(synthetic=True))


def tips(desk: Desk) -> list[object]:
    rows = desk.running.rows("MATCH (t:Tip) RETURN t.report_number ORDER BY t.report_number")
    return [number for (number,) in rows]


def test_one_poisonous_document_goes_to_quarantine_alone(desk: Desk) -> None:
    store = Refusing(desk.running, when="poison")
    summary = take(desk, intake(desk, store), "100000001", POISON, "100000003")
    assert summary.quarantined == 1
    assert tips(desk) == ["100000001", "100000003"]
    assert [e.name for e in desk.site.quarantine.list()] == [f"{POISON}.json"]
    assert list(desk.site.spool.pending()) == []


def test_a_poisonous_document_in_a_batch_of_its_own_does_too(desk: Desk) -> None:
    store = Refusing(desk.running, when="poison")
    summary = take(desk, intake(desk, store, batch_tips=1), "100000001", POISON, "100000003")
    assert summary.quarantined == 1
    assert tips(desk) == ["100000001", "100000003"]


@pytest.mark.parametrize("batch_tips", [500, 2, 1])
@pytest.mark.parametrize("when", ["always", "recording"])
def test_a_store_that_refuses_every_document_ends_the_run(
    desk: Desk, when: str, batch_tips: int
) -> None:
    store = Refusing(desk.running, when=when)
    numbers = ("100000001", "100000003", "100000004")
    running = when_all_are_kept(intake(desk, store, batch_tips=batch_tips), len(numbers))
    with pytest.raises(StoreError, match="refused"):
        take(desk, running, *numbers)
    kept = len(list(desk.site.spool.pending()))
    held = len(desk.site.quarantine.list())
    assert held == (1 if (when, batch_tips) == ("recording", 1) else 0)
    # What comes behind the end of the run may not be received yet: then its file is as it was.
    received = kept + held
    assert received > 0
    assert desk.running.rows("MATCH (t:Tip) RETURN count(t)") == [(0,)]
    repaired = intake(desk, desk.store)
    assert repaired.recover().quarantined == 0
    repaired.retry([e.id for e in desk.site.quarantine.list()])
    assert tips(desk) == list(numbers[:received])
    assert desk.site.quarantine.list() == ()
    take(desk, repaired, *numbers)
    assert tips(desk) == list(numbers)


def test_a_single_document_that_an_unwritable_store_refuses_stays_in_the_spool(desk: Desk) -> None:
    with pytest.raises(StoreRefusedError, match="a trial change"):
        take(desk, intake(desk, Refusing(desk.running, when="always")), "100000001")
    assert desk.site.quarantine.list() == ()
    assert len(list(desk.site.spool.pending())) == 1


def test_a_store_that_is_late_with_every_document_ends_the_run(desk: Desk) -> None:
    store = Refusing(desk.running, when="recording", error=StoreTimeoutError("too late"))
    with pytest.raises(StoreError, match=r"none of 2 documents in a row.*too late"):
        take(desk, intake(desk, store), "100000001", "100000003")
    assert desk.site.quarantine.list() == ()


def test_missing_rights_end_the_run_at_once(desk: Desk) -> None:
    store = Refusing(desk.running, when="recording", error=StoreUnavailableError("no rights"))
    with pytest.raises(StoreUnavailableError):
        take(desk, intake(desk, store), "100000001")
    assert desk.site.quarantine.list() == ()


def test_broken_documents_alone_never_end_a_run(desk: Desk) -> None:
    for n in range(3):
        desk.put('{"reportId": ' + str(n), name=f"in/{n}.json")
    assert take(desk, intake(desk, desk.store)).quarantined == 3


@pytest.mark.parametrize(("when", "is_kept"), [("claims", False), ("always", True)])
def test_a_table_that_is_refused(desk: Desk, when: str, *, is_kept: bool) -> None:
    desk.take(AGENCIES, name="agencies.csv")
    desk.put(claims(("OH", "1", "account", "sam-1")), name="in/claims.csv")
    running = intake(desk, Refusing(desk.running, when=when))
    if is_kept:
        with pytest.raises(StoreRefusedError, match="a trial change"):
            take(desk, running)
        assert len(list(desk.site.spool.pending())) == 1
        assert desk.site.quarantine.list() == ()
    else:
        assert take(desk, running).quarantined == 1


def test_every_bad_line_of_a_table_is_one_sentence(desk: Desk) -> None:
    desk.take(AGENCIES, name="agencies.csv")
    text = claims(("OH", "1", "account", "sam-1"), ("OH", "2", "aura", "blue"))
    desk.take(text + "OH,3,open,ip,no address,,suspect\n", name="claims.csv")
    (entry,) = desk.site.quarantine.list()
    assert entry.reason.startswith("2 lines were not taken in. Line 3: its kind is none of ")
    assert "send it again. Line 4: " in entry.reason
    assert "claims.csv" not in entry.reason
    assert ";" not in entry.reason.partition("Line 4")[2]
    assert entry.attempts == 1


def test_bad_lines_stay_named_when_the_store_refuses_the_others(desk: Desk) -> None:
    desk.take(AGENCIES, name="agencies.csv")
    text = claims(("ZZ", "1", "account", "sam-1"), ("OH", "2", "aura", "blue"))
    summary = desk.take(text, name="claims.csv")
    (entry,) = desk.site.quarantine.list()
    assert "Line 3: its kind is none of" in entry.reason
    assert "None of the other lines either: Investigation 1 names an agency" in entry.reason
    assert (summary.quarantined, entry.attempts) == (1, 1)
