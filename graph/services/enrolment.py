"""Enrolment: a one-time code from an administrator, with which its user sets how to log on.

The administrator knows the code and nothing else: password and second factor are set by the user.
Enrolling again replaces both, ends every session and every security key and releases a lock, as
somebody else has looked at who asks.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import SecretStr

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import require
from graph.errors import LogOnError, NotFoundError, RightsError, RowError
from graph.logon.codes import (
    address_of,
    code_digest,
    new_secret,
    one_time_code,
    recovery_codes,
    step_of,
)
from graph.logon.lockout import cleared
from graph.logon.passwords import Hashing, require_strong
from graph.queries.credentials import CredentialRow
from graph.queries.people import UserRow
from graph.services.acting import About, act, leaf, note
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.callers import caller_in
from graph.services.credentials import keep, locked_credential, time_of
from graph.services.guesses import nobodys
from graph.services.lock_notices import alert_operators
from graph.services.log_on import canonical
from graph.services.sessions import end_sessions_of
from graph.services.user_keys import end_all_keys
from graph.services.user_rules import account, reaches, users_there
from graph.store import Store, WriteUnit

ENROLLED, REFUSED = "account.enrolled", "account.enrolment_refused"
_HOUR_US = 3_600_000_000
_REFUSAL = (
    "User name or enrolment code is wrong, or the code was used or is too old. An administrator "
    "makes a new one with `crosstip user enrol`."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A second factor that waits to be confirmed."""

    secret: str = field(repr=False)
    address: str = field(repr=False)
    """`otpauth:` address for an authenticator app."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What a user sets at enrolment."""

    user: str
    enrolment_code: str = field(repr=False)
    password: SecretStr
    code: str | None = field(default=None, repr=False)
    """The present code of the second factor that was offered."""


def invite(caller: Caller, store: Store, *, key: str, hours: int) -> str:
    """Give a one-time code with which a user enrols; it replaces one that was made before.

    Raises:
        RightsError: the caller does not manage this user, or is that user.
        NotFoundError: there is no such user that the caller may see.
        RowError: it is a program's account, which has keys instead.
    """
    code = one_time_code()
    about = About(object=key)

    def work(unit: WriteUnit) -> str:
        user = users_there(unit, [key]).get(key)
        if user is None or not reaches(caller, user):
            raise NotFoundError(f"There is no user {key} that you may see.")
        require(caller, Deed.USER_ENROL, resource=account(user))
        _write_code(unit, user, code, by=caller.user, hours=hours)
        made = leaf(caller, Deed.USER_ENROL, about, outcome="made an enrolment code")
        note(unit, caller, [made, *_to_agency(caller, user, Deed.USER_ENROL.value)])
        return code

    return act(caller, store, deed=Deed.USER_ENROL, about=about, work=work)


def invite_by_machine(store: Store, *, key: str, actor: str, why: str, hours: int) -> str:
    """Give an operator's enrolment code to whoever has the machine: the first one's, or the way in
    when no other operator can make one (break-glass). All operators are alerted.

    Raises:
        RightsError: the user is no operator; administrators and operators enrol all others.
        NotFoundError: there is no such user.
    """
    code = one_time_code()

    def work(unit: WriteUnit) -> str:
        user = users_there(unit, [key]).get(key)
        if user is None:
            raise NotFoundError(f"There is no user {key}.")
        if user.agency is not None:
            raise RightsError("Whoever has the machine lets operators in; they let in all others.")
        _write_code(unit, user, code, by=actor, hours=hours)
        now = time_of(unit, None)
        made = Leaf(action=Deed.USER_ENROL.value, object=key, outcome=why)
        add_leaves(unit, [made], actor=actor, at_us=now)
        said = f"{actor} made an enrolment code for {key} at the machine: {why}."
        alert_operators(unit, user, said, rule="break-glass", at_us=now)
        return code

    return store.writing(work, name="letting an operator in")


def offer_second_factor(
    store: Store, *, user: str, enrolment_code: str, at_us: int | None = None
) -> Offer:
    """Give a fresh second factor to whoever has the enrolment code; enrolment confirms it.

    Raises:
        LogOnError: user name or code is wrong.
    """
    secret = new_secret()

    def work(unit: WriteUnit) -> str | None:
        found = _opened(unit, user, enrolment_code, at_us)
        if found is not None:
            offered = {"pending_totp": secret, "pending_for": None}
            keep(unit, found[1].model_copy(update=offered))
        return None if found is None else found[0].key

    key = store.writing(work, name="offering a second factor")
    if key is None:
        raise LogOnError(_REFUSAL)
    return Offer(secret=secret, address=address_of(secret, key))


def enrol(
    store: Store,
    hashing: Hashing,
    enrolment: Enrolment,
    *,
    needs_code: bool,
    at_us: int | None = None,
) -> tuple[str, ...]:
    """Set a user's password and second factor, and give the recovery codes, which are shown once.

    `needs_code` is false in a synthetic store only; without a code no second factor is set there.

    Raises:
        LogOnError: user name, enrolment code or code is wrong.
        RowError: the password is not strong enough; the enrolment code holds on.
        StoreBusyError: too many passwords are being worked on.
    """
    key = canonical(enrolment.user) or ""
    require_strong(enrolment.password, about=(key,))
    wants_code = needs_code or enrolment.code is not None
    if enrolment.code is None and needs_code:
        raise RowError("A second factor is needed: fetch one first, and give its present code.")
    with hashing.place():
        hashed = hashing.hash(enrolment.password)
    recovery = recovery_codes() if wants_code else ()

    def work(unit: WriteUnit) -> bool:
        found = _opened(unit, enrolment.user, enrolment.enrolment_code, at_us)
        if found is None:
            return False
        user, row, now = found
        step = None
        if wants_code:
            step = step_of(row.pending_totp or "", enrolment.code or "", at_us=now, after=None)
            if row.pending_totp is None or row.pending_for is not None or step is None:
                return False
        changed: dict[str, object] = {
            "password": hashed,
            "password_us": now,
            "totp": row.pending_totp if wants_code else None,
            "totp_step": step,
            "recovery": [code_digest(code) for code in recovery],
        }
        _set(unit, user, cleared(row).model_copy(update=changed), at_us=now)
        return True

    if not store.writing(work, name="enrolling"):
        raise LogOnError(_REFUSAL if not wants_code else f"{_REFUSAL} Or the present code is.")
    return recovery


def _set(unit: WriteUnit, user: UserRow, row: CredentialRow, *, at_us: int) -> None:
    """Keep what was set, with its leaf; the code is used up, and older sessions end."""
    used = {
        "enrolment": None,
        "enrolment_until_us": None,
        "pending_totp": None,
        "pending_for": None,
    }
    keep(unit, row.model_copy(update=used))
    caller = caller_in(unit, user.key, at_us)
    end_sessions_of(unit, caller, user.key, why="enrolled anew", at_us=at_us)
    ended = end_all_keys(unit, user.key)
    what = "password" if row.totp is None else "password and second factor"
    done = f"{what} set" + (f", {ended} security keys ended" if ended > 0 else "")
    leaf_of = Leaf(action=ENROLLED, object=user.key, outcome=done, agency=user.agency)
    add_leaves(unit, [leaf_of], actor=user.key, at_us=at_us)


def _opened(
    unit: WriteUnit, typed: str, code: str, at_us: int | None
) -> tuple[UserRow, CredentialRow, int] | None:
    """Give whom an enrolment code opens and when, None where it opens nobody."""
    key = canonical(typed)
    user = None if key is None else users_there(unit, [key]).get(key)
    now = time_of(unit, at_us)
    # Also of a name that nobody has: else the time tells who is here.
    row = locked_credential(unit, user.key if user is not None else nobodys(key))
    if user is not None:
        until_us = row.enrolment_until_us or 0
        if row.enrolment is not None and row.enrolment == code_digest(code) and now < until_us:
            return user, row, now
    refused = Leaf(
        action=REFUSED,
        object=None if user is None else user.key,
        outcome="refused: no such enrolment",
        agency=None if user is None else user.agency,
    )
    add_leaves(unit, [refused], actor="nobody" if user is None else user.key, at_us=now)
    return None


def _write_code(unit: WriteUnit, user: UserRow, code: str, *, by: str, hours: int) -> None:
    row = locked_credential(unit, user.key)
    if row.service is True:
        raise RowError(f"{user.key} is a program's account: it has API keys and no password.")
    now = time_of(unit, None)
    changed = {
        "enrolment": code_digest(code),
        "enrolment_until_us": now + hours * _HOUR_US,
        "enrolment_by": by,
        "pending_totp": None,
        "pending_for": None,
    }
    keep(unit, row.model_copy(update=changed))


def _to_agency(caller: Caller, user: UserRow, action: str) -> list[Leaf]:
    """Give the consequence for the agency's own log where another one acted."""
    if user.agency is None or user.agency == caller.agency:
        return []
    return [Leaf(action=action, object=user.key, outcome="by an operator", agency=user.agency)]
