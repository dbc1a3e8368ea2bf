"""What a person changes of their own log-on: the password, and the second factor.

Being logged on is not enough: password and second factor are given once more, as a session may be
somebody else's by now (CJIS IA-5, NIST SP 800-63B-4, 4.1). That proof is counted like a log-on, so
that a session is no way of guessing either. Every other session of the person ends, the log has it,
and the person is told: whoever did not do it learns of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import SecretStr

from graph.errors import RowError
from graph.logon.codes import address_of, code_digest, new_secret, recovery_codes, step_of
from graph.logon.passwords import Hashing, normalised, require_strong
from graph.queries.credentials import CredentialRow
from graph.services.credentials import credential, keep, locked_credential, time_of
from graph.services.enrolment import Offer
from graph.services.own_proof import Asked, Proof, proved_change, require_password
from graph.services.sessions import LoggedOn
from graph.store import Store, WriteUnit

if TYPE_CHECKING:
    # Loads the parsers of certificates: commands have no need of them.
    from graph.logon.security_keys import SecurityKeys

NEW_WORD = "account.password_changed"
NEW_FACTOR = "account.factor_changed"
_NO_OFFER = (
    "The new second factor was not offered to this session, or its present code is wrong. Fetch a "
    "new one, put it into the app, and give the code that the app shows. Nothing was changed."
)


def change_password(
    store: Store,
    hashing: Hashing,
    session: LoggedOn,
    *,
    proof: Proof,
    new: SecretStr,
    needs_code: bool,
    keys: SecurityKeys | None = None,
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

    asked = Asked(
        session=session,
        proof=proof,
        needs_code=needs_code,
        keys=keys,
        at_us=at_us,
        action=NEW_WORD,
        what="password",
    )

    def change(_: WriteUnit, row: CredentialRow, hashed: str | None, now: int) -> CredentialRow:
        return row.model_copy(update={"password": hashed, "password_us": now})

    return proved_change(store, hashing, asked, change, new=new)


def offer_own_factor(store: Store, session: LoggedOn) -> Offer:
    """Give a fresh second factor to whoever is logged on; `replace_factor` confirms it.

    It opens nothing before that, and only the session that it was given to can confirm it.
    """
    secret, key = new_secret(), session.caller.user

    def work(unit: WriteUnit) -> None:
        row = locked_credential(unit, key)
        require_password(row)
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
    keys: SecurityKeys | None = None,
    at_us: int | None = None,
) -> tuple[str, ...]:
    """Set the second factor that was offered, and give fresh recovery codes, shown once.

    `proof.code` is of the device so far, or a recovery code; `new_code` is what the new one shows.

    Raises:
        RightsError: password or code is wrong, or the account is locked.
        RowError: it was not offered to this session, or its code is wrong: nothing was counted.
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

    def change(_: WriteUnit, row: CredentialRow, __: str | None, now: int) -> CredentialRow | str:
        taken = _step(row, ref, new_code, now)
        changed = {
            "totp": row.pending_totp,
            "totp_step": taken,
            "recovery": [code_digest(code) for code in recovery],
        }
        return _NO_OFFER if taken is None else row.model_copy(update=changed)

    asked = Asked(
        session=session,
        proof=proof,
        needs_code=needs_code,
        keys=keys,
        at_us=at_us,
        action=NEW_FACTOR,
        what="second factor",
    )
    proved_change(store, hashing, asked, change)
    return recovery


def _step(row: CredentialRow, ref: str, code: str, now: int) -> int | None:
    """Give the step of a code of what was offered to a session, None where it is none."""
    if row.pending_totp is None or row.pending_for != ref:
        return None
    return step_of(row.pending_totp, code, at_us=now, after=None)
