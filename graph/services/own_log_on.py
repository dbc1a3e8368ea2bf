"""What a person changes of their own log-on: the password, and the second factor.

Being logged on is not enough: password and second factor are given once more, as a session may be
somebody else's by now (CJIS IA-5, NIST SP 800-63B-4, 4.1). That proof is counted like a log-on, so
that a session is no way of guessing either. Every other session of the person ends, the log has it,
and the person is told: whoever did not do it learns of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from pydantic import SecretStr

from graph.casework.caller import Caller
from graph.clock import iso
from graph.errors import RightsError, RowError
from graph.logon.codes import address_of, code_digest, new_secret, recovery_codes, step_of
from graph.logon.lockout import cleared, with_wrong_code
from graph.logon.passwords import Hashing, normalised, require_strong
from graph.queries.credentials import CredentialRow
from graph.services.account_notices import tell_user
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.credentials import credential, keep, locked_credential, time_of
from graph.services.enrolment import Offer
from graph.services.guesses import (
    Guess,
    bounded,
    count_guess,
    refuse,
    second_factor,
    why_not,
)
from graph.services.sessions import LoggedOn, end_other_sessions, end_sessions_of
from graph.services.user_rules import users_there
from graph.store import Store, WriteUnit

NEW_WORD = "account.password_changed"
NEW_FACTOR = "account.factor_changed"
NOT_PROVED = "account.change_refused"
REFUSAL = (
    "The password or the code that was given again is wrong, or the account is locked. Nothing was "
    "changed; five failures within 15 minutes lock the account."
)
_ELSEWHERE = (
    "This account has no password here: it logs on by the identity server, which changes it."
)
_NO_OFFER = (
    "The new second factor was not offered to this session, or its present code is wrong. Fetch a "
    "new one, put it into the app, and give the code that the app shows. Nothing was changed."
)
_NO_LONGER_OFFERED = {"pending_totp": None, "pending_for": None}
Change: TypeAlias = Callable[[CredentialRow, "str | None", int], "CredentialRow | None"]
"""Gives a credential as it is to be, with the hash of a new password, at a time; None where that
is not so any more, and only the proof is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What somebody who is logged on shows again."""

    password: SecretStr
    code: str | None = field(default=None, repr=False)
    """Present code of the second factor, or a recovery code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Who asks to change what, and with what proof."""

    session: LoggedOn
    proof: Proof
    needs_code: bool
    at_us: int | None
    action: str
    what: str


def change_password(
    store: Store,
    hashing: Hashing,
    session: LoggedOn,
    *,
    proof: Proof,
    new: SecretStr,
    needs_code: bool,
    at_us: int | None = None,
) -> int:
    """Set a new password for whoever is logged on, and give how many other sessions it ended.

    `needs_code` is false in a synthetic store only; an account with a second factor needs it there
    too. `at_us` stands in for the store's clock.

    Raises:
        RightsError: password or code is wrong, or the account is locked.
        RowError: the new password is not strong enough or is the old one, or there is none here.
        StoreBusyError: too many passwords are being worked on; nothing was counted.
    """
    require_strong(new, about=(session.caller.user,))
    if normalised(new) == normalised(proof.password):
        raise RowError("The new password is the old one. Nothing was changed.")

    asked = _Asked(
        session=session,
        proof=proof,
        needs_code=needs_code,
        at_us=at_us,
        action=NEW_WORD,
        what="password",
    )

    def change(row: CredentialRow, hashed: str | None, now: int) -> CredentialRow:
        return row.model_copy(update={"password": hashed, "password_us": now})

    return _change(store, hashing, asked, change, new=new)


def offer_own_factor(store: Store, session: LoggedOn) -> Offer:
    """Give a fresh second factor to whoever is logged on; `replace_factor` confirms it.

    It opens nothing before that, and only the session that it was given to can confirm it.
    """
    secret, key = new_secret(), session.caller.user

    def work(unit: WriteUnit) -> None:
        row = locked_credential(unit, key)
        _require_password(row)
        offered = {"pending_totp": secret, "pending_for": session.session.ref}
        keep(unit, row.model_copy(update=offered))

    store.writing(work, name="offering a second factor")
    return Offer(secret=secret, address=address_of(secret, key))


def replace_factor(
    store: Store,
    hashing: Hashing,
    session: LoggedOn,
    *,
    proof: Proof,
    new_code: str,
    needs_code: bool,
    at_us: int | None = None,
) -> tuple[str, ...]:
    """Set the second factor that was offered, and give fresh recovery codes, shown once.

    `proof.code` is of the device so far, or a recovery code; `new_code` is what the new one shows.

    Raises:
        RightsError: password or code is wrong, or the account is locked.
        RowError: it was not offered to this session, or the new device's code is wrong: nothing
            was counted.
        StoreBusyError: too many passwords are being worked on; nothing was counted.
    """
    key, ref = session.caller.user, session.session.ref
    recovery = recovery_codes()

    found = store.reading(
        lambda unit: _step(credential(unit, key), ref, new_code, time_of(unit, at_us)),
        name="trying a factor",
    )
    if found is None:
        raise RowError(_NO_OFFER)

    def change(row: CredentialRow, _: str | None, now: int) -> CredentialRow | None:
        taken = _step(row, ref, new_code, now)
        changed = {
            "totp": row.pending_totp,
            "totp_step": taken,
            "recovery": [code_digest(code) for code in recovery],
        }
        return None if taken is None else row.model_copy(update=changed)

    asked = _Asked(
        session=session,
        proof=proof,
        needs_code=needs_code,
        at_us=at_us,
        action=NEW_FACTOR,
        what="second factor",
    )
    _change(store, hashing, asked, change)
    return recovery


def _step(row: CredentialRow, ref: str, code: str, now: int) -> int | None:
    """Give the step of a code of what was offered to a session, None where it is none."""
    if row.pending_totp is None or row.pending_for != ref:
        return None
    return step_of(row.pending_totp, code, at_us=now, after=None)


def _change(
    store: Store, hashing: Hashing, asked: _Asked, change: Change, *, new: SecretStr | None = None
) -> int:
    """Prove who asks as log-on does, make the change, and give how many sessions it ended."""
    key = asked.session.caller.user

    def count(unit: WriteUnit) -> Guess:
        _require_password(locked_credential(unit, key))
        return count_guess(unit, key, asked.at_us)

    with hashing.place():
        guess = store.writing(count, name="counting a proof")
        is_right = hashing.is_right(bounded(asked.proof.password), guess.kept.password)
        hashed = hashing.hash(new) if is_right and new is not None else None

    def settle(unit: WriteUnit) -> int | str:
        return _settle(unit, asked, guess, change, is_right=is_right, hashed=hashed)

    done = store.writing(settle, name="changing an own log-on")
    if isinstance(done, int):
        return done
    raise RowError(done) if done == _NO_OFFER else RightsError(done)


def _settle(
    unit: WriteUnit,
    asked: _Asked,
    guess: Guess,
    change: Change,
    *,
    is_right: bool,
    hashed: str | None,
) -> int | str:
    row = locked_credential(unit, guess.key)
    now = time_of(unit, asked.at_us)
    why = why_not(guess, row, is_right=is_right)
    if why is None:
        proved = second_factor(row, asked.proof.code, needs_code=asked.needs_code, at_us=now)
        why = "wrong code" if proved is None else None
        row = with_wrong_code(row, at_us=now) if proved is None else cleared(proved)
    if why is not None:
        return _refused(unit, asked.session.caller, guess, row, why, at_us=now)
    changed = change(row, hashed, now)
    keep(unit, row if changed is None else changed.model_copy(update=_NO_LONGER_OFFERED))
    return _NO_OFFER if changed is None else _told(unit, asked, at_us=now)


def _require_password(row: CredentialRow) -> None:
    if row.password is None:
        raise RowError(_ELSEWHERE)


def _refused(
    unit: WriteUnit, caller: Caller, guess: Guess, row: CredentialRow, why: str, *, at_us: int
) -> str:
    """Count the failure; where it locks the account, whoever has the session is out as well."""
    rule = refuse(unit, guess, row, why, action=NOT_PROVED, at_us=at_us)
    if rule is not None:
        end_sessions_of(unit, caller, caller.user, why="account locked", at_us=at_us)
    return REFUSAL


def _told(unit: WriteUnit, asked: _Asked, *, at_us: int) -> int:
    """End the other sessions, write the leaf and tell the person; give how many were ended."""
    caller = asked.session.caller
    why = f"{asked.what} changed"
    ended = end_other_sessions(unit, asked.session, why=why, at_us=at_us)
    leaf = Leaf(action=asked.action, object=caller.user, outcome=why, agency=caller.agency)
    add_leaves(unit, [leaf], actor=caller.user, at_us=at_us)
    user = users_there(unit, [caller.user])[caller.user]
    tell_user(
        unit,
        user,
        kind=asked.action,
        subject=f"The {asked.what} of {user.key} was changed",
        text=(
            f"The {asked.what} of {user.key} was changed at {iso(at_us)}; {ended} other sessions "
            "were ended.\nIf that was not you: tell your administrator at once, who ends the "
            "sessions and lets you in anew."
        ),
        at_us=at_us,
    )
    return ended
