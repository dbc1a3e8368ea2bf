"""Accounts and when they were last used."""

from __future__ import annotations

from graph.queries.core import Params, Query, Row
from graph.queries.people import PAGE


class UseParams(Params):
    """The key after which a page begins, how many are wanted, and the time."""

    after: str
    limit: int
    at_us: int


class UsedByParams(Params):
    """A user."""

    user: str


class UseRow(Row):
    """An account that something opens, and from when on disuse counts."""

    key: str
    from_us: int
    password_us: int | None
    counts_from_us: int | None
    warned_us: int | None
    locked_us: int | None
    seen_us: int | None
    service: bool
    """A program's: its keys end after 90 days by themselves."""
    subjects: int
    """By how many subjects identity servers mean it."""


class SeenRow(Row):
    """When the last session of a user was last used."""

    seen_us: int | None


ACCOUNT_USE = Query(
    name="disuse.accounts",
    doc="Accounts in service that a password or an identity server opens, and their last use. "
    "The newest session of a user is never deleted.",
    text="""
    MATCH (u:User)
    WHERE u.key > $after AND (u.until_us IS NULL OR u.until_us > $at_us)
    WITH u ORDER BY u.key LIMIT $limit
    OPTIONAL MATCH (c:Credential {key: u.key})
    OPTIONAL MATCH (b:Subject {user: u.key})
    WITH u, c, count(b) AS subjects
    OPTIONAL MATCH (s:Session {user: u.key})
    WITH u, c, subjects, max(s.seen_us) AS seen_us
    RETURN u.key AS key, u.from_us AS from_us, c.password_us AS password_us,
           c.counts_from_us AS counts_from_us, c.warned_us AS warned_us,
           c.locked_us AS locked_us, seen_us AS seen_us,
           coalesce(c.service, false) AS service, subjects AS subjects
    ORDER BY key LIMIT 1000
    """,
    params=UseParams,
    row=UseRow,
    max_rows=PAGE,
    public=False,
)

LAST_SEEN = Query(
    name="disuse.last_seen",
    doc="When a user's last session was last used.",
    text="MATCH (s:Session {user: $user}) RETURN max(s.seen_us) AS seen_us LIMIT 1",
    params=UsedByParams,
    row=SeenRow,
    max_rows=1,
    public=False,
)
