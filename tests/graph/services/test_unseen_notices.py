"""What waits for somebody is counted along what waits, and old stores get places for it."""

from __future__ import annotations

import time
from collections.abc import Callable

from graph.casework.caller import Caller
from graph.casework.notice_places import unseen_place, unseen_range
from graph.clock import now_us
from graph.ddl.noticing import place_notices
from graph.rows import PropertyRow
from graph.services.audit_reads import ReadLog
from graph.services.notices import acknowledge_notice, count_unseen, list_notices
from graph.store import Store
from tests.deliveries import MONDAY_US
from tests.graph.services.people import staff
from tests.stores import RunningStore


def _row(at: int, agency: str, *, seen: bool, placed: bool = True) -> PropertyRow:
    key = f"{agency}-{at:05}-{seen}"
    at_us = MONDAY_US + at
    return {
        "key": key,
        "stream": key,
        "number": 1,
        "kind": "conflict.opened",
        "agency": agency,
        "recipients": [f"lead.{agency}"],
        "object": key,
        "severity": "normal",
        "subject": "x",
        "text": "x",
        "at_us": at_us,
        "mail": "no address",
        "attempts": 0,
        "seen_us": at_us if seen else None,
        "unseen_place": unseen_place(agency, at_us, key) if placed and not seen else None,
    }


def _insert(store: Store, rows: list[PropertyRow]) -> None:
    store.writing(lambda unit: unit.insert_nodes("Notification", rows), name="notices of a test")


def test_an_agencys_range_holds_its_own_alone() -> None:
    for agency in ("north", "north|2", "north%7C2", "n"):
        begin, end = unseen_range(agency)
        inside = [
            a
            for a in ("north", "north|2", "north%7C2", "n", "northern")
            if begin < unseen_place(a, MONDAY_US, "k") < end
        ]
        assert inside == [agency]


def test_old_stores_get_places_and_what_is_seen_has_none(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    lead = people["lead.north"]
    _insert(store, [_row(at, "north", seen=False, placed=False) for at in range(3)])
    _insert(store, [_row(9, "north", seen=True), _row(9, "south", seen=False)])
    assert count_unseen(lead, store).unseen == 0
    for _ in range(2):
        place_notices(store)
    counted = count_unseen(lead, store)
    assert (counted.unseen, counted.newest_us) == (3, MONDAY_US + 2)
    first = list_notices(lead, store, reads=ReadLog(store))[0]
    acknowledge_notice(lead, store, key=first.key)
    assert count_unseen(lead, store).unseen == 2
    placed = running_store.rows(
        "MATCH (n:Notification) WHERE n.unseen_place IS NOT NULL RETURN n.key ORDER BY n.key"
    )
    assert len(placed) == 3, "two of north's and one of south's"


def test_what_was_seen_costs_nothing(store: Store) -> None:
    """Three thousand that were seen: walked over, they would cost some 30 ms."""
    lead = staff(store, "north", at_us=now_us())["lead.north"]
    _insert(store, [_row(at, "north", seen=False) for at in range(5)])
    few = _median_of(count_unseen, lead, store)
    for begin in range(0, 3000, 1000):
        _insert(store, [_row(at, "north", seen=True) for at in range(begin, begin + 1000)])
    assert _median_of(count_unseen, lead, store) <= 3 * few + 0.01


def _median_of(work: Callable[[Caller, Store], object], caller: Caller, store: Store) -> float:
    took = []
    for _ in range(15):
        begun = time.monotonic()
        work(caller, store)
        took.append(time.monotonic() - begun)
    return sorted(took)[7]
