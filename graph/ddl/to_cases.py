"""The step from tips that stand in queues to tips that become cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.ddl.counting_in import fill_what_figures_count
from graph.ddl.queueing import queue_held_tips
from graph.store import Store

if TYPE_CHECKING:
    from graph.ddl.migrations import EmbeddedSchema


def fill_what_cases_need(store: Store, embedded: EmbeddedSchema | None) -> None:
    """Run what fills old records in, each of which does no harm when it runs twice."""
    fill_what_figures_count(store)
    queue_held_tips(store, embedded)
