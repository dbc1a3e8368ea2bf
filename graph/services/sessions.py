"""Sessions: who a token stands for, until when, and how that ends.

Idle for 30 minutes ends a session, 12 hours end it whatever happens (CJIS AC-11, IA-5 j). Both are
counted by the store's clock, so that hosts whose clocks differ agree. The account is looked at
anew for every request: ended, unproved or of an agency that is gone, it has no session.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.clock import iso, now_us
from graph.errors import LogOnError, RightsError
from graph.logon.tokens import Fresh, digest_of, is_session, session_token
from graph.queries.core import NoParams
from graph.queries.logon import (
    END_SESSION,
    FORGET_SESSIONS,
    SESSION_BY_KEY,
    SESSIONS_OF,
    STORE_TIME,
    TOUCH_SESSION,
    EndParams,
    SessionParams,
    SessionRow,
    TouchParams,
    UserSessionsParams,
)
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.callers import caller_in
from graph.store import ReadUnit, Store, WriteUnit

MINUTE_US = 60_000_000
IDLE_US = 30 * MINUTE_US
LONGEST_US = 12 * 60 * MINUTE_US
KEPT_US = 30 * 24 * 60 * MINUTE_US
"""An ended session is kept this long."""
MADE, ENDED = "session.made", "session.ended"
_AGAIN = "Log on again."


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedOn:
    """A session that holds, and the caller that it stands for."""

    session: SessionRow
    caller: Caller

    @property
    def idle_ends_us(self) -> int:
        """When it ends if nothing more is asked, by the store's clock."""
        return min(self.session.seen_us + IDLE_US, self.session.ends_us)


def store_now_us(unit: ReadUnit) -> int:
    """Give the store's own time."""
    return unit.read(STORE_TIME, NoParams())[0].store_us


def make_session(
    store: Store, user: str, *, how: str, banner: str | None = None, at_us: int | None = None
) -> Fresh:
    """Give the token of a new session of a user who has proved who they are.

    Raises:
        RightsError: the account is not in service.
        StoreError: the store could not do it.
    """
    fresh = session_token()
    store.writing(
        lambda unit: begin_session(unit, fresh, user=user, how=how, banner=banner, at_us=at_us),
        name="making a session",
    )
    return fresh


def begin_session(
    unit: WriteUnit,
    fresh: Fresh,
    *,
    user: str,
    how: str,
    banner: str | None = None,
    at_us: int | None = None,
) -> SessionRow:
    """Write a session with its leaf; errors as `make_session`."""
    now = store_now_us(unit) if at_us is None else at_us
    caller = caller_in(unit, user, now)
    row = SessionRow(
        key=fresh.digest,
        ref=fresh.ref,
        user=caller.user,
        how=how,
        banner=banner,
        made_us=now,
        seen_us=now,
        ends_us=now + LONGEST_US,
        ended_us=None,
        ended_why=None,
    )
    unit.run(FORGET_SESSIONS, UserSessionsParams(user=caller.user, at_us=now - KEPT_US))
    unit.insert_nodes("Session", [row.model_dump()])
    _note(unit, caller, MADE, row.ref, outcome=f"logged on by {how}", at_us=now)
    return row


def logged_on(
    store: Store, token: str, *, is_use: bool = True, at_us: int | None = None
) -> LoggedOn:
    """Give the session of a token and the caller that it stands for, and note that it was used.

    What a page asks by itself is no use of it.

    Raises:
        LogOnError: there is no such session, it has ended, or its account is out of service.
        StoreError: the store could not answer; nobody may do anything then.
    """
    if not is_session(token):
        raise LogOnError(f"That is no session of this installation. {_AGAIN}")
    key = digest_of(token)
    found = store.reading(lambda unit: _found(unit, key, at_us), name="resolving a session")
    now = at_us if at_us is not None else found[1]
    session = found[0].session
    if is_use and now - session.seen_us >= MINUTE_US:
        used = TouchParams(key=key, at_us=now)
        store.writing(lambda unit: unit.run(TOUCH_SESSION, used), name="using a session")
    return found[0]


def end_session(store: Store, session: LoggedOn, *, at_us: int | None = None) -> None:
    """End a session: its user logs out."""

    def work(unit: WriteUnit) -> None:
        now = store_now_us(unit) if at_us is None else at_us
        _end(unit, session.caller, session.session, why="logged out", at_us=now)

    store.writing(work, name="ending a session")


def end_all_sessions(store: Store, caller: Caller, *, at_us: int | None = None) -> int:
    """End all sessions of the caller, the present one too, and give how many there were."""

    def work(unit: WriteUnit) -> int:
        now = store_now_us(unit) if at_us is None else at_us
        return end_sessions_of(unit, caller, caller.user, why="ended all sessions", at_us=now)

    return store.writing(work, name="ending all sessions")


def end_sessions_of(unit: WriteUnit, caller: Caller, user: str, *, why: str, at_us: int) -> int:
    """End the sessions of a user on behalf of a caller, with a leaf each, and give how many."""
    ended = 0
    # A page at a time: those that were ended are no longer among them.
    while len(rows := unit.read(SESSIONS_OF, UserSessionsParams(user=user, at_us=at_us))) > 0:
        for row in rows:
            _end(unit, caller, row, why=why, at_us=at_us)
        ended += len(rows)
    return ended


def end_other_sessions(unit: WriteUnit, present: LoggedOn, *, why: str, at_us: int) -> int:
    """End the sessions of a user but the present one, and give how many there were."""
    ended = 0
    user = UserSessionsParams(user=present.caller.user, at_us=at_us)
    while True:
        rows = [row for row in unit.read(SESSIONS_OF, user) if row.key != present.session.key]
        if len(rows) == 0:
            return ended
        for row in rows:
            _end(unit, present.caller, row, why=why, at_us=at_us)
        ended += len(rows)


def sessions_of(store: Store, user: str, *, at_us: int | None = None) -> tuple[SessionRow, ...]:
    """Give a user's sessions that have not ended, last one first."""

    def work(unit: ReadUnit) -> tuple[SessionRow, ...]:
        now = store_now_us(unit) if at_us is None else at_us
        return tuple(unit.read(SESSIONS_OF, UserSessionsParams(user=user, at_us=now)))

    return store.reading(work, name="listing sessions")


def _found(unit: ReadUnit, key: str, at_us: int | None) -> tuple[LoggedOn, int]:
    rows = unit.read(SESSION_BY_KEY, SessionParams(key=key))
    if len(rows) == 0:
        raise LogOnError(f"That is no session of this installation. {_AGAIN}")
    timed = rows[0]
    now = timed.store_us if at_us is None else at_us
    row = SessionRow.model_validate(timed.model_dump(exclude={"store_us"}))
    why = _why_over(row, now)
    if why is not None:
        raise LogOnError(f"This session {why}. {_AGAIN}")
    try:
        caller = caller_in(unit, row.user, now_us() if at_us is None else at_us)
    except RightsError as error:
        raise LogOnError(str(error)) from error
    return LoggedOn(session=row, caller=caller), timed.store_us


def _why_over(row: SessionRow, at_us: int) -> str | None:
    if row.ended_us is not None:
        return f"was ended at {iso(row.ended_us)} ({row.ended_why})"
    if at_us >= row.ends_us:
        return f"ended after {LONGEST_US // MINUTE_US // 60} hours"
    if at_us >= row.seen_us + IDLE_US:
        return f"ended after {IDLE_US // MINUTE_US} minutes without use"
    return None


def _end(unit: WriteUnit, caller: Caller, row: SessionRow, *, why: str, at_us: int) -> None:
    unit.run(END_SESSION, EndParams(key=row.key, at_us=at_us, why=why))
    _note(unit, caller, ENDED, row.ref, outcome=why, at_us=at_us)


def _note(
    unit: WriteUnit, caller: Caller, action: str, ref: str, *, outcome: str, at_us: int
) -> None:
    leaf = Leaf(action=action, object=ref, outcome=outcome, agency=caller.agency)
    add_leaves(unit, [leaf], actor=caller.user, at_us=at_us)
