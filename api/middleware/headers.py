"""Headers that every response carries, errors too."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Answers are never stored, sniffed, framed or run (OWASP REST Security Cheat Sheet)."""
_POLICY = "Content-Security-Policy"


class SecurityHeaders:
    """Sets the headers on responses."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # The page of the description has a style sheet; everything else has nothing.
                policy = headers.get(_POLICY, SECURITY_HEADERS[_POLICY])
                headers.update({**SECURITY_HEADERS, _POLICY: policy})
            await send(message)

        await self._app(scope, receive, send_with_headers)
