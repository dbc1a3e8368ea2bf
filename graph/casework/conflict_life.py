"""Where a conflict stands and which step leads where: one table, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from graph.errors import RowError


class Standing(StrEnum):
    """Where a conflict stands. Whether a side's clock ran out is noted beside it, by side."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    """Every side that is told has said that it knows."""
    COORDINATING = "coordinating"
    RESOLVED = "resolved"


class Resolution(StrEnum):
    """How two sides ended a conflict."""

    JOINED = "joined"
    """They work it together."""
    TRANSFERRED = "transferred"
    """One gave its work to the other."""
    SPLIT = "split"
    """They agreed who does what."""
    NO_CONFLICT = "no conflict"
    """They looked, and do not work the same."""


class ConflictStep(StrEnum):
    """What may happen to a conflict."""

    ACKNOWLEDGE = "acknowledged by one side"
    ACKNOWLEDGE_LAST = "acknowledged by every side"
    COORDINATE = "coordinated"
    WRITE = "written about"
    RESOLVE = "resolved"
    REOPEN = "reopened"
    FIND = "given new evidence"


_S, _T = Standing, ConflictStep
CONFLICTS: Mapping[tuple[Standing, ConflictStep], Standing] = MappingProxyType(
    {
        (_S.OPEN, _T.ACKNOWLEDGE): _S.OPEN,
        (_S.OPEN, _T.ACKNOWLEDGE_LAST): _S.ACKNOWLEDGED,
        (_S.OPEN, _T.COORDINATE): _S.COORDINATING,
        (_S.OPEN, _T.WRITE): _S.OPEN,
        (_S.OPEN, _T.RESOLVE): _S.RESOLVED,
        (_S.OPEN, _T.FIND): _S.OPEN,
        (_S.ACKNOWLEDGED, _T.ACKNOWLEDGE_LAST): _S.ACKNOWLEDGED,
        (_S.ACKNOWLEDGED, _T.COORDINATE): _S.COORDINATING,
        (_S.ACKNOWLEDGED, _T.WRITE): _S.ACKNOWLEDGED,
        (_S.ACKNOWLEDGED, _T.RESOLVE): _S.RESOLVED,
        (_S.ACKNOWLEDGED, _T.FIND): _S.ACKNOWLEDGED,
        (_S.COORDINATING, _T.ACKNOWLEDGE): _S.COORDINATING,
        (_S.COORDINATING, _T.ACKNOWLEDGE_LAST): _S.COORDINATING,
        (_S.COORDINATING, _T.COORDINATE): _S.COORDINATING,
        (_S.COORDINATING, _T.WRITE): _S.COORDINATING,
        (_S.COORDINATING, _T.RESOLVE): _S.RESOLVED,
        (_S.COORDINATING, _T.FIND): _S.COORDINATING,
        (_S.RESOLVED, _T.WRITE): _S.RESOLVED,
        (_S.RESOLVED, _T.REOPEN): _S.OPEN,
        (_S.RESOLVED, _T.FIND): _S.OPEN,
    }
)
"""What is not in the table cannot be done. Either side that is told may take any step; the other
is told of it, and may reopen what it thinks was resolved too soon."""


def standing_after(status: str, step: ConflictStep, *, what: str) -> Standing:
    """Give where a conflict stands after a step.

    Raises:
        RowError: the step cannot be taken from where it stands.
    """
    found = CONFLICTS.get((Standing(status), step))
    if found is None:
        raise RowError(f"{what} is {status} and cannot be {step.value}. Nothing was changed.")
    return found
