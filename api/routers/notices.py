"""Notices: what somebody is told, and those that could not be delivered."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce, Desk, asks, looks
from api.conduct.keys import OnceRoute
from api.conduct.stream_counts import streams_of
from api.deps import After, PageLimit, Ref, Stores
from api.schemas.common import one, page, some
from api.schemas.conflicts import (
    DeadLettersAnswer,
    NoticeAnswer,
    NoticeCount,
    NoticePage,
    RetriedAnswer,
)
from api.schemas.wire import wire
from api.streams import stream_of
from graph.casework.deeds import Deed
from graph.queries.notices import MINE, ONE, UNSEEN
from graph.queries.outbox import DEAD
from graph.services.notices import (
    FIRST,
    acknowledge_notice,
    count_unseen,
    list_dead,
    list_notices,
    retry,
)

router = APIRouter(tags=["notifications"], route_class=OnceRoute)
LastEvent = Annotated[
    str,
    Header(
        alias="Last-Event-ID",
        max_length=300,
        description="`id` of the last event that you have; from now on, when not given.",
    ),
]


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


@router.get("/notifications/count")
def notification_count(at: Annotated[Desk, looks(Deed.NOTICE_READ)]) -> NoticeCount:
    """How many of your notices nobody acknowledged. Asking is no sign of life of a session."""
    return one(NoticeCount, count_unseen(at.caller, at.store), at, query=UNSEEN.name)


@router.get(
    "/notifications/stream",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "Events."}},
)
def notification_stream(
    request: Request,
    at: Annotated[Desk, asks(Deed.NOTICE_READ)],
    stores: Stores,
    last: LastEvent = "",
) -> StreamingResponse:
    """Your notices as they come, as server-sent events; each at least once, its key says which."""
    streams = streams_of(request.app)
    stream = stream_of(request.app, stores, at.caller, last=last, streams=streams)
    streams.require_room(at.caller.user)
    return StreamingResponse(stream.events(), media_type="text/event-stream")


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
