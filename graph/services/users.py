"""Users: added, changed, proved to be in service once a year, ended; never deleted.

Operators manage operators and every agency's administrators; an administrator manages the users
of the own agency. Nobody manages the own account, and nobody gives a role above the own reach
(CVE-2019-12794, CVE-2026-44380: an administrator of one organisation reached further in MISP).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import text_of
from graph.casework.rights import agency_of, check_roles, require
from graph.casework.vocabulary import UserRole
from graph.errors import ChangedError, NotFoundError, RightsError, RowError
from graph.queries.core import NoParams
from graph.queries.people import (
    LOCK_PEOPLE,
    MANAGED_BY_OPERATORS,
    PAGE,
    USERS_OF,
    OfAgencyParams,
    PageParams,
    UserRow,
)
from graph.services.acting import About, Seen, act, leaf, look, note
from graph.services.agencies import agency_there
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.audit_reads import ReadLog
from graph.services.callers import why_out_of_service
from graph.services.handing import require_handed_over
from graph.services.user_rules import (
    PROOF_US,
    NewUser,
    account,
    all_managed,
    check_units,
    in_order,
    insert_user,
    new_row,
    reaches,
    require_reach,
    users_there,
)
from graph.store import ReadUnit, Store, WriteUnit

_Changed: TypeAlias = Callable[[UserRow], UserRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChange:
    """What is to change; None leaves a field as it is."""

    name: str | None = None
    roles: tuple[UserRole, ...] | None = None
    units: tuple[str, ...] | None = None
    until_us: int | None = None
    emergency: bool = False
    """End the account whatever names it: within 30 minutes of a threat (CJIS AC-2(13))."""


def first_operator(store: Store, *, key: str, name: str, actor: str, at_us: int) -> UserRow:
    """Enter an operator while there is none in service: whoever runs the machine, as `actor`.

    Raises:
        RightsError: an operator is in service, who enters all others.
        RowError: the user name is not free.
    """
    new = NewUser(key=key, name=name, agency=None, roles=(UserRole.OPERATOR,))
    row = new_row(new, added_by=actor, at_us=at_us)

    def work(unit: WriteUnit) -> UserRow:
        unit.run(LOCK_PEOPLE, NoParams())
        for user in all_managed(unit):
            if UserRole.OPERATOR in user.roles and why_out_of_service(user, at_us) is None:
                raise RightsError(f"{user.key} is an operator in service and adds users.")
        insert_user(unit, row)
        entered = Leaf(action=Deed.USER_ADD.value, object=row.key, outcome="first operator")
        add_leaves(unit, [entered], actor=actor, at_us=at_us)
        return row

    return store.writing(work, name="entering the first operator")


def add_user(caller: Caller, store: Store, *, new: NewUser) -> UserRow:
    """Enter a user.

    Raises:
        RightsError: the caller does not manage such users.
        RowError: the name was ever used, or the roles exclude each other.
        NotFoundError: agency or unit are not there.
    """
    row = new_row(new, added_by=caller.user, at_us=caller.as_of_us)
    about = About(object=row.key)

    def work(unit: WriteUnit) -> UserRow:
        require_reach(caller, row, Deed.USER_ADD)
        unit.run(LOCK_PEOPLE, NoParams())
        if row.agency is not None:
            agency_there(unit, row.agency)
        check_units(unit, row)
        insert_user(unit, row)
        _note(unit, caller, Deed.USER_ADD, row, f"added as {', '.join(row.roles)}")
        return row

    return act(caller, store, deed=Deed.USER_ADD, about=about, work=work)


def change_user(
    caller: Caller, store: Store, *, key: str, expected: int, change: UserChange
) -> UserRow:
    """Change a user's name, roles, units or last day; `expected` is the version looked at.

    Raises:
        RightsError: the caller does not manage this user, or is that user.
        NotFoundError: there is no such user that the caller may see.
        ChangedError: somebody changed it meanwhile.
        RowError: the roles exclude each other, or records name the user as the one who is told.
    """

    def changed(found: UserRow) -> UserRow:
        if (found.version or 0) != expected:
            raise ChangedError(
                f"The user {found.key} has version {found.version or 0}, not {expected}: it was "
                "changed meanwhile. Look at it again; nothing was overwritten."
            )
        roles = found.roles if change.roles is None else in_order(change.roles)
        check_roles([UserRole(role) for role in roles], agency=found.agency)
        return found.model_copy(
            update={
                "name": found.name if change.name is None else text_of(change.name, "A name"),
                "roles": roles,
                "units": found.units if change.units is None else sorted(set(change.units)),
                "until_us": found.until_us if change.until_us is None else change.until_us,
            }
        )

    return _change(
        caller,
        store,
        key=key,
        deed=Deed.USER_CHANGE,
        changed=changed,
        emergency=change.emergency,
    )


def prove_user(caller: Caller, store: Store, *, key: str) -> UserRow:
    """State that a user is still in service; it holds for a year from now.

    Raises:
        RightsError: the caller does not manage this user, or is that user.
        NotFoundError: there is no such user that the caller may see.
        RowError: the account was ended.
    """

    def changed(found: UserRow) -> UserRow:
        if found.until_us is not None and caller.as_of_us >= found.until_us:
            raise RowError(f"The account {found.key} was ended; a proof does not bring it back.")
        return found.model_copy(
            update={
                "proved_us": caller.as_of_us,
                "proved_by": caller.user,
                "proof_due_us": caller.as_of_us + PROOF_US,
            }
        )

    return _change(caller, store, key=key, deed=Deed.USER_PROVE, changed=changed)


def list_users(
    caller: Caller, store: Store, *, reads: ReadLog, after: str = "", limit: int = PAGE
) -> tuple[UserRow, ...]:
    """Give the users that the caller manages, supervises or audits, from a key on.

    Raises:
        RightsError: the caller's roles do not reach so far.
    """

    def work(unit: ReadUnit) -> Seen[tuple[UserRow, ...]]:
        rows: list[UserRow]
        if UserRole.OPERATOR in caller.roles:
            managed = PageParams(after=after, limit=min(limit, PAGE))
            rows = unit.read(MANAGED_BY_OPERATORS, managed)
        else:
            own = OfAgencyParams(agency=agency_of(caller), after=after, limit=min(limit, PAGE))
            rows = unit.read(USERS_OF, own)
        return Seen(answer=tuple(rows), outcome="listed")

    return look(caller, store, deed=Deed.USER_READ, about=About(), reads=reads, work=work)


def show_user(caller: Caller, store: Store, *, key: str, reads: ReadLog) -> UserRow:
    """Give a user that the caller manages, supervises or audits.

    Raises:
        RightsError: the caller's roles do not reach so far.
        NotFoundError: there is no such user that the caller may see.
    """

    def work(unit: ReadUnit) -> Seen[UserRow]:
        found = users_there(unit, [key]).get(key)
        if found is None or not reaches(caller, found):
            raise NotFoundError(f"There is no user {key} that you may see.")
        return Seen(answer=found, outcome="shown")

    about = About(object=key)
    return look(caller, store, deed=Deed.USER_READ, about=about, reads=reads, work=work)


def _change(
    caller: Caller,
    store: Store,
    *,
    key: str,
    deed: Deed,
    changed: _Changed,
    emergency: bool = False,
) -> UserRow:
    about = About(object=key)

    def work(unit: WriteUnit) -> UserRow:
        unit.run(LOCK_PEOPLE, NoParams())
        found = users_there(unit, [key]).get(key)
        if found is None or not reaches(caller, found):
            raise NotFoundError(f"There is no user {key} that you may see.")
        require(caller, deed, resource=account(found))
        row = changed(found)
        require_reach(caller, row, deed, found.roles)
        check_units(unit, row)
        if not emergency:
            require_handed_over(unit, found, row, at_us=caller.as_of_us)
        row = row.model_copy(
            update={
                "changed_us": caller.as_of_us,
                "changed_by": caller.user,
                "version": (found.version or 0) + 1,
            }
        )
        unit.update_nodes("User", [row.model_dump()])
        outcome = f"now {', '.join(row.roles)}{', in an emergency' if emergency else ''}"
        _note(unit, caller, deed, row, outcome)
        return row

    return act(caller, store, deed=deed, about=about, work=work)


def _note(unit: WriteUnit, caller: Caller, deed: Deed, row: UserRow, outcome: str) -> None:
    """Write the leaf, and the consequence to the agency's own log where another one acted."""
    own = leaf(caller, deed, About(object=row.key), outcome=outcome)
    leaves = [own]
    if row.agency != caller.agency and row.agency is not None:
        leaves.append(Leaf(action=deed.value, object=row.key, outcome=outcome, agency=row.agency))
    note(unit, caller, leaves)
