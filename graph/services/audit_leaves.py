"""Leaves of the log, written in the transaction of the change that they record.

They carry no number: one sequencer numbers them later (`design.md`, "Deconfliction as a
protocol"). A leaf names records by their keys and never holds an identifier (CJIS AU-3(3)).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from graph.store import WriteUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What was done to which record and how it ended."""

    action: str
    object: str | None
    outcome: str


def add_leaves(unit: WriteUnit, leaves: Sequence[Leaf], *, actor: str, at_us: int) -> None:
    """Write leaves with the change that they record."""
    unit.insert_nodes(
        "AuditEntry",
        [
            {
                "key": uuid.uuid4().hex,
                "at_us": at_us,
                "actor": actor,
                "action": leaf.action,
                "object": leaf.object,
                "outcome": leaf.outcome,
            }
            for leaf in leaves
        ],
    )
