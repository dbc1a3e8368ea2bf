"""Two sides that come at once: whoever is second sees the first, so one conflict, two notices."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from graph.casework.caller import Caller
from graph.services.claim_entry import claim
from graph.services.conflict_sweep import sweep
from graph.services.recording import record
from graph.store import Store
from tests.deliveries import MONDAY_US, delivery, email
from tests.graph.services.casework import case, draft
from tests.graph.services.people import staff
from tests.stores import RunningStore

_CROWD = "crowd@example.com"


def at_once(*works: Callable[[], object]) -> None:
    """Do several things at one moment, and raise what any of them raised."""
    barrier = threading.Barrier(len(works))
    failures: list[Exception] = []

    def run(work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            work()
        except Exception as error:  # noqa: BLE001 - raised below
            failures.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    if len(failures) > 0:
        raise failures[0]


def claiming(
    people: Mapping[str, Caller], store: Store, agency: str, number: int
) -> Callable[[], object]:
    """Give the claiming of an address, for an investigation of its own."""
    lead = people[f"lead.{agency}"]
    key = case(lead, store, f"{number}")
    drafts = [draft(f"{number}@example.com")]
    return lambda: claim(lead, store, investigation=key, drafts=drafts)


def held(store: Store, number: int) -> Callable[[], object]:
    """Give the arrival of a tip that states an address, held by south."""
    one = replace(delivery(f"{number}", [email(f"{number}@example.com")]), holder="south")
    return lambda: record(store, [one], actor="test", at_us=MONDAY_US)


def mentioned(running: RunningStore, address: str) -> None:
    """Have all tips of the crowd mention an address, too."""
    one = delivery(f"8{zlib.crc32(address.encode()):010}", [email(address)])
    record(running.store, [one], actor="test", at_us=MONDAY_US)
    running.rows(
        "MATCH (c:Email {key: $crowd}) WITH c MATCH (x:Email {key: $key}) WITH c, x "
        "MATCH (c)<-[a:ASSERTS]-(t:Tip) "
        "CREATE (t)-[b:ASSERTS]->(x) SET b += properties(a) "
        "WITH x, count(b) AS more SET x.mention_count = x.mention_count + more, "
        "x.tip_count = x.tip_count + more RETURN more",
        crowd=_CROWD,
        key=address,
    )


def rounds(running: RunningStore, *, tries: int, edges: int) -> None:
    """Let claim meet claim and claim meet arriving tip, and count what became of each try."""
    store = running.store
    people = staff(store, "north", "south")
    tips = [delivery(f"9{n:06}", [email(_CROWD)]) for n in range(edges)]
    for start in range(0, edges, 200):
        record(store, tips[start : start + 200], actor="test", at_us=MONDAY_US)
    for number in range(tries):
        address = f"{number}@example.com"
        if edges > 0:
            mentioned(running, address)
        first = claiming(people, store, "north", number)
        is_claim = number % 2 == 0
        second = claiming(people, store, "south", number) if is_claim else held(store, number)
        at_once(first, second)
        found = running.rows(
            "MATCH (i:Investigation {key: $key})-[:MEETS_IN]->(f:Conflict) "
            "MATCH (n:Notification {stream: f.ref}) "
            "RETURN count(DISTINCT f.key) AS conflicts, count(DISTINCT n.key) AS notices",
            key=f"north|{number}",
        )
        assert found == [(1, 2)], (number, "claim" if is_claim else "tip")
    assert sweep(store, at_us=MONDAY_US).missing == ()


@pytest.mark.parametrize("edges", [0, 200])
def test_one_conflict_and_two_notices(running_store: RunningStore, edges: int) -> None:
    rounds(running_store, tries=4, edges=edges)


@pytest.mark.long
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("edges", [0, 1000])
def test_one_conflict_and_two_notices_200_times(running_store: RunningStore, edges: int) -> None:
    rounds(running_store, tries=200, edges=edges)
