"""Notices as server-sent events (HTML Standard, 9.2), to whoever keeps the answer open.

No thread is held while nothing happens. An answer ends after some minutes, and the reader comes
again with the id of the last event; who is asking is found out anew then.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import anyio
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from api.conduct.cursors import cursor, place
from api.conduct.read_logs import read_log_of
from api.conduct.stream_counts import Streams
from api.schemas.conflicts import Notice
from api.schemas.wire import fields
from api.stores import StoreAccess
from graph.casework.caller import Caller
from graph.errors import CrosstipError
from graph.queries.notices import NoticeRow
from graph.services.callers import caller_of
from graph.services.notices import list_notices, places_since

LONGEST_S = 300.0
PAUSE_S = 2.0
BEAT_S = 20.0
"""Something is sent at least so often, so that nobody on the way takes it for dead."""
_BACK_US = 120_000_000
"""A notice is dated by when its deed began: one that took long comes up behind others."""
_AGAIN = b"retry: 3000\n\n"
_BEAT = b": nothing new\n\n"


@dataclass(slots=True, kw_only=True)
class NoticeStream:
    """One reader's notices, each at least once; a key that came before is the same notice."""

    app: FastAPI
    stores: StoreAccess
    caller: Caller
    since_us: int
    streams: Streams
    sent: set[str] = field(default_factory=set)
    """Keys of what was sent, and of what was there before."""

    async def events(self) -> AsyncIterator[bytes]:
        """Give events until the time is over, or until something goes wrong."""
        with self.streams.counted(self.caller.user):
            async for event in self._events():
                yield event

    async def _events(self) -> AsyncIterator[bytes]:
        yield _AGAIN
        beat_s = anyio.current_time() + BEAT_S
        until_s = anyio.current_time() + LONGEST_S
        while anyio.current_time() < until_s:
            try:
                rows = await run_in_threadpool(self._next)
            except CrosstipError:
                # The reader comes again, and is told then what is wrong.
                return
            for row in rows:
                yield _event(row)
            if len(rows) > 0:
                beat_s = anyio.current_time() + BEAT_S
            elif anyio.current_time() >= beat_s:
                beat_s = anyio.current_time() + BEAT_S
                yield _BEAT
            await anyio.sleep(PAUSE_S)

    def _next(self) -> list[NoticeRow]:
        """Give what is new, the oldest first; what is given is logged before."""
        with self.stores.use() as opened:
            caller = caller_of(opened.store, self.caller.user)
            places = places_since(caller, opened.store, since_us=self.since_us - _BACK_US)
            new = [place for place in places if place.key not in self.sent]
            if len(new) == 0:
                return []
            rows = list_notices(
                caller,
                opened.store,
                reads=read_log_of(self.app, opened.store),
                with_seen=True,
                before_us=new[-1].at_us + 1,
                limit=len(places),
            )
        wanted = {place.key for place in new}
        self.sent |= wanted
        self.since_us = max(self.since_us, new[-1].at_us)
        return [row for row in reversed(rows) if row.key in wanted]


def stream_of(
    app: FastAPI, stores: StoreAccess, caller: Caller, *, last: str, streams: Streams
) -> NoticeStream:
    """Give a reader's stream: after the event that they name, else from now on.

    Raises:
        QuestionError: what they name is no event.
        TooManyError: they read several already.
        StoreError: the store could not answer.
    """
    found = place(last, int, int, str)
    since_us = caller.as_of_us if found is None else int(found[0])
    sent = set() if found is None else {str(found[2])}
    if found is None:
        with stores.use() as opened:
            known = places_since(caller, opened.store, since_us=since_us - _BACK_US)
        sent = {row.key for row in known}
    return NoticeStream(
        app=app, stores=stores, caller=caller, since_us=since_us, sent=sent, streams=streams
    )


def _event(row: NoticeRow) -> bytes:
    name = cursor(row.at_us, row.number, row.key)
    said = Notice.model_validate(fields(row)).model_dump_json()
    return f"id: {name}\nevent: notification\ndata: {said}\n\n".encode()
