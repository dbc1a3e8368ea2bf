"""The step from tips that become cases to a unit that runs its week on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.clock import now_us
from graph.services.triage_places import held_tips, refresh_some
from graph.store import Store

if TYPE_CHECKING:
    from graph.ddl.migrations import EmbeddedSchema


def fill_what_units_need(store: Store, _embedded: EmbeddedSchema | None) -> None:
    """Run what fills old records in, each of which does no harm when it runs twice."""
    fold_places(store)


def fold_places(store: Store) -> None:
    """Give the places that are there their rows, and let records of one incident fold."""
    at_us = now_us()
    for tips in held_tips(store):
        refresh_some(store, tips, actor="migration", at_us=at_us)
