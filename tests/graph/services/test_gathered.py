"""What is read in one record is what the named queries of links give row by row."""

from __future__ import annotations

from graph.queries.gathered import AROUND, TIPS, AroundParams
from graph.queries.link_questions import ComparedParams, OwnParams, SharedParams
from graph.queries.links import COMPARED, OWN, SHARED
from graph.services.recording import record
from graph.store import Store
from tests.deliveries import delivery, email


def test_what_is_read_in_one_record_is_what_the_named_queries_give(store: Store) -> None:
    record(
        store,
        [
            delivery(str(n), [email(f"{n // 2}@example.com"), email("all@example.com")])
            for n in range(5)
        ],
        actor="test",
    )
    keys = [f"ncmec:{n}" for n in range(5)]
    params = AroundParams(tips=keys, most_own=100, walk_limit=20, limit=100)
    around = store.read(AROUND, params)
    own = store.read(OWN, OwnParams(tips=keys, limit=100))
    shared = store.read(SHARED, SharedParams(tips=keys, walk_limit=20, limit=100))
    assert {row.tip: row.own for row in around} == {
        key: [row for row in own if row.tip == key] for key in keys
    }
    assert {row.tip: row.shared for row in around} == {
        key: [row for row in shared if row.own == key] for key in keys
    }
    (tips,) = store.read(TIPS, ComparedParams(tips=keys))
    assert tips.tips == store.read(COMPARED, ComparedParams(tips=keys))
    assert len(own) == 10
    assert len(shared) > 20
