"""Refuses what is too much at once, so that what was admitted stays fast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from http import HTTPStatus

from starlette.types import ASGIApp, Receive, Scope, Send

from api.conduct.askers import Askers
from api.conduct.turns import Turns
from api.errors import problem
from api.middleware.body_limit import READ_AT

CROWDED = "crosstip.crowded"
"""In the scope of what was refused: the figures tell it from a store that is away."""
_RETRY_S = 2
_RETRY_ONE_S = 1
_URGENT_MOST = 8
_SHARES = 4
"""One asker has a quarter of all places at most."""
_WAITING_SHARES = 8
"""Of one asker an eighth of all places waits for a turn at most; the other places stay others'."""


class Crowding:
    """Takes so many requests in, works on some of them, and answers 503 to more.

    Decided before anything is read or anybody is looked up, on the event loop, which is one
    thread. One asker (`Askers`) has a quarter of the places at most, of which half may wait
    for a turn, else 429; turns go round among those who wait. One program that asks without pause
    keeps nobody out, and whoever waits comes after one more of its turns. Open paths always get
    in; urgent ones have places of their own and wait for no turn.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        most: int,
        exempt: frozenset[str],
        is_urgent: Callable[[Scope], bool] = lambda _: False,
    ) -> None:
        self._app = app
        self._most = most
        self._share = max(most // _SHARES, 1)
        self._exempt = exempt
        self._is_urgent = is_urgent
        self._inside_of: Counter[str] = Counter()
        self._askers = Askers()
        self._inside = 0
        self._urgent = 0
        self._turns = Turns(most=max(most // 2, 1), each=max(most // _WAITING_SHARES, 1))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in self._exempt:
            await self._app(scope, receive, send)
        elif self._urgent < _URGENT_MOST and self._is_urgent(scope):
            self._urgent += 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._urgent -= 1
        elif self._inside >= self._most:
            await _refuse(scope, receive, send)
        else:
            await self._admit(scope, receive, send)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        asker = self._askers.of(scope)
        if self._inside_of[asker] >= self._share or not self._turns.has_room(asker):
            await _refuse_one(scope, receive, send)
            return
        self._inside += 1
        self._inside_of[asker] += 1
        try:
            await self._in_turn(asker, scope, receive, send)
        finally:
            self._inside -= 1
            self._inside_of[asker] -= 1
            if self._inside_of[asker] == 0:
                del self._inside_of[asker]

    async def _in_turn(self, asker: str, scope: Scope, receive: Receive, send: Send) -> None:
        began = await self._turns.take(asker)
        if began is None:
            await _refuse(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._askers.learn(scope)
            # How long a sender takes says nothing of how much is too much for this machine.
            self._turns.give_back(asker, scope.get(READ_AT))


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    scope[CROWDED] = True
    refusal = problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Too much is asked at once. Nothing was done; try again in a moment.",
        code="crowded",
        headers={"Retry-After": str(_RETRY_S)},
    )
    await refusal(scope, receive, send)


async def _refuse_one(scope: Scope, receive: Receive, send: Send) -> None:
    scope[CROWDED] = True
    refusal = problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        "You ask too much at once. Nothing was done; wait for answers before you ask for more.",
        code="too-many",
        headers={"Retry-After": str(_RETRY_ONE_S)},
    )
    await refusal(scope, receive, send)
