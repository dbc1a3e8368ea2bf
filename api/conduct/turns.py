"""Whose turn it is: few requests are worked on at once, some wait a moment, the rest is told.

Work that is begun for everybody at once is finished for nobody: on two processors fifty requests
take fifty times as long as one. How many is right depends on machine and store, so it is found by
trying, as TCP does (additive increase, multiplicative decrease; D. Chiu and R. Jain, 1989).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import anyio

WAIT_S = 0.5
"""A turn that did not come by then does not come: whoever asks is told to try again."""
SLOW_S = 0.7
"""Work that takes longer while others wait says that too much is begun at once."""
_FEWEST, _FIRST = 4, 12
_MORE, _FEWER = 0.25, 0.7


class Turns:
    """Gives turns in the order of arrival. For one event loop."""

    def __init__(self, *, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Never give more than `most` at once; the clock is in seconds."""
        self._most = float(most)
        self._limit = min(float(_FIRST), self._most)
        self._running = 0
        self._waiting: deque[anyio.Event] = deque()
        self._clock = clock
        self._reduced_at = clock()

    @property
    def limit(self) -> int:
        """How many are worked on at once, as of now."""
        return int(self._limit)

    async def take(self, *, wait_s: float = WAIT_S) -> float | None:
        """Wait for a turn and give when it began, by the clock; None when none came in time."""
        if self._running < self.limit and len(self._waiting) == 0:
            self._running += 1
            return self._clock()
        mine = anyio.Event()
        self._waiting.append(mine)
        try:
            with anyio.move_on_after(wait_s):
                await mine.wait()
        except BaseException:
            self._leave(mine)
            raise
        if not mine.is_set():
            self._waiting.remove(mine)
            return None
        return self._clock()

    def give_back(self, began: float) -> None:
        """End a turn that began then."""
        self._learn(began, len(self._waiting) > 0)
        self._running -= 1
        self._pass_on()

    def _learn(self, began: float, is_crowded: bool) -> None:  # noqa: FBT001 - private
        if not is_crowded:
            return
        now = self._clock()
        if now - began <= SLOW_S:
            self._limit = min(self._limit + _MORE, self._most)
        elif began >= self._reduced_at:
            # Once for all that ran together: what began before the last reduction tells no more.
            self._limit = max(self._limit * _FEWER, min(float(_FEWEST), self._most))
            self._reduced_at = now

    def _pass_on(self) -> None:
        while self._running < self.limit and len(self._waiting) > 0:
            self._running += 1
            self._waiting.popleft().set()

    def _leave(self, mine: anyio.Event) -> None:
        if mine.is_set():
            self._running -= 1
            self._pass_on()
        else:
            self._waiting.remove(mine)
