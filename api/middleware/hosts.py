"""Refuses requests that are addressed to another host (DNS rebinding)."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import problem


class Hosts:
    """Lets through what names one of the allowed hosts, with any port.

    A page of another site that had its name resolve to this machine still sends its own name in
    the Host header (RFC 9110, 7.2), which a browser does not let it change.
    """

    def __init__(self, app: ASGIApp, *, allowed: Iterable[str]) -> None:
        self._app = app
        self._allowed = frozenset(name.lower().strip("[]") for name in allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._is_allowed(scope):
            refusal = problem(
                HTTPStatus.MISDIRECTED_REQUEST,
                "The API does not answer under this host name. Use the address that it printed, "
                "or add the name to CROSSTIP_API_ALLOWED_HOSTS.",
            )
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_allowed(self, scope: Scope) -> bool:
        named = [value for key, value in scope["headers"] if key == b"host"]
        if len(named) != 1:
            return False
        try:
            host = urlsplit("//" + named[0].decode("ascii")).hostname
        except (UnicodeDecodeError, ValueError):
            return False
        return host is not None and host in self._allowed
