"""Security keys that a person adds, names and ends for themselves.

To add or end one, password and second factor are given once more, as for every change of a log-on;
a key that is there already is as good as a code. What a key signs is bound to the session.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import JsonValue

from graph.errors import RowError
from graph.logon.key_answers import Attestation, challenge_of, credential_digest
from graph.logon.passwords import Hashing
from graph.queries.credentials import CredentialRow
from graph.queries.security_keys import (
    END_KEY,
    MOST_KEYS,
    SECURITY_KEY,
    ChallengeRow,
    KeyParams,
    SecurityKeyRow,
)
from graph.services.credentials import credential, time_of
from graph.services.key_challenges import (
    Purpose,
    keys_of,
    new_challenge,
    new_handle,
    take_challenge,
)
from graph.services.own_key_list import NEW_KEYS, WHAT, key_name, own_key
from graph.services.own_proof import (
    Asked,
    Proof,
    proved_change,
    require_password,
)
from graph.services.sessions import LoggedOn
from graph.store import Store, WriteUnit

if TYPE_CHECKING:
    # Loads the parsers of certificates: commands have no need of them.
    from graph.logon.security_keys import NewKey, SecurityKeys

_NOT_ASKED = (
    "The security key answers nothing that this session was asked within five minutes, or not as "
    "this site asks: begin anew. Nothing was changed, and the answer holds no more."
)
_TOO_MANY = f"A person has {MOST_KEYS} security keys at most: end one first. Nothing was changed."
_KNOWN = "This security key is entered already. Nothing was changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A key that was added."""

    key: SecurityKeyRow
    ended: int
    """Other sessions that it ended."""


def offer_key(
    store: Store, keys: SecurityKeys, session: LoggedOn, *, at_us: int | None = None
) -> dict[str, JsonValue]:
    """Give what a browser asks of a new security key; `add_key` takes the answer.

    Raises:
        QuestionError: no security keys are taken here.
        RowError: whoever asks logs on by the identity server.
    """
    keys.require_on()
    user, ref = session.caller.user, session.session.ref

    def work(unit: WriteUnit) -> tuple[str, str, list[SecurityKeyRow]]:
        require_password(credential(unit, user))
        known = keys_of(unit, user)
        handle = known[0].handle if len(known) > 0 else new_handle()
        challenge = new_challenge(
            unit,
            purpose=Purpose.ADD,
            user=user,
            session=ref,
            handle=handle,
            at_us=time_of(unit, at_us),
        )
        return challenge, handle, known

    challenge, handle, known = store.writing(work, name="offering a security key")
    return keys.to_add(challenge=challenge, handle=handle, user=user, known=known)


def challenge_to_prove(
    store: Store, keys: SecurityKeys, session: LoggedOn, *, at_us: int | None = None
) -> dict[str, JsonValue]:
    """Give what a browser asks of one's own security keys, to prove oneself in this session.

    Raises:
        QuestionError: no security keys are taken here.
    """
    keys.require_on()
    user, ref = session.caller.user, session.session.ref

    def work(unit: WriteUnit) -> tuple[str, list[SecurityKeyRow]]:
        now = time_of(unit, at_us)
        text = new_challenge(unit, purpose=Purpose.PROVE, user=user, session=ref, at_us=now)
        return text, keys_of(unit, user)

    challenge, known = store.writing(work, name="asking for a security key")
    return keys.to_prove(challenge=challenge, known=known)


def add_key(
    store: Store,
    hashing: Hashing,
    keys: SecurityKeys,
    session: LoggedOn,
    *,
    proof: Proof,
    name: str,
    attestation: Attestation,
    needs_code: bool,
    at_us: int | None = None,
) -> Added:
    """Add the security key that answered `offer_key`.

    Raises:
        QuestionError: no security keys are taken here.
        RightsError: the proof is wrong, or the account is locked.
        RowError: the key's answer is not right (nothing was counted), is entered already, is one
            too many, or whoever asks logs on by the identity server.
        StoreBusyError: too many passwords are being worked on; nothing was counted.
    """
    keys.require_on()
    row = _answered(store, keys, session, attestation, name=name, at_us=at_us)

    def change(
        unit: WriteUnit, kept: CredentialRow, _: str | None, now: int
    ) -> CredentialRow | str:
        own = keys_of(unit, kept.key)
        if len(unit.read(SECURITY_KEY, KeyParams(key=row.key))) > 0:
            return _KNOWN
        if len(own) >= MOST_KEYS:
            return _TOO_MANY
        # Two that were offered at once, the first ones, have a handle each: harmless to both.
        unit.insert_nodes("SecurityKey", [row.model_copy(update={"made_us": now}).model_dump()])
        return kept

    asked = Asked(
        session=session,
        proof=proof,
        needs_code=needs_code,
        keys=keys,
        at_us=at_us,
        action=NEW_KEYS,
        what=WHAT,
        outcome=f"security key {row.ref} added",
    )
    return Added(ended=proved_change(store, hashing, asked, change), key=row)


def end_own_key(
    store: Store,
    hashing: Hashing,
    keys: SecurityKeys,
    session: LoggedOn,
    *,
    proof: Proof,
    ref: str,
    needs_code: bool,
    at_us: int | None = None,
) -> int:
    """End one of one's own security keys and give how many other sessions that ended.

    Raises:
        NotFoundError: there is no such key; nothing was counted.
        RightsError: the proof is wrong, or the account is locked.
        RowError: the key was ended meanwhile.
        StoreBusyError: too many passwords are being worked on; nothing was counted.
    """
    user = session.caller.user
    store.reading(lambda unit: own_key(keys_of(unit, user), ref), name="finding a security key")

    def change(unit: WriteUnit, kept: CredentialRow, _: str | None, __: int) -> CredentialRow | str:
        found = [key for key in keys_of(unit, user) if key.ref == ref]
        if len(found) == 0:
            return "That security key was ended meanwhile. Nothing was changed."
        unit.run(END_KEY, KeyParams(key=found[0].key))
        return kept

    asked = Asked(
        session=session,
        proof=proof,
        needs_code=needs_code,
        keys=keys,
        at_us=at_us,
        action=NEW_KEYS,
        what=WHAT,
        outcome=f"security key {ref} ended",
    )
    return proved_change(store, hashing, asked, change)


def _answered(
    store: Store,
    keys: SecurityKeys,
    session: LoggedOn,
    attestation: Attestation,
    *,
    name: str,
    at_us: int | None,
) -> SecurityKeyRow:
    """Use the challenge up that a new key answers, and give the key as it is to be kept."""
    name = key_name(name)
    text = challenge_of(attestation.client_data)

    def take(unit: WriteUnit) -> ChallengeRow | None:
        return take_challenge(
            unit,
            text,
            purpose=Purpose.ADD,
            user=session.caller.user,
            session=session.session.ref,
            at_us=time_of(unit, at_us),
        )

    taken = store.writing(take, name="using a challenge")
    found = None if taken is None else keys.added(attestation, challenge=text or "")
    if taken is None or found is None:
        raise RowError(_NOT_ASKED)
    return _row(session, found, name=name, handle=taken.handle or "")


def _row(session: LoggedOn, found: NewKey, *, name: str, handle: str) -> SecurityKeyRow:
    return SecurityKeyRow(
        key=credential_digest(found.credential),
        ref=secrets.token_hex(16),
        user=session.caller.user,
        name=name,
        credential=found.credential,
        public_key=found.public_key,
        handle=handle,
        sign_count=found.sign_count,
        transports=list(found.transports) or None,
        made_us=0,
        used_us=None,
    )
