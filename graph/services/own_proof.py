"""How a person who is logged on proves themselves once more, and what is changed then.

Password and second factor are given in the same request as the change. The proof is counted like a
log-on; where it locks the account its sessions end. Every other session ends with a change, the log
has it, and the person is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from pydantic import SecretStr

from graph.casework.caller import Caller
from graph.clock import iso
from graph.errors import RightsError, RowError
from graph.logon.key_answers import KeyAnswer
from graph.logon.lockout import cleared, with_wrong_code, without_guess
from graph.logon.passwords import Hashing
from graph.queries.credentials import CredentialRow
from graph.queries.people import UserRow
from graph.services.account_notices import tell_user
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.credentials import keep, locked_credential, time_of
from graph.services.guesses import Guess, bounded, count_guess, refuse, why_not
from graph.services.key_challenges import Purpose
from graph.services.second_factors import (
    Shown,
    keep_count,
    second_factor,
    tell_of_clone,
    use_challenge,
)
from graph.services.sessions import LoggedOn, end_other_sessions, end_sessions_of
from graph.services.user_rules import users_there
from graph.store import Store, WriteUnit

if TYPE_CHECKING:
    # Loads the parsers of certificates: commands have no need of them.
    from graph.logon.security_keys import SecurityKeys

NOT_PROVED = "account.change_refused"
REFUSAL = (
    "The password, the code or the security key that was given again is wrong, or the account is "
    "locked. Nothing was changed; five failures within 15 minutes lock the account."
)
_ELSEWHERE = (
    "This account has no password here: it logs on by the identity server, which changes it."
)
_NO_LONGER_OFFERED = {"pending_totp": None, "pending_for": None}
Change: TypeAlias = Callable[[WriteUnit, CredentialRow, "str | None", int], "CredentialRow | str"]
"""Gives a credential as it is to be, with the hash of a new password, at a time; or a sentence
where the change is not to be made, and only the proof is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What somebody who is logged on shows again."""

    password: SecretStr
    code: str | None = field(default=None, repr=False)
    """Present code of the second factor, or a recovery code."""
    key_answer: KeyAnswer | None = field(default=None, repr=False)
    """A security key's answer to a challenge of this session, in place of a code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks to change what, and with what proof."""

    session: LoggedOn
    proof: Proof
    needs_code: bool
    keys: SecurityKeys | None
    at_us: int | None
    action: str
    what: str
    outcome: str | None = None
    """As the log has it; that it was changed when not given."""

    @property
    def done(self) -> str:
        """What was done, as the log has it."""
        return self.outcome if self.outcome is not None else f"{self.what} changed"


def proved_change(
    store: Store, hashing: Hashing, asked: Asked, change: Change, *, new: SecretStr | None = None
) -> int:
    """Prove who asks as log-on does, make the change, and give how many sessions it ended.

    Raises:
        RightsError: the proof is wrong, or the account is locked.
        RowError: the change is not to be made, or there is no password here.
        StoreBusyError: too many passwords are being worked on; nothing was counted.
    """
    key = asked.session.caller.user

    def count(unit: WriteUnit) -> Guess:
        require_password(locked_credential(unit, key))
        return count_guess(unit, key, asked.at_us)

    with hashing.place():
        guess = store.writing(count, name="counting a proof")
        is_right = hashing.is_right(bounded(asked.proof.password), guess.kept.password)
        hashed = hashing.hash(new) if is_right and new is not None else None

    def settle(unit: WriteUnit) -> int | RightsError | RowError:
        return _settle(unit, asked, guess, change, is_right=is_right, hashed=hashed)

    done = store.writing(settle, name="changing an own log-on")
    if isinstance(done, int):
        return done
    raise done


def require_password(row: CredentialRow) -> None:
    """Come back when somebody has a password here.

    Raises:
        RowError: they log on by the identity server.
    """
    if row.password is None:
        raise RowError(_ELSEWHERE)


def tell_of_change(
    unit: WriteUnit, user: UserRow, *, action: str, what: str, more: str, at_us: int
) -> None:
    """Tell somebody that something of their log-on was changed."""
    tell_user(
        unit,
        user,
        kind=action,
        subject=f"The {what} of {user.key} was changed",
        text=(
            f"The {what} of {user.key} was changed at {iso(at_us)}; {more}.\nIf that was not you: "
            "tell your administrator at once, who ends the sessions and lets you in anew."
        ),
        at_us=at_us,
    )


def _settle(
    unit: WriteUnit,
    asked: Asked,
    guess: Guess,
    change: Change,
    *,
    is_right: bool,
    hashed: str | None,
) -> int | RightsError | RowError:
    row = locked_credential(unit, guess.key)
    now = time_of(unit, asked.at_us)
    shown = Shown(
        code=asked.proof.code,
        key_answer=asked.proof.key_answer,
        purpose=Purpose.PROVE,
        session=asked.session.session.ref,
    )
    challenge = use_challenge(unit, shown, user=guess.key, at_us=now)
    why = why_not(guess, row, is_right=is_right)
    if why is not None or guess.user is None:
        return _refused(unit, asked.session.caller, guess, row, why or "", at_us=now)
    factor = second_factor(
        unit,
        row,
        shown,
        keys=asked.keys,
        challenge=challenge,
        needs_code=asked.needs_code,
        at_us=now,
    )
    if factor.why_not is not None:
        if factor.is_behind:
            tell_of_clone(unit, guess.user, at_us=now)
            row = without_guess(row, guess.at_us)
        else:
            row = with_wrong_code(row, at_us=now)
        return _refused(unit, asked.session.caller, guess, row, factor.why_not, at_us=now)
    keep_count(unit, factor)
    row = cleared(factor.row)
    changed = change(unit, row, hashed, now)
    if isinstance(changed, str):
        keep(unit, row)
        return RowError(changed)
    keep(unit, changed.model_copy(update=_NO_LONGER_OFFERED))
    return _told(unit, asked, at_us=now)


def _refused(
    unit: WriteUnit, caller: Caller, guess: Guess, row: CredentialRow, why: str, *, at_us: int
) -> RightsError:
    """Count the failure; where it locks the account, whoever has the session is out as well."""
    rule = refuse(unit, guess, row, why, action=NOT_PROVED, at_us=at_us)
    if rule is not None:
        end_sessions_of(unit, caller, caller.user, why="account locked", at_us=at_us)
    return RightsError(REFUSAL)


def _told(unit: WriteUnit, asked: Asked, *, at_us: int) -> int:
    """End the other sessions, write the leaf and tell the person; give how many were ended."""
    caller = asked.session.caller
    ended = end_other_sessions(unit, asked.session, why=f"{asked.what} changed", at_us=at_us)
    leaf = Leaf(action=asked.action, object=caller.user, outcome=asked.done, agency=caller.agency)
    add_leaves(unit, [leaf], actor=caller.user, at_us=at_us)
    user = users_there(unit, [caller.user])[caller.user]
    more = f"{ended} other sessions were ended"
    if asked.outcome is not None:
        more = f"{asked.outcome}, {more}"
    tell_of_change(unit, user, action=asked.action, what=asked.what, more=more, at_us=at_us)
    return ended
