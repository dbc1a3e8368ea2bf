"""All named queries by name. Putting one in twice, or leaving one out, fails at import."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from graph.errors import SchemaError
from graph.queries import (
    identifiers,
    investigations,
    links,
    meta,
    overlaps,
    recording,
    tips,
    versions,
)
from graph.queries.core import Query

_MODULES: tuple[ModuleType, ...] = (
    identifiers,
    investigations,
    links,
    meta,
    overlaps,
    recording,
    tips,
    versions,
)


def _collect() -> dict[str, Query[Any, Any]]:
    found: dict[str, Query[Any, Any]] = {}
    for module in _MODULES:
        for value in vars(module).values():
            if isinstance(value, Query):
                prefix = module.__name__.rpartition(".")[2]
                if value.name in found or not value.name.startswith(prefix + "."):
                    raise SchemaError(f"query {value.name} is doubled or in the wrong module")
                found[value.name] = value
    return dict(sorted(found.items()))


CATALOGUE: dict[str, Query[Any, Any]] = _collect()
