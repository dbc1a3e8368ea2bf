"""Recording on real engines: each document once, and the same graph in any order."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from itertools import permutations

import pytest

from graph.deliveries import Delivery, Outcome
from graph.errors import RowError
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.services.recording import record
from graph.services.withdrawal import withdraw
from graph.statements import FileStatement
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email, file_hash, says
from tests.stores import RunningStore

_BOOKKEEPING = {
    "recorded_us",
    "first_recorded_us",
    "received_us",
    "receipts",
    "created_us",
    "entered_us",
    "changed_us",
    "review_due_us",
    "silent_until_us",
    "ref",
}
"""Times of this run, what is counted from them, and random names: all else is compared."""
_RANDOM = re.compile(r"\b[0-9a-f]{32}\b")
_WHEN_MET = {"opened_us", "since_us", "clock_us", "first_due_us", "second_due_us"}
_WHEN_TOLD = {"first_us", "last_us", "at_us", "due_us"}
_BOOKKEEPING_OF = {
    "Conflict": _WHEN_MET,
    "Reason": _WHEN_TOLD,
    "Notification": {*_WHEN_TOLD, "key", "unseen_place"},
    "Dissemination": {"key", "entry", "log_place"},
}


def outcomes(running: RunningStore, *deliveries: Delivery) -> list[Outcome]:
    return [r.outcome for r in record(running.store, deliveries, actor="test")]


def snapshot(running: RunningStore) -> tuple[Sequence[object], Sequence[object]]:
    """Give the whole graph but the log and the times of receipt, comparable across engines."""

    def bare(props: object, label: str = "") -> tuple[tuple[str, str], ...]:
        assert isinstance(props, dict)
        left_out = _BOOKKEEPING | _BOOKKEEPING_OF.get(label, set())
        shown = {k: repr(v) for k, v in props.items() if k not in left_out}
        if label in _BOOKKEEPING_OF:
            # They speak of claims by their random names.
            shown = {k: _RANDOM.sub("a name", text) for k, text in shown.items()}
        return tuple(sorted(shown.items()))

    def named(kind: object, key: object) -> object:
        return "a reason" if kind == "HAS_REASON" else key

    nodes = running.rows(
        "MATCH (n) WHERE NOT n:AuditEntry RETURN labels(n)[0] AS label, properties(n) AS props"
    )
    edges = running.rows(
        "MATCH (a)-[r]->(b) RETURN type(r) AS type, a.key AS start, b.key AS end, "
        "properties(r) AS props"
    )
    return (
        sorted((str(label), bare(props, str(label))) for label, props in nodes),
        sorted((kind, start, named(kind, end), bare(props)) for kind, start, end, props in edges),
    )


def tip_counts(running: RunningStore) -> dict[object, object]:
    rows = running.rows("MATCH (x) WHERE x.tip_count IS NOT NULL RETURN x.key, x.tip_count")
    return {key: count for key, count in rows}  # noqa: C416 - rows are tuples of any length


def total(running: RunningStore) -> object:
    return running.rows("MATCH (s:StoreInfo) RETURN s.tip_total")[0][0]


def test_case_1_the_same_bytes_twice_are_one_tip_and_two_receipts(
    running_store: RunningStore,
) -> None:
    first = delivery("100", [email("x@example.com")])
    again = delivery("100", [email("x@example.com")], received_us=MONDAY_US + HOUR_US)
    assert outcomes(running_store, first) == [Outcome.NEW_TIP]
    before = snapshot(running_store)
    assert outcomes(running_store, again, again) == [Outcome.DUPLICATE, Outcome.DUPLICATE]
    assert snapshot(running_store) == before
    receipts = running_store.rows("MATCH (d:Document) RETURN d.receipts")[0][0]
    assert receipts == [str(MONDAY_US), str(MONDAY_US + HOUR_US)]


def test_recording_the_same_receipt_again_counts_it_once(running_store: RunningStore) -> None:
    outcomes(running_store, delivery("100"))
    outcomes(running_store, delivery("100"))
    assert running_store.rows("MATCH (d:Document) RETURN size(d.receipts)") == [(1,)]


def test_case_2_changed_content_is_a_new_version_and_nothing_is_lost(
    running_store: RunningStore,
) -> None:
    outcomes(running_store, delivery("100", [email("x@example.com"), email("y@example.com")]))
    newer = delivery("100", [email("y@example.com")], issued_us=MONDAY_US + HOUR_US)
    assert outcomes(running_store, newer) == [Outcome.NEW_VERSION]
    rows = running_store.rows(
        "MATCH (:Tip)-[a:ASSERTS]->(x) RETURN x.key, a.ended_us ORDER BY x.key"
    )
    assert rows == [("x@example.com", MONDAY_US + HOUR_US), ("y@example.com", None)]
    assert tip_counts(running_store) == {"x@example.com": 0, "y@example.com": 1}


def test_case_3_withdrawal_ends_links_and_keeps_the_record(running_store: RunningStore) -> None:
    outcomes(running_store, delivery("100", [email("x@example.com")]))
    assert withdraw(running_store.store, "ncmec:100", why="filed in error", actor="test")
    assert not withdraw(running_store.store, "ncmec:100", why="again", actor="test")
    assert tip_counts(running_store) == {"x@example.com": 0}
    assert total(running_store) == 0
    assert running_store.rows("MATCH (:Tip)-[a:ASSERTS]->() RETURN count(a)") == [(1,)]
    late = delivery("100", [email("z@example.com")], issued_us=MONDAY_US + HOUR_US)
    assert outcomes(running_store, late) == [Outcome.NEW_VERSION]
    assert tip_counts(running_store) == {"x@example.com": 0, "z@example.com": 0}


def test_case_4_and_6_a_reference_makes_a_stub_that_becomes_real(
    running_store: RunningStore,
) -> None:
    outcomes(
        running_store,
        delivery("100", references=[("prior", "ncmec:50"), ("prior", "ncmec:100")]),
    )
    stub = running_store.rows("MATCH (t:Tip {key: 'ncmec:50'}) RETURN t.stub, t.version_count")
    assert stub == [(True, 0)]
    assert total(running_store) == 1
    back = delivery("50", references=[("prior", "ncmec:100")])
    assert outcomes(running_store, back) == [Outcome.NEW_TIP]
    assert running_store.rows("MATCH (t:Tip {key: 'ncmec:50'}) RETURN t.stub") == [(False,)]


def test_case_9_the_same_id_at_two_providers_is_two_accounts(running_store: RunningStore) -> None:
    outcomes(
        running_store,
        delivery("100", [says(IdentifierKind.ACCOUNT, "one||7")]),
        delivery("101", [says(IdentifierKind.ACCOUNT, "two||7")]),
    )
    assert running_store.rows("MATCH (a:Account) RETURN count(a)") == [(2,)]


def test_a_number_joins_its_provisional_tip(running_store: RunningStore) -> None:
    nameless = delivery(None, [email("x@example.com")], body="same")
    numbered = delivery("100", [email("x@example.com")], body="same")
    assert nameless.document == numbered.document
    assert outcomes(running_store, nameless) == [Outcome.NEW_TIP]
    assert running_store.rows("MATCH (t:Tip) RETURN t.provisional") == [(True,)]
    assert outcomes(running_store, numbered) == [Outcome.JOINED]
    assert running_store.rows("MATCH (t:Tip) RETURN t.key, t.provisional") == [("ncmec:100", False)]
    assert tip_counts(running_store) == {"x@example.com": 1}
    assert total(running_store) == 1
    assert outcomes(running_store, nameless) == [Outcome.DUPLICATE]


def test_the_parts_of_a_tip_may_come_in_any_order(running_store: RunningStore) -> None:
    def parts() -> list[Delivery]:
        file = FileStatement(file_id="f1", name="a.jpg", viewed_by_esp="yes")
        return [
            delivery("100", [email("x@example.com")], part="ncmec-report"),
            delivery("100", [file_hash("md5:1")], part="ncmec-file:f1", files=[file]),
            delivery(
                "100",
                [email("y@example.com")],
                part="ncmec-report",
                issued_us=MONDAY_US + HOUR_US,
                urgency=1,
            ),
            delivery("101", [file_hash("md5:1")], references=[("related", "ncmec:100")]),
            delivery(None, [email("y@example.com")], body="provisional"),
            delivery("102", [email("y@example.com")], body="provisional"),
        ]

    graphs = []
    orders = random.Random(5).sample(list(permutations(range(6))), 12)
    for order in orders:
        running_store.wipe(synthetic=True)
        for at in order:
            outcomes(running_store, parts()[at])
        graphs.append(snapshot(running_store))
    running_store.wipe(synthetic=True)
    outcomes(running_store, *parts())
    graphs.append(snapshot(running_store))
    for arrival, graph in zip([*map(str, orders), "one call"], graphs, strict=True):
        for one, other in zip(graph, graphs[0], strict=True):
            assert [x for x in one if x not in other] == [], arrival
            assert [x for x in other if x not in one] == [], arrival


def test_a_bad_row_leaves_nothing_of_the_call(running_store: RunningStore) -> None:
    good = delivery("100", [email("x@example.com")])
    bad = delivery("101", [email("y" * 3000)])
    with pytest.raises(RowError):
        record(running_store.store, [good, bad], actor="test")
    assert running_store.rows("MATCH (n) WHERE NOT n:StoreInfo RETURN count(n)") == [(0,)]


def test_every_delivery_leaves_one_leaf_without_identifiers(running_store: RunningStore) -> None:
    outcomes(running_store, delivery("100", [email("x@example.com")]), delivery("101"))
    leaves = running_store.rows(
        "MATCH (e:AuditEntry) RETURN e.actor, e.action, e.object, e.outcome ORDER BY e.object"
    )
    assert leaves == [
        ("test", "tip.recorded", "ncmec:100", "new tip"),
        ("test", "tip.recorded", "ncmec:101", "new tip"),
    ]


def test_counts_equal_a_full_recount(running_store: RunningStore) -> None:
    dice = random.Random(11)
    for n in range(60):
        emails = [email(f"{dice.randrange(8)}@example.com", role=dice.choice(list(Role)))]
        emails += [email(f"{dice.randrange(8)}@example.com")]
        outcomes(
            running_store,
            delivery(
                str(100 + n % 20), emails, body=str(n), issued_us=MONDAY_US + dice.randrange(9)
            ),
        )
        if n % 17 == 0:
            withdraw(running_store.store, f"ncmec:{100 + n % 20}", why="test", actor="test")
    recount = running_store.rows(
        "MATCH (x:Email) OPTIONAL MATCH (x)<-[a:ASSERTS]-(t:Tip) "
        "WHERE a.ended_us IS NULL AND t.withdrawn_us IS NULL "
        "WITH x, t, max(CASE WHEN a.linking THEN 1 ELSE 0 END) AS links "
        "RETURN x.key, sum(links), count(t) ORDER BY x.key"
    )
    kept = running_store.rows(
        "MATCH (x:Email) RETURN x.key, x.tip_count, x.mention_count ORDER BY x.key"
    )
    assert [(k, s or 0, c) for k, s, c in recount] == kept
    held = running_store.rows(
        "MATCH (t:Tip) WHERE t.stub = false AND t.withdrawn_us IS NULL RETURN count(t)"
    )
    assert total(running_store) == held[0][0]


def test_a_tip_of_thousands_that_grows_takes_nothing_from_others(
    running_store: RunningStore,
) -> None:
    """ArcadeDB left edges, and took another tip's, when it deleted while it walked their list."""
    beside = [delivery(f"{n}", [email(f"{n}-{k}@example.net") for k in range(5)]) for n in range(8)]
    grown = 0
    for n, other in enumerate(beside):
        grown += 37 * (n + 1)
        said = [email(f"{k}@example.com") for k in range(grown)]
        growing = delivery("777", said, body=f"{n}", issued_us=MONDAY_US + n)
        record(running_store.store, [other, growing], actor="test")
        rows = running_store.rows(
            "MATCH (t:Tip)-[a:ASSERTS]->() "
            "RETURN t.key AS tip, count(a) AS edges, count(DISTINCT a.key) AS stated ORDER BY tip"
        )
        smaller = [(f"ncmec:{m}", 5, 5) for m in range(n + 1)]
        assert rows == [*smaller, ("ncmec:777", grown, grown)]
