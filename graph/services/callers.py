"""From a user's key to a caller, or to a reason why the account has no rights."""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.casework.vocabulary import UserRole
from graph.clock import iso, now_us
from graph.errors import RightsError
from graph.queries.people import (
    AGENCIES_BY_KEY,
    MANAGED_BY_OPERATORS,
    USERS_BY_KEY,
    PageParams,
    PeopleKeysParams,
    UserRow,
)
from graph.store import ReadUnit, Store


def caller_of(store: Store, user: str, *, at_us: int | None = None) -> Caller:
    """Give the caller that a user is now (`at_us` stands in for the clock).

    Raises:
        RightsError: nobody is known by that key, or the account is not in service.
        StoreError: the store could not answer; nobody may do anything then.
    """
    as_of_us = at_us if at_us is not None else now_us()
    return store.reading(lambda unit: caller_in(unit, user, as_of_us), name="resolving a user")


def whoever_is_there(store: Store, name: str, *, at_us: int | None = None) -> Caller | None:
    """Give a caller without an account, None once anybody was ever entered in the store.

    The first user is an operator, and none is ever deleted, so that looking among those is enough.

    Raises:
        StoreError: the store could not answer; nobody may do anything then.
    """
    if len(store.read(MANAGED_BY_OPERATORS, PageParams(after="", limit=1))) > 0:
        return None
    as_of_us = at_us if at_us is not None else now_us()
    return Caller(user=name, agency=None, roles=frozenset(), as_of_us=as_of_us, unnamed=True)


def why_out_of_service(row: UserRow, at_us: int) -> str | None:
    """Give the reason why an account has no rights at a time, None when it has."""
    if at_us < row.from_us:
        return f"is in service from {iso(row.from_us)} on"
    if row.until_us is not None and at_us >= row.until_us:
        return f"is out of service since {iso(row.until_us)}"
    if at_us >= row.proof_due_us:
        return (
            f"was not proved to be still in service by {iso(row.proof_due_us)}; an administrator "
            "does that with `crosstip user prove`"
        )
    return None


def caller_in(unit: ReadUnit, user: str, at_us: int) -> Caller:
    """Give the caller that a user is at a time, read in a unit of work; errors as `caller_of`."""
    rows = unit.read(USERS_BY_KEY, PeopleKeysParams(keys=[user]))
    if len(rows) == 0:
        raise RightsError("Nobody is known here by that user name. Nothing was done.")
    row = rows[0]
    reason = why_out_of_service(row, at_us)
    if reason is not None:
        raise RightsError(f"The account {row.key} {reason}. Nothing was done.")
    ends = [row.proof_due_us, row.until_us]
    if row.agency is not None:
        agencies = unit.read(AGENCIES_BY_KEY, PeopleKeysParams(keys=[row.agency]))
        if len(agencies) == 0 or (
            agencies[0].until_us is not None and at_us >= agencies[0].until_us
        ):
            raise RightsError(f"The agency of {row.key} is no longer here. Nothing was done.")
        ends.append(agencies[0].until_us)
    return Caller(
        user=row.key,
        agency=row.agency,
        roles=frozenset(UserRole(role) for role in row.roles),
        units=tuple(row.units or ()),
        as_of_us=at_us,
        until_us=min(end_us for end_us in ends if end_us is not None),
    )
