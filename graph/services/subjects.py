"""Whom an identity server means: entered by an administrator, never made by logging on."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import part, text_of
from graph.casework.rights import require
from graph.errors import LogOnError, NotFoundError, RightsError, RowError
from graph.logon.tokens import Fresh, digest_of, session_token
from graph.queries.credentials import (
    FORGET_NONCES,
    LOCK_NONCE,
    NONCE,
    SUBJECT,
    USE_NONCE,
    CredentialParams,
    LapsedParams,
    NonceParams,
)
from graph.services.acting import About, act, leaf, note
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.callers import caller_in
from graph.services.credentials import credential, keep, locked_credential, time_of
from graph.services.log_on import REFUSED
from graph.services.sessions import MINUTE_US, begin_session
from graph.services.user_rules import account, reaches, users_there
from graph.store import Store, WriteUnit

NONCE_US = 10 * MINUTE_US
"""How long somebody may take at the identity server."""
_UNKNOWN = (
    "The identity server's user is not entered here, is locked, or is out of service. An "
    "administrator enters it with `crosstip user link`."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedSubject:
    """What a checked ID token says: whom it is about, and which log-on it belongs to."""

    issuer: str
    subject: str
    nonce: str


def link_subject(caller: Caller, store: Store, *, key: str, issuer: str, subject: str) -> None:
    """Enter that a subject of an identity server is a user.

    Raises:
        RightsError: the caller does not manage this user, or is that user.
        NotFoundError: there is no such user that the caller may see.
        RowError: the subject is a user's already, or the account is a program's.
    """
    about = About(object=key)
    name = subject_key(
        text_of(issuer, "An issuer", most=500), text_of(subject, "A subject", most=255)
    )

    def work(unit: WriteUnit) -> None:
        user = users_there(unit, [key]).get(key)
        if user is None or not reaches(caller, user):
            raise NotFoundError(f"There is no user {key} that you may see.")
        require(caller, Deed.USER_LINK, resource=account(user))
        row = locked_credential(unit, user.key)
        if row.service is True:
            raise RowError(f"{user.key} is a program's account: it has API keys and never logs on.")
        if len(unit.read(SUBJECT, CredentialParams(key=name))) > 0:
            raise RowError("That subject is a user's already. It is never given to another one.")
        unit.insert_nodes(
            "Subject",
            [
                {
                    "key": name,
                    "user": user.key,
                    "entered_by": caller.user,
                    "entered_us": caller.as_of_us,
                }
            ],
        )
        keep(unit, row.model_copy(update={"counts_from_us": caller.as_of_us}))
        leaves = [leaf(caller, Deed.USER_LINK, about, outcome="linked to an identity server")]
        if user.agency is not None and user.agency != caller.agency:
            leaves.append(
                Leaf(
                    action=Deed.USER_LINK.value,
                    object=key,
                    outcome="linked by an operator",
                    agency=user.agency,
                )
            )
        note(unit, caller, leaves)

    act(caller, store, deed=Deed.USER_LINK, about=about, work=work)


def subject_key(issuer: str, subject: str) -> str:
    """Give the key of a subject."""
    return f"{part(issuer)}|{part(subject)}"


def new_nonce(store: Store, *, at_us: int | None = None) -> str:
    """Give a nonce for one log-on at the identity server; it holds for ten minutes, once."""
    text = secrets.token_urlsafe(32)

    def work(unit: WriteUnit) -> None:
        now = time_of(unit, at_us)
        unit.run(FORGET_NONCES, LapsedParams(at_us=now))
        unit.insert_nodes("Nonce", [{"key": digest_of(text), "until_us": now + NONCE_US}])

    store.writing(work, name="beginning a log-on elsewhere")
    return text


def log_on_by_subject(
    store: Store, proved: ProvedSubject, *, banner: str | None, at_us: int | None = None
) -> Fresh:
    """Give the token of a new session of the user whom a subject is.

    Raises:
        LogOnError: the nonce was used, is too old or unknown, or the subject is nobody in service.
        StoreError: the store could not do it.
    """
    fresh = session_token()

    def work(unit: WriteUnit) -> str | None:
        now = time_of(unit, at_us)
        nonce = NonceParams(key=digest_of(proved.nonce))
        unit.run(LOCK_NONCE, nonce)
        waiting = unit.read(NONCE, nonce)
        unit.run(USE_NONCE, nonce)
        if len(waiting) == 0 or now >= waiting[0].until_us:
            return _refused(unit, None, None, "nonce used, too old or unknown", at_us=now)
        key = CredentialParams(key=subject_key(proved.issuer, proved.subject))
        found = unit.read(SUBJECT, key)
        if len(found) == 0:
            return _refused(unit, None, None, "subject not entered", at_us=now)
        user = found[0].user
        try:
            caller = caller_in(unit, user, now)
        except RightsError:
            return _refused(unit, user, None, "account out of service", at_us=now)
        if credential(unit, user).locked_us is not None:
            return _refused(unit, user, caller.agency, "locked", at_us=now)
        begin_session(unit, fresh, user=user, how="OpenID Connect", banner=banner, at_us=now)
        return None

    if store.writing(work, name="logging on by a subject") is not None:
        raise LogOnError(_UNKNOWN)
    return fresh


def _refused(unit: WriteUnit, user: str | None, agency: str | None, why: str, *, at_us: int) -> str:
    leaf_of = Leaf(action=REFUSED, object=user, outcome=f"refused: {why}", agency=agency)
    add_leaves(unit, [leaf_of], actor="nobody" if user is None else user, at_us=at_us)
    return why
