"""One's own security keys: which there are, and what they are called."""

from __future__ import annotations

from graph.casework.keys import text_of
from graph.errors import NotFoundError
from graph.queries.security_keys import KEY_LINES_OF, KeyLineRow, KeysOfParams, SecurityKeyRow
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.audit_reads import ReadLog
from graph.services.credentials import locked_credential, time_of
from graph.services.key_challenges import keys_of
from graph.services.own_proof import tell_of_change
from graph.services.sessions import LoggedOn
from graph.services.user_rules import users_there
from graph.store import Store, WriteUnit

NEW_KEYS, KEY_NAMED, KEYS_SEEN = "account.keys_changed", "account.key_named", "account.keys_read"
WHAT = "list of security keys"
_NAME_MOST = 80


def key_name(text: str) -> str:
    """Give a name for a security key.

    Raises:
        RowError: it is empty or too long.
    """
    return text_of(text, "A security key's name", most=_NAME_MOST)


def list_own_keys(store: Store, session: LoggedOn, *, reads: ReadLog) -> list[KeyLineRow]:
    """Give one's own security keys, first one first."""
    caller = session.caller
    found = store.read(KEY_LINES_OF, KeysOfParams(user=caller.user))
    leaf = Leaf(
        action=KEYS_SEEN,
        object=caller.user,
        outcome=f"{len(found)} security keys listed",
        agency=caller.agency,
        request=caller.request,
    )
    reads.note([leaf], actor=caller.user)
    return found


def rename_own_key(
    store: Store, session: LoggedOn, *, ref: str, name: str, at_us: int | None = None
) -> SecurityKeyRow:
    """Call one of one's own security keys something else, and give it.

    Raises:
        NotFoundError: there is no such key.
        RowError: that is no name.
    """
    name, caller = key_name(name), session.caller

    def work(unit: WriteUnit) -> SecurityKeyRow:
        locked_credential(unit, caller.user)
        now = time_of(unit, at_us)
        row = own_key(keys_of(unit, caller.user), ref).model_copy(update={"name": name})
        unit.update_nodes("SecurityKey", [row.model_dump()])
        done = f"security key {ref} named anew"
        leaf = Leaf(
            action=KEY_NAMED,
            object=caller.user,
            outcome=done,
            agency=caller.agency,
            request=caller.request,
        )
        add_leaves(unit, [leaf], actor=caller.user, at_us=now)
        user = users_there(unit, [caller.user])[caller.user]
        tell_of_change(unit, user, action=KEY_NAMED, what=WHAT, more=done, at_us=now)
        return row

    return store.writing(work, name="naming a security key")


def own_key(found: list[SecurityKeyRow], ref: str) -> SecurityKeyRow:
    """Give the key with a ref.

    Raises:
        NotFoundError: there is none.
    """
    for key in found:
        if key.ref == ref:
            return key
    raise NotFoundError("There is no such security key.")
