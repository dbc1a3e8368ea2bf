"""What the tables of tasks, requests to providers and assistance have in common.

A table says from which stage which step leads where, whose step it is, and which deed a policy
must permit. What is not in a table cannot be done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from graph.casework.deeds import Deed
from graph.errors import RowError

NONE = "not there"
"""Where something stands before its first step."""
CLOCK = "desk clock"
"""Who moved it on where nobody did."""


class Side(StrEnum):
    """Whose step it is."""

    OWN = "own agency"
    ASKER = "asker"
    HELPER = "helper"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a step leads to from one stage."""

    to: StrEnum
    deed: Deed
    side: Side = Side.OWN
    needs_why: bool = True
    kinds: frozenset[str] | None = None
    """Of which kinds of record; None: of all."""


Table: TypeAlias = Mapping[tuple[str, str], Rule]


def rule_of(table: Table, stage: str, step: str, *, what: str, kind: str) -> Rule:
    """Give what a step leads to from a stage.

    Raises:
        RowError: it leads nowhere from there; the sentence says what does.
    """
    found = table.get((stage, step))
    if found is None or (found.kinds is not None and kind not in found.kinds):
        ways = [
            taken
            for (at, taken), rule in table.items()
            if at == stage
            and rule.side is not Side.CLOCK
            and (rule.kinds is None or kind in rule.kinds)
        ]
        can = f"From there: {', '.join(ways)}." if len(ways) > 0 else "From there nothing leads on."
        raise RowError(
            f"{what} is {stage}: `{step}` is no step from there. {can} Nothing was changed."
        )
    return found


def deed_of(table: Table, step: str) -> Deed:
    """Give the deed that a step needs, from whichever stage: a table names one for each.

    Raises:
        RowError: nobody takes it.
    """
    found = {(rule.deed, rule.side) for (_, taken), rule in table.items() if taken == step}
    if len(found) != 1:
        raise RowError(f"There is no step `{step}`. Nothing was changed.")
    ((deed, side),) = found
    if side is Side.CLOCK:
        raise RowError(f"`{step}` is the clock's; nobody takes it. Nothing was changed.")
    return deed
