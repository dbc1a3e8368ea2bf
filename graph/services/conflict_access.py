"""Which conflicts a caller may see, and as which side."""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms
from graph.casework.vocabulary import UserRole, Visibility
from graph.errors import NotFoundError
from graph.queries.conflict_views import SEEN_BY, SeenByParams
from graph.queries.conflicts import (
    CONFLICTS_BY_KEY,
    LOCK_CONFLICTS,
    ConflictKeysParams,
    ConflictRow,
)
from graph.services.conflict_rows import Name, side_of
from graph.store import ReadUnit, WriteUnit

_NOT_THERE = "There is no such conflict that you may see."


def locked_conflict(unit: WriteUnit, caller: Caller, ref: str) -> tuple[ConflictRow, Name]:
    """Give a conflict that the caller's side is told of, after taking its lock, and which side.

    Query and policies both see to that.

    Raises:
        NotFoundError: there is none that the caller may see.
    """
    key = conflict_key(unit, caller, ref)
    params = ConflictKeysParams(keys=[key])
    unit.run(LOCK_CONFLICTS, params)
    row = unit.read(CONFLICTS_BY_KEY, params)[0]
    mine = own_side(row, caller)
    if not confirms(caller, Deed.CONFLICT_READ, resource=as_record(row, mine)):
        raise NotFoundError(_NOT_THERE)
    return row, mine


def conflict_key(unit: ReadUnit, caller: Caller, ref: str) -> str:
    """Give the key of a conflict that the caller's side is told of.

    Raises:
        NotFoundError: there is none, or others are told of it: the same answer.
    """
    params = SeenByParams(
        ref=ref,
        agency=agency_of(caller),
        user=caller.user,
        is_supervisor=UserRole.SUPERVISOR in caller.roles,
    )
    rows = unit.read(SEEN_BY, params)
    if len(rows) == 0:
        raise NotFoundError(_NOT_THERE)
    return rows[0].key


def own_side(row: ConflictRow, caller: Caller) -> Name:
    """Give which side of a conflict is the caller's agency."""
    return "first" if row.first_agency == agency_of(caller) else "second"


def as_record(row: ConflictRow, mine: Name, *, team: frozenset[str] | None = None) -> Resource:
    """Give a conflict, as one side has it, as the policies know it; `team` is that side's."""
    side = side_of(row, mine)
    return Resource(
        owner=side.agency,
        team=team,
        told=side.told.value,
        visibility=None if side.sealed_to is None else Visibility.SEALED.value,
        sealed_to=side.sealed_to,
    )
