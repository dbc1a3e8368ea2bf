"""Compresses answers that repeat nothing of what was asked."""

from __future__ import annotations

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

_LEAST_BYTES = 1024


class Compression:
    """Compresses answers to GET, as far as the asker takes it.

    Answers to other methods go as they are: they repeat what a body said beside what is secret, so
    that their compressed length would tell of it (BREACH, 2013), and those of checks are filled to
    full lengths, which compression would undo.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._compressing = GZipMiddleware(app, minimum_size=_LEAST_BYTES, compresslevel=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_read = scope["type"] == "http" and scope["method"] == "GET"
        await (self._compressing if is_read else self._app)(scope, receive, send)
