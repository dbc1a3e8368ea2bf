"""The Neo4j driver, imported without the table libraries that it would bring along.

The driver imports pandas and pyarrow wherever they are installed (its module `_optional_deps`), to
take and to give tables. The store exchanges plain values only, and these two are half of the time
that a command takes to start. A program that has imported them already loses nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import cast

__all__ = [
    "Driver",
    "DriverQuery",
    "GraphDatabase",
    "ManagedTransaction",
    "exceptions",
    "unit_of_work",
]

_TABLES = ("pandas", "pyarrow")


@contextmanager
def _without(names: tuple[str, ...]) -> Iterator[None]:
    """Let imports of modules that are not there yet fail, as if they were not installed."""
    hidden = [name for name in names if name not in sys.modules]
    # None in this table makes an import fail (Python reference, 5.3.1 "The module cache").
    sys.modules.update(dict.fromkeys(hidden, cast("ModuleType", None)))
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with _without(_TABLES):
    from neo4j import Driver, GraphDatabase, ManagedTransaction, exceptions, unit_of_work
    from neo4j import Query as DriverQuery
