"""Several recorders at once, as when two commands take the same folder in."""

from __future__ import annotations

import threading

from graph.deliveries import Delivery
from graph.services.recording import record
from tests.deliveries import MONDAY_US, delivery, email
from tests.stores import RunningStore


def deliveries() -> list[Delivery]:
    """Give deliveries that meet in tips and in identifiers."""
    return [
        delivery(
            str(100 + n % 7),
            [email(f"{n % 5}@example.com"), email(f"{n % 3}@example.org")],
            body=str(n),
            issued_us=MONDAY_US + n,
        )
        for n in range(35)
    ]


def counts(running: RunningStore) -> list[tuple[object, ...]]:
    """Give what must be equal however the work was shared out."""
    return [
        *running.rows("MATCH (t:Tip) RETURN t.key, t.version_count ORDER BY t.key"),
        *running.rows("MATCH (x:Email) RETURN x.key, x.tip_count, x.mention_count ORDER BY x.key"),
        *running.rows("MATCH (d:Document) RETURN count(d)"),
        *running.rows("MATCH (s:StoreInfo) RETURN s.tip_total"),
        *running.rows(
            "MATCH (t:Tip)-[a:ASSERTS]->(x) "
            "RETURN t.key, x.key, count(a), count(a.ended_us) ORDER BY t.key, x.key"
        ),
    ]


def test_recorders_side_by_side_end_in_the_same_graph(running_store: RunningStore) -> None:
    for item in deliveries():
        record(running_store.store, [item], actor="one")
    expected = counts(running_store)
    running_store.wipe(synthetic=True)
    failures: list[Exception] = []
    barrier = threading.Barrier(4)

    def work(offset: int) -> None:
        barrier.wait()
        try:
            everything = deliveries()
            order = everything[offset * 9 :] + everything[: offset * 9]
            for start in range(0, len(order), 5):
                record(running_store.store, order[start : start + 5], actor=f"{offset}")
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert counts(running_store) == expected
