"""Notices: what somebody is told, and those that could not be delivered."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.deps import After, PageLimit, Ref
from api.schemas.common import one, page, some
from api.schemas.conflicts import DeadLettersAnswer, NoticeAnswer, NoticePage, RetriedAnswer
from api.schemas.wire import wire
from graph.queries.notices import MINE, ONE
from graph.queries.outbox import DEAD
from graph.services.notices import FIRST, acknowledge_notice, list_dead, list_notices, retry

router = APIRouter(tags=["notifications"], route_class=OnceRoute)


@router.get("/notifications")
def notifications(
    at: At,
    *,
    with_seen: Annotated[bool, Query(description="Acknowledged ones as well.")] = False,
    after: After = "",
    limit: PageLimit = 50,
) -> NoticePage:
    """Your notices, newest first."""
    found = place(after, int, int, str)
    at_us, number, key = found if found is not None else FIRST
    rows = list_notices(
        at.caller,
        at.store,
        reads=at.reads,
        with_seen=with_seen,
        before_us=int(at_us),
        before_number=int(number),
        before_key=str(key),
        limit=limit,
    )
    following = None
    if len(rows) == limit:
        following = cursor(rows[-1].at_us, rows[-1].number, rows[-1].key)
    return page(NoticePage, rows, at, query=MINE.name, next_after=following)


@router.post("/notifications/{notification}/acknowledge")
def acknowledge_notification(at: AtOnce, notification: Ref) -> NoticeAnswer:
    """Say that you took note. A conflict's clock ends with its own acknowledgement."""
    row = acknowledge_notice(at.caller, at.store, key=notification)
    return one(NoticeAnswer, row, at, query=ONE.name)


@router.get("/notifications/dead")
def dead_letters(at: At) -> DeadLettersAnswer:
    """Notices that could not be delivered: your agency's, to an operator all."""
    rows = list_dead(at.caller, at.store, reads=at.reads)
    return some(DeadLettersAnswer, at, query=DEAD.name, items=wire(rows))


@router.post("/notifications/dead/retry")
def retry_dead_letters(at: AtOnce) -> RetriedAnswer:
    """Have everything that could not be delivered tried again."""
    return some(RetriedAnswer, at, query=DEAD.name, retried=retry(at.caller, at.store))
