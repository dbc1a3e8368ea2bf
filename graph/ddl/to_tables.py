"""The step from a unit's week to agencies' own tables and workspaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.ddl.ruling import name_tables
from graph.store import Store

if TYPE_CHECKING:
    from graph.ddl.migrations import EmbeddedSchema


def fill_what_tables_need(store: Store, _embedded: EmbeddedSchema | None) -> None:
    """Run what fills old records in, each of which does no harm when it runs twice."""
    name_tables(store)
