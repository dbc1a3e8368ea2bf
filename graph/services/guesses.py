"""Guesses at a password: counted before they are looked at, by whatever way they come.

Log-on and what a person changes of their own log-on go through the same steps, so that neither is
a way of guessing that the other does not count (CVE-2018-12649, CVE-2020-8892).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from pydantic import SecretStr

from graph.logon.lockout import is_closed, why_lock, with_guess
from graph.logon.passwords import LONGEST
from graph.queries.credentials import CredentialRow
from graph.queries.people import UserRow
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.credentials import keep, locked_credential, time_of
from graph.services.lock_notices import tell_of_lock
from graph.services.user_rules import users_there
from graph.store import WriteUnit

_NOBODY = "nobody known"
LOCKED = "locked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """An attempt that was counted, and what is known of whom it is about."""

    key: str
    user: UserRow | None
    at_us: int
    is_closed: bool
    kept: CredentialRow = field(repr=False)


def count_guess(unit: WriteUnit, key: str | None, at_us: int | None) -> Guess:
    """Count a guess as a failure and give what it is about; it is taken back when it was right."""
    user = None if key is None else users_there(unit, [key]).get(key)
    # What was typed as a name is not kept: it may be a password.
    place = user.key if user is not None else nobodys(key)
    row = locked_credential(unit, place)
    now = time_of(unit, at_us)
    closed = is_closed(row, at_us=now)
    counted = row if closed else with_guess(row, at_us=now)
    keep(unit, counted)
    return Guess(key=place, user=user, at_us=now, is_closed=closed, kept=counted)


def nobodys(key: str | None) -> str:
    """Give the credential on which what is tried under a name that nobody has takes its time."""
    return f"?{hashlib.sha256((key or '').encode()).hexdigest()[:2]}"


def bounded(password: SecretStr) -> SecretStr:
    """Give the password; one longer than any may be is none, and costs no more to check."""
    is_long = len(password.get_secret_value()) > 4 * LONGEST
    return SecretStr("") if is_long else password


def why_not(guess: Guess, row: CredentialRow, *, is_right: bool) -> str | None:
    """Give why a password that was looked at opens nothing, None where it does."""
    if guess.user is None:
        return _NOBODY
    if guess.is_closed:
        return LOCKED
    if not is_right:
        return "wrong password"
    if row.locked_us is not None:
        return LOCKED
    if row.password != guess.kept.password:
        # Whoever enrolled anew meanwhile put an end to the password that was looked at.
        return "password changed meanwhile"
    return None


def refuse(
    unit: WriteUnit, guess: Guess, row: CredentialRow, why: str, *, action: str, at_us: int
) -> str | None:
    """Write that a guess was refused, and give the rule that locks the account now, if one does."""
    rule = None if guess.is_closed else why_lock(row, at_us=at_us)
    if rule is not None:
        row = row.model_copy(update={"locked_us": at_us, "locked_why": rule})
    keep(unit, row)
    user = guess.user
    leaf = Leaf(
        action=action,
        object=user.key if user is not None else None,
        outcome=f"refused: {why}",
        agency=user.agency if user is not None else None,
    )
    add_leaves(unit, [leaf], actor=user.key if user is not None else "nobody", at_us=at_us)
    if rule is not None and user is not None:
        tell_of_lock(unit, user, rule, at_us=at_us)
    return rule
