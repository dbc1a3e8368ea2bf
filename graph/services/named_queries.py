"""Bounds of named queries that a person runs with parameters of their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from graph.queries.core import Query
from graph.services.comparing import MAX_SHARED
from graph.services.overlaps import BRIDGE_LIMIT
from graph.services.walking import WALK_LIMIT

MOST_LISTED = 1000
"""Values that a person may give for one parameter."""
COUNTS_ALL: Mapping[str, str] = MappingProxyType(
    {
        "meta.counts": "It counts all tips: `meta.held_counts` counts those that you may see.",
        "meta.store_info": "It counts all tips: `meta.held_counts` counts those that you may see.",
    }
)
"""Queries for whoever sees all tips, and what others are told instead."""


def bounds_of(query: Query[Any, Any]) -> dict[str, int]:
    """Give the largest value of each bounded parameter: a hub is never walked, whoever asks."""
    bounds = {
        "limit": min(query.max_rows, MAX_SHARED),
        "walk_limit": WALK_LIMIT,
        "bridge_limit": BRIDGE_LIMIT,
    }
    return {name: most for name, most in bounds.items() if name in query.params.model_fields}
