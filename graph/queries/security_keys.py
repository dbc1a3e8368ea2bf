"""Security keys, and the challenges that they answer."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row

MOST_KEYS = 10
"""Keys of one user."""


class KeyParams(Params):
    """Digest of a credential id, or of a challenge."""

    key: str


class KeysOfParams(Params):
    """A user."""

    user: str


class LapsedChallengesParams(Params):
    """The time."""

    at_us: int


class SecurityKeyRow(Row):
    """A security key, all of it. Credential id and public key never leave what logs people on."""

    key: str
    ref: str
    user: str
    name: str
    credential: str
    public_key: str
    handle: str
    sign_count: int
    transports: list[str] | None
    made_us: int
    used_us: int | None


class KeyLineRow(Row):
    """A security key as it is listed."""

    ref: str
    name: str
    transports: list[str] | None
    made_us: int
    used_us: int | None


class ChallengeRow(Row):
    """A challenge that waits."""

    key: str
    purpose: str
    user: str
    session: str | None
    handle: str | None
    until_us: int


SECURITY_KEY = Query(
    name="security_keys.by_key",
    doc="A security key by the digest of its credential id.",
    text="""
    MATCH (k:SecurityKey {key: $key})
    RETURN k.key AS key, k.ref AS ref, k.user AS user, k.name AS name,
           k.credential AS credential, k.public_key AS public_key, k.handle AS handle,
           k.sign_count AS sign_count, k.transports AS transports, k.made_us AS made_us,
           k.used_us AS used_us
    LIMIT 1
    """,
    params=KeyParams,
    row=SecurityKeyRow,
    max_rows=1,
    public=False,
)

KEYS_OF = Query(
    name="security_keys.of_user",
    doc="A user's security keys, first one first.",
    text="""
    MATCH (k:SecurityKey {user: $user})
    RETURN k.key AS key, k.ref AS ref, k.user AS user, k.name AS name,
           k.credential AS credential, k.public_key AS public_key, k.handle AS handle,
           k.sign_count AS sign_count, k.transports AS transports, k.made_us AS made_us,
           k.used_us AS used_us
    ORDER BY made_us, key LIMIT 10
    """,
    params=KeysOfParams,
    row=SecurityKeyRow,
    max_rows=MOST_KEYS,
    public=False,
)

KEY_LINES_OF = Query(
    name="security_keys.lines_of_user",
    doc="A user's security keys as they are listed, first one first.",
    text="""
    MATCH (k:SecurityKey {user: $user})
    RETURN k.ref AS ref, k.name AS name, k.transports AS transports, k.made_us AS made_us,
           k.used_us AS used_us
    ORDER BY made_us, k.key LIMIT 10
    """,
    params=KeysOfParams,
    row=KeyLineRow,
    max_rows=MOST_KEYS,
    public=False,
)

END_KEY = Query(
    name="security_keys.end",
    doc="Deletes a security key.",
    text="MATCH (k:SecurityKey {key: $key}) DETACH DELETE k",
    params=KeyParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

LOCK_CHALLENGE = Query(
    name="security_keys.lock_challenge",
    doc="Takes the write lock of a challenge before it is read to decide.",
    text="MATCH (c:KeyChallenge {key: $key}) SET c.until_us = c.until_us",
    params=KeyParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

CHALLENGE = Query(
    name="security_keys.challenge",
    doc="A challenge that waits to be answered.",
    text="""
    MATCH (c:KeyChallenge {key: $key})
    RETURN c.key AS key, c.purpose AS purpose, c.user AS user, c.session AS session,
           c.handle AS handle, c.until_us AS until_us
    LIMIT 1
    """,
    params=KeyParams,
    row=ChallengeRow,
    max_rows=1,
    public=False,
)

USE_CHALLENGE = Query(
    name="security_keys.use_challenge",
    doc="Deletes a challenge: it is answered once.",
    text="MATCH (c:KeyChallenge {key: $key}) DETACH DELETE c",
    params=KeyParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

FORGET_CHALLENGES = Query(
    name="security_keys.forget_challenges",
    doc="Deletes challenges that nobody answered in time.",
    text="""
    MATCH (c:KeyChallenge)
    WHERE c.until_us < $at_us
    WITH c ORDER BY c.key LIMIT 1000
    DETACH DELETE c
    """,
    params=LapsedChallengesParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
