"""What an operation of the matrix of rights is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from graph.casework.caller import Caller
from graph.services.audit_reads import ReadLog
from graph.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """Who tries it, where, and on which record."""

    caller: Caller
    store: Store
    reads: ReadLog
    key: str
    resolved: str = ""
    """Of a conflict: another one that is the same to them, and resolved."""


Operation: TypeAlias = Callable[[At], object]
