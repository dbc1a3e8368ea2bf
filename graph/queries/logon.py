"""Sessions: made, found by the digest of their token, ended."""

from __future__ import annotations

from graph.queries.core import Mode, NoParams, Params, Query, Row

MOST_SESSIONS = 1000


class SessionParams(Params):
    """Digest of a session's token."""

    key: str


class TouchParams(Params):
    """A session, and when it was used."""

    key: str
    at_us: int


class EndParams(Params):
    """A session, when it ended and how."""

    key: str
    at_us: int
    why: str


class UserSessionsParams(Params):
    """A user, and the time."""

    user: str
    at_us: int


class StoreTimeRow(Row):
    """What the store's clock says, microseconds since 1970 UTC."""

    store_us: int


class SessionRow(Row):
    """A session, all that is known of it."""

    key: str
    ref: str
    user: str
    how: str
    banner: str | None
    made_us: int
    seen_us: int
    ends_us: int
    ended_us: int | None
    ended_why: str | None


class TimedSessionRow(SessionRow):
    """A session, and what the store's clock says."""

    store_us: int


STORE_TIME = Query(
    name="logon.store_time",
    doc="The store's own clock: hosts of the API may differ from each other (CVE-2020-8890).",
    text="RETURN 1000 * timestamp() AS store_us LIMIT 1",
    params=NoParams,
    row=StoreTimeRow,
    max_rows=1,
    public=False,
)

SESSION_BY_KEY = Query(
    name="logon.session",
    doc="A session by the digest of its token, and the store's time.",
    text="""
    MATCH (s:Session {key: $key})
    RETURN s.key AS key, s.ref AS ref, s.user AS user, s.how AS how, s.banner AS banner,
           s.made_us AS made_us, s.seen_us AS seen_us, s.ends_us AS ends_us,
           s.ended_us AS ended_us, s.ended_why AS ended_why, 1000 * timestamp() AS store_us
    LIMIT 1
    """,
    params=SessionParams,
    row=TimedSessionRow,
    max_rows=1,
    public=False,
)

SESSIONS_OF = Query(
    name="logon.sessions_of",
    doc="Sessions of a user that have not ended, last one first.",
    text="""
    MATCH (s:Session {user: $user})
    WHERE s.ended_us IS NULL AND s.ends_us > $at_us
    RETURN s.key AS key, s.ref AS ref, s.user AS user, s.how AS how, s.banner AS banner,
           s.made_us AS made_us, s.seen_us AS seen_us, s.ends_us AS ends_us,
           s.ended_us AS ended_us, s.ended_why AS ended_why
    ORDER BY made_us DESC, key LIMIT 1000
    """,
    params=UserSessionsParams,
    row=SessionRow,
    max_rows=MOST_SESSIONS,
    public=False,
)

TOUCH_SESSION = Query(
    name="logon.touch_session",
    doc="Notes that a session was used; one that was ended meanwhile stays ended.",
    text="""
    MATCH (s:Session {key: $key})
    WHERE s.ended_us IS NULL AND s.seen_us < $at_us
    SET s.seen_us = $at_us
    """,
    params=TouchParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

END_SESSION = Query(
    name="logon.end_session",
    doc="Ends a session that has not ended.",
    text="""
    MATCH (s:Session {key: $key})
    WHERE s.ended_us IS NULL
    SET s.ended_us = $at_us, s.ended_why = $why
    """,
    params=EndParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

FORGET_SESSIONS = Query(
    name="logon.forget_sessions",
    doc="Deletes sessions of a user that were over before a time.",
    text="""
    MATCH (s:Session {user: $user})
    WHERE s.ends_us < $at_us
    WITH s ORDER BY s.key LIMIT 1000
    DETACH DELETE s
    """,
    params=UserSessionsParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
