"""The step from tips that become cases to a unit that runs its week on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.clock import now_us
from graph.ddl.ledgering import place_in_ledger
from graph.queries.core import NoParams
from graph.queries.taken_back import NAME_TIPS
from graph.services.triage_places import held_tips, refresh_some
from graph.store import Store

if TYPE_CHECKING:
    from graph.ddl.migrations import EmbeddedSchema


def fill_what_units_need(store: Store, _embedded: EmbeddedSchema | None) -> None:
    """Run what fills old records in, each of which does no harm when it runs twice."""
    name_tips_of_reasons(store)
    place_anew(store)
    place_in_ledger(store)


def name_tips_of_reasons(store: Store) -> None:
    """Name the tip that each reason rests on, so that it can be taken back with the tip."""
    store.writing(lambda unit: unit.run(NAME_TIPS, NoParams()), name="naming tips of reasons")


def place_anew(store: Store) -> None:
    """Give the places of held tips what is kept on them since, by computing each anew.

    That is the presumed end of their provider's duty to preserve, the rows of lists, and what
    folds records of one incident.
    """
    at_us = now_us()
    for tips in held_tips(store):
        refresh_some(store, tips, actor="migration", at_us=at_us)
