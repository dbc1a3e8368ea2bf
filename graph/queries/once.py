"""Requests that are done once: reserved, marked where their change is committed, answered."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.scope import AsOf


class OnceKeyParams(Params):
    """Key of a reservation."""

    key: str


class HeldParams(Params):
    """A reservation, and the request that has it."""

    key: str
    holder: str


class DoneParams(HeldParams):
    """When the change of a request was committed."""

    at_us: int


class KeepParams(HeldParams):
    """The answer of a request."""

    status: int
    answer: str
    etag: str | None


class OnceRow(Row):
    """A reservation."""

    key: str
    holder: str
    fingerprint: str
    until_us: int
    done_us: int | None
    status: int | None
    answer: str | None
    etag: str | None
    expires_us: int


class HolderRow(Row):
    """The request that has a reservation."""

    holder: str


LOCK = Query(
    name="once.lock",
    doc="Takes the write lock of a reservation before it is read to decide.",
    text="MATCH (o:Once {key: $key}) SET o.until_us = o.until_us",
    params=OnceKeyParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

ONCE = Query(
    name="once.one",
    doc="A reservation.",
    text="""
    MATCH (o:Once {key: $key})
    RETURN o.key AS key, o.holder AS holder, o.fingerprint AS fingerprint, o.until_us AS until_us,
           o.done_us AS done_us, o.status AS status, o.answer AS answer, o.etag AS etag,
           o.expires_us AS expires_us
    LIMIT 1
    """,
    params=OnceKeyParams,
    row=OnceRow,
    max_rows=1,
    public=False,
)

MARK_DONE = Query(
    name="once.mark_done",
    doc="Notes in a change's own transaction that it was made.",
    text="""
    MATCH (o:Once {key: $key})
    WHERE o.holder = $holder
    SET o.done_us = coalesce(o.done_us, $at_us)
    RETURN o.holder AS holder
    """,
    params=DoneParams,
    row=HolderRow,
    mode=Mode.WRITE,
    public=False,
)

KEEP = Query(
    name="once.keep",
    doc="Keeps the answer of a request, to be given again.",
    text="""
    MATCH (o:Once {key: $key})
    WHERE o.holder = $holder
    SET o.status = $status, o.answer = $answer, o.etag = $etag
    """,
    params=KeepParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

RELEASE = Query(
    name="once.release",
    doc="Gives a reservation back under which nothing was changed.",
    text="MATCH (o:Once {key: $key}) WHERE o.holder = $holder AND o.done_us IS NULL DELETE o",
    params=HeldParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

FORGET = Query(
    name="once.forget",
    doc="Deletes reservations whose day is over.",
    text="""
    MATCH (o:Once)
    WHERE o.expires_us <= $now_us
    WITH o ORDER BY o.expires_us LIMIT 500
    DELETE o
    """,
    params=AsOf,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
