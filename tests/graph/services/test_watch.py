"""The standing watch: who is told what, cell by cell, and what each door leads to."""

from __future__ import annotations

from graph.casework.vocabulary import ClaimRole, Visibility
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.meeting import conflicts_in, notices_in
from tests.graph.services.people import staff
from tests.stores import RunningStore


def test_two_claims(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south")
    north = case(people["lead.north"], store)
    south = case(people["lead.south"], store)
    claimed(people["lead.north"], store, north, draft())
    assert conflicts_in(running_store) == []
    claimed(people["lead.south"], store, south, draft())
    assert conflicts_in(running_store) == [
        ("north", "officer", "south", "officer", "open", "high", 1)
    ]
    assert notices_in(running_store) == [
        ("north", "conflict.opened", ["lead.north"]),
        ("south", "conflict.opened", ["lead.south"]),
    ]
