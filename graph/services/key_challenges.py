"""Challenges that security keys sign: kept in the store, bound to who asked for what, used once."""

from __future__ import annotations

import secrets
from enum import StrEnum

from graph.logon.key_answers import to_text
from graph.logon.tokens import digest_of
from graph.queries.security_keys import (
    CHALLENGE,
    FORGET_CHALLENGES,
    KEYS_OF,
    LOCK_CHALLENGE,
    USE_CHALLENGE,
    ChallengeRow,
    KeyParams,
    KeysOfParams,
    LapsedChallengesParams,
    SecurityKeyRow,
)
from graph.services.sessions import MINUTE_US
from graph.store import ReadUnit, WriteUnit

CHALLENGE_US = 5 * MINUTE_US
"""How long somebody may take with the key in hand (WebAuthn, 15.1: five minutes at least)."""
_BYTES = 32


class Purpose(StrEnum):
    """What a challenge is for: the answer to one is none to another."""

    LOG_ON = "log on"
    PROVE = "prove"
    ADD = "add"


def new_challenge(
    unit: WriteUnit,
    *,
    purpose: Purpose,
    user: str,
    session: str | None,
    at_us: int,
    handle: str | None = None,
) -> str:
    """Give a challenge, base64url; it holds for five minutes, once, for this user and session."""
    text = to_text(secrets.token_bytes(_BYTES))
    row = ChallengeRow(
        key=digest_of(text),
        purpose=purpose.value,
        user=user,
        session=session,
        handle=handle,
        until_us=at_us + CHALLENGE_US,
    )
    unit.run(FORGET_CHALLENGES, LapsedChallengesParams(at_us=at_us))
    unit.insert_nodes("KeyChallenge", [row.model_dump()])
    return text


def take_challenge(
    unit: WriteUnit,
    text: str | None,
    *,
    purpose: Purpose,
    user: str,
    session: str | None,
    at_us: int,
) -> ChallengeRow | None:
    """Use a challenge up, whatever comes of it, and give it; None where it is not this one's.

    Of two who take it at once the second finds nothing: it is read under its write lock.
    """
    if text is None:
        return None
    params = KeyParams(key=digest_of(text))
    unit.run(LOCK_CHALLENGE, params)
    found = unit.read(CHALLENGE, params)
    unit.run(USE_CHALLENGE, params)
    if len(found) == 0 or at_us >= found[0].until_us:
        return None
    row = found[0]
    is_bound = (row.purpose, row.user, row.session) == (purpose.value, user, session)
    return row if is_bound else None


def keys_of(unit: ReadUnit, user: str) -> list[SecurityKeyRow]:
    """Give a user's security keys, first one first."""
    return unit.read(KEYS_OF, KeysOfParams(user=user))


def new_handle() -> str:
    """Give what names a user to their keys: random, as it must say nothing (WebAuthn, 14.6.1)."""
    return to_text(secrets.token_bytes(_BYTES))
