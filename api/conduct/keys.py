"""The Idempotency-Key of a request: read, and its answer kept or given again.

Rule: draft-ietf-httpapi-idempotency-key-header-07.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, TypeAlias

from fastapi import Depends, FastAPI, Header, Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from graph.clock import now_us
from graph.errors import StoreError
from graph.services.once import Given, Reserved, forget_answers
from graph.store import Store

_LOG = logging.getLogger("crosstip.api")
_FORGET_EVERY_S = 600.0
_Handler: TypeAlias = Callable[[Request], Coroutine[Any, Any, Response]]
KeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="A name of your own for this request, such as a random UUID. Sent again within "
        "a day it is not done again but answered as the first time. Nobody else can meet it.",
        examples=["5f0c9a52-5b7e-4f2e-9f0e-6f6f3c1f6a10"],
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The asker's own key of a request, and what the request is."""

    named: str
    fingerprint: str


class Replayed(Exception):  # noqa: N818 - no error: an answer that is there already
    """The request was answered before."""

    def __init__(self, given: Given) -> None:
        """Keep the answer."""
        super().__init__("answered before")
        self.given = given


async def _key(request: Request, key: KeyHeader = None) -> Key | None:
    if key is None:
        return None
    digest = hashlib.sha256()
    for part in (request.method, request.url.path, request.url.query):
        digest.update(part.encode() + b"\0")
    digest.update(await request.body())
    return Key(named=key, fingerprint=digest.hexdigest())


OnceKey = Annotated[Key | None, Depends(_key)]


def handle_replayed(_: Request, error: Exception) -> Response:
    """Give the answer that a request had when it came first."""
    if not isinstance(error, Replayed):
        raise error
    headers = {"Idempotent-Replayed": "true"}
    if error.given.etag is not None:
        headers["ETag"] = error.given.etag
    return Response(
        error.given.answer,
        status_code=error.given.status,
        headers=headers,
        media_type="application/json",
    )


class OnceRoute(APIRoute):
    """A route that keeps its answer under the request's key."""

    def get_route_handler(self) -> _Handler:
        """Give the handler, with the keeping around it."""
        handle = super().get_route_handler()

        async def kept(request: Request) -> Response:
            response = await handle(request)
            reserved = getattr(request.state, "reserved", None)
            if reserved is not None and response.status_code < HTTPStatus.BAD_REQUEST:
                await run_in_threadpool(_keep, reserved[0], reserved[1], response)
            return response

        return kept


def forget_sometimes(app: FastAPI, store: Store) -> None:
    """Delete answers whose day is over, in this process every ten minutes at most."""
    now_s = time.monotonic()
    if now_s < getattr(app.state, "forget_at_s", 0.0):
        return
    app.state.forget_at_s = now_s + _FORGET_EVERY_S
    forget_answers(store, at_us=now_us())


def _keep(reserved: Reserved, store: Store, response: Response) -> None:
    """Keep the answer; without it a repetition is told that it was done."""
    try:
        reserved.keep(
            store,
            status=response.status_code,
            answer=bytes(response.body).decode(),
            etag=response.headers.get("ETag"),
        )
    except StoreError as error:
        _LOG.warning("an answer could not be kept for its key: %s", type(error).__name__)
