"""What an administrator does about other people's log-ons: see locks, release, end sessions.

A lock ends by a person only, never by time (CJIS AC-7): an administrator of the agency, or an
operator, and never the one who is locked.
"""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.log_text import reason_for_log
from graph.casework.rights import agency_of, permits, require
from graph.errors import NotFoundError, RowError
from graph.logon.lockout import cleared
from graph.queries.credentials import LOCKED_OF, LockedParams, LockedRow
from graph.queries.people import UserRow
from graph.services.acting import About, Seen, act, leaf, look, note
from graph.services.audit_leaves import Leaf
from graph.services.audit_reads import ReadLog
from graph.services.credentials import keep, locked_credential, time_of
from graph.services.sessions import end_sessions_of
from graph.services.user_rules import account, users_there
from graph.store import ReadUnit, Store, WriteUnit


def release_user(caller: Caller, store: Store, *, key: str, why: str) -> None:
    """Release an account that is locked; `why` says how it was made sure who asks.

    Raises:
        RightsError: the caller is neither an administrator of its agency nor an operator, or is
            its user.
        NotFoundError: there is no such user in the caller's reach.
        RowError: it is not locked, or what is said holds an identifier, which the log must not.
    """
    about = About(object=key)

    def work(unit: WriteUnit) -> None:
        user = _reached(unit, caller, key, Deed.USER_RELEASE)
        row = locked_credential(unit, user.key)
        if row.locked_us is None:
            raise RowError(f"The account {key} is not locked.")
        # Else a lock for disuse would be back with the next look.
        counts = {"counts_from_us": caller.as_of_us, "warned_us": None}
        keep(unit, cleared(row).model_copy(update=counts))
        _note(unit, caller, user, Deed.USER_RELEASE, f"released: {reason_for_log(why)}")

    act(caller, store, deed=Deed.USER_RELEASE, about=about, work=work)


def end_user_sessions(caller: Caller, store: Store, *, key: str) -> int:
    """End all sessions of another user, and give how many there were.

    Raises:
        RightsError: the caller does not manage this user.
        NotFoundError: there is no such user in the caller's reach.
    """
    about = About(object=key)

    def work(unit: WriteUnit) -> int:
        user = _reached(unit, caller, key, Deed.USER_END_SESSIONS)
        now = time_of(unit, None)
        ended = end_sessions_of(unit, caller, user.key, why="ended by another", at_us=now)
        _note(unit, caller, user, Deed.USER_END_SESSIONS, f"{ended} sessions ended")
        return ended

    return act(caller, store, deed=Deed.USER_END_SESSIONS, about=about, work=work)


def list_locked(caller: Caller, store: Store, *, reads: ReadLog) -> tuple[LockedRow, ...]:
    """Give the accounts of the caller's agency, for an operator the operators', that are locked.

    Raises:
        RightsError: the caller manages, supervises and audits nobody.
    """
    params = LockedParams(agency=agency_of(caller))

    def work(unit: ReadUnit) -> Seen[tuple[LockedRow, ...]]:
        return Seen(answer=tuple(unit.read(LOCKED_OF, params)), outcome="listed what is locked")

    return look(caller, store, deed=Deed.USER_READ, about=About(), reads=reads, work=work)


def _reached(unit: WriteUnit, caller: Caller, key: str, deed: Deed) -> UserRow:
    user = users_there(unit, [key]).get(key)
    seen = user is not None and (
        permits(caller, Deed.USER_READ, resource=account(user))
        or permits(caller, deed, resource=account(user))
    )
    if user is None or not seen:
        raise NotFoundError(f"There is no user {key} in your reach.")
    require(caller, deed, resource=account(user))
    return user


def _note(unit: WriteUnit, caller: Caller, user: UserRow, deed: Deed, outcome: str) -> None:
    leaves = [leaf(caller, deed, About(object=user.key), outcome=outcome)]
    if user.agency is not None and user.agency != caller.agency:
        leaves.append(Leaf(action=deed.value, object=user.key, outcome=outcome, agency=user.agency))
    note(unit, caller, leaves)
