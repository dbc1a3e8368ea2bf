"""Refuses request bodies that are too large, before anything looks at them."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem
from api.middleware.depth import MOST, is_too_deep
from api.settings import ApiSettings

READ_AT = "crosstip.read_at"
"""In the scope: when the body was whole, seconds of the monotonic clock; not there before."""
_DRAIN_S = 5.0
_BODY_S = 15.0
_LEAST_RATE = 128 << 10
"""A body has so many seconds, and one more for each so many bytes that its route takes."""
_DRAIN_BYTES = 64 << 20
_FILES = ("/file", "/documents/table/proposal")
"""How the paths end to which files are posted."""
_UPLOADS = ("/documents", "/documents/table")
"""How the paths end to which documents are posted."""
_JSON = ("/documents/table", "/documents/table/proposal")
"""Those of them whose file stands in JSON."""
_TOO_DEEP = problem(
    HTTPStatus.UNPROCESSABLE_ENTITY,
    f"The request's body is nested more than {MOST} deep.",
    code="too-deep",
)


_TOO_SLOW = problem(
    HTTPStatus.REQUEST_TIMEOUT,
    "The request's body did not come in time. Nothing was done; send it again.",
    code="too-slow",
    headers={"Connection": "close"},
)


_FULL = problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "As many uploads as this takes at once are on their way. Send it again in a moment.",
    code="too-many-uploads",
    headers={"Retry-After": "5", "Connection": "close"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLimits:
    """How large bodies may be, bytes, and how many uploads are taken at once."""

    body: int
    file: int
    upload: int
    uploads: int

    @classmethod
    def of(cls, settings: ApiSettings) -> BodyLimits:
        """Give those of the settings."""
        return cls(
            body=settings.max_body_bytes,
            file=settings.max_file_bytes,
            upload=settings.max_upload_bytes,
            uploads=settings.max_uploads_at_once,
        )


class BodyLimit:
    """Reads the body up to its route's limit and hands it on in one piece, if not too nested."""

    def __init__(self, app: ASGIApp, *, limits: BodyLimits) -> None:
        self._app = app
        self._limits = limits
        self._uploads = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_post = scope["method"] == "POST"
        if not (is_post and scope["path"].endswith(_UPLOADS)):
            is_file = is_post and scope["path"].endswith(_FILES)
            most = self._limits.file if is_file else self._limits.body
            await self._bounded(scope, receive, send, most=most, is_file=is_file)
            return
        # One loop serves all requests of a process: nothing happens between look and count.
        if self._uploads >= self._limits.uploads:
            await _FULL(scope, receive, send)
            return
        self._uploads += 1
        try:
            await self._bounded(scope, receive, send, most=self._limits.upload, is_file=True)
        finally:
            self._uploads -= 1

    async def _bounded(
        self, scope: Scope, receive: Receive, send: Send, *, most: int, is_file: bool
    ) -> None:
        body = bytearray()
        more = True
        if _declared_length(scope) > most:
            await _refuse(most, scope, receive, send)
            return
        until = time.monotonic() + _BODY_S + most / _LEAST_RATE
        while more and len(body) <= most:
            try:
                message = await asyncio.wait_for(receive(), max(until - time.monotonic(), 0.0))
            except TimeoutError:
                # Whoever sends a byte now and then would keep everybody's places for ever.
                await _TOO_SLOW(scope, receive, send)
                return
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        if len(body) > most:
            await _refuse(most, scope, receive, send)
            return
        is_json = not is_file or scope["path"].endswith(_JSON)
        if is_json and is_too_deep(bytes(body)):
            await _TOO_DEEP(scope, receive, send)
            return
        whole: Message | None = {"type": "http.request", "body": bytes(body), "more_body": False}
        scope[READ_AT] = time.monotonic()
        # Held once from here on: an upload is as large as what is set for it.
        del body

        async def replay() -> Message:
            nonlocal whole
            if whole is None:
                return await receive()
            message, whole = whole, None
            return message

        await self._app(scope, replay, send)


async def _refuse(most: int, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer at once, take what is still on its way, and only then end the answer.

    Ending it closes the connection. Closed with bytes unread, TCP resets it, and the sender may
    lose the answer (RFC 9112, 9.6).
    """
    refusal = problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"The request's body has more than {most} bytes.",
        headers={"Connection": "close"},
    )

    async def send_and_drain(message: Message) -> None:
        if message["type"] != "http.response.body":
            await send(message)
            return
        await send({**message, "more_body": True})
        await _drain(receive)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    await refusal(scope, receive, send_and_drain)


async def _drain(receive: Receive) -> None:
    """Throw away the rest of a body, as far as time and size allow."""
    until = time.monotonic() + _DRAIN_S
    size = 0
    while size < _DRAIN_BYTES:
        try:
            message = await asyncio.wait_for(receive(), until - time.monotonic())
        except TimeoutError:
            return
        size += len(message.get("body", b""))
        if not message.get("more_body", False):
            return


def _declared_length(scope: Scope) -> int:
    """Give the length that the request states, 0 when it states none that is a number."""
    stated = [value for key, value in scope["headers"] if key == b"content-length"]
    return int(stated[0]) if len(stated) == 1 and stated[0].isdigit() else 0
