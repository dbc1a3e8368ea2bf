"""What holds for every account, whoever enters or changes it, and who manages whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import text_of, user_key
from graph.casework.resource import Resource
from graph.casework.rights import check_roles, permits, require
from graph.casework.vocabulary import UserRole
from graph.errors import NotFoundError, RightsError, RowError
from graph.queries.people import (
    MANAGED_BY_OPERATORS,
    PAGE,
    UNITS,
    USERS_BY_KEY,
    OfAgencyParams,
    PageParams,
    PeopleKeysParams,
    UserRow,
)
from graph.store import ReadUnit, WriteUnit

_ADMINISTRATOR = UserRole.AGENCY_ADMINISTRATOR.value
PROOF_US = 365 * 24 * 3_600_000_000
"""A proof of service holds for a year: CJIS AC-6(7) asks for a yearly review of privileges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """A user as an administrator enters them; being entered is the first proof of service."""

    key: str
    name: str
    agency: str | None
    roles: tuple[UserRole, ...]
    units: tuple[str, ...] = ()
    from_us: int | None = None
    until_us: int | None = None


def new_row(new: NewUser, *, added_by: str, at_us: int) -> UserRow:
    """Give the row of a new user; being entered is the first proof of service.

    Raises:
        RowError: the roles exclude each other, a text is missing, or it ends before it begins.
    """
    check_roles(new.roles, agency=new.agency)
    from_us = at_us if new.from_us is None else new.from_us
    if new.until_us is not None and new.until_us <= from_us:
        raise RowError("An account ends after it begins.")
    return UserRow(
        key=user_key(new.key),
        name=text_of(new.name, "A name", most=200),
        agency=new.agency,
        roles=in_order(new.roles),
        units=sorted(set(new.units)),
        from_us=from_us,
        until_us=new.until_us,
        proved_us=at_us,
        proved_by=added_by,
        proof_due_us=at_us + PROOF_US,
        added_by=added_by,
        changed_us=at_us,
        changed_by=added_by,
        version=1,
    )


def in_order(roles: Sequence[UserRole]) -> list[str]:
    """Give roles in the order of their declaration, each once."""
    return [role.value for role in UserRole if role in roles]


def account(row: UserRow) -> Resource:
    """Give an account as the policies see it."""
    return Resource(owner=row.agency, account=row.key, account_roles=frozenset(row.roles))


def reaches(caller: Caller, row: UserRow) -> bool:
    """Say whether a user is among those that the caller sees at all."""
    return permits(caller, Deed.USER_READ, resource=account(row))


def require_reach(caller: Caller, row: UserRow, deed: Deed, held: Sequence[str] = ()) -> None:
    """Come back when the caller may leave an account like this; `held` are its roles so far.

    Raises:
        RightsError: the account is not the caller's to manage, or would get roles beyond it.
    """
    require(caller, deed, resource=account(row))
    given = set(row.roles) - set(held)
    if caller.agency is None and row.agency is not None and not given <= {_ADMINISTRATOR}:
        raise RightsError(
            "An operator makes somebody an agency's administrator and nothing else of it; "
            "the agency gives its own roles. Nothing was done."
        )


def insert_user(unit: WriteUnit, row: UserRow) -> None:
    """Write a new user; the caller has the lock of `people.lock`.

    Raises:
        RowError: the name is, or ever was, somebody's.
    """
    if row.key in users_there(unit, [row.key]):
        raise RowError(
            f"The user name {row.key} is or was somebody's. A name is never given again "
            "(CJIS IA-4); take another one."
        )
    unit.insert_nodes("User", [row.model_dump()])


def check_units(unit: ReadUnit, row: UserRow) -> None:
    """Come back when the user's agency has the units that the account names.

    Raises:
        NotFoundError: it has not.
    """
    if len(row.units or ()) == 0:
        return
    known = OfAgencyParams(agency=row.agency or "", after="", limit=PAGE)
    there = {found.key for found in unit.read(UNITS, known)}
    if not there.issuperset(row.units or ()):
        raise NotFoundError("The agency has no such unit. `crosstip agency show` lists its units.")


def all_managed(unit: ReadUnit) -> list[UserRow]:
    """Give all operators and administrators, in or out of service."""
    rows: list[UserRow] = []
    while True:
        after = rows[-1].key if len(rows) > 0 else ""
        page = unit.read(MANAGED_BY_OPERATORS, PageParams(after=after, limit=PAGE))
        rows += page
        if len(page) < PAGE:
            return rows


def users_there(unit: ReadUnit, keys: Sequence[str]) -> dict[str, UserRow]:
    """Give the users with these keys; one that is not there is left out."""
    wanted = PeopleKeysParams(keys=sorted(set(keys)))
    return {row.key: row for row in unit.read(USERS_BY_KEY, wanted)}
