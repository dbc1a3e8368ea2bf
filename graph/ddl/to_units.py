"""The step from tips that become cases to a unit that runs its week on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.ddl.ledgering import place_in_ledger
from graph.store import Store

if TYPE_CHECKING:
    from graph.ddl.migrations import EmbeddedSchema


def fill_what_units_need(store: Store, _embedded: EmbeddedSchema | None) -> None:
    """Run what fills old records in, each of which does no harm when it runs twice."""
    place_in_ledger(store)
