"""Leaves that a store of schema 2 wrote go to the operator's log, wait there, and are numbered."""

from __future__ import annotations

from graph.ddl.migrate import prepare
from graph.queries.meta import SET_VERSION, SetVersionParams
from graph.services.audit_sequencer import sequence
from graph.services.audit_verify import verify
from tests.stores import RunningStore


def test_older_leaves_are_carried_over(running_store: RunningStore) -> None:
    for number in range(3):
        running_store.rows(
            "CREATE (e:AuditEntry {key: $key, at_us: $at, actor: 'a', action: 'tip.recorded', "
            "object: 'ncmec:1', outcome: 'new tip'})",
            key=f"k{number}",
            at=1_763_942_400_000_000 - number,
        )
    older = SetVersionParams(version=2)
    running_store.store.writing(lambda unit: unit.run(SET_VERSION, older), name="test")
    for _ in range(2):
        prepare(running_store.store, synthetic=None)
    waiting = running_store.rows("MATCH (e:AuditEntry) RETURN e.key, e.place ORDER BY e.place")
    assert [row[0] for row in waiting] == ["k2", "k1", "k0"]
    assert [s.size for s in sequence(running_store.store)] == [3]
    assert verify(running_store.store).is_good
    running_store.store.writing(lambda unit: unit.run(SET_VERSION, older), name="test")
    prepare(running_store.store, synthetic=None)
    assert verify(running_store.store).logs[0].waiting == 0
