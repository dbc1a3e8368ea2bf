"""Accounts that nobody uses: warned after 76 days, locked after 90 (CJIS AC-2(3)).

Counted from the last use of a session, by the store's clock; from being entered, enrolled,
released or linked where that is later. A lock is the same as after failures: an administrator or
an operator releases it, or lets the user in anew. What is not looked at: an account that neither
password nor identity server opens, and a program's, whose keys end after 90 days at most. Commands
under `--as` are no log-on and count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from graph.clock import iso
from graph.logon.disuse import RULE, Due, due, locks_us
from graph.queries.disuse import (
    ACCOUNT_USE,
    LAST_SEEN,
    UsedByParams,
    UseParams,
    UseRow,
)
from graph.queries.people import PAGE, UserRow
from graph.services.account_notices import administrators_of, tell_user
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.credentials import keep, locked_credential, time_of
from graph.services.lock_notices import tell_of_lock
from graph.services.user_rules import users_there
from graph.store import Store, WriteUnit

WARNED = "account.unused"
ACTOR = "disuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disused:
    """How many accounts were locked and warned."""

    locked: int
    warned: int


def lock_unused(store: Store, *, at_us: int | None = None) -> Disused:
    """Lock the accounts that were not used for 90 days, and warn those that soon will be.

    Safe to repeat, and by several at once: each account is looked at again under its lock.
    `at_us` stands in for the store's clock.

    Raises:
        StoreError: the store could not do it; what was done before stays.
    """
    now = store.reading(lambda unit: time_of(unit, at_us), name="the store's time")
    done = [
        store.writing(partial(_act, key=key, now=now), name="looking for disuse")
        for key in _candidates(store, now)
    ]
    return Disused(locked=done.count(Due.LOCK), warned=done.count(Due.WARN))


def _candidates(store: Store, now: int) -> Iterator[str]:
    after = ""
    while True:
        page = store.read(ACCOUNT_USE, UseParams(after=after, limit=PAGE, at_us=now))
        for row in page:
            is_open = row.password_us is not None or row.subjects > 0
            if is_open and not row.service and row.locked_us is None and _due(row, now):
                yield row.key
        if len(page) < PAGE:
            return
        after = page[-1].key


def _due(row: UseRow, now: int) -> bool:
    times = (row.from_us, row.password_us, row.counts_from_us, row.seen_us)
    return due(used_us=_latest(*times), warned_us=row.warned_us, at_us=now) is not Due.NOTHING


def _act(unit: WriteUnit, *, key: str, now: int) -> Due:
    row = locked_credential(unit, key)
    user = users_there(unit, [key])[key]
    seen_us = unit.read(LAST_SEEN, UsedByParams(user=key))[0].seen_us
    used_us = _latest(user.from_us, row.password_us, row.counts_from_us, seen_us)
    found = due(used_us=used_us, warned_us=row.warned_us, at_us=now)
    if row.locked_us is not None or found is Due.NOTHING:
        return Due.NOTHING
    if found is Due.LOCK:
        keep(unit, row.model_copy(update={"locked_us": now, "locked_why": RULE}))
        tell_of_lock(unit, user, RULE, at_us=now)
        return found
    keep(unit, row.model_copy(update={"warned_us": now}))
    _warn(unit, user, locks_us(used_us=used_us, warned_us=now), at_us=now)
    return found


def _warn(unit: WriteUnit, user: UserRow, from_us: int, *, at_us: int) -> None:
    leaf = Leaf(action=WARNED, object=user.key, outcome="warned", agency=user.agency)
    add_leaves(unit, [leaf], actor=ACTOR, at_us=at_us)
    others = () if user.agency is None else administrators_of(unit, user.agency, at_us=at_us)
    tell_user(
        unit,
        user,
        kind=WARNED,
        subject=f"The account {user.key} will be locked, as nobody uses it",
        text=(
            f"Nobody has logged on as {user.key} for long. From {iso(from_us)} on the account is "
            "locked (90 days without use), until an administrator releases it.\nTo keep it: log "
            "on once before. If it is not needed any more, an administrator ends it: crosstip "
            f"user change {user.key} --end-now --as ADMIN"
        ),
        at_us=at_us,
        others=others,
    )


def _latest(*times: int | None) -> int:
    return max(time for time in times if time is not None)
