"""Finds out who asks before a body is read; who cannot be found out is refused."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from api.authentication import Authenticator
from api.callers import carry
from api.conduct.looks import is_look
from api.errors import answer_own, problem
from graph.errors import CrosstipError

Opening = tuple[str, str]
"""Method and path of a route that needs no log-on."""


class Callers:
    """Lets through whoever a bearer token (RFC 6750, 2.1) stands for, and the open routes.

    Unknown paths need it too: without it nothing tells which routes there are.
    """

    def __init__(
        self, app: ASGIApp, *, authenticator: Authenticator, open_routes: Iterable[Opening]
    ) -> None:
        self._app = app
        self._authenticator = authenticator
        self._open = frozenset(open_routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http" or (scope["method"], scope["path"]) in self._open:
            await self._app(scope, receive, send)
            return
        bearer = _bearer(scope)
        if bearer is None:
            await _REFUSAL(scope, receive, send)
            return
        address = scope["client"][0] if scope.get("client") else None
        try:
            identity = await run_in_threadpool(
                self._authenticator.identify, bearer, address, is_use=not is_look(scope)
            )
        except CrosstipError as error:
            await answer_own(error)(scope, receive, send)
            return
        carry(scope, identity)
        await self._app(scope, receive, send)


_REFUSAL = problem(
    HTTPStatus.UNAUTHORIZED,
    "Nobody is logged on. Log on with POST /v1/sessions, or use the token that `crosstip up` "
    "printed while nobody is entered in the store.",
    headers={"WWW-Authenticate": "Bearer"},
)


def _bearer(scope: Scope) -> bytes | None:
    """Give the token that the one header of its kind carries."""
    given = [value for key, value in scope["headers"] if key == b"authorization"]
    if len(given) != 1:
        return None
    scheme, _, token = given[0].partition(b" ")
    return bytes(token) if scheme.lower() == b"bearer" and len(token) > 0 else None
