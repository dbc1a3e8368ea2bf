"""Notices as those whom they tell see them, and dead letters as those who look after them do."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.notice_places import unseen_range
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms
from graph.casework.vocabulary import UserRole
from graph.errors import NotFoundError
from graph.queries.notices import (
    MARK_READ,
    MARK_SEEN,
    MINE,
    ONE,
    SINCE,
    UNSEEN,
    MineParams,
    NoticeRow,
    OneNoticeParams,
    PlaceRow,
    ReadParams,
    SeenParams,
    SinceParams,
    UnseenParams,
    UnseenRow,
)
from graph.queries.outbox import DeadRow
from graph.services.acting import About, Seen, act, leaf, look, named, note
from graph.services.audit_reads import ReadLog
from graph.services.outbox import dead_letters, retry_dead
from graph.store import ReadUnit, Store, WriteUnit

PAGE = 1000
MOST_COUNTED = 100
"""More wait than anybody counts."""
_FAR_FUTURE_US = 1 << 62
FIRST = (_FAR_FUTURE_US, -1, "")
"""Where a list of notices begins: time, number and key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """How many notices wait for somebody."""

    unseen: int
    urgent: int
    newest_us: int | None
    is_more: bool
    """There are more than were counted."""


def list_notices(
    caller: Caller,
    store: Store,
    *,
    reads: ReadLog,
    with_seen: bool = False,
    before_us: int = _FAR_FUTURE_US,
    before_number: int = -1,
    before_key: str = "",
    limit: int = PAGE,
) -> tuple[NoticeRow, ...]:
    """Give the caller's notices, newest first, and note that they were shown.

    They begin before a time; with number and key of the last of a page, right after that one.

    Raises:
        RightsError: the caller does no casework.
    """
    params = MineParams(
        agency=agency_of(caller),
        user=caller.user,
        is_supervisor=UserRole.SUPERVISOR in caller.roles,
        with_seen=with_seen,
        before_us=before_us,
        before_number=before_number,
        before_key=before_key,
        limit=min(limit, PAGE),
    )

    def work(unit: ReadUnit) -> Seen[tuple[NoticeRow, ...]]:
        rows = tuple(
            row
            for row in unit.read(MINE, params)
            if confirms(caller, Deed.NOTICE_READ, resource=_record(row))
        )
        return Seen(answer=rows, outcome="listed", disclosed=tuple(row.key for row in rows))

    rows = look(caller, store, deed=Deed.NOTICE_READ, about=About(), reads=reads, work=work)
    if len(rows) > 0:
        shown = ReadParams(keys=[row.key for row in rows], user=caller.user)
        store.writing(lambda unit: unit.run(MARK_READ, shown), name="noting read notices")
    return rows


def places_since(caller: Caller, store: Store, *, since_us: int) -> list[PlaceRow]:
    """Give where the caller's notices since a time stand, the oldest first.

    For whoever waits for one: what is shown goes through `list_notices`, which logs it.
    """
    params = SinceParams(
        agency=agency_of(caller),
        user=caller.user,
        is_supervisor=UserRole.SUPERVISOR in caller.roles,
        since_us=since_us,
    )
    return store.read(SINCE, params)


def count_unseen(caller: Caller, store: Store) -> Unseen:
    """Count the caller's notices that nobody acknowledged: those that `list_notices` would show.

    For a page that looks every few seconds: it shows no record, so no leaf is written.
    """
    begin, end = unseen_range(agency_of(caller))
    params = UnseenParams(
        begin=begin,
        end=end,
        user=caller.user,
        is_supervisor=UserRole.SUPERVISOR in caller.roles,
        limit=MOST_COUNTED + 1,
    )
    rows = [
        row
        for row in store.read(UNSEEN, params)
        if confirms(caller, Deed.NOTICE_READ, resource=_record(row))
    ]
    counted = rows[:MOST_COUNTED]
    return Unseen(
        unseen=len(counted),
        urgent=sum(row.severity == "urgent" for row in counted),
        newest_us=max((row.at_us for row in counted), default=None),
        is_more=len(rows) > MOST_COUNTED,
    )


def acknowledge_notice(caller: Caller, store: Store, *, key: str) -> NoticeRow:
    """Say that a notice was taken note of. A conflict's own clock ends with its acknowledgement.

    Raises:
        RightsError: the caller does no casework.
        NotFoundError: there is no such notice of the caller's.
    """

    def work(unit: WriteUnit) -> NoticeRow:
        params = OneNoticeParams(
            agency=agency_of(caller),
            user=caller.user,
            is_supervisor=UserRole.SUPERVISOR in caller.roles,
            key=key,
        )
        rows = unit.read(ONE, params)
        deed = Deed.NOTICE_ACKNOWLEDGE
        if len(rows) == 0 or not confirms(caller, deed, resource=_record(rows[0])):
            raise NotFoundError("There is no such notice of yours.")
        seen = SeenParams(key=key, user=caller.user, at_us=caller.as_of_us)
        unit.run(MARK_SEEN, seen)
        about = About(object=key, investigation=rows[0].investigation)
        note(unit, caller, [leaf(caller, deed, about, outcome="acknowledged")])
        return unit.read(ONE, params)[0]

    about = About(object=named(key))
    return act(caller, store, deed=Deed.NOTICE_ACKNOWLEDGE, about=about, work=work)


def list_dead(caller: Caller, store: Store, *, reads: ReadLog) -> tuple[DeadRow, ...]:
    """Give mails that could not be delivered: of the caller's agency, to an operator of all.

    What is sealed to one supervisor is there for that one alone.

    Raises:
        RightsError: the caller neither supervises nor operates.
    """

    def work(unit: ReadUnit) -> Seen[tuple[DeadRow, ...]]:
        rows = dead_letters(unit, agency=agency_of(caller), user=caller.user)
        return Seen(answer=rows, outcome="listed", disclosed=tuple(row.key for row in rows))

    return look(caller, store, deed=Deed.NOTICE_DEAD, about=About(), reads=reads, work=work)


def retry(caller: Caller, store: Store, *, key: str = "") -> int:
    """Have dead letters tried again, all that the caller looks after where no key is named.

    Raises:
        RightsError: the caller neither supervises nor operates.
        NotFoundError: the one that was named is none that the caller looks after.
    """
    about = About(object=named(key))

    def work(unit: WriteUnit) -> int:
        total = retry_dead(
            unit, at_us=caller.as_of_us, agency=agency_of(caller), user=caller.user, key=key
        )
        if key != "" and total == 0:
            raise NotFoundError("There is no such dead letter that you look after.")
        note(unit, caller, [leaf(caller, Deed.NOTICE_DEAD, about, outcome=f"{total} retried")])
        return total

    return act(caller, store, deed=Deed.NOTICE_DEAD, about=about, work=work)


def _record(row: NoticeRow | UnseenRow) -> Resource:
    return Resource(owner=row.agency, addressed=frozenset(row.recipients))
