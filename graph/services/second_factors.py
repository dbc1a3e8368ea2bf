"""The second factor of a log-on, or of a proof: a code, a recovery code, or a security key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.casework.vocabulary import UserRole
from graph.clock import iso
from graph.logon.codes import step_of, without
from graph.logon.key_answers import KeyAnswer, challenge_of, credential_digest
from graph.queries.credentials import CredentialRow
from graph.queries.people import UserRow
from graph.queries.security_keys import SECURITY_KEY, KeyParams, SecurityKeyRow
from graph.services.account_notices import administrators_of, tell_user
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.key_challenges import Purpose, keys_of, take_challenge
from graph.services.lock_notices import alert_operators
from graph.store import WriteUnit

if TYPE_CHECKING:
    # Loads the parsers of certificates: commands have no need of them.
    from graph.logon.security_keys import SecurityKeys

CLONED = "account.key_cloned"
WRONG_CODE, WRONG_KEY, BEHIND = (
    "wrong code",
    "wrong security key",
    "count of security key is behind",
)
_KEY, _CODE, _NONE = "password and security key", "password and code", "password"
_MANAGED_BY_OPERATORS = {UserRole.AGENCY_ADMINISTRATOR.value, UserRole.OPERATOR.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown beside the password, and where: before log-on there is no session."""

    code: str | None = field(repr=False)
    key_answer: KeyAnswer | None = field(repr=False)
    purpose: Purpose
    session: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A second factor that was looked at."""

    row: CredentialRow
    """The credential, with what was used up; unchanged where it is not right."""
    why_not: str | None = None
    """In the log; never told to who tries."""
    how: str = _NONE
    used: SecurityKeyRow | None = None
    """The key as it is to be kept, with its count."""

    @property
    def is_behind(self) -> bool:
        """Whether it is right but for its count, so that there are two of it."""
        return self.why_not == BEHIND


def use_challenge(unit: WriteUnit, shown: Shown, *, user: str, at_us: int) -> str | None:
    """Use up the challenge that is answered, and give it; None where it is not for this.

    It comes before anything else is looked at: a wrong password uses it up as well.
    """
    if shown.key_answer is None:
        return None
    text = challenge_of(shown.key_answer.client_data)
    taken = take_challenge(
        unit, text, purpose=shown.purpose, user=user, session=shown.session, at_us=at_us
    )
    return None if taken is None else text


def second_factor(
    unit: WriteUnit,
    row: CredentialRow,
    shown: Shown,
    *,
    keys: SecurityKeys | None,
    challenge: str | None,
    needs_code: bool,
    at_us: int,
) -> Factor:
    """Give what comes of what is shown; `row` is of a user, read under its lock.

    A key stands in place of a code: where one answers, a code is not looked at. `needs_code` is
    false in a synthetic store only, and there whoever has a factor needs it too.
    """
    if shown.key_answer is not None:
        return _by_key(unit, row, shown.key_answer, keys=keys, challenge=challenge, at_us=at_us)
    if row.totp is None:
        is_bare = not needs_code and len(keys_of(unit, row.key)) == 0
        return Factor(row=row, why_not=None if is_bare else WRONG_CODE)
    if shown.code is None:
        return Factor(row=row, why_not=WRONG_CODE)
    step = step_of(row.totp, shown.code, at_us=at_us, after=row.totp_step)
    if step is not None:
        return Factor(row=row.model_copy(update={"totp_step": step}), how=_CODE)
    left = without(shown.code, row.recovery or ())
    if left is None:
        return Factor(row=row, why_not=WRONG_CODE)
    return Factor(row=row.model_copy(update={"recovery": left}), how=_CODE)


def _by_key(
    unit: WriteUnit,
    row: CredentialRow,
    key_answer: KeyAnswer,
    *,
    keys: SecurityKeys | None,
    challenge: str | None,
    at_us: int,
) -> Factor:
    wrong = Factor(row=row, why_not=WRONG_KEY)
    found = unit.read(SECURITY_KEY, KeyParams(key=credential_digest(key_answer.credential)))
    if keys is None or challenge is None or len(found) == 0 or found[0].user != row.key:
        return wrong
    key = found[0]
    count = keys.count_of(key_answer, key, challenge=challenge)
    if count is None:
        return wrong
    if _is_behind(count, kept=key.sign_count):
        return Factor(row=row, why_not=BEHIND)
    used = key.model_copy(update={"sign_count": count, "used_us": at_us})
    return Factor(row=row, how=_KEY, used=used)


def keep_count(unit: WriteUnit, factor: Factor) -> None:
    """Write that a key was used, once it opened something."""
    if factor.used is not None:
        unit.update_nodes("SecurityKey", [factor.used.model_dump()])


def _is_behind(shown: int, *, kept: int) -> bool:
    """Say whether a count went back, so that there are two of a key (WebAuthn, 7.2 step 21).

    Keys that do not count show 0 always.
    """
    return (shown > 0 or kept > 0) and shown <= kept


def tell_of_clone(unit: WriteUnit, user: UserRow, *, at_us: int) -> None:
    """Write that a key was refused whose count went back: a leaf, a notice to its user and the
    administrators, an alert to operators about those whom they manage.

    It locks nothing: that is for a person to say, who may find a key that counts badly.
    """
    leaf = Leaf(action=CLONED, object=user.key, outcome=BEHIND, agency=user.agency)
    add_leaves(unit, [leaf], actor=user.key, at_us=at_us)
    text = (
        f"At {iso(at_us)} a security key of {user.key} was refused: it had signed fewer times than "
        "when it was last seen, so that there may be two of it.\nThe password that came with it "
        "was right. End the key, look who used it, and set another password."
    )
    others: tuple[str, ...] = ()
    if user.agency is not None:
        others = administrators_of(unit, user.agency, at_us=at_us)
    tell_user(
        unit,
        user,
        kind=CLONED,
        subject=f"There may be a copy of a security key of {user.key}",
        text=text,
        at_us=at_us,
        others=others,
    )
    if user.agency is not None and not _MANAGED_BY_OPERATORS.isdisjoint(user.roles):
        alert_operators(unit, user, text, rule=CLONED, at_us=at_us)
