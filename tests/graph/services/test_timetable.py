"""One worker at a time has the timetable; one that lost it can do nothing in its name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.services.timetable import (
    SECOND_US,
    Held,
    Ran,
    TakenOverError,
    Timetable,
    due_notices,
    duties_of,
    make_due,
    runner_of,
    waiting_leaves,
)
from graph.store import Store
from tests.deliveries import MONDAY_US

LEASE_US = 60 * SECOND_US
DONE = Ran(outcome="3 done", is_done=True, failures=0, due_us=MONDAY_US + 500)
FAILED = Ran(outcome="no", is_done=False, failures=2, due_us=MONDAY_US + 900)


def worker(store: Store, name: str) -> Timetable:
    """Give a worker of that name."""
    return Timetable(store=store, user="ops", holder=name, lease_us=LEASE_US)


def test_a_timetable_passes_from_worker_to_worker(store: Store) -> None:
    first, second = worker(store, "first"), worker(store, "second")
    assert runner_of(store, at_us=MONDAY_US) is None
    held = first.take(at_us=MONDAY_US)
    assert held == Held(fence=1, until_us=MONDAY_US + LEASE_US)
    assert second.take(at_us=MONDAY_US + LEASE_US - 1) is None
    # Renewed, it keeps its number.
    assert first.take(at_us=MONDAY_US + 10) == replace(held, until_us=MONDAY_US + 10 + LEASE_US)

    assert first.begin("count", held, at_us=MONDAY_US)
    first.end("count", held, DONE, at_us=MONDAY_US + 7)
    row = duties_of(store)["count"]
    assert (row.began_us, row.ended_us, row.done_us) == (MONDAY_US, MONDAY_US + 7, MONDAY_US + 7)
    assert (row.due_us, row.failures, row.outcome) == (DONE.due_us, 0, "3 done")
    assert not first.begin("count", held, at_us=DONE.due_us - 1), "it was not due"

    # The first one sleeps past its time with a duty begun.
    assert first.begin("count", held, at_us=DONE.due_us)
    later = MONDAY_US + 2 * LEASE_US
    taken = second.take(at_us=later)
    assert taken is not None
    assert taken.fence == 2
    running = runner_of(store, at_us=later)
    assert running is not None
    assert (running.holder, running.user, running.since_us) == ("second", "ops", later)
    with pytest.raises(TakenOverError):
        first.end("count", held, DONE, at_us=later)
    with pytest.raises(TakenOverError):
        first.begin("sweep", held, at_us=later)
    assert set(duties_of(store)) == {"count"}
    # What it had begun and not ended is due to the second, and once only.
    assert second.begin("count", taken, at_us=later)
    second.end("count", taken, FAILED, at_us=later + 1)
    row = duties_of(store)["count"]
    assert (row.done_us, row.ended_us, row.failures) == (MONDAY_US + 7, later + 1, 2)
    assert (row.outcome, row.fence) == ("no", 2)
    assert first.take(at_us=later) is None

    second.free(taken, at_us=later)
    assert runner_of(store, at_us=later) is None
    again = first.take(at_us=later)
    assert again is not None
    assert again.fence == 3
    with pytest.raises(TakenOverError):
        first.begin("count", held, at_us=later)
    assert make_due(store, "count")
    assert duties_of(store)["count"].due_us == 0
    assert not make_due(store, "no such")


def test_queues_of_an_empty_store(store: Store) -> None:
    assert waiting_leaves(store).model_dump() == {"total": 0, "oldest_us": None}
    assert due_notices(store, at_us=MONDAY_US).model_dump() == {"total": 0, "oldest_us": None}
