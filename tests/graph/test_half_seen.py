"""A reader that sees another's commit half done (Neo4j shows one while it is applied)."""

from __future__ import annotations

import pytest

from graph.errors import UnlikeRowError
from graph.queries.core import NoParams
from graph.queries.upkeep import BEGIN, DUTIES, BegunParams
from graph.store import ReadUnit, WriteUnit
from tests.stores import RunningStore

HALF = "MERGE (d:Duty {key: 'half'}) REMOVE d.due_us, d.failures"
WHOLE = "MATCH (d:Duty {key: 'half'}) SET d.due_us = 7, d.failures = 0"


def test_a_row_that_is_seen_half_is_read_again(running_store: RunningStore) -> None:
    running_store.rows(HALF)
    reads: list[int] = []

    def work(unit: ReadUnit) -> list[int]:
        if len(reads) == 1:
            # Its commit is over by now.
            running_store.rows(WHOLE)
        reads.append(len(reads))
        return [row.due_us for row in unit.read(DUTIES, NoParams())]

    assert running_store.store.reading(work, name="test") == [7]
    assert len(reads) == 2


def test_a_change_that_saw_half_is_done_once(running_store: RunningStore) -> None:
    running_store.rows(HALF)
    tries: list[int] = []

    def work(unit: WriteUnit) -> int:
        if len(tries) == 1:
            running_store.rows(WHOLE)
        tries.append(len(tries))
        unit.run(BEGIN, BegunParams(key="other", fence=3, at_us=5))
        return len(unit.read(DUTIES, NoParams()))

    assert running_store.store.writing(work, name="test") == 2
    assert len(tries) == 2
    assert running_store.rows("MATCH (d:Duty {key: 'other'}) RETURN count(d)") == [(1,)]


def test_a_defect_stays_one_and_shows_no_value(running_store: RunningStore) -> None:
    running_store.rows("MERGE (d:Duty {key: 'x'}) SET d.outcome = 'someone@example.org'")
    with pytest.raises(UnlikeRowError, match=r"upkeep\.duties .* due_us, failures") as refused:
        running_store.store.read(DUTIES, NoParams())
    assert "someone" not in str(refused.value)
    assert refused.value.__cause__ is None
