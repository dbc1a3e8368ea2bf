"""Refuses requests that are addressed to another host (DNS rebinding)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus

from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import problem

_HOST = re.compile(rb"(?:\[([0-9A-Fa-f:.]+)\]|([0-9A-Za-z._-]+))(?::[0-9]{0,5})?")
"""`uri-host [ ":" port ]` (RFC 9110, 7.2) as far as names and addresses of machines need it: no
user name, no path, no percent signs."""


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
        host = _HOST.fullmatch(named[0])
        if host is None:
            return False
        return (host[1] or host[2]).decode("ascii").lower() in self._allowed
