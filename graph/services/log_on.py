"""Log-on by password and a second factor: a code, or a security key.

What is answered, and how long it takes, is the same for a name that nobody has, for a wrong
password, for a wrong code and for a locked account: every attempt counts a guess in the store,
checks one password, and settles the guess in the store. Names that nobody has are counted on
credentials of nobody's. A guess is counted before it is looked at, under the credential's lock and
by the store's clock, so that neither two hosts nor two at once get a sixth one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import JsonValue, SecretStr

from graph.casework.keys import user_key
from graph.errors import LogOnError, RightsError, RowError
from graph.logon.key_answers import KeyAnswer
from graph.logon.lockout import cleared, with_wrong_code, without_guess
from graph.logon.passwords import Hashing
from graph.logon.tokens import Fresh, session_token
from graph.queries.credentials import CredentialRow
from graph.services.callers import caller_in
from graph.services.credentials import keep, locked_credential, time_of
from graph.services.guesses import (
    Guess,
    bounded,
    count_guess,
    nobodys,
    refuse,
    why_not,
)
from graph.services.key_challenges import Purpose, new_challenge
from graph.services.second_factors import (
    Shown,
    keep_count,
    second_factor,
    tell_of_clone,
    use_challenge,
)
from graph.services.sessions import begin_session
from graph.services.user_rules import users_there
from graph.store import Store, WriteUnit

if TYPE_CHECKING:
    # Loads the parsers of certificates: commands have no need of them.
    from graph.logon.security_keys import SecurityKeys

REFUSED = "session.refused"
REFUSAL = (
    "User name, password, code or security key is wrong, or the account is locked. Five failures "
    "within 15 minutes lock it; an administrator of the agency or an operator releases it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What somebody typed."""

    user: str
    password: SecretStr
    code: str | None = field(default=None, repr=False)
    key_answer: KeyAnswer | None = field(default=None, repr=False)
    """A security key's answer to a challenge of `challenge_to_log_on`, in place of a code."""
    banner: str | None = None
    """Version of the banner that was accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A guess that was looked at."""

    guess: Guess
    is_right: bool
    fresh_hash: str | None = field(repr=False)
    """Of the password at the present cost, where the kept one is of another."""
    needs_code: bool
    keys: SecurityKeys | None
    at_us: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """What became of an attempt."""

    why_not: str | None = None
    """In the log; never told to who tries."""
    told: str = REFUSAL


def log_on(
    store: Store,
    hashing: Hashing,
    attempt: Attempt,
    *,
    needs_code: bool,
    keys: SecurityKeys | None = None,
    at_us: int | None = None,
) -> Fresh:
    """Give the token of a new session, if everything that was typed is right.

    `needs_code` is false in a synthetic store only: there an account without a second factor needs
    none. Without `keys` no security key is right. `at_us` stands in for the store's clock.

    Raises:
        LogOnError: something is wrong, the account is locked, or it is out of service.
        StoreBusyError: too many passwords are being checked; the attempt was not counted.
        StoreError: the store could not do it.
    """
    key = canonical(attempt.user)
    with hashing.place():
        guess = store.writing(lambda unit: count_guess(unit, key, at_us), name="counting a log-on")
        kept = guess.kept.password if guess.user is not None else None
        is_right = hashing.is_right(bounded(attempt.password), kept)
        fresh_hash = None
        if is_right and kept is not None and hashing.is_outdated(kept):
            fresh_hash = hashing.hash(attempt.password)
    fresh = session_token()
    found = _Found(
        guess=guess,
        is_right=is_right,
        fresh_hash=fresh_hash,
        needs_code=needs_code,
        keys=keys,
        at_us=at_us,
    )
    settled = store.writing(
        lambda unit: _settle(unit, attempt, found, fresh), name="settling a log-on"
    )
    if settled.why_not is not None:
        raise LogOnError(settled.told)
    return fresh


def challenge_to_log_on(
    store: Store, keys: SecurityKeys, *, user: str, at_us: int | None = None
) -> dict[str, JsonValue]:
    """Give what a browser asks of a security key to log a user on; it holds once, five minutes.

    It names the site and none of the user's keys, so that it is the same for a user who has none,
    and for a name that nobody has.

    Raises:
        QuestionError: no security keys are taken here.
        StoreError: the store could not do it.
    """
    keys.require_on()
    key = canonical(user)

    def work(unit: WriteUnit) -> str:
        found = None if key is None else users_there(unit, [key]).get(key)
        # What was typed as a name is not kept: it may be a password.
        place = nobodys(key) if found is None else found.key
        now = time_of(unit, at_us)
        return new_challenge(unit, purpose=Purpose.LOG_ON, user=place, session=None, at_us=now)

    challenge = store.writing(work, name="beginning a log-on by a key")
    return keys.to_prove(challenge=challenge, known=())


def canonical(text: str) -> str | None:
    """Give the one key for every spelling of a user name, None for what can be none (MISP's
    CVE-2020-8891: other spellings of a name were not counted together).
    """
    try:
        return user_key(unicodedata.normalize("NFKC", text))
    except RowError:
        return None


def _settle(unit: WriteUnit, attempt: Attempt, found: _Found, fresh: Fresh) -> _Settled:
    guess = found.guess
    row = locked_credential(unit, guess.key)
    now = time_of(unit, found.at_us)
    shown = Shown(code=attempt.code, key_answer=attempt.key_answer, purpose=Purpose.LOG_ON)
    challenge = use_challenge(unit, shown, user=guess.key, at_us=now)
    why = why_not(guess, row, is_right=found.is_right)
    if why is not None or guess.user is None:
        return _refuse(unit, guess, row, why or "", at_us=now)
    factor = second_factor(
        unit,
        row,
        shown,
        keys=found.keys,
        challenge=challenge,
        needs_code=found.needs_code,
        at_us=now,
    )
    if factor.is_behind:
        tell_of_clone(unit, guess.user, at_us=now)
        row = without_guess(row, guess.at_us)
        return _refuse(unit, guess, row, factor.why_not or "", at_us=now)
    if factor.why_not is not None:
        row = with_wrong_code(row, at_us=now)
        return _refuse(unit, guess, row, factor.why_not, at_us=now)
    try:
        caller_in(unit, guess.user.key, now)
    except RightsError as error:
        row = without_guess(row, guess.at_us)
        refused = _refuse(unit, guess, row, "account out of service", at_us=now)
        return _Settled(why_not=refused.why_not, told=str(error))
    row = cleared(factor.row)
    if found.fresh_hash is not None:
        row = row.model_copy(update={"password": found.fresh_hash})
    keep(unit, row)
    keep_count(unit, factor)
    user, banner = guess.user.key, attempt.banner
    begin_session(unit, fresh, user=user, how=factor.how, banner=banner, at_us=now)
    return _Settled()


def _refuse(unit: WriteUnit, guess: Guess, row: CredentialRow, why: str, *, at_us: int) -> _Settled:
    refuse(unit, guess, row, why, action=REFUSED, at_us=at_us)
    return _Settled(why_not=why)
