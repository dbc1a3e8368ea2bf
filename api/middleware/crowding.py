"""Refuses what is too much at once, so that what was admitted stays fast."""

from __future__ import annotations

from http import HTTPStatus

from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import problem

CROWDED = "crosstip.crowded"
"""In the scope of what was refused: the figures tell it from a store that is away."""
_RETRY_S = 2


class Crowding:
    """Works on so many requests at once and answers 503 to more; open paths always get in.

    Without it requests pile up in front of the store, and everybody waits for the slowest. Counted
    on the event loop, which is one thread.
    """

    def __init__(self, app: ASGIApp, *, most: int, exempt: frozenset[str]) -> None:
        self._app = app
        self._most = most
        self._exempt = exempt
        self._now = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in self._exempt:
            await self._app(scope, receive, send)
            return
        if self._now >= self._most:
            scope[CROWDED] = True
            refusal = problem(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "Too much is asked at once. Nothing was done; try again in a moment.",
                code="crowded",
                headers={"Retry-After": str(_RETRY_S)},
            )
            await refusal(scope, receive, send)
            return
        self._now += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._now -= 1
