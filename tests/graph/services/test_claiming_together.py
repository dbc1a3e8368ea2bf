"""Two agencies claim one identifier at once: one of them always sees the other."""

from __future__ import annotations

import threading
import uuid

import pytest

from graph.queries.casework import LOCK, LockParams
from graph.rows import PropertyRow
from graph.services.claiming import NewClaim, add_claims
from graph.services.encounters import Outcome
from graph.services.recording import record
from graph.store import Store, WriteUnit
from tests.deliveries import MONDAY_US, delivery, email
from tests.graph.services.casework import case, mail
from tests.graph.services.people import DAY_US, staff

ROUNDS = 8


def entering(store: Store, agency: str, investigation: str, address: str) -> Outcome:
    """Claim an address as a service does, and give what that led to."""

    def work(unit: WriteUnit) -> Outcome:
        unit.run(LOCK, LockParams(key=investigation))
        row: PropertyRow = {
            "ref": uuid.uuid4().hex,
            "agency": agency,
            "role": "suspect",
            "visibility": "pointer",
            "review_due_us": MONDAY_US + DAY_US,
        }
        new = NewClaim(investigation=investigation, identifier=mail(address), row=row)
        return add_claims(unit, [new], actor="test", at_us=MONDAY_US)

    return store.writing(work, name="test")


@pytest.mark.parametrize("edges", [0, 200])
def test_of_two_claims_at_once_at_least_one_sees_the_other(store: Store, edges: int) -> None:
    people = staff(store, "north", "south")
    keys = {name: case(people[f"lead.{name}"], store) for name in ("north", "south")}
    for number in range(ROUNDS):
        address = f"{number}@example.com"
        tips = [delivery(f"{number}{n:04}", [email(address)]) for n in range(edges)]
        record(store, tips, actor="test")
        barrier = threading.Barrier(2)
        seen: dict[str, Outcome] = {}
        failures: list[Exception] = []

        def work(name: str) -> None:
            barrier.wait()  # noqa: B023 - joined before the next round
            try:
                seen[name] = entering(store, name, keys[name], address)  # noqa: B023
            except Exception as error:  # noqa: BLE001 - shown by the assertion
                failures.append(error)  # noqa: B023

        threads = [threading.Thread(target=work, args=(name,)) for name in keys]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert failures == []
        met = [name for name, outcome in seen.items() if len(outcome.consequences) > 0]
        assert len(met) == 1, number
