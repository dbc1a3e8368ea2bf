"""What was decided and dated under a provisional key holds when the number comes."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from graph.deliveries import Delivery, Outcome
from graph.services.recording import record
from graph.services.withdrawal import withdraw
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email
from tests.linking import links_of
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


def _read_as(provider: str, item: Delivery, same: Delivery) -> Delivery:
    """Give the same bytes as another delivery, read with a declared provider."""
    return replace(item, document=same.document, declared_provider=provider)


def test_which_provider_counts_does_not_depend_on_the_order(running_store: RunningStore) -> None:
    bare = delivery(None, [email("plain@example.com")], body="b")
    deliveries = [
        bare,
        _read_as("Alpha", delivery(None, [email("first@example.com")]), bare),
        _read_as("Beta", delivery("100", [email("second@example.com")]), bare),
    ]
    live = set()
    for order in permutations(deliveries):
        running_store.wipe(synthetic=True)
        for item in order:
            record(running_store.store, [item], actor="t")
        rows = running_store.rows(
            "MATCH (t:Tip)-[:ASSERTS]->(x) MATCH (t)-[:HAS_VERSION]->(v) "
            "RETURN t.key, x.key, v.declared_provider"
        )
        live.add(tuple(rows))
    assert live == {(("ncmec:100", "first@example.com", "Alpha"),)}


def test_a_provider_declared_afterwards_is_taken_and_said(running_store: RunningStore) -> None:
    bare = delivery("100", [email("plain@example.com")], body="b")
    named = _read_as("Alpha", delivery("100", [email("x@example.com")]), bare)
    outcomes = [
        record(running_store.store, [item], actor="t")[0].outcome for item in (bare, named, bare)
    ]
    assert outcomes == [Outcome.NEW_TIP, Outcome.RESTATED, Outcome.DUPLICATE]
    rows = running_store.rows("MATCH (x:Email) WHERE x.tip_count > 0 RETURN x.key, x.tip_count")
    assert rows == [("x@example.com", 1)]


def test_a_nameless_earlier_copy_dates_every_tip_of_its_document(
    running_store: RunningStore,
) -> None:
    later = MONDAY_US + HOUR_US
    copies = [
        delivery("100", [email("x@example.com")], body="b", issued_us=later),
        delivery("200", [email("x@example.com")], body="b", issued_us=later),
    ]
    record(running_store.store, copies, actor="t")
    record(running_store.store, [delivery(None, [email("x@example.com")], body="b")], actor="t")
    rows = running_store.rows("MATCH (v:TipVersion) RETURN v.tip, v.issued_us ORDER BY v.tip")
    assert rows == [("ncmec:100", MONDAY_US), ("ncmec:200", MONDAY_US)]
