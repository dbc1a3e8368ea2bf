"""Log-ons for looking at a synthetic store: random passwords, shown once, and no second factor.

Nothing in such a store is real, and whoever runs it made it a moment ago; a second factor would
protect nothing there. A real store refuses this (decision 22).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from pydantic import SecretStr

from graph.errors import WrongStoreError
from graph.logon.lockout import cleared
from graph.logon.passwords import Hashing
from graph.opening import OpenStore
from graph.queries.people import ALL_USERS, PAGE, PageParams, UserRow
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.callers import why_out_of_service
from graph.services.credentials import credential, keep, locked_credential, time_of
from graph.services.enrolment import ENROLLED
from graph.store import ReadUnit, WriteUnit

MOST = 20
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class SyntheticLogOn:
    """Somebody to log on as."""

    user: str
    roles: tuple[str, ...]
    password: SecretStr


def synthetic_log_ons(
    opened: OpenStore, hashing: Hashing, *, actor: str, anew: bool = False
) -> tuple[SyntheticLogOn, ...]:
    """Give passwords to people of a synthetic store who have none, the first twenty by name.

    With `anew` those who have a password and no second factor get another one.

    Raises:
        WrongStoreError: the store is real.
    """
    if not opened.info.synthetic:
        raise WrongStoreError("Only a synthetic store gives log-ons away. Nothing was done.")
    store = opened.store

    users = store.reading(lambda unit: _wanting(unit, anew=anew), name="who needs a log-on")
    given = tuple(SyntheticLogOn(u.key, tuple(u.roles), _password()) for u in users)
    hashes = {}
    for one in given:
        with hashing.place():
            hashes[one.user] = hashing.hash(one.password)

    def work(unit: WriteUnit) -> None:
        now = time_of(unit, None)
        for user in users:
            row = cleared(locked_credential(unit, user.key))
            changed = {"password": hashes[user.key], "password_us": now, "totp": None}
            keep(unit, row.model_copy(update=changed))
        leaves = [
            Leaf(
                action=ENROLLED,
                object=user.key,
                outcome="password set for a synthetic store",
                agency=user.agency,
            )
            for user in users
        ]
        add_leaves(unit, leaves, actor=actor, at_us=now)

    if len(users) > 0:
        store.writing(work, name="giving log-ons")
    return given


def _wanting(unit: ReadUnit, *, anew: bool) -> list[UserRow]:
    """Give people in service who are to get a password."""
    now = time_of(unit, None)
    found: list[UserRow] = []
    for user in unit.read(ALL_USERS, PageParams(after="", limit=PAGE)):
        row = credential(unit, user.key)
        is_open = row.password is None or (anew and row.totp is None)
        in_service = why_out_of_service(user, now) is None
        if is_open and in_service and row.service is not True and len(found) < MOST:
            found.append(user)
    return found


def _password() -> SecretStr:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return SecretStr("-".join(groups))
