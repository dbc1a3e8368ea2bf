"""Credentials, and whom identity servers mean by a subject."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row

MOST_NONCES = 1000


class CredentialParams(Params):
    """Key of a credential: of its user."""

    key: str


class LockedParams(Params):
    """An agency whose users are meant; empty for those whom operators manage."""

    agency: str


class NonceParams(Params):
    """Digest of a nonce."""

    key: str


class LapsedParams(Params):
    """The time."""

    at_us: int


class CredentialRow(Row):
    """A credential, all of it. It never leaves the services of logging on."""

    key: str
    service: bool | None = None
    password: str | None = None
    password_us: int | None = None
    totp: str | None = None
    totp_step: int | None = None
    recovery: list[str] | None = None
    enrolment: str | None = None
    enrolment_until_us: int | None = None
    enrolment_by: str | None = None
    pending_totp: str | None = None
    pending_for: str | None = None
    failures: list[str] | None = None
    code_failures: list[str] | None = None
    failed_in_row: int | None = None
    locked_us: int | None = None
    locked_why: str | None = None
    counts_from_us: int | None = None
    warned_us: int | None = None
    version: int | None = None


class LockedRow(Row):
    """An account that is locked."""

    key: str
    locked_us: int
    locked_why: str | None


class SubjectRow(Row):
    """Whom an identity server means."""

    key: str
    user: str
    entered_by: str
    entered_us: int


class NonceRow(Row):
    """A nonce that waits."""

    key: str
    until_us: int


LOCK_CREDENTIAL = Query(
    name="credentials.lock",
    doc="Takes the write lock of a credential before it is read to decide.",
    text="MATCH (c:Credential {key: $key}) SET c.version = 1 + coalesce(c.version, 0)",
    params=CredentialParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

CREDENTIAL = Query(
    name="credentials.by_key",
    doc="A user's credential.",
    text="""
    MATCH (c:Credential {key: $key})
    RETURN c.key AS key, c.service AS service, c.password AS password,
           c.password_us AS password_us, c.totp AS totp, c.totp_step AS totp_step,
           c.recovery AS recovery, c.enrolment AS enrolment,
           c.enrolment_until_us AS enrolment_until_us, c.enrolment_by AS enrolment_by,
           c.pending_totp AS pending_totp, c.pending_for AS pending_for, c.failures AS failures,
           c.code_failures AS code_failures, c.failed_in_row AS failed_in_row,
           c.locked_us AS locked_us, c.locked_why AS locked_why,
           c.counts_from_us AS counts_from_us, c.warned_us AS warned_us, c.version AS version
    LIMIT 1
    """,
    params=CredentialParams,
    row=CredentialRow,
    max_rows=1,
    public=False,
)

LOCKED_OF = Query(
    name="credentials.locked_of",
    doc="Accounts of an agency, or of those whom operators manage, that are locked.",
    text="""
    MATCH (u:User)
    WHERE coalesce(u.agency, '') = $agency
       OR ($agency = '' AND 'agency administrator' IN u.roles)
    MATCH (c:Credential {key: u.key})
    WHERE c.locked_us IS NOT NULL
    RETURN c.key AS key, c.locked_us AS locked_us, c.locked_why AS locked_why
    ORDER BY key LIMIT 1000
    """,
    params=LockedParams,
    row=LockedRow,
    public=False,
)

SUBJECT = Query(
    name="credentials.subject",
    doc="Whom an identity server means by a subject.",
    text="""
    MATCH (s:Subject {key: $key})
    RETURN s.key AS key, s.user AS user, s.entered_by AS entered_by, s.entered_us AS entered_us
    LIMIT 1
    """,
    params=CredentialParams,
    row=SubjectRow,
    max_rows=1,
    public=False,
)

NONCE = Query(
    name="credentials.nonce",
    doc="A nonce that waits to be used.",
    text="MATCH (n:Nonce {key: $key}) RETURN n.key AS key, n.until_us AS until_us LIMIT 1",
    params=NonceParams,
    row=NonceRow,
    max_rows=1,
    public=False,
)

LOCK_NONCE = Query(
    name="credentials.lock_nonce",
    doc="Takes the write lock of a nonce before it is read to decide.",
    text="MATCH (n:Nonce {key: $key}) SET n.until_us = n.until_us",
    params=NonceParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

USE_NONCE = Query(
    name="credentials.use_nonce",
    doc="Deletes a nonce: it is used once.",
    text="MATCH (n:Nonce {key: $key}) DETACH DELETE n",
    params=NonceParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

FORGET_NONCES = Query(
    name="credentials.forget_nonces",
    doc="Deletes nonces that nobody used in time.",
    text="""
    MATCH (n:Nonce)
    WHERE n.until_us < $at_us
    WITH n ORDER BY n.key LIMIT 1000
    DETACH DELETE n
    """,
    params=LapsedParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
