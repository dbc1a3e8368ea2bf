"""Reads are logged before the answer leaves, in groups, and refused when they cannot be."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

import pytest

from graph.errors import StoreBusyError, StoreError, StoreUnavailableError
from graph.services.audit_leaves import Leaf
from graph.services.audit_ledger import SHOWN, SUBJECT, ledger
from graph.services.audit_reads import ReadLog
from graph.services.audit_sequencer import sequence
from graph.services.audit_verify import verify
from graph.store import Store, WriteUnit
from tests.stores import RunningStore

T = TypeVar("T")
LEAF = Leaf(action="tip.shown", object="ncmec:1", outcome="shown", agency="a", purpose="lead")


class Counting(Store):
    """A store that counts its transactions, and may be slow or refuse."""

    def __init__(self, real: Store) -> None:
        self.__dict__.update(real.__dict__)
        self.transactions = 0
        self.hold = threading.Event()
        self.hold.set()
        self.failure: StoreError | None = None

    def writing(self, work: Callable[[WriteUnit], T], *, name: str) -> T:
        """Do it when it may go on."""
        self.transactions += 1
        self.hold.wait(120)
        if self.failure is not None:
            raise self.failure
        return super().writing(work, name=name)


def test_fifty_readers_at_once_share_a_few_transactions(running_store: RunningStore) -> None:
    store = Counting(running_store.store)
    log = ReadLog(store)
    failures: list[Exception] = []

    def read() -> None:
        try:
            for _ in range(4):
                log.note([LEAF], actor="reader")
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert running_store.rows("MATCH (e:AuditEntry) RETURN count(e)") == [(200,)]
    assert store.transactions < 60


def test_what_is_noted_is_committed_when_it_comes_back(running_store: RunningStore) -> None:
    log = ReadLog(running_store.store)
    log.note([], actor="reader")
    log.note([LEAF, LEAF], actor="reader")
    assert running_store.rows("MATCH (e:AuditEntry) RETURN count(e)") == [(2,)]


def test_an_answer_is_refused_when_the_log_cannot_be_written(store: Store) -> None:
    broken = Counting(store)
    broken.failure = StoreUnavailableError("The store does not answer.")
    log = ReadLog(broken)
    for _ in range(2):
        with pytest.raises(StoreUnavailableError, match="does not answer"):
            log.note([LEAF], actor="reader")
    broken.failure = None
    log.note([LEAF], actor="reader")


def test_waiting_is_bounded_in_number_and_in_time(store: Store) -> None:
    slow = Counting(store)
    slow.hold.clear()
    log = ReadLog(slow, most_waiting=2, wait_s=0.1)
    first = threading.Thread(target=log.note, args=([LEAF],), kwargs={"actor": "reader"})
    first.start()
    while slow.transactions == 0:
        time.sleep(0.01)
    with pytest.raises(StoreUnavailableError, match="not given"):
        log.note([LEAF], actor="reader")
    with pytest.raises(StoreBusyError, match="Too many"):
        log.note([LEAF, LEAF], actor="reader")
    slow.hold.set()
    first.join()
    log.note([LEAF], actor="reader")


def test_the_ledger_says_who_was_shown_what(running_store: RunningStore) -> None:
    log = ReadLog(running_store.store)
    log.note([LEAF], actor="one")
    listed = Leaf(
        action="tips.listed", object=None, outcome="2 shown", disclosed=("ncmec:1", "ncmec:2|x")
    )
    log.note([listed], actor="two")
    log.note([Leaf(action="check", object="ncmec:1|y", outcome="hit")], actor="three")
    sequence(running_store.store)
    lines = ledger(running_store.store, "ncmec:1")
    assert [(line.actor, line.capacity, line.purpose) for line in lines] == [
        ("two", SHOWN, None),
        ("one", SUBJECT, "lead"),
    ]
    assert [line.number for line in lines] == [0, 0]
    assert [line.actor for line in ledger(running_store.store, "ncmec:2|x")] == ["two"]
    assert ledger(running_store.store, "ncmec:2") == ()
    assert len(ledger(running_store.store, "ncmec:1", limit=1)) == 1
    assert verify(running_store.store).is_good
    running_store.rows("MATCH (d:Dissemination) WHERE d.key STARTS WITH 'ncmec:1|' DETACH DELETE d")
    assert any("ledger" in problem for problem in verify(running_store.store).problems)
