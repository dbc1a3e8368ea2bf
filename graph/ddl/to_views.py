"""The step from agencies' own tables to kept views, and figures of what is held and due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.ddl.breaking import mark_broken_holdings
from graph.ddl.noticing import place_notices
from graph.store import Store

if TYPE_CHECKING:
    from graph.ddl.migrations import EmbeddedSchema


def fill_what_views_need(store: Store, _embedded: EmbeddedSchema | None) -> None:
    """Run what fills old records in, each of which does no harm when it runs twice."""
    place_notices(store)
    mark_broken_holdings(store)
