"""What was decided and dated under a provisional key holds when the number comes."""

from __future__ import annotations

from itertools import permutations

from graph.services.links import links_of
from graph.services.recording import record
from graph.services.withdrawal import withdraw
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email
from tests.stores import RunningStore


def test_a_withdrawal_survives_the_number(running_store: RunningStore) -> None:
    store = running_store.store
    nameless = delivery(None, [email("x@example.com")], body="b")
    record(store, [nameless], actor="t")
    record(store, [delivery("200", [email("x@example.com")])], actor="t")
    withdraw(store, nameless.tip_key, why="filed in error", actor="t")
    record(store, [delivery("100", [email("x@example.com")], body="b")], actor="t")
    assert links_of(store, "ncmec:200").links == ()
    rows = running_store.rows("MATCH (t:Tip {key: 'ncmec:100'}) RETURN t.withdrawn_why")
    assert "filed in error" in str(rows[0][0])


def test_the_earliest_delivery_counts_whichever_came_first(running_store: RunningStore) -> None:
    deliveries = [
        delivery(None, [email("a@example.com")], body="v1"),
        delivery("100", [email("a@example.com")], body="v1", issued_us=MONDAY_US + 2 * HOUR_US),
        delivery("100", [email("b@example.com")], body="v2", issued_us=MONDAY_US + HOUR_US),
    ]
    live = set()
    for order in permutations(deliveries):
        running_store.wipe(synthetic=True)
        for item in order:
            record(running_store.store, [item], actor="t")
        rows = running_store.rows(
            "MATCH (:Tip)-[a:ASSERTS]->(x) WHERE a.ended_us IS NULL RETURN x.key ORDER BY x.key"
        )
        live.add(tuple(rows))
    assert live == {(("b@example.com",),)}
