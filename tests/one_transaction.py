"""A store that does everything in one transaction: what a test begins with is made much sooner."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TypeVar

from graph.store import Store
from graph.units import ReadUnit, WriteUnit

T = TypeVar("T")
_LIMIT_S = 60.0


class _InOne(Store):
    """A store whose units are parts of one that is open."""

    _unit: WriteUnit

    def reading(self, work: Callable[[ReadUnit], T], *, name: str) -> T:
        """Read in the open unit."""
        return work(ReadUnit(self._unit._tx, name=name, limit_s=_LIMIT_S, scope=self.scope))

    def writing(self, work: Callable[[WriteUnit], T], *, name: str) -> T:
        """Write in the open unit."""
        return work(WriteUnit(self._unit._tx, name=name, limit_s=_LIMIT_S, scope=self.scope))


def in_one_transaction(store: Store, work: Callable[[Store], T]) -> T:
    """Do something as one transaction, whatever transactions it thinks it makes.

    Not for what a test is about: no commit lies between two deeds.
    """

    def whole(unit: WriteUnit) -> T:
        found = copy.copy(store)
        found.__class__ = _InOne
        assert isinstance(found, _InOne)
        found._unit = unit
        return work(found)

    return store.writing(whole, name="in one transaction")
