"""Serves the description and its page, where that is asked for; they hold nothing of the store."""

from __future__ import annotations

from functools import cache

from pydantic import JsonValue
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.docs_page import STYLE, page
from api.openapi import as_text

_POLICY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'"
}


class Docs:
    """Answers for the page, its style sheet and the description, without a log-on."""

    def __init__(self, app: ASGIApp, *, prefix: str, document: dict[str, JsonValue]) -> None:
        self._app = app
        self._page, self._style = f"{prefix}/docs", f"{prefix}/docs/style.css"
        self._paths = (self._page, self._style, f"{prefix}/openapi.json")
        self._document = document
        self._made = cache(self._make)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = None
        if scope["type"] == "http" and scope["method"] == "GET":
            found = self._made(scope["path"]) if scope["path"] in self._paths else None
        await (self._app if found is None else found)(scope, receive, send)

    def _make(self, path: str) -> Response:
        if path == self._page:
            said = page(self._document, style=self._style)
            return Response(said, headers=_POLICY, media_type="text/html")
        if path == self._style:
            return Response(STYLE, media_type="text/css")
        return Response(as_text(self._document), media_type="application/json")
