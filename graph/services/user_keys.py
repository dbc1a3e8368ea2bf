"""Security keys of other people: an administrator sees that they are there, and ends one.

Enrolling anew ends all of them, as it replaces every other way in.
"""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import require
from graph.errors import NotFoundError
from graph.queries.security_keys import END_KEY, KEY_LINES_OF, KeyLineRow, KeyParams, KeysOfParams
from graph.services.acting import About, Seen, act, leaf, look, note
from graph.services.audit_leaves import Leaf
from graph.services.audit_reads import ReadLog
from graph.services.credentials import locked_credential, time_of
from graph.services.key_challenges import keys_of
from graph.services.own_key_list import NEW_KEYS, WHAT, own_key
from graph.services.own_proof import tell_of_change
from graph.services.user_rules import account, reaches, users_there
from graph.store import ReadUnit, Store, WriteUnit


def list_user_keys(
    caller: Caller, store: Store, *, key: str, reads: ReadLog
) -> tuple[KeyLineRow, ...]:
    """Give the security keys of a user, first one first.

    Raises:
        RightsError: the caller manages, supervises and audits nobody.
        NotFoundError: there is no such user in the caller's reach.
    """

    def work(unit: ReadUnit) -> Seen[tuple[KeyLineRow, ...]]:
        user = users_there(unit, [key]).get(key)
        if user is None or not reaches(caller, user):
            raise NotFoundError(f"There is no user {key} in your reach.")
        found = tuple(unit.read(KEY_LINES_OF, KeysOfParams(user=user.key)))
        return Seen(answer=found, outcome=f"{len(found)} security keys listed")

    return look(caller, store, deed=Deed.USER_READ, about=About(object=key), reads=reads, work=work)


def end_user_key(caller: Caller, store: Store, *, key: str, ref: str) -> None:
    """End a security key of another user, who is told.

    Raises:
        RightsError: the caller does not manage this user, or is that user.
        NotFoundError: there is no such user in the caller's reach, or no such key of theirs.
    """
    about = About(object=key)

    def work(unit: WriteUnit) -> None:
        user = users_there(unit, [key]).get(key)
        if user is None or not reaches(caller, user):
            raise NotFoundError(f"There is no user {key} in your reach.")
        require(caller, Deed.USER_END_KEY, resource=account(user))
        locked_credential(unit, user.key)
        found = own_key(keys_of(unit, user.key), ref)
        unit.run(END_KEY, KeyParams(key=found.key))
        done = f"security key {ref} ended"
        leaves = [leaf(caller, Deed.USER_END_KEY, about, outcome=done)]
        if user.agency is not None and user.agency != caller.agency:
            leaves.append(
                Leaf(
                    action=Deed.USER_END_KEY.value,
                    object=key,
                    outcome=f"{done} by an operator",
                    agency=user.agency,
                )
            )
        note(unit, caller, leaves)
        more = f"{done} by {caller.user}"
        now = time_of(unit, None)
        tell_of_change(unit, user, action=NEW_KEYS, what=WHAT, more=more, at_us=now)

    act(caller, store, deed=Deed.USER_END_KEY, about=about, work=work)


def end_all_keys(unit: WriteUnit, user: str) -> int:
    """End all security keys of a user, inside what lets them in anew; give how many there were."""
    found = keys_of(unit, user)
    for row in found:
        unit.run(END_KEY, KeyParams(key=row.key))
    return len(found)
