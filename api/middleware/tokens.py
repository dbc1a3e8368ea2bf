"""Refuses every request that does not carry the token, before its body is read."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from http import HTTPStatus

from pydantic import SecretStr
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import problem


class Tokens:
    """Lets through what carries the bearer token (RFC 6750, 2.1), and the open paths.

    Unknown paths need it too: without it nothing tells which routes there are.
    """

    def __init__(self, app: ASGIApp, *, token: SecretStr, open_paths: Iterable[str]) -> None:
        self._app = app
        self._digest = _digest(token.get_secret_value().encode("ascii"))
        self._open_paths = frozenset(open_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http" or scope["path"] in self._open_paths or self._has_token(scope):
            await self._app(scope, receive, send)
        else:
            refusal = problem(
                HTTPStatus.UNAUTHORIZED,
                "The access token is missing or wrong. Use the one that `crosstip up` printed.",
                headers={"WWW-Authenticate": "Bearer"},
            )
            await refusal(scope, receive, send)

    def _has_token(self, scope: Scope) -> bool:
        given = [value for key, value in scope["headers"] if key == b"authorization"]
        if len(given) != 1:
            return False
        scheme, _, token = given[0].partition(b" ")
        # Digests are compared, so that neither the length nor the first difference shows in time.
        return scheme.lower() == b"bearer" and secrets.compare_digest(_digest(token), self._digest)


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
